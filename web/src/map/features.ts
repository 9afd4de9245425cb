/** Features of GeoJSON made of what is known, and where they lie. */
import type { Feature, FeatureCollection, Position as Place } from "geojson";
import type { Position } from "../contract/index.ts";
import { type Bounds, boundsOf } from "./bounds.ts";

type Properties = Feature["properties"];

export const point = (lon: number, lat: number, properties: Properties): Feature => ({
  type: "Feature",
  properties,
  geometry: { type: "Point", coordinates: [lon, lat] },
});

export const line = (coordinates: Place[], properties: Properties): Feature => ({
  type: "Feature",
  properties,
  geometry: { type: "LineString", coordinates },
});

/** The bounds of points and lines; null where there are none. */
export function boundsOfFeatures({ features }: FeatureCollection): Bounds | null {
  const positions = features.flatMap(({ geometry }) =>
    geometry.type === "Point" ? [geometry.coordinates] : geometry.type === "LineString" ? geometry.coordinates : [],
  ) as Position[];
  return positions.length ? boundsOf(positions) : null;
}
