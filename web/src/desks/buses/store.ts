/** What the Buses part knows: the service day, the answer on show, what is being worked out, the route that is chosen. */
import type { BusAnswer, BusQuestion } from "../../contract/index.ts";
import { createStore, type Store } from "../../lib/store.ts";
import type { Work } from "../../lib/work.tsx";
import { hasSite } from "../plan/question.ts";
import { type PlanStore, questionOf } from "../plan/store.ts";
import type { Runner } from "./runner.ts";

/** An answer, and the question that it answers. */
export type Known = { readonly key: string; readonly answer: BusAnswer };

export type BusState = {
  /** "YYYY-MM-DD"; empty for the busiest day of the timetable. */
  readonly day: string;
  readonly known: Known | null;
  readonly work: Work | null;
  readonly failure: string;
  /** The route and direction that is looked at, by its key; empty for all. */
  readonly chosen: string;
};

export type BusStore = Store<BusState>;

/** The store with the plan that it is about, and what has the server work it out. */
export type BusDesk = BusStore & { readonly plan: PlanStore; readonly runner: Runner };

const DAY = /^\d{4}-\d{2}-\d{2}$/;

export const isDay = (text: string): boolean => DAY.test(text) && !Number.isNaN(Date.parse(text));

export const createBusStore = (day: string): BusStore =>
  createStore<BusState>({ day, known: null, work: null, failure: "", chosen: "" });

export function presentOf(plan: PlanStore, { day }: BusState): BusQuestion {
  return { plan: { ...questionOf(plan.get()), alternatives: 0 }, day: day || null };
}

export const keyOf = (question: BusQuestion): string => JSON.stringify(question);

export const closesAnything = ({ plan }: BusQuestion): boolean => hasSite(plan) || plan.closures.length > 0;

/** Whether the answer on show is that of the present plan and day. */
export const isPresent = (plan: PlanStore, state: BusState): boolean =>
  state.known?.key === keyOf(presentOf(plan, state));
