/** What a file holds, as parts of a plan: ground, stretches of street, stations, barriers. Nothing is taken before it is shown. */
import type { Feature, Geometry, Position as Place } from "geojson";
import type { Ground, PlanQuestion, Position } from "../../contract/index.ts";
import type { Bounds } from "../../map/bounds.ts";
import { pinned, rounded, spotOf } from "./question.ts";
import { OFFERED_KINDS, type Station, stationAt, withStations } from "./stations.ts";

export type Held = {
  readonly grounds: readonly Place[][][];
  readonly points: readonly { readonly name: string; readonly kind: string; readonly at: Position }[];
  /** Parts that no plan has a place for, such as lines. */
  readonly lines: number;
  /** Parts that lie outside the streets of the city. */
  readonly elsewhere: number;
};

const placesOf = (geometry: Geometry): Place[] =>
  "coordinates" in geometry
    ? (geometry.coordinates as unknown[]).flat(3).length
      ? flat(geometry.coordinates)
      : []
    : [];

function flat(coordinates: unknown): Place[] {
  const list = coordinates as unknown[];
  return typeof list[0] === "number" ? [list as Place] : list.flatMap(flat);
}

const isInside = ([west, south, east, north]: Bounds, places: readonly Place[]): boolean =>
  places.some(([lon = 0, lat = 0]) => lon >= west && lon <= east && lat >= south && lat <= north);

const ring = (places: readonly Place[]): Place[] => places.map(([lon = 0, lat = 0]) => [rounded(lon), rounded(lat)]);

export function heldIn(features: readonly Feature[], bounds: Bounds): Held {
  const here = features.filter(({ geometry }) => isInside(bounds, placesOf(geometry)));
  const grounds = here.flatMap(({ geometry }) =>
    geometry.type === "Polygon"
      ? [geometry.coordinates.map(ring)]
      : geometry.type === "MultiPolygon"
        ? geometry.coordinates.map((one) => one.map(ring))
        : [],
  );
  const points = here.flatMap(({ geometry, properties }, index) => {
    const places =
      geometry.type === "Point" ? [geometry.coordinates] : geometry.type === "MultiPoint" ? geometry.coordinates : [];
    const name = String(properties?.["name"] || properties?.["label"] || `Point ${index + 1}`).slice(0, 200);
    const kind = String(properties?.["kind"] || properties?.["amenity"] || "").toLowerCase();
    return places.map((place) => ({ name, kind, at: place.slice(0, 2) as Position }));
  });
  const lines = here.filter(({ geometry }) => geometry.type.endsWith("LineString")).length;
  return { grounds, points, lines, elsewhere: features.length - here.length };
}

export const asGround = ({ grounds }: Held): Ground | null => {
  const [first] = grounds;
  if (!first) return null;
  return (
    grounds.length === 1 ? { type: "Polygon", coordinates: first } : { type: "MultiPolygon", coordinates: [...grounds] }
  ) as Ground;
};

const kindOf = (kind: string): string => OFFERED_KINDS.find((known) => known === kind) ?? "station";

export const asStations = ({ points }: Held): Station[] =>
  points.map(({ name, kind, at }) => stationAt(name, kindOf(kind), at));

export const PARTS = ["site", "outside", "stations", "barriers"] as const;
export type Part = (typeof PARTS)[number];

/** The question with a part of what the file holds. */
export function taken(question: PlanQuestion, held: Held, part: Part): PlanQuestion {
  if (part === "site") return { ...question, site: asGround(held), stretches: [] };
  if (part === "outside") return { ...question, outside: asGround(held) };
  if (part === "stations") return withStations(question, asStations(held));
  return held.points.reduce((so, { at }) => pinned(so, spotOf(at)), question);
}
