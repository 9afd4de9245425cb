/** Has the server choose which barriers of the plan in hand are gates, and takes its choice over. */
import * as api from "../../contract/api.ts";
import type { GatesChosen, TrafficPlan } from "../../contract/index.ts";
import { iso } from "../../lib/times.ts";
import { questionOf } from "../plan/store.ts";
import { edit, type PlansStore, planOf } from "./store.ts";

const BEGINS = { doing: "", share: 0, secondsLeft: null };

export async function chooseGates(store: PlansStore): Promise<void> {
  const { network, operation, wishes, moment, choosing } = store.get();
  const plan = planOf(store.get());
  if (!plan || choosing) return;
  const stop = new AbortController();
  const isOurs = (): boolean => store.get().choosing?.stop === stop;
  store.set({ choosing: { work: BEGINS, stop }, unchosen: "" });
  const question = {
    document: plan,
    zone: operation?.zone ?? null,
    stations: questionOf(store.cordon.get()).stations,
    wishes,
    at: moment === null ? null : iso(moment),
  };
  const end = await api.followGateChoice(network.id, question, stop.signal, ({ doing, share, seconds_left }) => {
    if (isOurs()) store.set({ choosing: { work: { doing, share, secondsLeft: seconds_left }, stop } });
  });
  if (!isOurs()) return;
  if (stop.signal.aborted) return store.set({ choosing: null });
  const said = end.ok ? end.value.answer : null;
  if (said) store.set({ choosing: null, choice: { of: plan, at: Date.now(), said } });
  else store.set({ choosing: null, unchosen: end.ok ? "" : end.error.message });
}

export function stopChoosing(store: PlansStore): void {
  store.get().choosing?.stop.abort();
  store.set({ choosing: null });
}

/** Whether a plan has the gates that were chosen. */
export const hasThem = (plan: TrafficPlan, { document }: GatesChosen): boolean =>
  JSON.stringify(plan.barriers) === JSON.stringify(document.barriers);

/** The gates that were chosen become those of the plan: one step, which undo takes back. */
export function takeOver(store: PlansStore): void {
  const { choice } = store.get();
  const plan = planOf(store.get());
  if (!plan || choice?.of !== plan) return;
  edit(store, { ...plan, barriers: choice.said.document.barriers });
  store.set({ notice: "The plan has the gates that were chosen. Undo takes them back." });
}
