/** Rectangles on the ground. */
import type { Ground, Position } from "../contract/index.ts";

/** West, south, east, north. */
export type Bounds = [number, number, number, number];

export function boundsOf(positions: readonly Position[]): Bounds {
  const lons = positions.map((at) => at[0]);
  const lats = positions.map((at) => at[1]);
  return [Math.min(...lons), Math.min(...lats), Math.max(...lons), Math.max(...lats)];
}

export const positionsOf = (ground: Ground | null): Position[] => {
  if (!ground) return [];
  return ground.type === "Polygon" ? ground.coordinates.flat() : ground.coordinates.flat(2);
};
