/** What the server answers, as validators; the types follow from them (src/clearway/server/models.py is the other half). */
import * as v from "./validate.ts";
import type { Valid } from "./validate.ts";

export const VEHICLE_CLASSES = ["emergency", "resident", "service", "bus", "general", "foot", "cycle"] as const;
export type VehicleClass = (typeof VEHICLE_CLASSES)[number];
export type Position = [number, number];

const vehicleClass = v.literal(...VEHICLE_CLASSES);
const classes = v.array(vehicleClass);
const ways = v.array(v.number);
const line = v.array(v.position);
const ring = v.array(v.position);

const polygon = v.object({ type: v.literal("Polygon"), coordinates: v.array(ring) });
const multiPolygon = v.object({ type: v.literal("MultiPolygon"), coordinates: v.array(v.array(ring)) });
export type Polygon = Valid<typeof polygon>;
export type MultiPolygon = Valid<typeof multiPolygon>;
export type Ground = Polygon | MultiPolygon;
export const ground: v.Validator<Ground> = (value, path) =>
  v.isObject(value) && value["type"] === "MultiPolygon" ? multiPolygon(value, path) : polygon(value, path);

const spot = v.object({ lon: v.number, lat: v.number });
export type Spot = Valid<typeof spot>;

const closure = v.object({
  way: v.number,
  at_m: v.nullable(v.number),
  shuts: classes,
  label: v.withDefault(v.string, ""),
});
export type ClosureQuestion = Valid<typeof closure>;

const station = v.object({
  type: v.literal("Feature"),
  properties: v.object({ name: v.string, kind: v.withDefault(v.string, "station") }),
  geometry: v.object({ type: v.literal("Point"), coordinates: v.position }),
});
export const stations = v.object({ type: v.literal("FeatureCollection"), features: v.array(station) });
export type Stations = Valid<typeof stations>;

export const planQuestion = v.object({
  site: v.nullable(ground),
  stretches: v.withDefault(ways, []),
  outside: v.nullable(ground),
  shut: classes,
  trust_signs: v.boolean,
  radius_m: v.number,
  address_cost: v.number,
  at_most: v.nullable(v.number),
  pins: v.withDefault(v.array(spot), []),
  never: v.withDefault(v.array(spot), []),
  keep_open: v.withDefault(ways, []),
  closures: v.withDefault(v.array(closure), []),
  occupied_shuts: v.withDefault(classes, []),
  stations: v.nullable(stations),
  access_class: vehicleClass,
  within_s: v.number,
  alternatives: v.withDefault(v.number, 0),
});
export type PlanQuestion = Valid<typeof planQuestion>;

const barrier = v.object({
  number: v.number,
  place: v.literal("street", "junction"),
  street: v.string,
  between: v.array(v.string),
  side: v.string,
  lon: v.number,
  lat: v.number,
  ways,
  way_indexes: ways,
  cost: v.number,
  kind: v.string,
  width_m: v.nullable(v.number),
  today: v.nullable(v.string),
  passes: classes,
  shuts: classes,
  lines: v.array(line),
});
export type Barrier = Valid<typeof barrier>;

const frontierPoint = v.object({
  cost: v.number,
  barrier_cost: v.number,
  places: v.number,
  enclosed: v.number,
  address_cost: v.number,
});
export type FrontierPoint = Valid<typeof frontierPoint>;

const alternative = v.object({ cost: v.number, barrier_cost: v.withDefault(v.number, 0), barriers: v.array(barrier) });

const cordon = v.object({
  barriers: v.array(barrier),
  cost: v.number,
  barrier_cost: v.number,
  bound: v.number,
  optimal: v.boolean,
  enclosed: v.object({ addresses: v.number, streets: v.array(v.string), length_m: v.number, way_indexes: ways }),
  frontier: v.array(frontierPoint),
  alternatives: v.array(alternative),
  checks: v.array(v.string),
  warnings: v.array(v.string),
});
export type Cordon = Valid<typeof cordon>;

const side = v.object({
  reached: v.number,
  unreached_count: v.number,
  p50: v.nullable(v.number),
  p90: v.nullable(v.number),
  max: v.nullable(v.number),
});

const worst = v.object({
  address: v.number,
  label: v.string,
  lon: v.number,
  lat: v.number,
  station: v.nullable(v.string),
  seconds_before: v.nullable(v.number),
  seconds_after: v.nullable(v.number),
});
export type WorstAddress = Valid<typeof worst>;

const street = { street: v.string, ways, way_indexes: ways, addresses: v.number };
const singleStreet = v.object(street);
export type SingleStreet = Valid<typeof singleStreet>;
const blockedStreet = v.object({ ...street, added_seconds: v.number, cut_off: v.withDefault(v.number, 0) });
export type BlockedStreet = Valid<typeof blockedStreet>;

const access = v.object({
  addresses: v.number,
  before: side,
  after: side,
  within: v.object({ seconds: v.number, before: v.number, after: v.number }),
  worst: v.array(worst),
  two_approaches: v.nullable(v.number),
  single_street: v.array(singleStreet),
  n_minus_1: v.array(blockedStreet),
});
export type Access = Valid<typeof access>;

export const planAnswer = v.object({
  cordon: v.nullable(cordon),
  access: v.nullable(access),
  seconds_before: v.array(v.number),
  seconds_after: v.array(v.number),
  summary: v.array(v.string),
  elapsed_ms: v.number,
});
export type PlanAnswer = Valid<typeof planAnswer>;

const summary = { id: v.string, name: v.string, addresses: v.number, bounds: v.array(v.number) };
export const networkList = v.array(v.object({ id: v.string, name: v.string }));

export const networkDetails = v.object({
  ...summary,
  digest: v.withDefault(v.string, ""),
  notices: v.array(v.string),
  address_source: v.string,
  driving_side: v.literal("left", "right"),
  vehicle_classes: classes,
  scenario: v.object({
    name: v.string,
    site: v.nullable(ground),
    stretches: ways,
    stations,
    question: planQuestion,
  }),
});
export type NetworkDetails = Valid<typeof networkDetails>;

const lineString = v.object({ type: v.literal("LineString"), coordinates: line });
export const wayDetails = v.object({
  way: v.number,
  source: v.number,
  name: v.nullable(v.string),
  class: v.string,
  from: v.nullable(v.string),
  to: v.nullable(v.string),
  length_m: v.number,
  level: v.withDefault(v.number, 0),
  bus_trips: v.withDefault(v.number, 0),
  permits: v.object({ along: classes, against: classes }),
  geometry: lineString,
  addresses: v.array(v.object({ address: v.number, label: v.string, lon: v.number, lat: v.number })),
});
export type WayDetails = Valid<typeof wayDetails>;

export const nearestWay = v.object({
  way: v.number,
  name: v.nullable(v.string),
  class: v.string,
  at_m: v.number,
  lon: v.number,
  lat: v.number,
  distance_m: v.number,
});
export type NearestWay = Valid<typeof nearestWay>;

const searchHit = v.object({
  label: v.string,
  kind: v.string,
  lon: v.number,
  lat: v.number,
  way: v.nullable(v.number),
});
export const searchHits = v.array(searchHit);
export type SearchHit = Valid<typeof searchHit>;

export const errorAnswer = v.object({ error: v.object({ kind: v.string, message: v.string }) });
