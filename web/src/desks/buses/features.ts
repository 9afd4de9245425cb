/** Detours, missed stops, temporary stops and moved bays as GeoJSON, and the operator's table as CSV. Pure functions. */
import type { Feature, FeatureCollection } from "geojson";
import type { BusChanges, RouteChange, Variation } from "../../contract/index.ts";
import { type Column, csvTable } from "../../lib/csv.ts";
import type { Bounds } from "../../map/bounds.ts";
import { boundsOfFeatures, line, point } from "../../map/features.ts";
import { legWords } from "../plan/legs.tsx";
import { nearestWords, rowKey, stateWords, towards } from "./words.ts";

/** Everything of all routes, or of the one that is chosen. */
export function busFeatures(changes: BusChanges | null, chosen = ""): FeatureCollection {
  if (!changes) return { type: "FeatureCollection", features: [] };
  const rows = changes.routes.filter((row) => !chosen || rowKey(row) === chosen);
  const missed = new Set(rows.flatMap(({ stops_missed }) => stops_missed));
  const ids = new Set(rows.map(({ route_id }) => route_id));
  const detours = rows.flatMap((row) =>
    row.variations.flatMap(({ lines, legs, trips, minutes_added }) =>
      lines.map(
        (coordinates): Feature =>
          line(coordinates, {
            kind: "detour",
            route: row.route,
            towards: row.towards,
            trips,
            minutes_added,
            legs: legs.map(legWords).join("; "),
          }),
      ),
    ),
  );
  const stops = changes.stops
    .filter(({ stop_id }) => missed.has(stop_id))
    .map(({ lon, lat, stop_id, name, calls, nearest_open, tell }) =>
      point(lon, lat, {
        kind: "missed",
        name,
        stop_id,
        calls,
        nearest_open: nearestWords(nearest_open),
        tell: tell.join(" "),
      }),
    );
  const temporary = changes.temporary_stops
    .filter(({ routes }) => routes.some((id) => ids.has(id)))
    .map(({ lon, lat, where, instead_of, calls }) =>
      point(lon, lat, { kind: "temporary", name: where, calls, instead_of: instead_of.join(" ") }),
    );
  const bays = changes.interchanges
    .flatMap((one) => one.bays)
    .filter(({ routes }) => routes.some((id) => ids.has(id)))
    .map(({ lon, lat, name, where, calls }) => point(lon, lat, { kind: "bay", name, where, calls }));
  return { type: "FeatureCollection", features: [...detours, ...stops, ...temporary, ...bays] };
}

/** The bounds of all that changes, or of one route; null where nothing does. */
export const busBounds = (changes: BusChanges, chosen = ""): Bounds | null =>
  boundsOfFeatures(busFeatures(changes, chosen));

const rounded = (minutes: number | null | undefined): number | string =>
  minutes == null ? "" : Number(minutes.toFixed(1));

type Line = { readonly row: RouteChange; readonly one: Variation };

const COLUMNS: readonly Column<Line>[] = [
  ["route", ({ row }) => row.route],
  ["towards", ({ row }) => towards(row)],
  ["trips", ({ one }) => one.trips],
  ["first", ({ one }) => one.first],
  ["last", ({ one }) => one.last],
  ["what", ({ row }) => stateWords(row)],
  ["leave at", ({ one }) => one.leaves],
  ["join at", ({ one }) => one.joins],
  ["turn by turn", ({ one }) => one.legs.map(legWords).join("; ")],
  ["minutes added", ({ one }) => rounded(one.minutes_added)],
  ["stops missed", ({ one }) => one.stops_missed.join(" ")],
  ["look at", ({ one }) => one.notes.join(" ")],
];

/** The operator's table: a line for each way in which trips of a route change. */
export const operatorCsv = ({ routes }: BusChanges): string =>
  csvTable(
    routes.flatMap((row) => row.variations.map((one) => ({ row, one }))),
    COLUMNS,
  );
