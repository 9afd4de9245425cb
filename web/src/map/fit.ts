/** The plan as a whole: its bounds, and the map brought to them. */
import type { Map as MapLibre } from "maplibre-gl";
import type { Ground, Position } from "../contract.ts";
import { boundsOf } from "../edit/ground.ts";
import { questionOf, type State } from "../state.ts";
import { roomForPanels } from "./create.ts";

const positions = (ground: Ground | null): Position[] => {
  if (!ground) return [];
  return ground.type === "Polygon" ? ground.coordinates.flat() : ground.coordinates.flat(2);
};

/** West, south, east, north of site and barriers; the network's own where there are none. */
export function planBounds(state: State): [number, number, number, number] {
  const barriers = state.answer?.cordon?.barriers ?? [];
  const all = [...positions(questionOf(state).site), ...barriers.map(({ lon, lat }): Position => [lon, lat])];
  return all.length ? boundsOf(all) : (state.network.bounds as [number, number, number, number]);
}

export function fitPlan(map: MapLibre, state: State): void {
  map.fitBounds(planBounds(state), { padding: roomForPanels(), duration: 0, maxZoom: 17 });
}
