/** What was typed as places, one after each semicolon: the server reads them, as it reads them everywhere. */
import * as api from "../../contract/api.ts";
import type { EntryQuestion } from "../../contract/index.ts";

type Place = Exclude<Extract<EntryQuestion["places"], readonly unknown[]>[number], string>;

export async function placesOf(network: string, text: string): Promise<Place[]> {
  const parts = text
    .split(";")
    .map((part) => part.trim())
    .filter(Boolean);
  return Promise.all(parts.map((part) => placeOf(network, part)));
}

/** A place that cannot be read stands in the entry by its name. */
async function placeOf(network: string, text: string): Promise<Place> {
  const read = await api.readPlace(network, text);
  return read.ok ? read.value.place : { type: "named", name: text, at: null };
}
