/** Rectangles on the ground. */
import type { Ground, Position } from "../contract/index.ts";

/** West, south, east, north. */
export type Bounds = [number, number, number, number];

export function boundsOf(positions: readonly Position[]): Bounds {
  const lons = positions.map((at) => at[0]);
  const lats = positions.map((at) => at[1]);
  return [Math.min(...lons), Math.min(...lats), Math.max(...lons), Math.max(...lats)];
}

/** The same middle, so many times as wide and as high. */
export function widened([west, south, east, north]: Bounds, times: number): Bounds {
  const [wide, high] = [((east - west) * (times - 1)) / 2, ((north - south) * (times - 1)) / 2];
  return [west - wide, south - high, east + wide, north + high];
}

export const positionsOf = (ground: Ground | null): Position[] => {
  if (!ground) return [];
  return ground.type === "Polygon" ? ground.coordinates.flat() : ground.coordinates.flat(2);
};
