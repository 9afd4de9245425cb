/** Lengths and areas on the ground, in metres. */
import { LngLat } from "maplibre-gl";
import type { Position } from "../contract/index.ts";

const EARTH_RADIUS_M = 6_371_008.8;
const radians = (degrees: number): number => (degrees * Math.PI) / 180;

/** Metres along a line. */
export const lengthM = (line: readonly Position[]): number =>
  line.slice(1).reduce((sum, [lon, lat], index) => {
    const [fromLon, fromLat] = line[index] as Position;
    return sum + new LngLat(fromLon, fromLat).distanceTo(new LngLat(lon, lat));
  }, 0);

/** Square metres within a ring, whichever way round; 0 for fewer than three corners. */
export function areaM2(ring: readonly Position[]): number {
  if (ring.length < 3) return 0;
  const sum = ring.reduce((total, [lon, lat], index) => {
    const [nextLon, nextLat] = ring[(index + 1) % ring.length] as Position;
    return total + radians(nextLon - lon) * (2 + Math.sin(radians(lat)) + Math.sin(radians(nextLat)));
  }, 0);
  return Math.abs((sum * EARTH_RADIUS_M ** 2) / 2);
}

/** "4,200 m2", "1.3 ha", "2.4 km2". */
export function areaWords(squareMetres: number): string {
  const shown = (value: number): string => value.toLocaleString("en-NZ", { maximumFractionDigits: value < 10 ? 1 : 0 });
  if (squareMetres < 10_000) return `${shown(squareMetres)} m\u00b2`;
  return squareMetres < 1_000_000 ? `${shown(squareMetres / 1e4)} ha` : `${shown(squareMetres / 1e6)} km\u00b2`;
}
