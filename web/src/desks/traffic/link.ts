/** The part of the address that is about traffic: the hour, the draws, and the plans to compare. */
import type { PlanQuestion } from "../../contract/index.ts";
import type { Pairs } from "../../frame/desk.ts";
import { differing, questionFrom, unreadIn } from "../plan/link-question.ts";
import { type Kept, MOST_PINS, type TrafficPlace, type TrafficState, USUAL_DRAWS } from "./store.ts";

const LAST_HOUR = 23;
const MOST_DRAWS = 200;

/** A plan in one value: its hour, then its fields, as in "8;a:0.5;p:xyz". */
const writeKept = ({ question, hour }: Kept, defaults: PlanQuestion): string =>
  [`${hour}`, ...differing(question, defaults).map(([letter, text]) => `${letter}:${text}`)].join(";");

function readKept(text: string, defaults: PlanQuestion): Kept | null {
  const [hour = "", ...fields] = text.split(";");
  const known = new Map(fields.map((field): [string, string] => [field.slice(0, 1), field.slice(2)]));
  const read = readWhole(hour, LAST_HOUR);
  return read === null ? null : { hour: read, question: questionFrom((letter) => known.get(letter) ?? null, defaults) };
}

/** Whether a plan to compare cannot be read whole. */
function pinFault(text: string): boolean {
  const [hour = "", ...fields] = text.split(";");
  const known = new Map(fields.map((field): [string, string] => [field.slice(0, 1), field.slice(2)]));
  return readWhole(hour, LAST_HOUR) === null || unreadIn((letter) => known.get(letter) ?? null).length > 0;
}

/** A whole number from nothing to a most. */
function readWhole(text: string | null, most: number): number | null {
  const value = text === null || text === "" ? NaN : Number(text);
  return Number.isInteger(value) && value >= 0 && value <= most ? value : null;
}

export const readTraffic = (said: URLSearchParams, defaults: PlanQuestion): TrafficPlace => ({
  hour: readWhole(said.get("hour"), LAST_HOUR),
  draws: readWhole(said.get("draws"), MOST_DRAWS),
  pins: said
    .getAll("pin")
    .map((text) => readKept(text, defaults))
    .filter((pin) => pin !== null)
    .slice(0, MOST_PINS),
});

/** What of the traffic an address says in a way that cannot be read, in words. */
export const trafficFaults = (said: URLSearchParams): string[] => [
  ...(said.has("hour") && readWhole(said.get("hour"), LAST_HOUR) === null ? ["the hour"] : []),
  ...(said.has("draws") && readWhole(said.get("draws"), MOST_DRAWS) === null ? ["the draws"] : []),
  ...(said.getAll("pin").some((text) => pinFault(text)) ? ["a plan to compare"] : []),
];

export const writeTraffic = ({ wanted, hour, draws, pins }: TrafficState, defaults: PlanQuestion): Pairs => [
  ...(wanted ? [["hour", `${hour}`] as const] : []),
  ...(draws === USUAL_DRAWS ? [] : [["draws", `${draws}`] as const]),
  ...pins.map((pin) => ["pin", writeKept(pin, defaults)] as const),
];
