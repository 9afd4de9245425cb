/**
 * A question as text for an address, and back.
 *
 * Only what differs from the network's own question is written. Numbers are written as text, lists of numbers as differences
 * in base 32 with a bit for "more follows": the 64 letters need no escaping in an address.
 */
import * as v from "valibot";
import {
  type BarrierCosts,
  barrierCosts,
  type Ground,
  type PlanQuestion,
  type Position,
  planQuestion,
  type Spot,
  type Stations,
  VEHICLE_CLASSES,
  type VehicleClass,
} from "../../contract/index.ts";
import { err, ok, type Result } from "../../lib/result.ts";
import { drawable, NOTHING_SAID } from "./question.ts";
import { STATION_KINDS, type Station, type StationKind, stationAt } from "./stations.ts";

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
function unpackCosts(text: string): BarrierCosts | undefined {
  const found = v.safeParse(v.pipe(v.string(), v.parseJson(), barrierCosts), text);
  return found.success ? found.output : undefined;
}

/** Letters of a name are written as their distance from "m": the small ones are one letter each. */
const MIDDLE_LETTER = 109;

const packName = (name: string): number[] => {
  const letters = [...name].map((letter) => (letter.codePointAt(0) ?? 0) - MIDDLE_LETTER);
  return [letters.length, ...letters];
};

/** How many; then of each its position from the one before, its kind and its name. */
function packStations(stations: Stations | null): string {
  if (!stations) return "";
  const places = stations.features.map(({ geometry: { coordinates } }) => coordinates as Position);
  const [lons, lats] = [0, 1].map((axis) => differences(places.map((at) => Math.round((at[axis] as number) * DEGREE))));
  const numbers = stations.features.flatMap(({ properties: { name, kind } }, i) => {
    const known = STATION_KINDS.indexOf(kind as StationKind);
    const ofKind = known < 0 ? [STATION_KINDS.length, ...packName(kind)] : [known];
    return [lons?.[i] as number, lats?.[i] as number, ...ofKind, ...packName(name)];
  });
  return packed([stations.features.length, ...numbers]);
}

/** The stations of a text; undefined where it cannot be read to its end. */
function unpackStations(text: string): Stations | null | undefined {
  if (text === "") return null;
  const numbers = unpacked(text);
  if (!numbers.ok) return undefined;
  let at = 0;
  const next = (): number => numbers.value[at++] ?? Number.NaN;
  const word = (): string => {
    const length = next();
    const letters = numbers.value.slice(at, at + length);
    at += length >= 0 ? length : Number.NaN;
    return letters
      .map((letter) => String.fromCodePoint(Math.min(Math.max(letter + MIDDLE_LETTER, 0), 0x10ffff)))
      .join("");
  };
  const many = next();
  const features: Station[] = [];
  let [lon, lat] = [0, 0];
  while (features.length < many && at < numbers.value.length) {
    [lon, lat] = [lon + next(), lat + next()];
    const kind = STATION_KINDS[next()] ?? word();
    features.push(stationAt(word(), kind, [lon / DEGREE, lat / DEGREE]));
  }
  return at === numbers.value.length && features.length === many ? { type: "FeatureCollection", features } : undefined;
}

const rows = v.pipe(v.string(), v.parseJson(), v.array(v.looseObject({})));

/** Sizes of vehicles; a text that cannot be read is the network's own. */
const packVehicles = (said: PlanQuestion["vehicles"]): string => (said.length ? JSON.stringify(said) : "");

function unpackVehicles(text: string): PlanQuestion["vehicles"] | undefined {
  if (text === "") return [];
  const said = v.safeParse(rows, text);
  // links made before a measure existed do not have it
  const whole = said.success ? said.output.map((row) => ({ ...NOTHING_SAID, ...row })) : undefined;
  const found = v.safeParse(planQuestion.entries.vehicles, whole);
  return found.success ? found.output : undefined;
}

const finite = (text: string, fallback: number): number => (text !== "" && Number.isFinite(+text) ? +text : fallback);
const packTruth = (truth: boolean): string => (truth ? "1" : "0");
const unpackTruth = (text: string): boolean => text === "1";

/** Whether a text of letters and signs is what its value is written as: else a part of it was lost on the way. */
const isWhole = <T>({ write, read }: Field<T>, text: string): boolean => {
  const value = read(text);
  if (value === undefined) return false;
  const written = write(value);
  return written === text || (written !== "" && Number(written) === Number(text));
};

/** What is written as JSON or words may be written otherwise and say the same. */
const IN_WORDS: ReadonlySet<keyof PlanQuestion> = new Set(["costs", "vehicles"]);

/** What each field is called where a link does not say it in a way that can be read. */
const CALLED: { readonly [K in keyof PlanQuestion]: string } = {
  site: "the site",
  stretches: "the occupied streets",
  outside: "what must stay outside",
  shut: "whom the cordon keeps out",
  trust_signs: "whether one-way signs are obeyed",
  radius_m: "how far the cordon may reach",
  address_cost: "what an enclosed address costs",
  at_most: "the most barriers",
  pins: "the pinned barriers",
  never: "the spots without barriers",
  keep_open: "the streets kept open",
  closures: "the streets shut by hand",
  occupied_shuts: "who may drive along occupied streets",
  access_class: "whose drive times",
  within_s: "how soon help should arrive",
  alternatives: "the other cordons",
  allow_motorway: "whether motorways may be shut",
  never_ways: "the streets without barriers",
  frontier: "smaller and larger cordons",
  costs: "what barriers cost",
  vehicles: "the sizes of vehicles",
  gate_s: "how long a barrier takes to open",
  stations: "the stations",
};

/** How the site is called: without it a link asks nothing. */
export const SITE = CALLED.site;

/** One field of the question: its letter, how it is written, and how it is read; what reads as undefined is the network's own. */
type Field<T> = {
  readonly letter: string;
  readonly write: (value: T) => string;
  readonly read: (text: string) => T | undefined;
};

const FIELDS: { readonly [K in keyof PlanQuestion]: Field<PlanQuestion[K]> } = {
  site: { letter: "s", write: packGround, read: unpackGround },
  stretches: { letter: "t", write: packWays, read: unpackWays },
  outside: { letter: "x", write: (outside) => packGround(drawable(outside)), read: unpackGround },
  shut: { letter: "c", write: (classes) => `${mask(classes)}`, read: (text) => unmask(finite(text, 30)) },
  trust_signs: { letter: "g", write: packTruth, read: unpackTruth },
  radius_m: { letter: "r", write: String, read: (text) => finite(text, 800) },
  address_cost: { letter: "a", write: String, read: (text) => finite(text, 0) },
  at_most: { letter: "m", write: (most) => `${most ?? ""}`, read: (text) => (text === "" ? null : finite(text, 1)) },
  pins: { letter: "p", write: packSpots, read: unpackSpots },
  never: { letter: "n", write: packSpots, read: unpackSpots },
  keep_open: { letter: "k", write: packWays, read: unpackWays },
  closures: { letter: "h", write: packClosures, read: unpackClosures },
  occupied_shuts: { letter: "o", write: (classes) => `${mask(classes)}`, read: (text) => unmask(finite(text, 0)) },
  access_class: {
    letter: "f",
    write: String,
    read: (text) => VEHICLE_CLASSES.find((name) => name === text) ?? "emergency",
  },
  within_s: { letter: "w", write: String, read: (text) => finite(text, 480) },
  alternatives: { letter: "l", write: String, read: (text) => finite(text, 0) },
  allow_motorway: { letter: "y", write: packTruth, read: unpackTruth },
  never_ways: { letter: "b", write: packWays, read: unpackWays },
  frontier: { letter: "e", write: packTruth, read: unpackTruth },
  costs: { letter: "q", write: (costs) => JSON.stringify(costs), read: unpackCosts },
  vehicles: { letter: "u", write: packVehicles, read: unpackVehicles },
  gate_s: { letter: "j", write: String, read: (text) => finite(text, 0) },
  stations: { letter: "i", write: packStations, read: unpackStations },
};

const WISHES = Object.keys(FIELDS) as (keyof PlanQuestion)[];

/** The names that a question has in an address. */
export const LETTERS_OF_FIELDS = Object.values(FIELDS).map(({ letter }) => letter);

const written = <K extends keyof PlanQuestion>(wish: K, question: PlanQuestion): string =>
  FIELDS[wish].write(question[wish]);

/** Says what is assumed of occupied streets, and is therefore in every link: those without it took a lane to be free. */
const ALWAYS: keyof PlanQuestion = "occupied_shuts";
const BEFORE_IT_WAS_SAID: VehicleClass[] = [];

/** What differs from the network's own question, and what is always said: its letters, each with its text. */
export const differing = (
  question: PlanQuestion,
  defaults: PlanQuestion,
): (readonly [letter: string, text: string])[] =>
  WISHES.flatMap((wish) => {
    const text = written(wish, question);
    return wish !== ALWAYS && text === written(wish, defaults) ? [] : [[FIELDS[wish].letter, text] as const];
  });

/** Whether a link was made before links said what is assumed of occupied streets. */
export const isOlder = (said: (letter: string) => string | null): boolean => said(FIELDS[ALWAYS].letter) === null;

/** The question whose fields say this; what is not said is the network's own, or as it was when links did not say it. */
export function questionFrom(said: (letter: string) => string | null, defaults: PlanQuestion): PlanQuestion {
  const read = WISHES.flatMap((wish) => {
    const text = said(FIELDS[wish].letter);
    const value = text === null ? undefined : FIELDS[wish].read(text);
    return value === undefined ? [] : [[wish, value] as const];
  });
  const older = isOlder(said) ? { [ALWAYS]: BEFORE_IT_WAS_SAID } : {};
  return { ...defaults, ...older, ...Object.fromEntries(read) };
}

/** What of a question a link says in a way that cannot be read, as the page calls it. */
export const unreadIn = (said: (letter: string) => string | null): string[] =>
  WISHES.filter((wish) => {
    const text = said(FIELDS[wish].letter);
    if (!text) return false;
    const field = FIELDS[wish] as Field<unknown>;
    return IN_WORDS.has(wish) ? field.read(text) === undefined : !isWhole(field, text);
  }).map((wish) => CALLED[wish]);
