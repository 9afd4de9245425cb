/** Detours, missed stops, temporary stops and moved bays as GeoJSON, and the operator's table as CSV. Pure functions. */
import type { Feature, FeatureCollection } from "geojson";
import type { BusChanges, Position, RouteChange } from "../../contract/index.ts";
import { type Bounds, boundsOf } from "../../map/bounds.ts";
import { legWords, nearestWords, rowKey, stateWords, towards } from "./words.ts";

const point = (lon: number, lat: number, properties: Feature["properties"]): Feature => ({
  type: "Feature",
  properties,
  geometry: { type: "Point", coordinates: [lon, lat] },
});

/** Everything of all routes, or of the one that is chosen. */
export function busFeatures(changes: BusChanges | null, chosen = ""): FeatureCollection {
  if (!changes) return { type: "FeatureCollection", features: [] };
  const rows = changes.routes.filter((row) => !chosen || rowKey(row) === chosen);
  const missed = new Set(rows.flatMap(({ stops_missed }) => stops_missed));
  const ids = new Set(rows.map(({ route_id }) => route_id));
  const detours = rows.flatMap((row) =>
    row.variations.flatMap(({ lines, legs, trips, minutes_added }) =>
      lines.map(
        (coordinates): Feature => ({
          type: "Feature",
          properties: {
            kind: "detour",
            route: row.route,
            towards: row.towards,
            trips,
            minutes_added,
            legs: legs.map(legWords).join("; "),
          },
          geometry: { type: "LineString", coordinates },
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
export function busBounds(changes: BusChanges, chosen = ""): Bounds | null {
  const positions = busFeatures(changes, chosen).features.flatMap(({ geometry }) =>
    geometry.type === "Point" ? [geometry.coordinates] : geometry.type === "LineString" ? geometry.coordinates : [],
  ) as Position[];
  return positions.length ? boundsOf(positions) : null;
}

const rounded = (minutes: number | null | undefined): number | string =>
  minutes == null ? "" : Number(minutes.toFixed(1));

const CELLS: readonly (readonly [title: string, of: (row: RouteChange, at: number) => string | number])[] = [
  ["route", ({ route }) => route],
  ["towards", towards],
  ["trips", ({ variations }, at) => variations[at]?.trips ?? 0],
  ["first", ({ variations }, at) => variations[at]?.first ?? ""],
  ["last", ({ variations }, at) => variations[at]?.last ?? ""],
  ["what", stateWords],
  ["leave at", ({ variations }, at) => variations[at]?.leaves ?? ""],
  ["join at", ({ variations }, at) => variations[at]?.joins ?? ""],
  ["turn by turn", ({ variations }, at) => (variations[at]?.legs ?? []).map(legWords).join("; ")],
  ["minutes added", ({ variations }, at) => rounded(variations[at]?.minutes_added)],
  ["stops missed", ({ variations }, at) => (variations[at]?.stops_missed ?? []).join(" ")],
  ["look at", ({ variations }, at) => (variations[at]?.notes ?? []).join(" ")],
];

/** A cell that no spreadsheet takes for a formula. */
const cell = (value: string | number): string => {
  const text = String(value);
  const plain = typeof value === "string" && /^[=+\-@\t]/.test(text) ? `'${text}` : text;
  return /[",\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
};

/** The operator's table: a line for each way in which trips of a route change. */
export function operatorCsv({ routes }: BusChanges): string {
  const lines = routes.flatMap((row) => row.variations.map((_, at) => CELLS.map(([, of]) => cell(of(row, at)))));
  return [CELLS.map(([title]) => title), ...lines].map((line) => `${line.join(",")}\r\n`).join("");
}
