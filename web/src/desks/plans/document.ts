/** Changes to a plan: each gives a new one and leaves the old as it was, so that undo is a list. */
import type { PlannedBarrier, SavedVersion, TrafficPlan } from "../../contract/index.ts";
import { timeWords } from "../../lib/times.ts";
import { coordinates } from "../../lib/units.ts";

/** Its lists, each of items that the page edits one by one. */
export const PARTS = [
  "barriers",
  "passages",
  "marches",
  "stages",
  "routes",
  "handover",
  "posts",
  "contacts",
  "powers",
  "contingencies",
] as const;
export type Part = (typeof PARTS)[number];

/** An item of a list; its fields are those that fields.ts names. */
export type Item = Readonly<Record<string, unknown>>;
export type Place = PlannedBarrier["place"];

const NOTHING = {
  change: null,
  organiser: null,
  author: null,
  attendance: null,
  starts: null,
  ends: null,
  site: [],
  occupied: [],
  keep_out: ["resident", "service", "bus", "general"],
  barriers: [],
  passages: [],
  routes: [],
  marches: [],
  handover: [],
  posts: [],
  stages: [],
  contacts: [],
  powers: [],
  contingencies: [],
} satisfies Partial<TrafficPlan>;

/** What a plan that is begun is called: the first name that none has yet. */
export function freeName(taken: readonly string[]): string {
  const held = new Set(taken);
  let number = 1;
  while (held.has(number === 1 ? "tmp" : `tmp-${number}`)) number += 1;
  return number === 1 ? "tmp" : `tmp-${number}`;
}

export const emptyPlan = (plan: string, title: string): TrafficPlan => ({
  kind: "plan",
  plan,
  version: 1,
  title,
  ...NOTHING,
});

export const itemsOf = (plan: TrafficPlan, part: Part): readonly Item[] => plan[part] as readonly unknown[] as Item[];

const withItems = (plan: TrafficPlan, part: Part, items: readonly Item[]): TrafficPlan =>
  ({ ...plan, [part]: items }) as TrafficPlan;

export const added = (plan: TrafficPlan, part: Part, item: Item): TrafficPlan =>
  withItems(plan, part, [...itemsOf(plan, part), item]);

/** Without an item. A rule names the gates that are left; one that named this gate alone goes with it. */
export function removed(plan: TrafficPlan, part: Part, index: number): TrafficPlan {
  const gone = itemsOf(plan, part)[index];
  const rest = withItems(
    plan,
    part,
    itemsOf(plan, part).filter((_, other) => other !== index),
  );
  return part === "barriers" ? withoutGate(rest, String(gone?.["id"])) : rest;
}

/** A field of an item becomes another. The rules of a gate follow its name, and are silent on one that never opens. */
export function changed(plan: TrafficPlan, part: Part, index: number, name: string, value: unknown): TrafficPlan {
  const before = itemsOf(plan, part)[index];
  const after = withItems(
    plan,
    part,
    itemsOf(plan, part).map((item, other) => (other === index ? { ...item, [name]: value } : item)),
  );
  if (part !== "barriers" || !before) return after;
  if (name === "id") return renamed(after, String(before["id"]), String(value));
  return name === "opens" && value === "machine" ? withoutGate(after, String(before["id"])) : after;
}

const renamed = (plan: TrafficPlan, from: string, to: string): TrafficPlan => ({
  ...plan,
  passages: plan.passages.map((rule) => ({ ...rule, gates: rule.gates.map((gate) => (gate === from ? to : gate)) })),
});

/** A rule that names no gate holds at every one, so one that loses its last gate is dropped. */
const withoutGate = (plan: TrafficPlan, gone: string): TrafficPlan => ({
  ...plan,
  passages: plan.passages
    .filter(({ gates }) => gates.length !== 1 || gates[0] !== gone)
    .map((rule) => ({ ...rule, gates: rule.gates.filter((gate) => gate !== gone) })),
});

/** A name that no item of a list has: B5, R2. */
export function freeId(plan: TrafficPlan, part: Part, letter: string): string {
  const held = new Set(itemsOf(plan, part).map(({ id }) => String(id).toLowerCase()));
  let number = itemsOf(plan, part).length + 1;
  while (held.has(`${letter}${number}`.toLowerCase())) number += 1;
  return `${letter}${number}`;
}

export const isGate = ({ opens }: PlannedBarrier): boolean => opens !== "machine";

/** A place in words that read as the same place. */
export function placeWords(place: Place): string {
  switch (place.type) {
    case "point":
      return place.label ?? coordinates(place.at[0], place.at[1]);
    case "junction": {
      const [first, ...others] = place.streets;
      return `${first} at ${others.join(" and ")}${place.side ? `, ${place.side} side` : ""}`;
    }
    case "street":
      return place.between.length > 1 ? `${place.street} between ${place.between.join(" and ")}` : place.street;
    case "address":
      return `${place.number} ${place.street}`;
    case "along":
      return [`${place.metres} m from ${place.start}`, place.street].filter(Boolean).join(" along ");
    case "named":
      return place.name;
    case "area":
      return place.label ?? "an area";
  }
}

/** Two plans that say the same, whatever their number. */
export const saysTheSame = (one: TrafficPlan, other: TrafficPlan): boolean =>
  JSON.stringify({ ...one, version: 0 }) === JSON.stringify({ ...other, version: 0 });

/** Moments at which something of a plan begins or ends, in order, each once. */
export function momentsOf(plan: TrafficPlan): readonly number[] {
  const parts = [plan, ...plan.barriers, ...plan.passages, ...plan.stages, ...plan.posts, ...plan.marches];
  const all = parts.flatMap(({ starts, ends }) => [starts, ends]).flatMap((one) => (one ? [Date.parse(one)] : []));
  return [...new Set(all)].toSorted((a, b) => a - b);
}

/** The moment that a plan is looked at where nobody chose one: now while it lasts, else its beginning. */
export function usualMoment(plan: TrafficPlan, now: number): number {
  const [starts, ends] = [plan.starts, plan.ends].map((one) => (one ? Date.parse(one) : null));
  const lasts = (starts == null || starts <= now) && (ends == null || now < ends);
  return lasts ? now : (starts ?? now);
}

export const versionWords = ({ plan, version, saved, by, in_force }: SavedVersion, zone: string): string =>
  `${plan}, version ${version}${in_force ? ", in force" : ""}: ${by}, ${timeWords(Date.parse(saved), zone)}`;
