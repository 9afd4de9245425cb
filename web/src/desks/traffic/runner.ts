/** Has the server work out what is wanted: the present plan first, then the pinned ones; what is stale is cancelled. */
import * as api from "../../contract/api.ts";
import { onChange } from "../../lib/store.ts";
import type { PlanStore } from "../plan/store.ts";
import { closesAnything, type Kept, keyOf, presentOf, remembered, type TrafficStore } from "./store.ts";

export type Runner = { readonly again: () => void; readonly cancel: () => void };

/** Whether the plan that is to be weighed is there: a plan that contradicts itself closes nothing. */
const isPlanned = (room: PlanStore): boolean => {
  const { status, answered, history } = room.get();
  return status === "idle" && answered === history.present;
};

function next(room: PlanStore, traffic: TrafficStore): Kept | null {
  const { wanted, known, pins } = traffic.get();
  if (!wanted || !isPlanned(room)) return null;
  const present = presentOf(room, traffic);
  const all = closesAnything(present.question) ? [present, ...pins] : [...pins];
  return all.find((one) => !known.get(keyOf(one))?.whole) ?? null;
}

export function startTraffic(room: PlanStore, traffic: TrafficStore): Runner {
  let running: { readonly key: string; readonly draws: number; readonly stop: AbortController } | null = null;

  const run = async (wish: Kept, key: string): Promise<void> => {
    const stop = new AbortController();
    const { draws } = traffic.get();
    running = { key, draws, stop };
    traffic.set({ work: { key, doing: "", share: 0, secondsLeft: null }, failure: "" });
    const question = { plan: wish.question, hour: wish.hour, draws };
    const end = await api.followImpact(room.get().network.id, question, stop.signal, (job) => {
      if (running?.stop !== stop) return;
      const { state, doing, share, seconds_left: secondsLeft } = job;
      const whole = state === "done";
      const answer = job.answer ?? traffic.get().known.get(key)?.answer;
      const known =
        answer && (job.answer || whole) ? remembered(traffic.get(), key, { answer, whole }) : traffic.get().known;
      const isPresent = key === keyOf(presentOf(room, traffic));
      traffic.set({
        known,
        work: whole ? null : { key, doing, share, secondsLeft },
        ...(answer && isPresent ? { shown: key } : {}),
      });
    });
    if (running?.stop !== stop) return;
    running = null;
    if (end.ok) update();
    else traffic.set({ work: null, ...(end.error.kind === "cancelled" ? {} : { failure: end.error.message }) });
  };

  const halt = (): void => {
    running?.stop.abort();
    running = null;
    if (traffic.get().work) traffic.set({ work: null });
  };

  const update = (): void => {
    const present = keyOf(presentOf(room, traffic));
    if (traffic.get().known.has(present) && traffic.get().shown !== present) traffic.set({ shown: present });
    const wish = next(room, traffic);
    const key = wish && keyOf(wish);
    if (running && running.key === key && running.draws === traffic.get().draws) return;
    halt();
    if (wish && key !== null) void run(wish, key);
  };

  onChange(room, ["history", "status", "answered"], update);
  onChange(traffic, ["wanted", "hour", "draws", "pins"], update);
  return {
    again: () => {
      traffic.set({ wanted: true, failure: "" });
      update();
    },
    cancel: () => {
      traffic.set({ wanted: false });
      halt();
    },
  };
}
