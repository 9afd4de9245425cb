/**
 * What there is besides the cordon that is shown: the frontier, and really different cordons. Each is a job of the server,
 * asked for once the cordon is there, and stopped when somebody cancels, changes the plan or leaves the desk.
 */
import * as api from "../../contract/api.ts";
import type { OthersAnswer, OthersJob, PlanQuestion } from "../../contract/index.ts";
import { type Dispose, onChange } from "../../lib/store.ts";
import type { Work } from "../../lib/work.tsx";
import { PARTS, type Part, wishOf } from "./question.ts";
import { NOTHING, type Others, type PlanStore, questionOf, type State } from "./store.ts";

const REMEMBERED = 20;

const isPlanned = ({ status, answered, history }: State): boolean => status === "idle" && answered === history.present;

function startPart(room: PlanStore, part: Part): Dispose {
  const known = new Map<string, OthersAnswer>();
  let running: { readonly key: string; readonly stop: AbortController } | null = null;

  const put = (change: Partial<Others>): void => {
    const now = room.get()[part];
    const names = Object.keys(change) as (keyof Others)[];
    if (names.some((name) => now[name] !== change[name])) room.set({ [part]: { ...now, ...change } });
  };

  const halt = (): void => {
    running?.stop.abort();
    running = null;
  };

  const remember = (key: string, answer: OthersAnswer): void => {
    known.set(key, answer);
    const [oldest] = known.keys();
    if (known.size > REMEMBERED && oldest !== undefined) known.delete(oldest);
  };

  const run = async (wish: PlanQuestion, key: string): Promise<void> => {
    const stop = new AbortController();
    running = { key, stop };
    put({ key, work: null, failure: "", stopped: false });
    const end = await api.followOthers(room.get().network.id, wish, stop.signal, (job) => {
      if (running?.stop === stop && job.state !== "done") put({ answer: null, work: workOf(job) });
    });
    if (running?.stop !== stop) return;
    running = null;
    if (end.ok && end.value.answer) {
      remember(key, end.value.answer);
      put({ answer: end.value.answer, work: null });
    } else put({ answer: null, work: null, failure: end.ok ? "" : end.error.message, stopped: !end.ok });
  };

  const update = (): void => {
    const state = room.get();
    const wish = state.desk === "plan" ? wishOf(part, questionOf(state)) : null;
    const key = wish ? JSON.stringify(wish) : "";
    const { key: asked, stopped } = state[part];
    if (running && (running.key !== key || stopped)) halt();
    if (running) return;
    const answer = known.get(key);
    if (answer) return put({ key, answer, work: null, failure: "", stopped: false });
    if (state.desk !== "plan") return put({ work: null });
    if (!wish) return put(NOTHING);
    if (asked === key && stopped) return;
    if (isPlanned(state)) void run(wish, key);
    else put({ work: null });
  };

  const end = onChange(room, ["history", "status", "answered", "desk", part], update);
  update();
  return () => {
    end();
    halt();
  };
}

const workOf = ({ doing, share, seconds_left: secondsLeft }: OthersJob): Work => ({
  doing: `${doing}, ${Math.floor(100 * share)} %`,
  share,
  secondsLeft,
});

export function startOthers(room: PlanStore): Dispose {
  const ends = PARTS.map((part) => startPart(room, part));
  return () => {
    for (const end of ends) end();
  };
}
