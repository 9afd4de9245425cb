/** Has the server re-route the buses of the present plan, when somebody asks. */
import * as api from "../../contract/api.ts";
import type { PlanStore } from "../plan/store.ts";
import { type BusStore, keyOf, presentOf } from "./store.ts";

export type Runner = { readonly ask: () => void; readonly cancel: () => void };

export function startBuses(plan: PlanStore, buses: BusStore): Runner {
  let stop: AbortController | null = null;

  const run = async (): Promise<void> => {
    stop?.abort();
    const mine = new AbortController();
    stop = mine;
    const question = presentOf(plan, buses.get());
    buses.set({ work: { doing: "", share: 0, secondsLeft: null }, failure: "" });
    const end = await api.followBusDetours(plan.get().network.id, question, mine.signal, (job) => {
      if (stop !== mine) return;
      const { doing, share, seconds_left: secondsLeft, answer } = job;
      buses.set({
        work: { doing, share, secondsLeft },
        ...(answer ? { known: { key: keyOf(question), answer }, chosen: "" } : {}),
      });
    });
    if (stop !== mine) return;
    stop = null;
    buses.set({ work: null, failure: end.ok || end.error.kind === "cancelled" ? "" : end.error.message });
  };

  return {
    ask: () => void run(),
    cancel: () => {
      stop?.abort();
      stop = null;
      buses.set({ work: null });
    },
  };
}
