/** The plan as GeoJSON for the map: pure functions of the state. */
import type { Feature, FeatureCollection, Geometry } from "geojson";
import type { Barrier, Ground, Position, Spot } from "../../../contract/index.ts";
import { type CornerRef, corners, middles } from "../edit/ground.ts";
import { heldBy } from "../question.ts";
import { placeOf, stationsOf } from "../stations.ts";
import { questionOf, type State } from "../store.ts";
import { AT_THE_SPOT, apart, numberSides } from "./numbers.ts";
import { FORBIDDEN, PINNED } from "./signs.ts";

const collection = (features: Feature[]): FeatureCollection => ({ type: "FeatureCollection", features });
const feature = (geometry: Geometry, properties: object, id?: number): Feature =>
  ({ type: "Feature", geometry, properties, ...(id === undefined ? {} : { id }) }) as Feature;
const point = (at: Position | Spot): Geometry => ({
  type: "Point",
  coordinates: Array.isArray(at) ? at : [at.lon, at.lat],
});

export const groundFeatures = (ground: Ground | null): FeatureCollection =>
  collection(ground ? [feature(ground, {})] : []);

/** A barrier that some vehicles pass, if only help, has a crew: a gate. */
export const isGate = (barrier: Barrier): boolean => barrier.kind === "gate";

const iconOf = (barrier: Barrier): string =>
  isGate(barrier) ? "gate" : barrier.place === "junction" ? "barrier-junction" : "barrier-street";

/** The barriers on show: none before the plan. */
export const shownBarriers = (state: State): readonly Barrier[] =>
  state.when === "after" ? (state.answer?.cordon?.barriers ?? []) : [];

export function barrierFeatures(state: State): FeatureCollection {
  const picked = state.selection?.kind === "barrier" ? state.selection.number : -1;
  const barriers = shownBarriers(state);
  const sides = numberSides(barriers);
  const signs = barriers.map((barrier, index) => {
    const properties = {
      number: `${barrier.number}`,
      gate: isGate(barrier),
      icon: iconOf(barrier),
      picked: barrier.number === picked,
      side: sides[index] ?? AT_THE_SPOT,
    };
    return feature(point(barrier), properties, barrier.number);
  });
  return collection(signs);
}

const lines = (barriers: readonly Barrier[]): Feature[] =>
  barriers.flatMap((barrier) =>
    barrier.lines.map((coordinates) => feature({ type: "LineString", coordinates }, { number: barrier.number })),
  );

/** The same bars as points with a bearing, for a sign that can be seen from afar. */
const barSigns = (barriers: readonly Barrier[]): Feature[] =>
  barriers.flatMap((barrier) =>
    barrier.lines.map((line) => {
      const [first, last] = [line[0] as Position, line.at(-1) as Position];
      const [east, south] = apart(first, last);
      const bearing = (Math.atan2(south, east) * 180) / Math.PI;
      return feature(point([(first[0] + last[0]) / 2, (first[1] + last[1]) / 2]), { number: barrier.number, bearing });
    }),
  );

export const barFeatures = (state: State): FeatureCollection => {
  const barriers = shownBarriers(state);
  return collection([...lines(barriers), ...barSigns(barriers)]);
};

/** The barriers of the alternative that is looked at, as ghosts. */
export function ghostFeatures(state: State): FeatureCollection {
  const chosen = state.alternative === null ? undefined : state.alternatives.answer?.alternatives[state.alternative];
  const spots = state.ghosts.map((spot) => feature(point(spot), {}));
  if (!chosen) return collection(spots);
  return collection([
    ...lines(chosen.barriers),
    ...chosen.barriers.map((barrier) => feature(point(barrier), {})),
    ...spots,
  ]);
}

/** Pins beside their barriers, and spots where none may stand: by the answer, once it is there. */
export function markFeatures(state: State): FeatureCollection {
  const { pins, never } = questionOf(state);
  const barriers = shownBarriers(state);
  const wishes = state.answered === questionOf(state) ? state.answer?.cordon?.wishes : undefined;
  if (wishes && state.when === "after") {
    const held = barriers.filter(({ origin }) => origin !== "added");
    return collection([
      ...held.map((barrier) => feature(point(barrier), { sign: PINNED, beside: true })),
      ...wishes.forbidden.map((wish) => feature(point(wish), { sign: FORBIDDEN, beside: false })),
    ]);
  }
  return collection([
    ...pins.map((pin) => {
      const held = heldBy(pin, barriers);
      return feature(point(held ?? pin), { sign: PINNED, beside: held !== undefined });
    }),
    ...never.map((spot) => feature(point(spot), { sign: FORBIDDEN, beside: false })),
  ]);
}

const SIGNED_KINDS = ["fire_station", "ambulance_station"];

/** The sign of a kind of station: icons.ts draws it. */
export const stationSign = (kind: string): string => `station-${SIGNED_KINDS.includes(kind) ? kind : "other"}`;

export const stationFeatures = (state: State): FeatureCollection =>
  collection(
    stationsOf(state).map(({ geometry, properties: { name, kind } }, index) =>
      feature(geometry as Geometry, { name, icon: stationSign(kind) }, index),
    ),
  );

const isSame = (a: CornerRef | null, b: CornerRef): boolean =>
  a !== null && a.polygon === b.polygon && a.ring === b.ring && a.corner === b.corner;

/** Corners and middles of sides while the site is edited. */
export function handleFeatures(ground: Ground | null, picked: CornerRef | null): FeatureCollection {
  if (!ground) return collection([]);
  const handle = (role: string) => (ref: CornerRef & { at: Position }) => {
    const { at, polygon, ring, corner } = ref;
    return feature(point(at), { role, polygon, ring, corner, picked: role === "corner" && isSame(picked, ref) });
  };
  return collection([...middles(ground).map(handle("middle")), ...corners(ground).map(handle("corner"))]);
}

/** A shape on its way: its line, and its corners. */
export const draftFeatures = (drawn: readonly Position[], pointer: Position | null): FeatureCollection =>
  collection([
    feature({ type: "LineString", coordinates: [...drawn, ...(pointer ? [pointer] : []), ...drawn.slice(0, 1)] }, {}),
    ...drawn.map((at) => feature(point(at), { role: "corner", picked: false })),
  ]);

/** How help drives to the address that is looked at, at the time that the map shows. */
export function routeFeatures({ proof, when }: State): FeatureCollection {
  const lines = (proof?.services ?? []).flatMap(({ service, before, after, second }) => {
    const routes = when === "before" ? { before } : { after, second };
    return Object.entries(routes).flatMap(([way, route]) =>
      route ? [feature({ type: "LineString", coordinates: route.line }, { service, way })] : [],
    );
  });
  return collection(lines);
}

/** Round the whole sign of a station. */
const STATION_RING_PX = 19;

export function spotFeatures(state: State): FeatureCollection {
  const { selection } = state;
  const station = selection?.kind === "station" ? stationsOf(state)[selection.index] : undefined;
  if (station) return collection([feature(point(placeOf(station)), { radius: STATION_RING_PX })]);
  const isSpot = selection?.kind === "spot" || selection?.kind === "address";
  return collection(isSpot ? [feature(point(selection.spot), {})] : []);
}
