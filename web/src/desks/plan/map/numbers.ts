/** On which side of its barrier each number stands, so that bars are seen and numbers do not cover each other. */
import type { Barrier, Position } from "../../../contract/index.ts";

const METRES_A_DEGREE = 111_320;

/** Sides are sixteenths of a turn, 0 east, clockwise. */
export const SIDES = 16;
export const AT_THE_SPOT = -1;
export const BESIDE_PX = 23;

/** Metres to a pixel at the zoom for which sides are chosen, about 16. */
const METRES_A_PX = 0.8;
const ROOM_PX = 25;

/** East and south from one position to another, in metres. */
export const apart = (a: Position, b: Position): [number, number] => [
  (b[0] - a[0]) * METRES_A_DEGREE * Math.cos((a[1] * Math.PI) / 180),
  (a[1] - b[1]) * METRES_A_DEGREE,
];

type Spot = readonly [east: number, south: number];

const sideTowards = (east: number, south: number): number =>
  (Math.round((Math.atan2(south, east) * SIDES) / (2 * Math.PI)) + SIDES) % SIDES;

function placed([east, south]: Spot, side: number): Spot {
  const angle = (side * 2 * Math.PI) / SIDES;
  const metres = BESIDE_PX * METRES_A_PX;
  return [east + metres * Math.cos(angle), south + metres * Math.sin(angle)];
}

/** Best first: the bar's end away from the plan's middle, its other end, then along the street, outward first. */
function wished(barrier: Barrier, [outEast, outSouth]: Spot): number[] {
  const [line] = barrier.lines;
  const [first, last] = [line?.[0], line?.at(-1)];
  if (barrier.lines.length !== 1 || !first || !last) return [AT_THE_SPOT];
  const [east, south] = apart(first, last);
  const outward = (x: number, y: number): number =>
    sideTowards(...((x * outEast + y * outSouth < 0 ? [-x, -y] : [x, y]) as [number, number]));
  const [end, street] = [outward(east, south), outward(-south, east)];
  const half = SIDES / 2;
  return [end, (end + half) % SIDES, street, (street + half) % SIDES];
}

const STEPS = Array.from({ length: SIDES }, (_, side) => (side * 2 * Math.PI) / SIDES);

/** Where signs of so many pixels stand so that none covers another: at their spots, or as near to them as there is room. */
export function spread(spots: readonly Position[], px: number): Position[] {
  const [origin] = spots;
  if (!origin) return [];
  const room = px * METRES_A_PX;
  const taken: Spot[] = [];
  const isFree = ([east, south]: Spot): boolean =>
    taken.every((other) => Math.hypot(east - other[0], south - other[1]) >= 0.999 * room);
  return spots.map((spot) => {
    const [east, south] = apart(origin, spot);
    const rings = taken.flatMap((_, ring) =>
      STEPS.map(
        (turn): Spot => [east + (ring + 1) * room * Math.cos(turn), south + (ring + 1) * room * Math.sin(turn)],
      ),
    );
    const found = [[east, south] as Spot, ...rings].find(isFree) ?? [east, south];
    taken.push(found);
    if (found[0] === east && found[1] === south) return spot;
    const degree = METRES_A_DEGREE * Math.cos((spot[1] * Math.PI) / 180);
    return [spot[0] + (found[0] - east) / degree, spot[1] - (found[1] - south) / METRES_A_DEGREE];
  });
}

/** One side for each barrier, in their order. */
export function numberSides(barriers: readonly Barrier[]): number[] {
  const [origin] = barriers;
  if (!origin) return [];
  const spots = barriers.map((barrier): Spot => apart([origin.lon, origin.lat], [barrier.lon, barrier.lat]));
  const mean = (axis: 0 | 1): number => spots.reduce((sum, spot) => sum + spot[axis], 0) / spots.length;
  const middle: Spot = [mean(0), mean(1)];
  const taken: Spot[] = [];
  const free = (spot: Spot): number =>
    Math.min(Infinity, ...taken.map((other) => Math.hypot(spot[0] - other[0], spot[1] - other[1])));
  return barriers.map((barrier, index) => {
    const spot = spots[index] as Spot;
    const sides = wished(barrier, [spot[0] - middle[0], spot[1] - middle[1]]);
    const rooms = sides.map((side) => free(side === AT_THE_SPOT ? spot : placed(spot, side)));
    const enough = rooms.findIndex((room) => room >= ROOM_PX * METRES_A_PX);
    const side = sides[enough >= 0 ? enough : rooms.indexOf(Math.max(...rooms))] ?? AT_THE_SPOT;
    taken.push(side === AT_THE_SPOT ? spot : placed(spot, side));
    return side;
  });
}
