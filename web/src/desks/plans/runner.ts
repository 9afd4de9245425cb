/**
 * Keeps up what is known of the plan in hand: how it stands with each change and each report, and, once nobody has changed it for
 * a moment, every check. What is stale is cancelled; old answers stay until there are new ones.
 */
import * as api from "../../contract/api.ts";
import type { PlanChecks, TrafficPlan } from "../../contract/index.ts";
import { type Dispose, onChange } from "../../lib/store.ts";
import { questionOf } from "../plan/store.ts";
import { loadVersions, openCurrent, openWanted } from "./record.ts";
import { momentOf, type PlansStore, planOf } from "./store.ts";

const PAUSE_MS = 150;
/** Checks take seconds of computing: they wait until somebody pauses. */
const CHECK_PAUSE_MS = 900;
const REMEMBERED = 20;

export const isHere = (store: PlansStore): boolean => {
  const { desk, part } = store.get();
  return desk === "plan" && part === "plans";
};

function startStatus(store: PlansStore): Dispose {
  let timer = 0;
  let running: AbortController | null = null;

  const run = async (plan: TrafficPlan, operation: string): Promise<void> => {
    const stop = new AbortController();
    running = stop;
    const at = momentOf(store.get());
    const answer = await api.askStatus(operation, plan, at, stop.signal);
    if (running !== stop) return;
    if (answer.ok) store.set({ status: { of: plan, at, said: answer.value }, fault: "" });
    else if (answer.error.kind !== "cancelled") store.set({ fault: answer.error.message });
  };
  const start = (): void => {
    clearTimeout(timer);
    running?.abort();
    running = null;
    const { operation } = store.get();
    const plan = planOf(store.get());
    if (!plan || !operation) return store.set({ status: null, fault: "" });
    timer = window.setTimeout(() => void run(plan, operation.id), PAUSE_MS);
  };
  const end = onChange(store, ["history", "operation", "moment"], start);
  return () => {
    end();
    clearTimeout(timer);
    running?.abort();
  };
}

function startChecks(store: PlansStore): Dispose {
  const known = new Map<string, PlanChecks>();
  let timer = 0;
  let running: AbortController | null = null;

  const halt = (): void => {
    clearTimeout(timer);
    running?.abort();
    running = null;
    if (store.get().work) store.set({ work: null });
  };
  const show = (of: TrafficPlan, said: PlanChecks): void =>
    store.set({ checks: { of, at: Date.now(), said }, work: null, unchecked: "" });

  const run = async (plan: TrafficPlan, key: string): Promise<void> => {
    const stop = new AbortController();
    running = stop;
    const { network, operation, works } = store.get();
    const question = {
      document: plan,
      zone: operation?.zone ?? null,
      works: works?.document ?? null,
      stations: questionOf(store.cordon.get()).stations,
    };
    const end = await api.followChecks(network.id, question, stop.signal, (job) => {
      if (running !== stop || job.state === "done") return;
      store.set({ work: { doing: job.doing, share: job.share, secondsLeft: job.seconds_left } });
    });
    if (running !== stop) return;
    running = null;
    if (end.ok && end.value.answer) {
      known.set(key, end.value.answer);
      const [oldest] = known.keys();
      if (known.size > REMEMBERED && oldest !== undefined) known.delete(oldest);
      show(plan, end.value.answer);
    } else store.set({ work: null, unchecked: end.ok ? "" : end.error.message });
  };
  const start = (): void => {
    halt();
    const plan = planOf(store.get());
    if (!plan) return store.set({ checks: null, unchecked: "" });
    if (!isHere(store)) return;
    const key = JSON.stringify([plan, store.get().works?.name, questionOf(store.cordon.get()).stations]);
    const answer = known.get(key);
    if (answer) return show(plan, answer);
    timer = window.setTimeout(() => void run(plan, key), CHECK_PAUSE_MS);
  };
  const end = onChange(store, ["history", "works", "desk", "part"], start);
  return () => {
    end();
    halt();
  };
}

/** Follow the record: its versions, and which of them is shown first. */
function followVersions(store: PlansStore): Dispose {
  let seen = -1;
  const look = async (): Promise<void> => {
    const { operation } = store.get();
    if (!operation || operation.seq === seen) return;
    seen = operation.seq;
    await loadVersions(store);
    await openWanted(store);
    if (!planOf(store.get()) && store.get().history.past.length === 0) await openCurrent(store);
  };
  void look();
  return onChange(store, ["operation"], () => void look());
}

export function startPlans(store: PlansStore): Dispose {
  const ends = [startStatus(store), startChecks(store), followVersions(store)];
  return () => {
    for (const end of ends) end();
  };
}
