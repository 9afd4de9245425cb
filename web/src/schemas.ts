/**
 * What server and page say to each other. Generated from OpenAPI by `python docs/generate.py`; do not edit.
 */

import type { Valid } from "./validate.ts";
import * as v from "./validate.ts";

/** Access before or after the closures; seconds from the nearest station. */
export const accessSide = v.object({
  reached: v.number,
  unreached_count: v.number,
  p50: v.nullable(v.number),
  p90: v.nullable(v.number),
  max: v.nullable(v.number),
});
export type AccessSide = Valid<typeof accessSide>;

/** A street with a car across it. */
export const blockedStreet = v.object({
  street: v.string,
  ways: v.array(v.number),
  way_indexes: v.array(v.number),
  added_seconds: v.number,
  total_seconds: v.number,
  addresses: v.number,
  cut_off: v.number,
});
export type BlockedStreet = Valid<typeof blockedStreet>;

/** A street on which addresses depend: blocked, they are cut off. */
export const singleStreet = v.object({
  street: v.string,
  ways: v.array(v.number),
  way_indexes: v.array(v.number),
  addresses: v.number,
});
export type SingleStreet = Valid<typeof singleStreet>;

/** Addresses reached within the wished time. */
export const within = v.object({
  seconds: v.number,
  before: v.number,
  after: v.number,
});
export type Within = Valid<typeof within>;

/** One of the addresses that wait longest. */
export const worstAddress = v.object({
  address: v.number,
  label: v.string,
  lon: v.number,
  lat: v.number,
  station: v.nullable(v.string),
  seconds_before: v.nullable(v.number),
  seconds_after: v.nullable(v.number),
});
export type WorstAddress = Valid<typeof worstAddress>;

/** How help reaches the addresses, before and after. */
export const access = v.object({
  addresses: v.number,
  before: accessSide,
  after: accessSide,
  within: within,
  worst: v.array(worstAddress),
  two_approaches: v.nullable(v.number),
  single_street: v.array(singleStreet),
  n_minus_1: v.array(blockedStreet),
});
export type Access = Valid<typeof access>;

/** One place where one crew stands. */
export const barrier = v.object({
  number: v.number,
  place: v.literal("street", "junction"),
  street: v.string,
  between: v.array(v.string),
  side: v.string,
  lon: v.number,
  lat: v.number,
  ways: v.array(v.number),
  way_indexes: v.array(v.number),
  at_m: v.array(v.number),
  cost: v.number,
  kind: v.string,
  width_m: v.number,
  width_known: v.boolean,
  today: v.string,
  passes: v.array(v.literal("emergency", "resident", "service", "bus", "general", "foot", "cycle")),
  shuts: v.array(v.literal("emergency", "resident", "service", "bus", "general", "foot", "cycle")),
  lines: v.array(v.array(v.position)),
});
export type Barrier = Valid<typeof barrier>;

/** What lies inside the cordon and outside the site. */
export const enclosed = v.object({
  addresses: v.number,
  streets: v.array(v.string),
  length_m: v.number,
  way_indexes: v.array(v.number),
});
export type Enclosed = Valid<typeof enclosed>;

/** A really different cordon. */
export const alternative = v.object({
  cost: v.number,
  barrier_cost: v.number,
  places: v.number,
  enclosed: enclosed,
  barriers: v.array(barrier),
});
export type Alternative = Valid<typeof alternative>;

/** How many there probably were at a moment: nine times in ten between low and high. */
export const band = v.object({
  at: v.string,
  low: v.number,
  likely: v.number,
  high: v.number,
});
export type Band = Valid<typeof band>;

/** One direction of a bus route that meets a closure or a street that slows. */
export const busImpact = v.object({
  route: v.string,
  towards: v.string,
  trips_per_day: v.number,
  state: v.string,
  minutes_free: v.nullable(v.number),
  minutes_before: v.nullable(v.number),
  minutes_after: v.nullable(v.number),
  extra_minutes: v.nullable(v.number),
  away_from_line_m: v.nullable(v.number),
  blocked_at: v.array(v.string),
  way_round: v.array(v.string),
  way_round_indexes: v.array(v.number),
});
export type BusImpact = Valid<typeof busImpact>;

/** Two statements that exclude each other. */
export const clash = v.object({
  first: v.string,
  second: v.string,
});
export type Clash = Valid<typeof clash>;

/** What a draft clashes with. */
export const clashing = v.object({
  id: v.string,
  says: v.string,
  speaker: v.string,
  in_record: v.boolean,
});
export type Clashing = Valid<typeof clashing>;

/** A way, or a point on it, shut by hand. */
export const closureQuestion = v.object({
  way: v.number,
  at_m: v.nullable(v.number),
  shuts: v.withDefault(v.array(v.literal("emergency", "resident", "service", "bus", "general", "foot", "cycle")), [
    "emergency",
    "resident",
    "service",
    "bus",
    "general",
  ]),
  label: v.withDefault(v.string, ""),
});
export type ClosureQuestion = Valid<typeof closureQuestion>;

/** Words of a report that the record holds. */
export const wordsOf = v.object({
  report: v.string,
  start: v.number,
  end: v.number,
});
export type WordsOf = Valid<typeof wordsOf>;

/** Who said it, and where it can be read again. */
export const told = v.object({
  office: v.nullable(v.string),
  organisation: v.nullable(v.string),
  name: v.nullable(v.string),
  medium: v.withDefault(v.string, "other"),
  document: v.nullable(v.string),
  published: v.nullable(v.string),
  words: v.withDefault(v.array(wordsOf), []),
  grade: v.string,
  speaker: v.string,
  short: v.string,
});
export type Told = Valid<typeof told>;

/** When something happened: a moment, or the span that the words leave open. */
export const when = v.object({
  start: v.string,
  end: v.string,
  said: v.withDefault(v.string, ""),
});
export type When = Valid<typeof when>;

/** A condition, tied to figures where it names one. */
export const conditional = v.object({
  id: v.string,
  seq: v.number,
  kind: v.string,
  says: v.string,
  where: v.string,
  body: v.record,
  happened: when,
  known: v.string,
  written: v.string,
  source: told,
  places: v.array(v.record),
  age_s: v.number,
  release: v.literal("room", "partners", "public"),
  corrects: v.array(v.string),
  confirmed_by: v.array(v.string),
  disputed_by: v.array(v.string),
  met: v.nullable(v.boolean),
  decided_by: v.array(v.string),
});
export type Conditional = Valid<typeof conditional>;

/** One entry in force, with its source and its age. */
export const fact = v.object({
  id: v.string,
  seq: v.number,
  kind: v.string,
  says: v.string,
  where: v.string,
  body: v.record,
  happened: when,
  known: v.string,
  written: v.string,
  source: told,
  places: v.array(v.record),
  age_s: v.number,
  release: v.literal("room", "partners", "public"),
  corrects: v.array(v.string),
  confirmed_by: v.array(v.string),
  disputed_by: v.array(v.string),
});
export type Fact = Valid<typeof fact>;

/** Something that should not be taken for settled, or that was and is now verified. */
export const contested = v.object({
  kind: v.literal("clash", "disputed", "refuted", "verified", "spelling", "single_source"),
  says: v.string,
  facts: v.array(fact),
});
export type Contested = Valid<typeof contested>;

/** One cordon of the frontier between barriers and addresses enclosed, cheapest first. */
export const frontierPoint = v.object({
  cost: v.number,
  barrier_cost: v.number,
  places: v.number,
  enclosed: v.number,
  address_cost: v.number,
});
export type FrontierPoint = Valid<typeof frontierPoint>;

/** The cordon with its proof. */
export const cordon = v.object({
  barriers: v.array(barrier),
  cost: v.number,
  barrier_cost: v.number,
  bound: v.number,
  optimal: v.boolean,
  enclosed: enclosed,
  frontier: v.array(frontierPoint),
  alternatives: v.array(alternative),
  checks: v.array(v.string),
  warnings: v.array(v.string),
});
export type Cordon = Valid<typeof cordon>;

/** One figure: what was said of it, by whom, where they clash, and an estimate that stands beside and replaces nothing. */
export const countOf = v.object({
  key: v.string,
  what: v.string,
  group: v.nullable(v.string),
  where: v.string,
  places: v.array(v.record),
  latest: v.array(fact),
  clashes: v.array(clash),
  statements: v.array(fact),
  flows: v.array(fact),
  estimate: v.nullable(band),
  estimate_rests_on: v.number,
  band: v.array(band),
});
export type CountOf = Valid<typeof countOf>;

/** Where the words of a draft were printed before. */
export const printedBefore = v.object({
  report: v.string,
  name: v.string,
  start: v.number,
  end: v.number,
});
export type PrintedBefore = Valid<typeof printedBefore>;

/** A stretch of the report's text. */
export const span = v.object({
  start: v.number,
  end: v.number,
});
export type Span = Valid<typeof span>;

/** A draft entry with the words that support it. */
export const draftFound = v.object({
  id: v.string,
  kind: v.string,
  says: v.string,
  where: v.string,
  speaker: v.string,
  span: span,
  focus: span,
  modality: v.literal("done", "not_done", "intended", "possible", "asked"),
  confidence: v.number,
  grade: v.literal("sure", "fair", "unsure"),
  why: v.array(v.string),
  changes: v.string,
  clashes: v.array(clashing),
  printed: v.nullable(printedBefore),
  fate: v.withDefault(v.literal("open", "entered", "dropped"), "open"),
  entry: v.record,
});
export type DraftFound = Valid<typeof draftFound>;

/** One address that waits much longer; null minutes: not reached. */
export const emergencyAddress = v.object({
  address: v.number,
  label: v.string,
  street: v.string,
  lon: v.number,
  lat: v.number,
  free_before_minutes: v.nullable(v.number),
  congested_before_minutes: v.nullable(v.number),
  free_after_minutes: v.nullable(v.number),
  congested_after_minutes: v.nullable(v.number),
});
export type EmergencyAddress = Valid<typeof emergencyAddress>;

/** Times to all addresses in one state of the streets. */
export const emergencySide = v.object({
  reached: v.number,
  median_minutes: v.nullable(v.number),
  ninth_decile_minutes: v.nullable(v.number),
  worst_minutes: v.nullable(v.number),
  beyond: v.number,
});
export type EmergencySide = Valid<typeof emergencySide>;

/** How help comes: on empty streets and in the hour's traffic, before and after. */
export const emergencyImpact = v.object({
  service: v.string,
  stations: v.array(v.string),
  aim_minutes: v.number,
  addresses: v.number,
  delay_share: v.number,
  free_before: emergencySide,
  congested_before: emergencySide,
  free_after: emergencySide,
  congested_after: emergencySide,
  worst_if_no_delay_minutes: v.nullable(v.number),
  worst_if_all_delay_minutes: v.nullable(v.number),
  longer_streets: v.array(emergencyAddress),
  sentence: v.string,
});
export type EmergencyImpact = Valid<typeof emergencyImpact>;

/** How another entry is tied to this one. */
export const tie = v.object({
  relation: v.literal("corrects", "withdraws", "confirms", "disputes"),
  to_this: v.boolean,
  fact: fact,
});
export type Tie = Valid<typeof tie>;

/** One entry with its place in the record and what is tied to it. */
export const entryAnswer = v.object({
  fact: fact,
  operation: v.string,
  version: v.number,
  hash: v.string,
  ties: v.array(tie),
});
export type EntryAnswer = Valid<typeof entryAnswer>;

/** What went wrong and what to do next. */
export const errorBody = v.object({
  kind: v.string,
  message: v.string,
});
export type ErrorBody = Valid<typeof errorBody>;

/** The one shape of every error. */
export const errorAnswer = v.object({
  error: errorBody,
});
export type ErrorAnswer = Valid<typeof errorAnswer>;

/** The server is up. */
export const health = v.object({
  version: v.string,
  networks: v.number,
});
export type Health = Valid<typeof health>;

/** One figure over the draws of the ensemble. */
export const impactRange = v.object({
  low: v.nullable(v.number),
  middle: v.nullable(v.number),
  high: v.nullable(v.number),
  draws: v.number,
  agree: v.number,
});
export type ImpactRange = Valid<typeof impactRange>;

/** What is known of the error. */
export const howSure = v.object({
  sentence: v.string,
  draws: v.number,
  extra_vehicle_hours: v.nullable(impactRange),
  trips_lost_per_hour: v.nullable(impactRange),
  streets_that_agree: v.nullable(v.number),
  rank_correlation: v.nullable(v.number),
  gap_before: v.nullable(v.number),
  gap_after: v.nullable(v.number),
  draw_extra_vehicle_hours: v.array(v.nullable(v.number)),
  draw_trips_lost_per_hour: v.array(v.nullable(v.number)),
});
export type HowSure = Valid<typeof howSure>;

/** The whole city in one hour; before and after count the trips that have a way in both. */
export const impactTotals = v.object({
  trips_per_hour: v.number,
  trips_lost_per_hour: v.number,
  trips_lost_before_per_hour: v.number,
  vehicle_hours_before: v.number,
  vehicle_hours_after: v.number,
  extra_vehicle_hours: v.number,
  extra_vehicle_hours_percent: v.nullable(v.number),
  delay_vehicle_hours_before: v.number,
  delay_vehicle_hours_after: v.number,
  minutes_per_trip_before: v.nullable(v.number),
  minutes_per_trip_after: v.nullable(v.number),
  vehicle_km_before: v.nullable(v.number),
  vehicle_km_after: v.nullable(v.number),
});
export type ImpactTotals = Valid<typeof impactTotals>;

/** Trips from one zone to another that no longer have a way. */
export const lostTrips = v.object({
  start_zone: v.string,
  end_zone: v.string,
  user_class: v.string,
  trips_per_hour: v.number,
});
export type LostTrips = Valid<typeof lostTrips>;

/** One street, all pieces of one name that hang together. */
export const streetImpact = v.object({
  street: v.string,
  at: v.string,
  way_indexes: v.array(v.number),
  sources: v.array(v.number),
  flow_before_per_hour: v.number,
  flow_after_per_hour: v.number,
  flow_change_per_hour: v.number,
  saturation_before: v.nullable(v.number),
  saturation_after: v.nullable(v.number),
  extra_minutes: v.nullable(v.number),
  extra_delay_vehicle_hours: v.nullable(v.number),
  flow_change_range_per_hour: v.nullable(impactRange),
  extra_minutes_range: v.nullable(impactRange),
  how_sure: v.string,
});
export type StreetImpact = Valid<typeof streetImpact>;

/** Every way whose flow changes, as columns of equal length. */
export const wayImpacts = v.object({
  way: v.array(v.number),
  flow_before_per_hour: v.array(v.number),
  flow_change_per_hour: v.array(v.number),
  saturation_before: v.array(v.nullable(v.number)),
  saturation_after: v.array(v.nullable(v.number)),
  extra_minutes: v.array(v.nullable(v.number)),
  shut: v.array(v.boolean),
  agreement: v.array(v.nullable(v.number)),
});
export type WayImpacts = Valid<typeof wayImpacts>;

/** One suburb or zone: all trips that begin or end there. */
export const zoneImpact = v.object({
  zone: v.string,
  trips_per_hour: v.number,
  trips_lost_per_hour: v.number,
  minutes_per_trip_before: v.nullable(v.number),
  minutes_per_trip_after: v.nullable(v.number),
  extra_minutes_per_trip: v.nullable(v.number),
  extra_vehicle_hours: v.nullable(v.number),
  extra_minutes_range: v.nullable(impactRange),
});
export type ZoneImpact = Valid<typeof zoneImpact>;

/** What a set of closures does to the city. */
export const impact = v.object({
  name: v.string,
  sentence: v.string,
  statement: v.string,
  how_sure: howSure,
  totals: impactTotals,
  lost: v.array(lostTrips),
  streets: v.array(streetImpact),
  relieved: v.array(streetImpact),
  ways: wayImpacts,
  zones: v.array(zoneImpact),
  buses: v.nullable(v.array(busImpact)),
  emergency: v.nullable(v.array(emergencyImpact)),
  notes: v.array(v.string),
});
export type Impact = Valid<typeof impact>;

/** The traffic of a plan, and where to draw it. */
export const impactAnswer = v.object({
  hour: v.number,
  impact: impact,
  barriers: v.number,
  burden_vehicle_hours: v.nullable(v.number),
  lines: v.array(v.array(v.position)),
  elapsed_ms: v.number,
});
export type ImpactAnswer = Valid<typeof impactAnswer>;

/** The working out of an impact. */
export const impactJob = v.object({
  id: v.string,
  state: v.literal("waiting", "working", "done", "failed", "cancelled"),
  doing: v.string,
  share: v.number,
  seconds_left: v.nullable(v.number),
  answers: v.number,
  error: v.nullable(errorBody),
  answer: v.nullable(impactAnswer),
});
export type ImpactJob = Valid<typeof impactJob>;

/** A GeoJSON line. */
export const lineString = v.object({
  type: v.literal("LineString"),
  coordinates: v.array(v.position),
});
export type LineString = Valid<typeof lineString>;

/** The pieces of a street. */
export const markLines = v.object({
  type: v.literal("MultiLineString"),
  coordinates: v.array(v.array(v.position)),
});
export type MarkLines = Valid<typeof markLines>;

/** Where it is. */
export const markPoint = v.object({
  type: v.literal("Point"),
  coordinates: v.position,
});
export type MarkPoint = Valid<typeof markPoint>;

/** What a mark on the map stands for. */
export const markProperties = v.object({
  entry: v.string,
  kind: v.string,
  sign: v.literal("shut", "restricted", "open", "incident", "place"),
  says: v.string,
  seq: v.number,
  age_s: v.number,
});
export type MarkProperties = Valid<typeof markProperties>;

/** One place of one fact. */
export const markFeature = v.object({
  type: v.literal("Feature"),
  properties: markProperties,
  geometry: v.tagged("type", { MultiLineString: markLines, Point: markPoint }),
});
export type MarkFeature = Valid<typeof markFeature>;

/** Where the facts of a picture lie, as GeoJSON. */
export const markCollection = v.object({
  type: v.literal("FeatureCollection"),
  features: v.array(markFeature),
});
export type MarkCollection = Valid<typeof markCollection>;

/** A place. */
export const placeFound = v.object({
  start: v.number,
  end: v.number,
  place: v.record,
  says: v.string,
  how: v.literal("network", "record", "spelling", "pattern"),
});
export type PlaceFound = Valid<typeof placeFound>;

/** A number and what it counts. */
export const quantityFound = v.object({
  start: v.number,
  end: v.number,
  what: v.string,
  low: v.nullable(v.number),
  high: v.nullable(v.number),
  about: v.boolean,
  counts: v.boolean,
});
export type QuantityFound = Valid<typeof quantityFound>;

/** Whose words a part of the text is; parts without a speaker are the report's own and left out. */
export const speakerFound = v.object({
  start: v.number,
  end: v.number,
  office: v.nullable(v.string),
  organisation: v.nullable(v.string),
  name: v.nullable(v.string),
  direct: v.boolean,
  confidence: v.number,
  why: v.string,
});
export type SpeakerFound = Valid<typeof speakerFound>;

/** A time and what it leaves open. */
export const timeFound = v.object({
  start: v.number,
  end: v.number,
  first: v.string,
  last: v.string,
  ahead: v.boolean,
});
export type TimeFound = Valid<typeof timeFound>;

/** What was found in the text, before any rule made a draft of it. */
export const mentions = v.object({
  quantities: v.array(quantityFound),
  times: v.array(timeFound),
  places: v.array(placeFound),
  speakers: v.array(speakerFound),
});
export type Mentions = Valid<typeof mentions>;

/** A GeoJSON multipolygon. */
export const multiPolygon = v.object({
  type: v.literal("MultiPolygon"),
  coordinates: v.array(v.array(v.array(v.position))),
});
export type MultiPolygon = Valid<typeof multiPolygon>;

/** The nearest way that vehicles may drive. */
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

/** A GeoJSON polygon. */
export const polygon = v.object({
  type: v.literal("Polygon"),
  coordinates: v.array(v.array(v.position)),
});
export type Polygon = Valid<typeof polygon>;

/** A point somebody clicked. */
export const spot = v.object({
  lon: v.number,
  lat: v.number,
});
export type Spot = Valid<typeof spot>;

/** A GeoJSON point. */
export const pointGeometry = v.object({
  type: v.literal("Point"),
  coordinates: v.position,
});
export type PointGeometry = Valid<typeof pointGeometry>;

/** What is known of a station; other fields are kept and not read. */
export const stationProperties = v.object({
  name: v.string,
  kind: v.withDefault(v.string, "station"),
});
export type StationProperties = Valid<typeof stationProperties>;

/** One fire or ambulance station. */
export const stationFeature = v.object({
  type: v.literal("Feature"),
  id: v.nullable(v.unknown),
  properties: stationProperties,
  geometry: pointGeometry,
});
export type StationFeature = Valid<typeof stationFeature>;

/** The stations help sets out from, as GeoJSON. */
export const stationCollection = v.object({
  type: v.literal("FeatureCollection"),
  features: v.array(stationFeature),
});
export type StationCollection = Valid<typeof stationCollection>;

/** All that a plan depends on, the network aside. */
export const planQuestion = v.object({
  site: v.nullable(v.tagged("type", { MultiPolygon: multiPolygon, Polygon: polygon })),
  stretches: v.withDefault(v.array(v.number), []),
  outside: v.nullable(v.tagged("type", { MultiPolygon: multiPolygon, Polygon: polygon })),
  shut: v.withDefault(v.array(v.literal("emergency", "resident", "service", "bus", "general", "foot", "cycle")), [
    "resident",
    "service",
    "bus",
    "general",
  ]),
  trust_signs: v.withDefault(v.boolean, false),
  radius_m: v.withDefault(v.number, 800.0),
  address_cost: v.withDefault(v.number, 0.0),
  at_most: v.nullable(v.number),
  pins: v.withDefault(v.array(spot), []),
  never: v.withDefault(v.array(spot), []),
  keep_open: v.withDefault(v.array(v.number), []),
  closures: v.withDefault(v.array(closureQuestion), []),
  occupied_shuts: v.withDefault(
    v.array(v.literal("emergency", "resident", "service", "bus", "general", "foot", "cycle")),
    [],
  ),
  stations: v.nullable(stationCollection),
  access_class: v.withDefault(
    v.literal("emergency", "resident", "service", "bus", "general", "foot", "cycle"),
    "emergency",
  ),
  within_s: v.withDefault(v.number, 480.0),
  alternatives: v.withDefault(v.number, 0),
});
export type PlanQuestion = Valid<typeof planQuestion>;

/** What the page opens with. */
export const scenario = v.object({
  name: v.string,
  site: v.nullable(v.tagged("type", { MultiPolygon: multiPolygon, Polygon: polygon })),
  stretches: v.array(v.number),
  stations: stationCollection,
  question: planQuestion,
});
export type Scenario = Valid<typeof scenario>;

/** All that the page must know to open a network. */
export const networkDetails = v.object({
  id: v.string,
  name: v.string,
  addresses: v.number,
  ways: v.number,
  bounds: v.array(v.number),
  digest: v.string,
  tiles: v.string,
  notices: v.array(v.string),
  address_source: v.string,
  driving_side: v.literal("left", "right"),
  vehicle_classes: v.array(v.literal("emergency", "resident", "service", "bus", "general", "foot", "cycle")),
  own_trips: v.boolean,
  scenario: scenario,
});
export type NetworkDetails = Valid<typeof networkDetails>;

/** One network of this server. */
export const networkSummary = v.object({
  id: v.string,
  name: v.string,
  addresses: v.number,
  ways: v.number,
  bounds: v.array(v.number),
});
export type NetworkSummary = Valid<typeof networkSummary>;

/** How many entries became known in an hour. */
export const timelineHour = v.object({
  start: v.string,
  entries: v.number,
});
export type TimelineHour = Valid<typeof timelineHour>;

/** All that the page must know to open an operation. */
export const operationDetails = v.object({
  id: v.string,
  title: v.string,
  zone: v.string,
  first_day: v.nullable(v.string),
  network: v.nullable(v.string),
  entries: v.number,
  seq: v.number,
  first_known: v.nullable(v.string),
  last_known: v.nullable(v.string),
  timeline: v.array(timelineHour),
});
export type OperationDetails = Valid<typeof operationDetails>;

/** One operation of this server's record. */
export const operationSummary = v.object({
  id: v.string,
  title: v.string,
  zone: v.string,
  first_day: v.nullable(v.string),
  network: v.nullable(v.string),
  entries: v.number,
});
export type OperationSummary = Valid<typeof operationSummary>;

/** Who may drive along a way and against it, as signed. */
export const permits = v.object({
  along: v.array(v.literal("emergency", "resident", "service", "bus", "general", "foot", "cycle")),
  against: v.array(v.literal("emergency", "resident", "service", "bus", "general", "foot", "cycle")),
});
export type Permits = Valid<typeof permits>;

/** A promise. */
export const promised = v.object({
  id: v.string,
  seq: v.number,
  kind: v.string,
  says: v.string,
  where: v.string,
  body: v.record,
  happened: when,
  known: v.string,
  written: v.string,
  source: told,
  places: v.array(v.record),
  age_s: v.number,
  release: v.literal("room", "partners", "public"),
  corrects: v.array(v.string),
  confirmed_by: v.array(v.string),
  disputed_by: v.array(v.string),
  outcome: v.literal("open", "kept", "not_kept", "overtaken"),
  due: v.nullable(v.string),
  overdue: v.boolean,
});
export type Promised = Valid<typeof promised>;

/** A request to meet, or for a resource. */
export const requested = v.object({
  id: v.string,
  seq: v.number,
  kind: v.string,
  says: v.string,
  where: v.string,
  body: v.record,
  happened: when,
  known: v.string,
  written: v.string,
  source: told,
  places: v.array(v.record),
  age_s: v.number,
  release: v.literal("room", "partners", "public"),
  corrects: v.array(v.string),
  confirmed_by: v.array(v.string),
  disputed_by: v.array(v.string),
  unanswered: v.boolean,
  waiting_s: v.nullable(v.number),
});
export type Requested = Valid<typeof requested>;

/** What the room believes about a moment, given what it knew at another. */
export const pictureAnswer = v.object({
  at: v.string,
  known_at: v.string,
  title: v.string,
  zone: v.string,
  first_day: v.nullable(v.string),
  day: v.nullable(v.number),
  entries: v.number,
  counts: v.array(countOf),
  states: v.array(fact),
  flows: v.array(fact),
  events: v.array(fact),
  promises: v.array(promised),
  requests: v.array(requested),
  conditions: v.array(conditional),
  contested: v.array(contested),
});
export type PictureAnswer = Valid<typeof pictureAnswer>;

/** The plan: cordon, access, and both in sentences. */
export const planAnswer = v.object({
  cordon: v.nullable(cordon),
  access: v.nullable(access),
  seconds_before: v.array(v.number),
  seconds_after: v.array(v.number),
  summary: v.array(v.string),
  elapsed_ms: v.number,
});
export type PlanAnswer = Valid<typeof planAnswer>;

/** A name that the report spells two ways. */
export const spelling = v.object({
  first: v.string,
  other: v.string,
});
export type Spelling = Valid<typeof spelling>;

/** A report as it was read. */
export const readingAnswer = v.object({
  id: v.string,
  name: v.string,
  title: v.nullable(v.string),
  published: v.string,
  published_known: v.boolean,
  publisher: v.nullable(v.string),
  text: v.string,
  mentions: mentions,
  spellings: v.array(spelling),
  drafts: v.array(draftFound),
});
export type ReadingAnswer = Valid<typeof readingAnswer>;

/** What came in and could not be read. */
export const refusedReport = v.object({
  name: v.string,
  why: v.string,
});
export type RefusedReport = Valid<typeof refusedReport>;

/** A report that came in, and how far its drafts were worked through. */
export const reportSummary = v.object({
  id: v.string,
  title: v.string,
  name: v.string,
  publisher: v.nullable(v.string),
  published: v.string,
  came_in: v.string,
  drafts: v.number,
  entered: v.number,
  dropped: v.number,
});
export type ReportSummary = Valid<typeof reportSummary>;

/** The reports of an operation. */
export const reportList = v.object({
  reports: v.array(reportSummary),
  inbox: v.nullable(v.string),
  refused: v.array(refusedReport),
});
export type ReportList = Valid<typeof reportList>;

/** A street, place or address found by name. */
export const searchHit = v.object({
  label: v.string,
  kind: v.string,
  lon: v.number,
  lat: v.number,
  way: v.nullable(v.number),
});
export type SearchHit = Valid<typeof searchHit>;

/** One cordon and what it does in the hour. */
export const variantImpact = v.object({
  name: v.string,
  places: v.array(v.string),
  spots: v.array(spot),
  cost_points: v.nullable(v.number),
  extra_vehicle_hours: v.nullable(v.number),
  trips_lost_per_hour: v.number,
  help_worst_minutes: v.nullable(v.number),
  help_beyond: v.number,
  help_unreached: v.number,
  bus_vehicle_minutes_per_hour: v.number,
  bus_lines_cut: v.number,
  burden_vehicle_hours: v.nullable(v.number),
  unbeaten: v.boolean,
});
export type VariantImpact = Valid<typeof variantImpact>;

/** Cordons round one site, the smallest burden first. */
export const variantsAnswer = v.object({
  hour: v.number,
  burden: v.string,
  statement: v.string,
  variants: v.array(variantImpact),
});
export type VariantsAnswer = Valid<typeof variantsAnswer>;

/** The weighing of variants. */
export const variantsJob = v.object({
  id: v.string,
  state: v.literal("waiting", "working", "done", "failed", "cancelled"),
  doing: v.string,
  share: v.number,
  seconds_left: v.nullable(v.number),
  answers: v.number,
  error: v.nullable(errorBody),
  answer: v.nullable(variantsAnswer),
});
export type VariantsJob = Valid<typeof variantsJob>;

/** An address on a way. */
export const wayAddress = v.object({
  address: v.number,
  label: v.string,
  lon: v.number,
  lat: v.number,
  at_m: v.number,
});
export type WayAddress = Valid<typeof wayAddress>;

/** One way and what fronts it. */
export const wayDetails = v.object({
  way: v.number,
  source: v.number,
  name: v.nullable(v.string),
  class: v.string,
  from: v.nullable(v.string),
  to: v.nullable(v.string),
  length_m: v.number,
  level: v.number,
  bus_trips: v.number,
  permits: permits,
  geometry: lineString,
  addresses: v.array(wayAddress),
});
export type WayDetails = Valid<typeof wayDetails>;

/** A polygon on the ground; the ring ends where it begins. */
export type Area = {
  type?: "area";
  ring: [number, number][];
  label?: string | null;
};

/** An entry to be written. Sent twice with the same id, it is written once. */
export type EntryQuestion = {
  id?: string | null;
  kind: string;
  body: Record<string, unknown>;
  happened: string | Happened;
  known?: string | null;
  source?: Source;
  places?: (Point | Street | Junction | NamedPlace | Area)[];
  corrects?: string[];
  withdraws?: string[];
  confirms?: string[];
  disputes?: string[];
  release?: "room" | "partners" | "public";
};

/** When it happened: a moment, or the span that the words leave open. */
export type Happened = {
  start: string;
  end: string;
  said?: string;
};

/** A plan whose traffic is asked for. */
export type ImpactQuestion = {
  plan: PlanQuestion;
  hour?: number;
  draws?: number;
};

/** Where two or more streets meet. */
export type Junction = {
  type?: "junction";
  streets: string[];
  locality?: string | null;
};

/** A place known by its name: a stadium, a station, a campus. */
export type NamedPlace = {
  type?: "named";
  name: string;
  at?: [number, number] | null;
};

/** An operation to be opened. */
export type OperationQuestion = {
  id: string;
  title: string;
  zone?: string;
  first_day?: string | null;
  type?: string | null;
  where?: string | null;
};

/** A position on the ground. */
export type Point = {
  type?: "point";
  at: [number, number];
  label?: string | null;
};

/** Who spoke, and where it can be read again. Public figures by their office; others by their role, never by name. */
export type Source = {
  office?: string | null;
  organisation?: string | null;
  name?: string | null;
  medium?:
    | "article"
    | "press_release"
    | "stand_up"
    | "interview"
    | "radio"
    | "telephone"
    | "message"
    | "form"
    | "observation"
    | "document"
    | "other";
  document?: string | null;
  published?: string | null;
  words?: Words[];
  reliability?: "A" | "B" | "C" | "D" | "E" | "F";
  credibility?: number;
};

/** A street, or a part of it between two others. */
export type Street = {
  type?: "street";
  street: string;
  between?: string[];
  locality?: string | null;
};

/** A plan whose cordon might be placed otherwise. */
export type VariantsQuestion = {
  plan: PlanQuestion;
  hour?: number;
  count?: number;
};

/** The words of a report that support an entry: from the first character to behind the last. */
export type Words = {
  report: string;
  start: number;
  end: number;
};
