/** Has the server make the papers of the plan in hand: what crews, staff at a gate and residents hold in their hands. */
import * as api from "../../contract/api.ts";
import { questionOf } from "../plan/store.ts";
import { rolledOf } from "./rolling.ts";
import { momentOf, type PlansStore, planOf } from "./store.ts";

const BEGINS = { doing: "", share: 0, secondsLeft: null };

export async function makePapers(store: PlansStore): Promise<void> {
  const { network, operation, works, making, staging } = store.get();
  const rolled = rolledOf(store.get());
  const plan = planOf(store.get());
  if (!plan || !operation || making) return;
  const stop = new AbortController();
  const isOurs = (): boolean => store.get().making?.stop === stop;
  store.set({ making: { work: BEGINS, stop }, unmade: "" });
  const question = {
    document: plan,
    zone: operation.zone,
    works: works?.document ?? null,
    stations: questionOf(store.cordon.get()).stations,
    stages: staging.found?.of === plan ? [staging.found.said] : [],
    marches: rolled ? [rolled] : [],
  };
  const at = momentOf(store.get());
  const end = await api.followPapers(network.id, operation.id, question, at, stop.signal, (job) => {
    const { doing, share, seconds_left: secondsLeft } = job;
    if (isOurs()) store.set({ making: { work: { doing, share, secondsLeft }, stop } });
  });
  if (!isOurs()) return;
  if (stop.signal.aborted) return store.set({ making: null });
  const said = end.ok ? end.value.answer : null;
  if (said) store.set({ making: null, papers: { of: plan, at: Date.now(), said } });
  else store.set({ making: null, unmade: end.ok ? "" : end.error.message });
}

export function stopMaking(store: PlansStore): void {
  store.get().making?.stop.abort();
  store.set({ making: null });
}
