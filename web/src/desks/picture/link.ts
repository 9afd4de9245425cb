/** The Picture desk's part of the address: the two moments, what "known" means, and the entry that is looked at. */
import type { Pairs } from "../../frame/desk.ts";
import { isAtTheEnd, type PicturePlace, type PictureState } from "./store.ts";

const minute = (moment: number): string => `${new Date(moment).toISOString().slice(0, 16)}Z`;

function readMoment(text: string | null): number | null {
  const moment = text === null ? NaN : Date.parse(text);
  return Number.isNaN(moment) ? null : moment;
}

export const readPicture = (said: URLSearchParams): PicturePlace => ({
  at: readMoment(said.get("at")),
  knownAt: readMoment(said.get("known")),
  knowledge: said.get("knowledge") === "could" ? "could" : "had",
  entry: said.get("entry"),
});

/** What of the picture an address says in a way that cannot be read, in words. */
export const pictureFaults = (said: URLSearchParams): string[] => [
  ...(said.has("at") && readMoment(said.get("at")) === null ? ["the moment"] : []),
  ...(said.has("known") && readMoment(said.get("known")) === null ? ["as known when"] : []),
];

/** The end of the record is not written, so that a link to it stays at the end. */
export function writePicture(state: PictureState): Pairs {
  const { operation, at, knownAt, knowledge, linked, entry } = state;
  const atTheEnd = linked && isAtTheEnd(state);
  return [
    ...(operation && !atTheEnd ? [["at", minute(at)] as const] : []),
    ...(operation && !linked ? [["known", minute(knownAt)] as const] : []),
    ...(operation && knowledge === "could" ? [["knowledge", knowledge] as const] : []),
    ...(entry === null ? [] : [["entry", entry] as const]),
  ];
}
