/** The field's words for what the server names in short. */
import type { NetworkDetails, VehicleClass } from "../contract/index.ts";
import { capital } from "./units.ts";

/** A name of the server's as people write it: "stand_off" is "Stand off". */
export const readable = (name: string): string => capital(name.replaceAll("_", " "));

const CLASS_WORDS: Readonly<Record<VehicleClass, string>> = {
  emergency: "fire, ambulance and police",
  resident: "residents",
  service: "deliveries and trades",
  bus: "buses",
  general: "other cars",
  foot: "people on foot",
  cycle: "bicycles",
};

export const classWord = (name: VehicleClass): string => CLASS_WORDS[name];

export function listed(words: readonly string[]): string {
  if (words.length < 2) return words[0] ?? "";
  return `${words.slice(0, -1).join(", ")} and ${words.at(-1)}`;
}

export const classWords = (names: readonly VehicleClass[]): string =>
  names.length ? listed(names.map(classWord)) : "nobody";

/** What an address of this network is: a house number, or a point that stands in for one. */
export const addressWord = (network: NetworkDetails): string =>
  network.address_source.startsWith("frontage") ? "frontage point" : "address";

export const addressesWord = (network: NetworkDetails): string =>
  network.address_source.startsWith("frontage") ? "frontage points" : "addresses";

export const streetClassWord = (name: string): string => name.replaceAll("_", " ");
