/** Rolls the closures of the plan's march: at once with each change, and on demand with help at the worst minute and the buses. */
import * as api from "../../contract/api.ts";
import type { MarchAnswer, MarchQuestion, PlannedMarch, Position } from "../../contract/index.ts";
import { type Dispose, onChange } from "../../lib/store.ts";
import { questionOf } from "../plan/store.ts";
import { changed } from "./document.ts";
import { isHere } from "./runner.ts";
import { edit, momentOf, type PlansStore, planOf, type State } from "./store.ts";

const PAUSE_MS = 80;
const FRAME_MS = 120;
const MINUTE_MS = 60_000;
const BEGINS = { doing: "", share: 0, secondsLeft: null };

/** The marches of the plan in hand that can roll: those with streets and a start. */
export const marchesOf = (state: State): readonly PlannedMarch[] =>
  planOf(state)?.marches.filter(
    ({ along, line, starts }) => (along.length > 0 || line.length > 0) && starts !== null,
  ) ?? [];

/** The march that is shown: the one that was chosen, else the first. */
export const marchOf = (state: State): PlannedMarch | null => {
  const marches = marchesOf(state);
  return marches.find(({ id }) => id === state.march) ?? marches[0] ?? null;
};

/** Show another march of the plan, on time. */
export function choose(store: PlansStore, march: string): void {
  stopFilm(store);
  store.set({ march, late: 0, rolled: null, unrolled: "", moment: null });
}

/** What rolls with the plan in hand; null while it is another one's. */
export const rolledOf = (state: State): MarchAnswer | null => {
  const march = marchOf(state);
  return march && state.rolled?.said.march.id === march.id ? state.rolled.said.march : null;
};

/** Where the record says that head or tail passed: it moves the march. */
async function seenOf(operation: string | null, march: string): Promise<NonNullable<MarchQuestion["seen"]>> {
  const found = operation ? await api.findMarchesSeen(operation) : null;
  const own = found?.ok ? found.value.filter((one) => one.march === march) : [];
  return own.map(({ place, at, tail }) => ({ place, at, tail }));
}

/** Whether two marches are the same to the letter: what rolls for one of them rolls for the other, in whichever plan. */
const isSame = (one: PlannedMarch | null, other: PlannedMarch): boolean =>
  JSON.stringify(one) === JSON.stringify(other);

async function roll(store: PlansStore, proof: boolean, stop: AbortController): Promise<void> {
  const { network, operation, late } = store.get();
  const plan = planOf(store.get());
  const march = marchOf(store.get());
  if (!plan || !march) return;
  const question = {
    document: plan,
    zone: operation?.zone ?? null,
    stations: questionOf(store.cordon.get()).stations,
    march: march.id,
    delay_minutes: late,
    delay_from: null,
    seen: await seenOf(operation?.id ?? null, march.id),
    proof,
  };
  const isOurs = (): boolean => !stop.signal.aborted && isSame(marchOf(store.get()), march);
  const end = await api.followMarch(network.id, question, stop.signal, ({ doing, share, seconds_left }) => {
    if (isOurs() && proof) store.set({ proving: { work: { doing, share, secondsLeft: seconds_left }, stop } });
  });
  if (!isOurs()) return;
  const said = end.ok ? end.value.answer : null;
  if (said) store.set({ rolled: { of: plan, at: Date.now(), said }, unrolled: "", proving: null });
  else if (end.ok || end.error.kind !== "cancelled")
    store.set({ proving: null, unrolled: end.ok ? "" : end.error.message });
}

export async function prove(store: PlansStore): Promise<void> {
  const stop = new AbortController();
  store.set({ proving: { work: BEGINS, stop } });
  await roll(store, true, stop);
  if (store.get().proving?.stop === stop) store.set({ proving: null });
}

export function stopProving(store: PlansStore): void {
  store.get().proving?.stop.abort();
  store.set({ proving: null });
}

/** A march follows each change of the plan, and each drag of its start, once nothing has moved for a moment. */
export function startRolling(store: PlansStore): Dispose {
  let timer = 0;
  let running: AbortController | null = null;
  let key = "";
  const start = (): void => {
    const march = marchOf(store.get());
    const { late, operation, rolled, unrolled } = store.get();
    const asked = JSON.stringify([march, late, operation?.seq]);
    // a plan that is opened anew has forgotten what rolled, though its march is the same
    const isKnown = !march || running !== null || rolled !== null || unrolled !== "";
    if (!isHere(store) || (asked === key && isKnown)) return;
    key = asked;
    clearTimeout(timer);
    running?.abort();
    stopProving(store);
    running = null;
    if (!march) return store.set({ rolled: null, unrolled: "" });
    const stop = new AbortController();
    running = stop;
    timer = window.setTimeout(async () => {
      await roll(store, false, stop);
      if (running === stop) running = null;
    }, PAUSE_MS);
  };
  start();
  const end = onChange(store, ["history", "march", "late", "rolled", "unrolled", "desk", "part", "operation"], start);
  return () => {
    end();
    clearTimeout(timer);
    running?.abort();
  };
}

export function setPace(store: PlansStore, pace_kmh: number): void {
  const plan = planOf(store.get());
  const march = marchOf(store.get());
  if (plan && march) edit(store, changed(plan, "marches", plan.marches.indexOf(march), "pace_kmh", pace_kmh), "pace");
}

/** The side streets that are held become barriers of the plan with their times: one step. */
export function takeBarriers(store: PlansStore): void {
  const { rolled } = store.get();
  const plan = planOf(store.get());
  if (!plan || !rolled) return;
  const isHeld = ({ id }: { readonly id: string }): boolean => id.startsWith(`${rolled.said.march.id} `);
  const held = rolled.said.document.barriers.filter(isHeld);
  edit(store, { ...plan, barriers: [...plan.barriers.filter((one) => !isHeld(one)), ...held] });
  store.set({ notice: "The plan holds the side streets of the march. Undo takes them back." });
}

/** The film: a minute of the march for each frame, until all is open again or somebody stops it. */
export function play(store: PlansStore): void {
  const march = rolledOf(store.get());
  if (!march) return;
  if (store.get().film) return stopFilm(store);
  const [first, last] = [Date.parse(march.first_closed), Date.parse(march.all_open)];
  const at = momentOf(store.get());
  store.set({ moment: at >= first && at < last ? at : first });
  const film = window.setInterval(() => {
    const next = momentOf(store.get()) + MINUTE_MS;
    const shown = rolledOf(store.get());
    if (shown?.id !== march.id || next > Date.parse(shown.all_open)) return stopFilm(store);
    store.set({ moment: next });
  }, FRAME_MS);
  store.set({ film });
}

export function stopFilm(store: PlansStore): void {
  clearInterval(store.get().film);
  store.set({ film: 0 });
}

/** Where the march is at a moment: the row of its film that began last; null before and after it. */
export function minuteAt(march: MarchAnswer, at: number): MarchAnswer["minutes"][number] | null {
  const row = march.minutes.findLast((one) => Date.parse(one.at) <= at) ?? null;
  return row && at <= Date.parse(march.all_open) ? row : null;
}

/** The part of the route between two of its metres, by straight lengths between its points. */
export function partOf(line: readonly Position[], from: number, to: number, total: number): Position[] {
  const lengths = line.slice(1).map((point, index) => {
    const before = line[index] as Position;
    return Math.hypot((point[0] - before[0]) * Math.cos((point[1] * Math.PI) / 180), point[1] - before[1]);
  });
  const all = lengths.reduce((sum, one) => sum + one, 0);
  const scale = total > 0 ? all / total : 0;
  const [low, high] = [from * scale, to * scale];
  const found: Position[] = [];
  let done = 0;
  lengths.forEach((length, index) => {
    const [a, b] = [line[index] as Position, line[index + 1] as Position];
    const at = (metres: number): Position => {
      const share = length > 0 ? (metres - done) / length : 0;
      return [a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share];
    };
    if (done + length >= low && done <= high) found.push(at(Math.max(low, done)), at(Math.min(high, done + length)));
    done += length;
  });
  return found;
}
