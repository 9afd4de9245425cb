/** The stations that help sets out from, and changes to them; each gives new ones and leaves the old as they were. */
import type { PlanQuestion, Position, StationFeature as Station, StationProperties } from "../../contract/index.ts";
import { rounded } from "./question.ts";
import { questionOf, type State } from "./store.ts";

export type { Station };

/** Those that links have a number for. */
export const STATION_KINDS = ["station", "fire_station", "ambulance_station"] as const;
/** Those that the server reads: help sets out from all but a hospital, where patients are taken. */
export const OFFERED_KINDS = [...STATION_KINDS, "police", "hospital"] as const;
export type StationKind = (typeof STATION_KINDS)[number];

/** Plain, and as exact as a link keeps it. */
export const stationAt = (name: string, kind: string, [lon, lat]: Position): Station => ({
  type: "Feature",
  id: null,
  properties: { name, kind },
  geometry: { type: "Point", coordinates: [rounded(lon), rounded(lat)] },
});

export const placeOf = ({ geometry }: Station): Position => geometry.coordinates as Position;

const plain = (station: Station): Station =>
  stationAt(station.properties.name, station.properties.kind, placeOf(station));

/** The plan's own stations, else the scenario's. */
export const stationsOf = (state: State): readonly Station[] =>
  (questionOf(state).stations ?? state.network.scenario.stations).features;

export const withStations = (question: PlanQuestion, stations: readonly Station[]): PlanQuestion => ({
  ...question,
  stations: { type: "FeatureCollection", features: stations.map(plain) },
});

/** Whether a station is not among those that a scenario has. */
export const isChanged = (station: Station, scenario: readonly Station[]): boolean =>
  !scenario.some((other) => JSON.stringify(plain(other)) === JSON.stringify(plain(station)));

type Change = Partial<StationProperties> & { readonly at?: Position };

export const stationChanged = (stations: readonly Station[], index: number, { at, ...known }: Change): Station[] =>
  stations.map((station, each) => {
    if (each !== index) return station;
    const { name, kind } = { ...station.properties, ...known };
    return stationAt(name, kind, at ?? placeOf(station));
  });

export const stationRemoved = (stations: readonly Station[], index: number): Station[] => stations.toSpliced(index, 1);

/** "Station 3", or the next number that is free. */
export function newName(stations: readonly Station[]): string {
  const names = new Set(stations.map(({ properties }) => properties.name));
  let number = stations.length + 1;
  while (names.has(`Station ${number}`)) number += 1;
  return `Station ${number}`;
}
