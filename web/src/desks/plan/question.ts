/** Changes to a question: each gives a new question and leaves the old one as it was, so that undo is a list. */
import type { ClosureQuestion, Ground, PlanQuestion, Position, Spot, VehicleClass } from "../../contract/index.ts";

/** Two clicks closer together than this, in degrees (about 5 m), mean the same spot. */
const SAME_SPOT_DEG = 5e-5;

export const near = (a: Spot, b: Spot): boolean =>
  Math.hypot((a.lon - b.lon) * Math.cos((a.lat * Math.PI) / 180), a.lat - b.lat) < SAME_SPOT_DEG;

export const same = (a: PlanQuestion, b: PlanQuestion): boolean => a === b || JSON.stringify(a) === JSON.stringify(b);

type Vehicle = PlanQuestion["vehicles"][number];

/** A vehicle of which nothing is said: as its class. */
export const NOTHING_SAID: Omit<Vehicle, "service"> = {
  height_m: null,
  width_m: null,
  weight_t: null,
  length_m: null,
  axle_t: null,
  turning_m: null,
};

/** Whether there is anything to close off. */
export const hasSite = (question: PlanQuestion): boolean => question.site !== null || question.stretches.length > 0;

/** The same cordon, alone: what there is besides it is asked for by itself. */
export const cordonOnly = (question: PlanQuestion): PlanQuestion => ({ ...question, frontier: false, alternatives: 0 });

/** What there is besides a cordon: others of its kind, smaller and larger, and really different ones. */
export const PARTS = ["frontier", "alternatives"] as const;
export type Part = (typeof PARTS)[number];

/** What is asked of the server; null where nothing is wanted. The frontier is one for all sizes that it offers. */
export function wishOf(part: Part, question: PlanQuestion): PlanQuestion | null {
  if (!hasSite(question)) return null;
  const cordon = { ...cordonOnly(question), closures: [], occupied_shuts: [], stations: null };
  if (part === "frontier")
    return question.frontier ? { ...cordon, frontier: true, address_cost: 0, at_most: null } : null;
  return question.alternatives ? { ...cordon, alternatives: question.alternatives } : null;
}

/** Ground that is drawn on the map: what people hold, and what must stay outside. */
export type GroundName = "site" | "outside";

/** What of it the page draws: other shapes than polygons come from files and stay as they are. */
export const drawable = (shape: PlanQuestion["outside"]): Ground | null =>
  shape?.type === "GeometryCollection" ? null : shape;

export const groundOf = (question: PlanQuestion, name: GroundName): Ground | null => drawable(question[name]);

const without = (spots: Spot[], spot: Spot): Spot[] => spots.filter((other) => !near(other, spot));

/** A barrier must stand here; an older wish for none at this spot is dropped. */
export const pinned = (question: PlanQuestion, spot: Spot): PlanQuestion => ({
  ...question,
  pins: [...without(question.pins, spot), spot],
  never: without(question.never, spot),
});

/** No barrier may stand here; an older pin at this spot is dropped. */
export const forbidden = (question: PlanQuestion, spot: Spot): PlanQuestion => ({
  ...question,
  pins: without(question.pins, spot),
  never: [...without(question.never, spot), spot],
});

/** A pin holds the place nearest to it, as far as this; the server uses the same reach. */
const PIN_REACH_M = 150;
const METRES_A_DEGREE = 111_320;

const metresApart = (a: Spot, b: Spot): number =>
  METRES_A_DEGREE * Math.hypot((a.lon - b.lon) * Math.cos((a.lat * Math.PI) / 180), a.lat - b.lat);

/** The barrier that a pin holds. */
export function heldBy<B extends Spot>(pin: Spot, barriers: readonly B[]): B | undefined {
  const reached = barriers.filter((barrier) => metresApart(pin, barrier) <= PIN_REACH_M);
  return reached.toSorted((a, b) => metresApart(pin, a) - metresApart(pin, b))[0];
}

export const isPinned = (question: PlanQuestion, barrier: Spot, barriers: readonly Spot[]): boolean =>
  question.pins.some((pin) => heldBy(pin, barriers) === barrier);

/** Without the pins that hold this barrier. */
export const unpinned = (question: PlanQuestion, barrier: Spot, barriers: readonly Spot[]): PlanQuestion => ({
  ...question,
  pins: question.pins.filter((pin) => heldBy(pin, barriers) !== barrier),
});

/**
 * A barrier dragged from one spot to another: always here; and never there, unless it was moved along its own street, of
 * which a ban would hold as well.
 */
export function moved(
  question: PlanQuestion,
  from: Spot,
  to: Spot,
  barriers: readonly Spot[],
  sameStreet: boolean,
): PlanQuestion {
  const freed = unpinned(question, from, barriers);
  return pinned(sameStreet ? freed : forbidden(freed, { lon: rounded(from.lon), lat: rounded(from.lat) }), to);
}

const toggled = (ways: number[], way: number): number[] =>
  ways.includes(way) ? ways.filter((other) => other !== way) : [...ways, way];

export const toggleStretch = (question: PlanQuestion, way: number): PlanQuestion => ({
  ...question,
  stretches: toggled(question.stretches, way),
  keep_open: question.keep_open.filter((other) => other !== way),
});

export const toggleOpen = (question: PlanQuestion, way: number): PlanQuestion => ({
  ...question,
  keep_open: toggled(question.keep_open, way),
  closures: question.closures.filter((closure) => closure.way !== way),
  stretches: question.stretches.filter((other) => other !== way),
});

export const closureOf = (question: PlanQuestion, way: number): ClosureQuestion | undefined =>
  question.closures.find((closure) => closure.way === way);

/** Close a way to classes; to none opens it again. */
export function closed(question: PlanQuestion, way: number, shuts: readonly VehicleClass[]): PlanQuestion {
  const others = question.closures.filter((closure) => closure.way !== way);
  const closure = { way, at_m: null, shuts: [...shuts], label: "" };
  return {
    ...question,
    closures: shuts.length ? [...others, closure] : others,
    keep_open: shuts.length ? question.keep_open.filter((other) => other !== way) : question.keep_open,
  };
}

/** Help may drive along the occupied streets, or not. */
export const withLane = (question: PlanQuestion, free: boolean): PlanQuestion => {
  const others = question.occupied_shuts.filter((name) => name !== question.access_class);
  return { ...question, occupied_shuts: free ? others : [...others, question.access_class] };
};

export const spotOf = ([lon, lat]: Position): Spot => ({ lon: rounded(lon), lat: rounded(lat) });

/** No barrier may stand on these ways, or one may again. */
export const barred = (question: PlanQuestion, ways: readonly number[], on: boolean): PlanQuestion => {
  const others = question.never_ways.filter((way) => !ways.includes(way));
  return { ...question, never_ways: on ? [...others, ...ways] : others };
};

/** Other cordons take longer to find than the plan: they are looked for when asked, not again after each change. */
export const lookingOnce = (before: PlanQuestion, after: PlanQuestion): PlanQuestion =>
  after.alternatives === before.alternatives ? { ...after, alternatives: 0 } : after;

/** Six decimals: a tenth of a metre, and what a link keeps. */
export const rounded = (degrees: number): number => Math.round(degrees * 1e6) / 1e6;
