/** A plan as GeoJSON for the map: its ground, its barriers as they stand, each way in, and where a version before had them. */
import type { Feature, FeatureCollection, Geometry } from "geojson";
import type { PlannedBarrier, Position, TrafficPlan } from "../../../contract/index.ts";
import { type Bounds, boundsOf, widened } from "../../../map/bounds.ts";
import { spread } from "../../plan/map/numbers.ts";
import { isGate } from "../document.ts";
import { metOf } from "../meeting.ts";
import { isGone, standOf } from "../panel/stand.ts";
import { minuteAt, partOf, rolledOf } from "../rolling.ts";
import { crewOf, minuteOf, rowAt } from "../stages.ts";
import { planOf, type State } from "../store.ts";

/** A place's number with the ring round it. */
const STAGE_NUMBER_PX = 28;

const collection = (features: readonly Feature[]): FeatureCollection => ({
  type: "FeatureCollection",
  features: [...features],
});

const feature = (geometry: Geometry, properties: object, id?: number): Feature =>
  ({ type: "Feature", geometry, properties, ...(id === undefined ? {} : { id }) }) as Feature;

const inForce = ({ starts, ends }: PlannedBarrier, at: number): boolean =>
  (starts === null || Date.parse(starts) <= at) && (ends === null || at < Date.parse(ends));

/** Where a barrier stands as it is reported; as the plan puts it until that is known. Null where nobody can say. */
export function spotOf(state: State, barrier: PlannedBarrier): Position | null {
  const known = state.status?.of === planOf(state) ? standOf(state, barrier.id) : undefined;
  if (known) return known.lon === null || known.lat === null ? null : [known.lon, known.lat];
  if (barrier.place.type === "point") return barrier.place.at;
  const before = standOf(state, barrier.id);
  return before?.lon != null && before.lat != null ? [before.lon, before.lat] : null;
}

/** All that the plan covers; null where it stands nowhere. */
export function boundsOfPlan(state: State): Bounds | null {
  const plan = planOf(state);
  const spots = (plan?.barriers ?? []).flatMap((one): Position[] => {
    const spot = spotOf(state, one);
    return spot ? [spot] : [];
  });
  const route = (rolledOf(state)?.line ?? []) as Position[];
  const all = [...route, ...(plan?.site ?? []).flatMap(({ ring }) => ring), ...(plan?.occupied ?? []).flat(), ...spots];
  return all.length === 0 ? null : widened(boundsOf(all), 1.2);
}

export function groundFeatures(plan: TrafficPlan | null): FeatureCollection {
  const areas = (plan?.site ?? []).map(({ ring }) => feature({ type: "Polygon", coordinates: [ring] }, {}));
  const lines = (plan?.occupied ?? []).map((coordinates) => feature({ type: "LineString", coordinates }, {}));
  return collection([...areas, ...lines]);
}

export function signFeatures(state: State, at: number): FeatureCollection {
  const barriers = planOf(state)?.barriers ?? [];
  const before = state.compared?.first.barriers;
  const signs = barriers.flatMap((barrier, index) => {
    const spot = spotOf(state, barrier);
    if (!spot || !inForce(barrier, at)) return [];
    const gone = isGone(standOf(state, barrier.id));
    const icon = isGate(barrier) ? "gate" : "barrier-street";
    const { id: name } = barrier;
    const added = before !== undefined && !before.some((one) => one.id === name);
    const said = { name, icon, gone, added, picked: index === state.picked };
    return [feature({ type: "Point", coordinates: spot }, said, index)];
  });
  return collection(signs);
}

export const wayInFeatures = ({ status }: State): FeatureCollection =>
  collection(
    (status?.said.seal?.leaks ?? []).map(({ path }) => feature({ type: "LineString", coordinates: path }, {})),
  );

/** Where crews meet patients: the points, their drives, and the walk from every place inside. */
export function meetingFeatures(state: State): FeatureCollection {
  const answer = metOf(state);
  if (!answer) return collection([]);
  const drives = answer.points
    .flatMap(({ ways_in }) => ways_in)
    .map(({ line }) => feature({ type: "LineString", coordinates: line }, { part: "drive" }));
  const walks = answer.places.flatMap(({ line, in_time }) =>
    line ? [feature({ type: "LineString", coordinates: line }, { part: "walk", late: !in_time })] : [],
  );
  const points = answer.points.map(({ id, lon, lat }) =>
    feature({ type: "Point", coordinates: [lon, lat] }, { part: "point", name: id }),
  );
  return collection([...drives, ...walks, ...points]);
}

/** The march at a moment: its route, what is shut then, the column, and the crossings that an ambulance can use. */
export function marchFeatures(state: State, at: number): FeatureCollection {
  const march = rolledOf(state);
  if (!march) return collection([]);
  const row = minuteAt(march, at);
  const line = march.line as Position[];
  const route = feature({ type: "LineString", coordinates: line }, { part: "route" });
  const shut = march.stretches
    .filter(({ number }) => row?.shut.includes(number))
    .map(({ line: coordinates }) => feature({ type: "LineString", coordinates }, { part: "shut" }));
  const column = row && row.head_m > row.tail_m ? partOf(line, row.tail_m, row.head_m, march.route_m) : [];
  const people = column.length > 1 ? [feature({ type: "LineString", coordinates: column }, { part: "column" })] : [];
  const crossings = march.crossings.map(({ id, lon, lat }) =>
    feature(
      { type: "Point", coordinates: [lon, lat] },
      { part: "crossing", open: row === null || row.crossings.includes(id) },
    ),
  );
  return collection([route, ...shut, ...people, ...crossings]);
}

/** Where each crew works in a planned stage: the number of the place, its crew's colour, and what is open there at the minute. */
export function stageFeatures(state: State): FeatureCollection {
  const { found } = state.staging;
  if (!found || found.of !== planOf(state)) return collection([]);
  const row = rowAt(found.said, minuteOf(state));
  const spots = spread(
    found.said.tasks.map(({ lon, lat }): Position => [lon, lat]),
    STAGE_NUMBER_PX,
  );
  return collection(
    found.said.tasks.map(({ id, number, crew }, index) => {
      const open = row?.open.includes(id) ? "open" : row?.working.includes(id) ? "working" : "shut";
      const said = { number: `${number}`, crew: crewOf(found.said, crew), open };
      return feature({ type: "Point", coordinates: spots[index] as Position }, said);
    }),
  );
}

/** Addresses that the plan encloses and the version before does not, and those of which the other is true. */
export function touchedFeatures({ compared }: State): FeatureCollection {
  const points = (spots: readonly Position[], inside: boolean): Feature[] =>
    spots.map((coordinates) => feature({ type: "Point", coordinates }, { inside }));
  if (!compared) return collection([]);
  return collection([...points(compared.diff.spots_inside, true), ...points(compared.diff.spots_outside, false)]);
}

/** Where the barriers of the version before stand that are not there any more, and how far each moved. */
export function beforeFeatures(state: State): FeatureCollection {
  const { compared } = state;
  const plan = planOf(state);
  if (!compared || !plan) return collection([]);
  const spots = (compared.before?.barriers ?? []).flatMap(({ id, lon, lat }): Feature[] => {
    if (lon === null || lat === null) return [];
    const now = plan.barriers.find((barrier) => barrier.id === id);
    const to = now ? spotOf(state, now) : null;
    if (to && to[0] === lon && to[1] === lat) return [];
    const mark = feature({ type: "Point", coordinates: [lon, lat] }, { name: id });
    return to ? [mark, feature({ type: "LineString", coordinates: [[lon, lat], to] }, {})] : [mark];
  });
  return collection(spots);
}
