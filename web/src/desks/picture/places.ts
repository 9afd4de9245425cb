/** What was typed as a place: a junction where two streets are named, a street or a place where the network knows it. */
import * as api from "../../contract/api.ts";
import type { EntryQuestion } from "../../contract/index.ts";

type Place = NonNullable<EntryQuestion["places"]>[number];

const JOINED = /\s*(?:\/|&|\bat the corner of\b|\bcorner\b)\s*/i;

const plain = (text: string): string =>
  text
    .toLowerCase()
    .replace(/\bstreet\b/g, "st")
    .replace(/\bterrace\b/g, "tce")
    .replace(/\broad\b/g, "rd")
    .replace(/[.,]/g, "")
    .trim();

export async function placesOf(network: string, text: string): Promise<Place[]> {
  const whole = text.trim();
  if (whole === "") return [];
  const streets = whole.split(JOINED).filter(Boolean);
  if (streets.length > 1) return [{ type: "junction", streets }];
  const hits = await api.search(network, whole);
  const same = hits.ok
    ? (hits.value.find((hit) => plain(hit.label) === plain(whole)) ??
      hits.value.find((hit) => plain(hit.label).startsWith(plain(whole))))
    : undefined;
  if (same?.kind === "street") return [{ type: "street", street: same.label.replace(/ \(at .*\)$/, "") }];
  return [
    same && same.kind !== "address"
      ? { type: "named", name: same.label, at: [same.lon, same.lat] }
      : { type: "named", name: whole },
  ];
}
