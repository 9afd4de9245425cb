/** What was typed as places, one after each semicolon: the server reads them, as it reads them everywhere. */
import * as api from "../../contract/api.ts";
import type { EntryQuestion, Names } from "../../contract/index.ts";
import type { Suggestion } from "../../lib/combobox.tsx";

type Place = Exclude<Extract<EntryQuestion["places"], readonly unknown[]>[number], string>;

/** A place as it was read: what it is, what it was taken for, and whether the map and the record know no such place. */
export type PlaceSaid = {
  readonly text: string;
  readonly place: Place;
  readonly says: string;
  readonly choices: readonly string[];
  readonly isUnknown: boolean;
};

export const placeParts = (text: string): string[] =>
  text
    .split(";")
    .map((part) => part.trim())
    .filter(Boolean);

const isNamedIn = (names: Names | null, text: string): boolean =>
  names?.places.some(({ words }) => words.toLowerCase() === text.toLowerCase()) ?? false;

/** Every place of a text. One that the server cannot read stands in the entry by its name. */
export const placesSaid = (network: string, text: string, names: Names | null): Promise<PlaceSaid[]> =>
  Promise.all(placeParts(text).map((part) => placeSaid(network, part, names)));

async function placeSaid(network: string, text: string, names: Names | null): Promise<PlaceSaid> {
  const read = await api.readPlace(network, text);
  if (!read.ok) {
    const place: Place = { type: "named", name: text, at: null };
    return { text, place, says: read.error.message, choices: [], isUnknown: true };
  }
  const { place, certainty, says, choices } = read.value;
  const isInRecord = isNamedIn(names, text);
  const isUnknown = certainty === "unknown" && !isInRecord;
  return {
    text,
    place,
    says: isInRecord && certainty === "unknown" ? `In the record: ${text}.` : says,
    choices,
    isUnknown,
  };
}

const MOST_OF_RECORD = 4;
const MOST = 9;

/** Places for the last part of a text: those of the record first, then those of the map. */
export async function suggestPlaces(network: string, text: string, names: Names | null): Promise<Suggestion[]> {
  const part = (text.split(";").at(-1) ?? "").trim().toLowerCase();
  if (part.length < 2) return [];
  const known = (names?.places ?? [])
    .filter(({ words }) => words.toLowerCase().includes(part))
    .slice(0, MOST_OF_RECORD)
    .map(({ words }) => ({ value: words, note: "in the record" }));
  const found = await api.search(network, part);
  const onMap = found.ok
    ? found.value.map(({ label, kind }) => ({
        value: label.replace(/ \(at [^)]*\)$/, ""),
        note: kind.replaceAll("_", " "),
      }))
    : [];
  const all = [...known, ...onMap];
  return all.filter(({ value }, index) => all.findIndex((one) => one.value === value) === index).slice(0, MOST);
}

/** The text with a place in the place of its last part. */
export const withPlace = (text: string, { value }: Suggestion): string =>
  [
    ...text
      .split(";")
      .slice(0, -1)
      .map((part) => part.trim()),
    value,
  ]
    .filter(Boolean)
    .join("; ");
