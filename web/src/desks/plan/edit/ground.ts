/** Editing ground (polygons) by its corners; every function gives new ground and leaves the old as it was. */
import type { Ground, Position } from "../../../contract/index.ts";
import { rounded } from "../question.ts";

/** Polygon, ring and corner of a piece of ground. A ring's closing position is not a corner of its own. */
export type CornerRef = { readonly polygon: number; readonly ring: number; readonly corner: number };

export type Corner = CornerRef & { readonly at: Position };

type Polygons = readonly (readonly (readonly Position[])[])[];

/** Open rings: without the closing position. */
function polygonsOf(ground: Ground): Polygons {
  const polygons = ground.type === "Polygon" ? [ground.coordinates] : ground.coordinates;
  return polygons.map((rings) => rings.map((ring) => ring.slice(0, -1)));
}

function groundOf(polygons: Polygons): Ground {
  const closed = polygons.map((rings) => rings.map((ring) => [...ring, ring[0] as Position]));
  const [first] = closed;
  return closed.length === 1 && first
    ? { type: "Polygon", coordinates: first }
    : { type: "MultiPolygon", coordinates: closed };
}

const mapRings = (ground: Ground, change: (ring: readonly Position[], polygon: number, index: number) => Position[]) =>
  groundOf(polygonsOf(ground).map((rings, polygon) => rings.map((ring, index) => change(ring, polygon, index))));

const mapRing = (ground: Ground, ref: CornerRef, change: (ring: readonly Position[]) => Position[]): Ground =>
  mapRings(ground, (ring, polygon, index) =>
    polygon === ref.polygon && index === ref.ring ? change(ring) : [...ring],
  );

/** A simple polygon through these corners. */
export const polygonThrough = (corners: readonly Position[]): Ground => groundOf([[corners]]);

/** Further ground beside the old. */
export const added = (ground: Ground | null, corners: readonly Position[]): Ground =>
  groundOf([...(ground ? polygonsOf(ground) : []), [corners]]);

/** How many polygons it has. */
export const polygonCount = (ground: Ground | null): number => (ground ? polygonsOf(ground).length : 0);

/** Without one polygon; without its last it is null. */
export function polygonRemoved(ground: Ground, index: number): Ground | null {
  const polygons = polygonsOf(ground).toSpliced(index, 1);
  return polygons.length ? groundOf(polygons) : null;
}

export const corners = (ground: Ground): Corner[] =>
  polygonsOf(ground).flatMap((rings, polygon) =>
    rings.flatMap((ring, index) => ring.map((at, corner) => ({ polygon, ring: index, corner, at }))),
  );

/** The middle of each side; dragging one makes a new corner after `corner`. */
export const middles = (ground: Ground): Corner[] =>
  polygonsOf(ground).flatMap((rings, polygon) =>
    rings.flatMap((ring, index) =>
      ring.map((a, corner) => {
        const b = ring[(corner + 1) % ring.length] as Position;
        return { polygon, ring: index, corner, at: [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2] as Position };
      }),
    ),
  );

export const cornerMoved = (ground: Ground, ref: CornerRef, to: Position): Ground =>
  mapRing(ground, ref, (ring) => ring.map((at, corner) => (corner === ref.corner ? to : at)));

/** A new corner after the one named. */
export const cornerInserted = (ground: Ground, ref: CornerRef, at: Position): Ground =>
  mapRing(ground, ref, (ring) => ring.toSpliced(ref.corner + 1, 0, at));

/** Without one corner; a ring that would have fewer than three goes, and ground without any ring is null. */
export function cornerRemoved(ground: Ground, ref: CornerRef): Ground | null {
  const polygons = polygonsOf(ground)
    .map((rings, polygon) =>
      rings
        .map((ring, index) =>
          polygon === ref.polygon && index === ref.ring ? ring.toSpliced(ref.corner, 1) : [...ring],
        )
        .filter((ring, index) => index === 0 || ring.length >= 3),
    )
    .filter((rings) => (rings[0]?.length ?? 0) >= 3);
  return polygons.length ? groundOf(polygons) : null;
}

/** As exact as a link keeps it. */
export const tidied = (ground: Ground): Ground =>
  mapRings(ground, (ring) => ring.map(([lon, lat]): Position => [rounded(lon), rounded(lat)]));

export const shifted = (ground: Ground, lon: number, lat: number): Ground =>
  mapRings(ground, (ring) => ring.map((at): Position => [at[0] + lon, at[1] + lat]));

const turn = (a: Position, b: Position, c: Position): number =>
  Math.sign((b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]));

const cross = (a: Position, b: Position, c: Position, d: Position): boolean =>
  turn(a, b, c) * turn(a, b, d) < 0 && turn(c, d, a) * turn(c, d, b) < 0;

/** Whether two sides of one ring cross: such a shape has no clear inside. */
export function crossesItself(ground: Ground): boolean {
  return polygonsOf(ground).some((rings) =>
    rings.some((ring) => {
      const at = (index: number): Position => ring[index % ring.length] as Position;
      return ring.some((_, i) => ring.some((__, j) => j > i + 1 && cross(at(i), at(i + 1), at(j), at(j + 1))));
    }),
  );
}
