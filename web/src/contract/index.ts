/** What the server answers, by the names that the page uses; types and validators are generated from OpenAPI. */
import * as v from "valibot";
import type {
  GateWishes,
  HeavyVehicle,
  Means,
  MultiPolygon,
  PictureAnswer,
  PlanQuestion,
  Polygon,
  StationCollection,
} from "./generated/types.gen.ts";
import {
  fact,
  gateWishes,
  heavyVehicle,
  marchSeen,
  means,
  networkSummary,
  operationSummary,
  placeWay,
  planStanding,
  reportSummary,
  savedVersion,
  searchHit,
} from "./generated/valibot.gen.ts";

export type * from "./generated/types.gen.ts";
export * from "./generated/valibot.gen.ts";

export const VEHICLE_CLASSES = ["emergency", "resident", "service", "bus", "general", "foot", "cycle"] as const;
export type VehicleClass = PlanQuestion["access_class"];
export type Knowledge = PictureAnswer["knowledge"];
export type Position = [number, number];
export type Ground = Polygon | MultiPolygon;
export type Stations = StationCollection;

/** What a gate needs, and what people put up with, where nobody says anything else. */
export const USUAL_WISHES: Wishes = { ...v.parse(gateWishes, {}), swing_seconds: null };
export type Wishes = Required<GateWishes>;

/** As large as a lorry may be without a permit. */
export const USUAL_HEAVY: HeavySize = v.parse(heavyVehicle, {});
export type HeavySize = Required<HeavyVehicle>;

/** Crews, trucks and depots of a file; throws where it lists none. */
export const meansFile = (document: unknown): Means => ({ ...v.parse(means, document) }) as Means;

export const networkList = v.array(networkSummary);
export const operationList = v.array(operationSummary);
export const reportSummaries = v.array(reportSummary);
export const planStandings = v.array(planStanding);
export const savedVersions = v.array(savedVersion);
export const marchesSeen = v.array(marchSeen);
export const placeWays = v.array(placeWay);
export const factList = v.array(fact);
export const searchHits = v.array(searchHit);
/** What the live stream says of the record: why it does not answer; null where it does. */
export const recordState = v.object({ problem: v.nullable(v.string()) });
/** Any JSON object. */
export const record = v.record(v.string(), v.unknown());
