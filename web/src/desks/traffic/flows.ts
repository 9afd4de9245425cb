/** The change of flow as GeoJSON: a pure function of an answer. Drawn small changes first, so that large ones lie on top. */
import type { Feature, FeatureCollection } from "geojson";
import type { ImpactAnswer, Position } from "../../contract/index.ts";
import { type Bounds, boundsOf } from "../../map/bounds.ts";
import { AGREED, flowClass } from "./scale.ts";

/** What is known of one way. */
export type WayTraffic = {
  readonly before: number;
  readonly change: number;
  readonly fullBefore: number | null;
  readonly fullAfter: number | null;
  readonly extraMinutes: number | null;
  readonly shut: boolean;
  readonly agreement: number | null;
};

export function trafficOf({ impact: { ways } }: ImpactAnswer, way: number): WayTraffic | null {
  const row = ways.way.indexOf(way);
  if (row < 0) return null;
  return {
    before: ways.flow_before_per_hour[row] ?? 0,
    change: ways.flow_change_per_hour[row] ?? 0,
    fullBefore: ways.saturation_before[row] ?? null,
    fullAfter: ways.saturation_after[row] ?? null,
    extraMinutes: ways.extra_minutes[row] ?? null,
    shut: ways.shut[row] ?? false,
    agreement: ways.agreement[row] ?? null,
  };
}

export const disagrees = (agreement: number | null): boolean => agreement !== null && agreement < AGREED;

export function flowFeatures(answer: ImpactAnswer | null): FeatureCollection {
  const features = answer
    ? answer.impact.ways.way.flatMap((way, row): Feature[] => {
        const change = answer.impact.ways.flow_change_per_hour[row] ?? 0;
        const size = flowClass(change);
        const coordinates = answer.lines[row] as Position[] | undefined;
        if (size < 0 || !coordinates?.length) return [];
        const unsure = disagrees(answer.impact.ways.agreement[row] ?? null);
        return [
          {
            type: "Feature",
            id: way,
            properties: { way, size, more: change > 0, unsure, order: Math.abs(change) },
            geometry: { type: "LineString", coordinates },
          },
        ];
      })
    : [];
  return { type: "FeatureCollection", features };
}

/** The same with the numbers of each street piece, for a file. */
export function flowTable(answer: ImpactAnswer): FeatureCollection {
  const features = flowFeatures(answer).features.map((one) => ({
    ...one,
    properties: { way: one.id, ...trafficOf(answer, Number(one.id)) },
  }));
  return { type: "FeatureCollection", features };
}

/** How much of what changes may lie outside the view, at each edge. */
const FAR = 0.02;

/** The bounds of all that changes in the upper two classes, stragglers aside; null where nothing does. */
export function effectBounds({ impact, lines }: ImpactAnswer): Bounds | null {
  const strong = lines
    .filter((_, row) => flowClass(impact.ways.flow_change_per_hour[row] ?? 0) >= 2)
    .flat() as Position[];
  if (!strong.length) return null;
  const [lons, lats] = [0, 1].map((axis) => strong.map((at) => at[axis] as number).toSorted((a, b) => a - b)) as [
    number[],
    number[],
  ];
  const at = (sorted: number[], share: number): number => sorted[Math.round((sorted.length - 1) * share)] as number;
  return [at(lons, FAR), at(lats, FAR), at(lons, 1 - FAR), at(lats, 1 - FAR)];
}

/** The bounds of the lines of some ways; null where none of them is drawn. */
export function boundsOfWays({ impact, lines }: ImpactAnswer, ways: readonly number[]): Bounds | null {
  const wanted = new Set(ways);
  const positions = lines.filter((_, row) => wanted.has(impact.ways.way[row] ?? -1)).flat() as Position[];
  return positions.length ? boundsOf(positions) : null;
}
