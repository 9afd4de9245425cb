/** Asks the server for the plan of the present question: waits for a pause, cancels what is stale, remembers answers. */
import * as api from "../../contract/api.ts";
import type { PlanAnswer, PlanQuestion } from "../../contract/index.ts";
import { type Dispose, onChange } from "../../lib/store.ts";
import { cordonOnly } from "./question.ts";
import { type PlanStore, questionOf } from "./store.ts";

const PAUSE_MS = 120;
const REMEMBERED = 40;

export function startPlanner(room: PlanStore): Dispose {
  const known = new Map<string, PlanAnswer>();
  let timer = 0;
  let running: AbortController | null = null;

  const remember = (key: string, answer: PlanAnswer): void => {
    known.set(key, answer);
    const [oldest] = known.keys();
    if (known.size > REMEMBERED && oldest !== undefined) known.delete(oldest);
  };

  const show = (question: PlanQuestion, answer: PlanAnswer): void =>
    room.set({ answer, answered: question, status: "idle", failure: "" });

  const run = async (question: PlanQuestion, key: string): Promise<void> => {
    const controller = new AbortController();
    running = controller;
    const result = await api.plan(room.get().network.id, cordonOnly(question), controller.signal);
    if (running !== controller) return;
    running = null;
    if (result.ok) {
      remember(key, result.value);
      show(question, result.value);
    } else if (result.error.kind !== "cancelled") {
      room.set({ status: "failed", failure: result.error.message });
    }
  };

  const start = (pause: number): void => {
    const question = questionOf(room.get());
    const key = JSON.stringify(cordonOnly(question));
    clearTimeout(timer);
    running?.abort();
    running = null;
    const answer = known.get(key);
    if (answer) return show(question, answer);
    room.set({ status: "working", failure: "" });
    timer = window.setTimeout(() => void run(question, key), pause);
  };

  const ends = [onChange(room, ["history"], () => start(PAUSE_MS)), onChange(room, ["tries"], () => start(0))];
  start(0);
  return () => {
    clearTimeout(timer);
    running?.abort();
    for (const end of ends) end();
  };
}
