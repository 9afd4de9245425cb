/** The plan's part of the address: what differs from the network's own question, a letter each. */
import type { PlanQuestion } from "../../contract/index.ts";
import type { Pairs } from "../../frame/desk.ts";
import { differing, LETTERS_OF_FIELDS, questionFrom, SITE, unreadIn } from "./link-question.ts";

export const PLAN_NAMES = LETTERS_OF_FIELDS;

/** Names that every address which the page itself wrote has one of; without them somebody typed where to begin. */
const WRITTEN = ["v", ...PLAN_NAMES];

/** What an address says of the plan in a way that cannot be read. */
const unread = (said: URLSearchParams): string[] => unreadIn((letter) => said.get(letter));

/**
 * The question that an address asks; whatever it does not say, or says in a way that cannot be read, is the network's own. Where
 * its site cannot be read, all is the network's own: a plan is nothing without its site.
 */
export function readPlan(said: URLSearchParams, defaults: PlanQuestion): PlanQuestion {
  if (unread(said).includes(SITE) || !WRITTEN.some((name) => said.has(name))) return defaults;
  return questionFrom((letter) => said.get(letter), defaults);
}

/** What of the plan an address says in a way that cannot be read, in words. */
export function planFaults(said: URLSearchParams): string[] {
  const parts = unread(said);
  return parts.includes(SITE)
    ? ["the plan, because its site is damaged: what you see is the plan of the scenario"]
    : parts;
}

export const writePlan = (question: PlanQuestion, defaults: PlanQuestion): Pairs => differing(question, defaults);
