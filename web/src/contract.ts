/** What the server answers, by the names that the page uses; types and validators are generated from OpenAPI. */

import {
  errorAnswer,
  fact,
  type MultiPolygon,
  multiPolygon,
  networkSummary,
  operationSummary,
  type Polygon,
  polygon,
  reportSummary,
  type StationCollection,
  searchHit,
} from "./schemas.ts";
import * as v from "./validate.ts";

export * from "./schemas.ts";

export const VEHICLE_CLASSES = ["emergency", "resident", "service", "bus", "general", "foot", "cycle"] as const;
export type VehicleClass = (typeof VEHICLE_CLASSES)[number];
export type Position = [number, number];
export type Ground = Polygon | MultiPolygon;
export type Stations = StationCollection;

export const ground: v.Validator<Ground> = v.tagged("type", { Polygon: polygon, MultiPolygon: multiPolygon });
export const networkList = v.array(networkSummary);
export const operationList = v.array(operationSummary);
export const reportSummaries = v.array(reportSummary);
export const factList = v.array(fact);
export const searchHits = v.array(searchHit);
export { errorAnswer };
