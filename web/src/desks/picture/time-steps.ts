/** Steps in time: an hour, a day, and to where the picture changes next. */
import * as api from "../../contract/api.ts";
import type { Command } from "../../frame/desk.ts";
import { DAY_MS, HOUR_MS, iso } from "../../lib/times.ts";
import { lookAt, MINUTE_MS, type PictureStore, showWhole, spanOf, zoom } from "./store.ts";

/** So many times as much, or as little, of the bar with each step. */
export const CLOSER = 1 / 4;
export const WIDER = 4;

export const stepBy = (store: PictureStore, by: number): void => lookAt(store, store.get().at + by);

/** To the minute in which the picture changed last, or changes next. */
export async function stepToEntry(store: PictureStore, forward: boolean): Promise<void> {
  const { operation, at, knowledge } = store.get();
  if (!operation) return;
  const from = forward ? at : at - MINUTE_MS + 1;
  const until = spanOf(operation)[1];
  const found = await api.getTimesBeside(operation.id, iso(from), knowledge, iso(until));
  if (!found.ok) return store.set({ notice: found.error.message });
  const moment = forward ? found.value.after : found.value.before;
  if (moment === null) return store.set({ notice: forward ? "No later entry." : "No earlier entry." });
  lookAt(store, Math.ceil(Date.parse(moment) / MINUTE_MS) * MINUTE_MS);
}

/** Put the cursor into the field of the moment shown. */
export function typeTime(store: PictureStore): void {
  const focus = (): void => document.querySelector<HTMLElement>(".at-word input")?.focus();
  if (store.get().desk === "picture") return focus(); // what is typed next is typed there
  store.set({ desk: "picture" });
  requestAnimationFrame(focus);
}

type Step = Command & { readonly key: string };

const stepsOf = (store: PictureStore): readonly Step[] => [
  { key: "t", id: "time", label: "Go to a time: type it", keys: "T", act: () => typeTime(store) },
  { key: ",", id: "hour-back", label: "Time: one hour back", keys: ",", act: () => stepBy(store, -HOUR_MS) },
  { key: ".", id: "hour-forward", label: "Time: one hour forward", keys: ".", act: () => stepBy(store, HOUR_MS) },
  { key: "<", id: "day-back", label: "Time: one day back", keys: "<", act: () => stepBy(store, -DAY_MS) },
  { key: ">", id: "day-forward", label: "Time: one day forward", keys: ">", act: () => stepBy(store, DAY_MS) },
  {
    key: "[",
    id: "entry-back",
    label: "Time: to the entry before",
    keys: "[",
    act: () => void stepToEntry(store, false),
  },
  {
    key: "]",
    id: "entry-forward",
    label: "Time: to the next entry",
    keys: "]",
    act: () => void stepToEntry(store, true),
  },
  { key: "+", id: "closer", label: "Time bar: show less, closer", keys: "+", act: () => zoom(store, CLOSER) },
  { key: "-", id: "wider", label: "Time bar: show more", keys: "-", act: () => zoom(store, WIDER) },
  { key: "w", id: "whole", label: "Time bar: whole operation", keys: "W", act: () => showWhole(store) },
];

export const timeCommands = (store: PictureStore): readonly Command[] =>
  stepsOf(store).map(({ key: _, ...command }) => command);

/** What single keys do. */
export const timeKeys = (store: PictureStore): Readonly<Record<string, () => void>> =>
  Object.fromEntries(stepsOf(store).map(({ key, act }) => [key, act]));
