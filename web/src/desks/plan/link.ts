/** The plan's part of the address: what differs from the network's own question, a letter each. */
import type { PlanQuestion } from "../../contract/index.ts";
import type { Pairs } from "../../frame/desk.ts";
import { differing, LETTERS_OF_FIELDS, questionFrom } from "./link-question.ts";

export const PLAN_NAMES = LETTERS_OF_FIELDS;

/** Names that every address which the page itself wrote has one of; without them somebody typed where to begin. */
const WRITTEN = ["v", ...PLAN_NAMES];

/** The question that an address asks; whatever it does not say, or says in a way that cannot be read, is the network's own. */
export const readPlan = (said: URLSearchParams, defaults: PlanQuestion): PlanQuestion =>
  WRITTEN.some((name) => said.has(name)) ? questionFrom((letter) => said.get(letter), defaults) : defaults;

export const writePlan = (question: PlanQuestion, defaults: PlanQuestion): Pairs => differing(question, defaults);
