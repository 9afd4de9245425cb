/**
 * A question as text for an address, and back.
 *
 * Only what differs from the network's own question is written. Numbers are written as text, lists of numbers as differences
 * in base 32 with a bit for "more follows": the 64 letters need no escaping in an address.
 */
import * as v from "valibot";
import {
  barrierCosts,
  type Ground,
  type PlanQuestion,
  type Position,
  type Spot,
  VEHICLE_CLASSES,
  type VehicleClass,
} from "../../contract/index.ts";
import { err, ok, type Result } from "../../lib/result.ts";
import { outsideGround } from "./question.ts";

const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
const DEGREE = 1e6;

/** Whole numbers, zigzag, five bits a letter, lowest first. */
export function packed(numbers: readonly number[]): string {
  let text = "";
  for (const number of numbers) {
    let rest = number < 0 ? -number * 2 - 1 : number * 2;
    do {
      const more = rest >= 32;
      text += LETTERS[(rest % 32) + (more ? 32 : 0)];
      rest = Math.floor(rest / 32);
    } while (rest > 0);
  }
  return text;
}

export function unpacked(text: string): Result<number[]> {
  const numbers: number[] = [];
  let value = 0;
  let scale = 1;
  for (const letter of text) {
    const digit = LETTERS.indexOf(letter);
    if (digit < 0) return err("letters that a link does not use");
    value += (digit % 32) * scale;
    scale *= 32;
    if (digit >= 32) continue;
    if (!Number.isSafeInteger(value)) return err("a number that is too large");
    numbers.push(value % 2 ? -(value + 1) / 2 : value / 2);
    [value, scale] = [0, 1];
  }
  return scale === 1 ? ok(numbers) : err("an end that is cut off");
}

const differences = (numbers: readonly number[]): number[] =>
  numbers.map((n, i) => n - (i ? (numbers[i - 1] as number) : 0));

function sums(numbers: readonly number[]): number[] {
  let total = 0;
  return numbers.map((n) => (total += n));
}

const packPositions = (positions: readonly Position[]): string => {
  const lons = differences(positions.map((at) => Math.round(at[0] * DEGREE)));
  const lats = differences(positions.map((at) => Math.round(at[1] * DEGREE)));
  return packed(lons.flatMap((lon, i) => [lon, lats[i] as number]));
};

function unpackPositions(text: string): Position[] {
  const numbers = unpacked(text);
  if (!numbers.ok || numbers.value.length % 2) return [];
  const lons = sums(numbers.value.filter((_, i) => i % 2 === 0));
  const lats = sums(numbers.value.filter((_, i) => i % 2 === 1));
  return lons.map((lon, i): Position => [lon / DEGREE, (lats[i] as number) / DEGREE]);
}

/** Rings are parted by '.', polygons by '!'. */
function packGround(ground: Ground | null): string {
  if (!ground) return "";
  const polygons = ground.type === "Polygon" ? [ground.coordinates] : ground.coordinates;
  return polygons.map((rings) => rings.map((ring) => packPositions(ring.slice(0, -1))).join(".")).join("!");
}

function unpackGround(text: string): Ground | null {
  const polygons = text.split("!").map((rings) =>
    rings
      .split(".")
      .map(unpackPositions)
      .filter((ring) => ring.length >= 3),
  );
  const closed = polygons
    .filter((rings) => rings.length)
    .map((rings) => rings.map((ring) => [...ring, ring[0] as Position]));
  const [first] = closed;
  if (!first) return null;
  return closed.length === 1 ? { type: "Polygon", coordinates: first } : { type: "MultiPolygon", coordinates: closed };
}

const packSpots = (spots: readonly Spot[]): string => packPositions(spots.map((spot) => [spot.lon, spot.lat]));
const unpackSpots = (text: string): Spot[] => unpackPositions(text).map(([lon, lat]) => ({ lon, lat }));

const packWays = (ways: readonly number[]): string => packed(differences(ways));
const unpackWays = (text: string): number[] => {
  const numbers = unpacked(text);
  return numbers.ok ? sums(numbers.value).filter((way) => way >= 0) : [];
};

const mask = (classes: readonly VehicleClass[]): number =>
  VEHICLE_CLASSES.reduce((sum, name, bit) => sum + (classes.includes(name) ? 2 ** bit : 0), 0);
const unmask = (bits: number): VehicleClass[] =>
  VEHICLE_CLASSES.filter((_, bit) => Math.floor(bits / 2 ** bit) % 2 === 1);

type Closures = PlanQuestion["closures"];
const packClosures = (closures: Closures): string =>
  packed(closures.flatMap(({ way, at_m, shuts }) => [way, at_m === null ? -1 : Math.round(at_m * 10), mask(shuts)]));

function unpackClosures(text: string): Closures {
  const numbers = unpacked(text);
  if (!numbers.ok) return [];
  const found: Closures = [];
  for (let i = 0; i + 2 < numbers.value.length; i += 3) {
    const [way = -1, at = -1, bits = 0] = numbers.value.slice(i, i + 3);
    const shuts = unmask(bits);
    if (way >= 0 && shuts.length) found.push({ way, at_m: at < 0 ? null : at / 10, shuts, label: "" });
  }
  return found;
}

/** The table of costs; one that cannot be read is the network's own. */
function readCosts(text: string): Partial<PlanQuestion> {
  const found = v.safeParse(v.pipe(v.string(), v.parseJson(), barrierCosts), text);
  return found.success ? { costs: found.output } : {};
}

/** One field of the question: its letter, how it is written and read. Stations are the network's own and not written. */
type Field = { letter: string; write: (q: PlanQuestion) => string; read: (text: string) => Partial<PlanQuestion> };

const finite = (text: string, fallback: number): number => (text !== "" && Number.isFinite(+text) ? +text : fallback);

const FIELDS: readonly Field[] = [
  { letter: "s", write: (q) => packGround(q.site), read: (t) => ({ site: unpackGround(t) }) },
  { letter: "t", write: (q) => packWays(q.stretches), read: (t) => ({ stretches: unpackWays(t) }) },
  { letter: "x", write: (q) => packGround(outsideGround(q)), read: (t) => ({ outside: unpackGround(t) }) },
  { letter: "c", write: (q) => `${mask(q.shut)}`, read: (t) => ({ shut: unmask(finite(t, 30)) }) },
  { letter: "g", write: (q) => (q.trust_signs ? "1" : "0"), read: (t) => ({ trust_signs: t === "1" }) },
  { letter: "r", write: (q) => `${q.radius_m}`, read: (t) => ({ radius_m: finite(t, 800) }) },
  { letter: "a", write: (q) => `${q.address_cost}`, read: (t) => ({ address_cost: finite(t, 0) }) },
  { letter: "m", write: (q) => `${q.at_most ?? ""}`, read: (t) => ({ at_most: t === "" ? null : finite(t, 1) }) },
  { letter: "p", write: (q) => packSpots(q.pins), read: (t) => ({ pins: unpackSpots(t) }) },
  { letter: "n", write: (q) => packSpots(q.never), read: (t) => ({ never: unpackSpots(t) }) },
  { letter: "k", write: (q) => packWays(q.keep_open), read: (t) => ({ keep_open: unpackWays(t) }) },
  { letter: "h", write: (q) => packClosures(q.closures), read: (t) => ({ closures: unpackClosures(t) }) },
  { letter: "o", write: (q) => `${mask(q.occupied_shuts)}`, read: (t) => ({ occupied_shuts: unmask(finite(t, 0)) }) },
  {
    letter: "f",
    write: (q) => q.access_class,
    read: (t) => ({ access_class: VEHICLE_CLASSES.find((c) => c === t) ?? "emergency" }),
  },
  { letter: "w", write: (q) => `${q.within_s}`, read: (t) => ({ within_s: finite(t, 480) }) },
  { letter: "l", write: (q) => `${q.alternatives}`, read: (t) => ({ alternatives: finite(t, 0) }) },
  { letter: "y", write: (q) => (q.allow_motorway ? "1" : "0"), read: (t) => ({ allow_motorway: t === "1" }) },
  { letter: "b", write: (q) => packWays(q.never_ways), read: (t) => ({ never_ways: unpackWays(t) }) },
  { letter: "e", write: (q) => (q.frontier ? "1" : "0"), read: (t) => ({ frontier: t === "1" }) },
  { letter: "q", write: (q) => JSON.stringify(q.costs), read: readCosts },
];

/** The names that a question has in an address. */
export const LETTERS_OF_FIELDS = FIELDS.map(({ letter }) => letter);

/** What differs from the network's own question: its letters, each with its text. */
export const differing = (
  question: PlanQuestion,
  defaults: PlanQuestion,
): (readonly [letter: string, text: string])[] =>
  FIELDS.flatMap(({ letter, write }) =>
    write(question) === write(defaults) ? [] : [[letter, write(question)] as const],
  );

/** The question whose fields say this; what is not said is the network's own. */
export const questionFrom = (said: (letter: string) => string | null, defaults: PlanQuestion): PlanQuestion =>
  Object.assign(
    {},
    defaults,
    ...FIELDS.map(({ letter, read }) => {
      const text = said(letter);
      return text === null ? {} : read(text);
    }),
  );
