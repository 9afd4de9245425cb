/** What the Traffic part knows: the hour, the answers so far, what is being worked out, and the plans kept to compare. */
import type { ImpactAnswer, PlanQuestion } from "../../contract/index.ts";
import { createStore, type Store } from "../../lib/store.ts";
import type { Work } from "../../lib/work.tsx";
import { hasSite, same } from "../plan/question.ts";
import { type PlanStore, questionOf } from "../plan/store.ts";
import type { Runner } from "./runner.ts";

/** A plan beside the present one, with the hour whose traffic was asked for. */
export type Kept = { readonly question: PlanQuestion; readonly hour: number };

/** What an address says: the hour that was asked for, with how many draws (null: the usual), and the plans to compare. */
export type TrafficPlace = {
  readonly hour: number | null;
  readonly draws: number | null;
  readonly pins: readonly Kept[];
};

/** How far the work on one answer is. */
export type KeyedWork = Work & { readonly key: string };

/** An answer; a first one comes before the draws that say how sure it is. */
export type Known = { readonly answer: ImpactAnswer; readonly whole: boolean };

export type TrafficState = {
  /** Asked for: every change of plan or hour asks again, until somebody cancels. */
  readonly wanted: boolean;
  readonly hour: number;
  /** Of the demand: they say how sure an answer is. */
  readonly draws: number;
  /** By key, the oldest first. */
  readonly known: ReadonlyMap<string, Known>;
  /** The key of the answer on show; another one than the present while that is on its way. */
  readonly shown: string | null;
  readonly work: KeyedWork | null;
  readonly failure: string;
  readonly pins: readonly Kept[];
};

export type TrafficStore = Store<TrafficState>;

/** The store with the plan that it is about, and what has the server work it out. */
export type TrafficDesk = TrafficStore & { readonly plan: PlanStore; readonly runner: Runner };

export const FIRST_HOUR = 8;
export const USUAL_DRAWS = 20;
export const MOST_PINS = 3;
const REMEMBERED = 12;

export const createTrafficStore = ({ hour, draws, pins }: TrafficPlace): TrafficStore =>
  createStore<TrafficState>({
    wanted: hour !== null,
    hour: hour ?? FIRST_HOUR,
    draws: draws ?? USUAL_DRAWS,
    known: new Map(),
    shown: null,
    work: null,
    failure: "",
    pins,
  });

/** Other cordons to look at do not change what this one does. */
const plain = (question: PlanQuestion): PlanQuestion =>
  question.alternatives === 0 ? question : { ...question, alternatives: 0 };

export const keyOf = ({ question, hour }: Kept): string => JSON.stringify([hour, plain(question)]);

export const presentOf = (room: PlanStore, traffic: TrafficStore): Kept => ({
  question: plain(questionOf(room.get())),
  hour: traffic.get().hour,
});

/** The answer on show, and whether it is that of the present plan and hour. */
export function onShow(
  room: PlanStore,
  traffic: TrafficStore,
): { readonly known: Known | null; readonly isPresent: boolean } {
  const { shown, known } = traffic.get();
  return {
    known: (shown === null ? null : known.get(shown)) ?? null,
    isPresent: shown === keyOf(presentOf(room, traffic)),
  };
}

/** Another number of draws makes every answer another one; plans are compared by the same draws. */
export function askForDraws(traffic: TrafficStore, draws: number): void {
  if (draws !== traffic.get().draws) traffic.set({ draws, known: new Map(), shown: null });
}

export const closesAnything = (question: PlanQuestion): boolean => hasSite(question) || question.closures.length > 0;

export const isPinned = (pins: readonly Kept[], one: Kept): boolean =>
  pins.some((pin) => pin.hour === one.hour && same(plain(pin.question), one.question));

/** Put an answer to what is known; the oldest that no pin needs is forgotten. */
export function remembered({ known, pins }: TrafficState, key: string, found: Known): ReadonlyMap<string, Known> {
  const next = new Map(known);
  next.delete(key);
  next.set(key, found);
  const needed = new Set(pins.map(keyOf));
  for (const old of next.keys()) if (next.size > REMEMBERED && old !== key && !needed.has(old)) next.delete(old);
  return next;
}
