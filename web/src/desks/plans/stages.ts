/** Has the server plan a stage of the plan in hand: who sets what up when; and keeps what there is to work with. */
import * as api from "../../contract/api.ts";
import type { Means, StagePlan } from "../../contract/index.ts";
import { HOUR_MS } from "../../lib/times.ts";
import { momentOf, type PlansStore, planOf, type State } from "./store.ts";

export type StageName = StagePlan["stage"];
export const STAGES: readonly (readonly [StageName, string])[] = [
  ["set_up", "Set up"],
  ["shrink", "Shrink to a smaller plan"],
  ["remove", "Remove"],
];
const MINUTE_MS = HOUR_MS / 60;
const BEGINS = { doing: "", share: 0, secondsLeft: null };

/** What the server was given, unless somebody has typed or loaded other means. */
export async function loadMeans(store: PlansStore): Promise<void> {
  const { network, staging } = store.get();
  if (staging.means) return;
  const known = await api.getMeans(network.id);
  if (known.ok && known.value.means && !store.get().staging.means) put(store, { means: known.value.means });
}

export const put = (store: PlansStore, change: Partial<State["staging"]>): void =>
  store.set({ staging: { ...store.get().staging, ...change } });

export async function planStage(store: PlansStore): Promise<void> {
  const { network, operation, staging, compared } = store.get();
  const plan = planOf(store.get());
  if (!plan || staging.running) return;
  const to = staging.name === "shrink" ? (compared?.first ?? null) : null;
  if (staging.name === "shrink" && !to) {
    return put(store, { fault: "Compare with the plan that is to stand: it is what this one shrinks to." });
  }
  const stop = new AbortController();
  const isOurs = (): boolean => store.get().staging.running?.stop === stop;
  put(store, { running: { work: BEGINS, stop }, fault: "" });
  const question = { document: plan, zone: operation?.zone ?? null, stage: staging.name, to, means: staging.means };
  const end = await api.followStages(network.id, question, stop.signal, ({ doing, share, seconds_left }) => {
    if (isOurs()) put(store, { running: { work: { doing, share, secondsLeft: seconds_left }, stop } });
  });
  if (!isOurs()) return;
  if (stop.signal.aborted) return put(store, { running: null });
  const said = end.ok ? end.value.answer : null;
  if (said) put(store, { running: null, found: { of: plan, at: Date.now(), said }, minute: 0 });
  else put(store, { running: null, fault: end.ok ? "" : end.error.message });
}

export function stopStage(store: PlansStore): void {
  store.get().staging.running?.stop.abort();
  put(store, { running: null });
}

/** The minute of a stage that is looked at: that of the bar of time, where the stage has moments. */
export function minuteOf(state: State): number {
  const { found, minute } = state.staging;
  const begins = found?.said.begins;
  const last = found?.said.minutes ?? 0;
  if (!begins) return Math.min(minute, last);
  const at = Math.floor((momentOf(state) - Date.parse(begins)) / MINUTE_MS);
  return Math.max(0, Math.min(at, last));
}

/** Look at a minute: the bar of time goes there too, where the stage has moments. */
export function goToMinute(store: PlansStore, minute: number): void {
  const begins = store.get().staging.found?.said.begins;
  put(store, { minute });
  if (begins) store.set({ moment: Date.parse(begins) + minute * MINUTE_MS });
}

/** What is open at a minute. */
export const rowAt = ({ open }: StagePlan, minute: number): StagePlan["open"][number] | undefined =>
  open.findLast((row) => row.minute <= minute) ?? open[0];

/** Another number of crews, trucks or forklifts: new ones start where the first one does. */
export function withUnits(means: Means, kind: "crews" | "trucks" | "forklifts", count: number): Means {
  const units = means[kind];
  const [first] = units;
  const depot = first?.depot ?? means.depots[0]?.id;
  if (depot === undefined) return means;
  const name = kind.slice(0, -1);
  const model = first ?? {
    vehicle_class: "service" as const,
    speed_kmh: null,
    ...(kind === "trucks" ? { carries: null } : {}),
  };
  const taken = new Set(units.map(({ id }) => id));
  const more: (typeof units)[number][] = [];
  for (let number = 1; units.length + more.length < count; number += 1) {
    const id = `${name} ${number}`;
    if (!taken.has(id)) more.push({ ...model, id, depot, assumed: false } as (typeof units)[number]);
  }
  return { ...means, [kind]: [...units.slice(0, count), ...more].map((one) => ({ ...one, assumed: false })) };
}

/** Other minutes for each piece of a structure; null: assumed. */
export function withMinutes(means: Means, structure: string, minutes_each: number | null): Means {
  const told = means.rates.find((one) => one.structure === structure);
  const usual = { structure, minutes_each: null, metres_each: null, lifted: null, brought: null };
  const others = means.rates.filter((one) => one.structure !== structure);
  return { ...means, rates: [...others, { ...usual, ...told, minutes_each }] };
}

/** Which colour a crew has: four, then from the first again; its name stands beside it everywhere. */
export function crewOf(stage: StagePlan, crew: string): number {
  const crews = [...new Set(stage.tasks.map((task) => task.crew))].toSorted();
  return crews.indexOf(crew) % 4;
}
