/** All that can be sent: view, place and question as the part of an address after '#', and back. */
import type { PlanQuestion } from "./contract.ts";
import { differing, questionFrom } from "./link-question.ts";

export type View = { readonly lon: number; readonly lat: number; readonly zoom: number; readonly bearing: number };
/** The desk, and on the Picture desk the operation, the two moments and the entry that is looked at. */
export type Place = {
  readonly desk: string | null;
  readonly operation: string | null;
  readonly at: number | null;
  readonly knownAt: number | null;
  readonly entry: string | null;
  readonly report: string | null;
};
export const NOWHERE: Place = { desk: null, operation: null, at: null, knownAt: null, entry: null, report: null };
/** A plan that is kept beside the present one, with the hour whose traffic was asked for. */
export type Kept = { readonly question: PlanQuestion; readonly hour: number };
/** Whether the Plan desk shows traffic, the hour that was asked for, with how many draws (null: the usual), and the plans kept to compare. */
export type TrafficLink = {
  readonly shown: boolean;
  readonly hour: number | null;
  readonly draws: number | null;
  readonly pins: readonly Kept[];
};
export const NO_TRAFFIC: TrafficLink = { shown: false, hour: null, draws: null, pins: [] };
export type Link = {
  readonly network: string | null;
  readonly view: View | null;
  readonly question: PlanQuestion;
  readonly place: Place;
  readonly traffic: TrafficLink;
};

const writeView = (view: View): string =>
  [
    view.lon.toFixed(5),
    view.lat.toFixed(5),
    view.zoom.toFixed(2),
    ...(view.bearing ? [view.bearing.toFixed(0)] : []),
  ].join(",");

function readView(text: string | null): View | null {
  const [lon = NaN, lat = NaN, zoom = NaN, bearing = 0] = (text ?? "").split(",").map(Number);
  const sound = Math.abs(lon) <= 180 && Math.abs(lat) <= 90 && zoom >= 0 && zoom <= 24 && Number.isFinite(bearing);
  return sound ? { lon, lat, zoom, bearing } : null;
}

const minute = (moment: number): string => `${new Date(moment).toISOString().slice(0, 16)}Z`;

const writePlace = ({ desk, operation, at, knownAt, entry, report }: Place): string[] => [
  ...(desk ? [`desk=${desk}`] : []),
  ...(operation ? [`op=${encodeURIComponent(operation)}`] : []),
  ...(at === null ? [] : [`at=${minute(at)}`]),
  ...(knownAt === null ? [] : [`known=${minute(knownAt)}`]),
  ...(entry === null ? [] : [`entry=${encodeURIComponent(entry)}`]),
  ...(report === null ? [] : [`report=${encodeURIComponent(report)}`]),
];

function readMoment(text: string | null): number | null {
  const moment = text === null ? NaN : Date.parse(text);
  return Number.isNaN(moment) ? null : moment;
}

const MOST_PINS = 3;

/** A kept plan in one part of the address: its hour, then its fields, as in "8;a:0.5;p:xyz". */
const writeKept = ({ question, hour }: Kept, defaults: PlanQuestion): string =>
  [`${hour}`, ...differing(question, defaults).map(([letter, text]) => `${letter}:${text}`)].join(";");

function readKept(text: string, defaults: PlanQuestion): Kept | null {
  const [hour = "", ...fields] = text.split(";");
  const known = new Map(fields.map((field): [string, string] => [field.slice(0, 1), field.slice(2)]));
  const read = readWhole(hour, LAST_HOUR);
  return read === null ? null : { hour: read, question: questionFrom((letter) => known.get(letter) ?? null, defaults) };
}

/** A whole number from nothing to a most. */
function readWhole(text: string | null, most: number): number | null {
  const value = text === null || text === "" ? NaN : Number(text);
  return Number.isInteger(value) && value >= 0 && value <= most ? value : null;
}

const LAST_HOUR = 23;
const MOST_DRAWS = 200;

const writeTraffic = ({ shown, hour, draws, pins }: TrafficLink, defaults: PlanQuestion): string[] => [
  ...(shown ? ["part=traffic"] : []),
  ...(hour === null ? [] : [`hour=${hour}`]),
  ...(draws === null ? [] : [`draws=${draws}`]),
  ...pins.map((pin) => `pin=${writeKept(pin, defaults)}`),
];

const readTraffic = (parts: URLSearchParams, defaults: PlanQuestion): TrafficLink => ({
  shown: parts.get("part") === "traffic",
  hour: readWhole(parts.get("hour"), LAST_HOUR),
  draws: readWhole(parts.get("draws"), MOST_DRAWS),
  pins: parts
    .getAll("pin")
    .map((text) => readKept(text, defaults))
    .filter((pin) => pin !== null)
    .slice(0, MOST_PINS),
});

/** The part after '#'. */
export function written(link: Link, defaults: PlanQuestion): string {
  const parts = link.network ? [`net=${encodeURIComponent(link.network)}`] : [];
  if (link.view) parts.push(`v=${writeView(link.view)}`);
  parts.push(...writePlace(link.place), ...writeTraffic(link.traffic, defaults));
  parts.push(...differing(link.question, defaults).map(([letter, text]) => `${letter}=${text}`));
  return parts.join("&");
}

/** What a link says; whatever it does not say, or says in a way that cannot be read, is the network's own. */
export function read(hash: string, defaults: PlanQuestion): Link {
  const parts = new URLSearchParams(hash.replace(/^#/, ""));
  const question = questionFrom((letter) => parts.get(letter), defaults);
  const place = {
    desk: parts.get("desk"),
    operation: parts.get("op"),
    at: readMoment(parts.get("at")),
    knownAt: readMoment(parts.get("known")),
    entry: parts.get("entry"),
    report: parts.get("report"),
  };
  return {
    network: parts.get("net"),
    view: readView(parts.get("v")),
    question,
    place,
    traffic: readTraffic(parts, defaults),
  };
}
