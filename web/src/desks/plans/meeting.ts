/** Has the server choose where crews meet patients, and takes its choice over. */
import * as api from "../../contract/api.ts";
import type { HandoverAnswer, HandoverFound, TrafficPlan } from "../../contract/index.ts";
import { questionOf } from "../plan/store.ts";
import { edit, type PlansStore, planOf, type State } from "./store.ts";

const BEGINS = { doing: "", share: 0, secondsLeft: null };

export async function findMeeting(store: PlansStore): Promise<void> {
  const { network, operation, walk, meeting } = store.get();
  const plan = planOf(store.get());
  if (!plan || meeting) return;
  const stop = new AbortController();
  const isOurs = (): boolean => store.get().meeting?.stop === stop;
  store.set({ meeting: { work: BEGINS, stop }, unmet: "" });
  const { stations } = questionOf(store.cordon.get());
  const question = { document: plan, zone: operation?.zone ?? null, stations, wishes: walk };
  const end = await api.followHandover(network.id, question, stop.signal, ({ doing, share, seconds_left }) => {
    if (isOurs()) store.set({ meeting: { work: { doing, share, secondsLeft: seconds_left }, stop } });
  });
  if (!isOurs()) return;
  if (stop.signal.aborted) return store.set({ meeting: null });
  const said = end.ok ? end.value.answer : null;
  if (said) store.set({ meeting: null, met: { of: plan, at: Date.now(), said } });
  else store.set({ meeting: null, unmet: end.ok ? "" : end.error.message });
}

export function stopMeeting(store: PlansStore): void {
  store.get().meeting?.stop.abort();
  store.set({ meeting: null });
}

export const hasPoints = (plan: TrafficPlan, { document }: HandoverFound): boolean =>
  JSON.stringify(plan.handover) === JSON.stringify(document.handover);

/** The answer that is of the plan in hand; null while it is another one's. */
export function metOf(state: State): HandoverAnswer | null {
  const { met } = state;
  const plan = planOf(state);
  return met && plan && (met.of === plan || hasPoints(plan, met.said)) ? met.said.handover : null;
}

/** The points that were chosen become those of the plan: one step, which undo takes back. */
export function takePoints(store: PlansStore): void {
  const { met } = store.get();
  const plan = planOf(store.get());
  if (!plan || met?.of !== plan) return;
  const next = { ...plan, handover: met.said.document.handover };
  edit(store, next);
  store.set({ met: { ...met, of: next }, notice: "The plan has these handover points. Undo takes them back." });
}
