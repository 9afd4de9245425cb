/** Keeps the detours on the map in step with the answer and with the route that is chosen. */
import type { GeoJSONSource, Map as MapLibre } from "maplibre-gl";
import { onChange } from "../../lib/store.ts";
import { fit } from "../../map/view.ts";
import type { PlanStore } from "../plan/store.ts";
import { busBounds, busFeatures } from "./features.ts";
import { SOURCE } from "./layers.ts";
import type { BusStore } from "./store.ts";

const NEAREST_ZOOM = 16;

export function keepDetours(map: MapLibre, buses: BusStore): void {
  const draw = (): void => {
    const { known, chosen } = buses.get();
    void map.getSource<GeoJSONSource>(SOURCE)?.setData(busFeatures(known?.answer.changes ?? null, chosen));
  };
  draw();
  onChange(buses, ["known", "chosen"], draw);
}

/** Bring the map to all that changes, or to the route that is chosen; false where no buses are looked at. */
export function fitBuses(map: MapLibre, plan: PlanStore, buses: BusStore): boolean {
  const { known, chosen } = buses.get();
  const bounds = plan.get().part === "buses" && known ? busBounds(known.answer.changes, chosen) : null;
  if (bounds) fit(map, bounds, NEAREST_ZOOM);
  return Boolean(bounds);
}

/** A new answer, and a route that is chosen, come into view. */
export function followBuses(map: MapLibre, plan: PlanStore, buses: BusStore): void {
  onChange(buses, ["known", "chosen"], () => void fitBuses(map, plan, buses));
}
