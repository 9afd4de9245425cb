/** The plan as a whole: its bounds, and the map brought to them. */
import type { Map as MapLibre } from "maplibre-gl";
import type { Position } from "../../../contract/index.ts";
import { type Dispose, onChange } from "../../../lib/store.ts";
import { type Bounds, boundsOf, positionsOf, widened } from "../../../map/bounds.ts";
import { fit } from "../../../map/view.ts";
import { type PlanStore, questionOf, type State } from "../store.ts";

/** Those of the routes to the address that is looked at; undefined where none is. */
export function routeBounds({ proof }: State): Bounds | undefined {
  const routes = (proof?.services ?? []).flatMap(({ before, after, second }) => [before, after, second]);
  const all = routes.flatMap((route) => (route?.line ?? []) as Position[]);
  return all.length ? widened(boundsOf(all), 1.15) : undefined;
}

/** Those of site and barriers; the network's own where there are none. */
export function planBounds(state: State): Bounds {
  const barriers = state.answer?.cordon?.barriers ?? [];
  const all = [...positionsOf(questionOf(state).site), ...barriers.map(({ lon, lat }): Position => [lon, lat])];
  return all.length ? boundsOf(all) : (state.network.bounds as Bounds);
}

/** From nearer one sees single houses. */
const MOST_ZOOM = 17;

export function fitPlan(map: MapLibre, state: State, times = 1): void {
  const bounds = widened(planBounds(state), times);
  fit(map, bounds, MOST_ZOOM);
}

/** The picture is wider than the plan: what happens round it counts. */
const PICTURE_TIMES = 1.6;

/** The first answer is shown whole. */
export function fitFirst(map: MapLibre, room: PlanStore): Dispose {
  let fitted = false;
  return onChange(room, ["answer"], (state) => {
    if (!fitted) fitPlan(map, state, state.desk === "plan" ? 1 : PICTURE_TIMES);
    fitted = true;
  });
}
