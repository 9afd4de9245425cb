/** Keeps the map of who gains and loses in step. */
import type { GeoJSONSource, Map as MapLibre } from "maplibre-gl";
import { onChange } from "../../lib/store.ts";
import type { Bounds } from "../../map/bounds.ts";
import { fit, roomForPanels } from "../../map/view.ts";
import { pickedWays } from "../plan/map/overlay.ts";
import type { PlanStore } from "../plan/store.ts";
import { boundsOfWays, effectBounds, flowFeatures } from "./flows.ts";
import { onShow, type TrafficStore } from "./store.ts";

export function keepFlows(map: MapLibre, room: PlanStore, traffic: TrafficStore): void {
  const draw = (): void => {
    const { known } = onShow(room, traffic);
    void map.getSource<GeoJSONSource>("flows")?.setData(flowFeatures(known?.answer ?? null));
  };
  const pick = (): void =>
    void map.setFilter("flow-picked", ["in", ["get", "way"], ["literal", [...pickedWays(room.get())]]]);
  const follow = (): void => {
    const { selection, part } = room.get();
    const { known } = onShow(room, traffic);
    const bounds =
      part === "traffic" && selection?.kind === "streets" && known && boundsOfWays(known.answer, selection.ways);
    if (bounds && !isInView(map, bounds)) fit(map, bounds, Math.min(map.getZoom(), 15.5));
  };
  draw();
  pick();
  onChange(traffic, ["known", "shown"], draw);
  onChange(room, ["selection", "answer"], pick);
  onChange(room, ["selection"], follow);
}

/** Whether bounds lie in the part of the map that no panel covers. */
function isInView(map: MapLibre, [west, south, east, north]: Bounds): boolean {
  const { top, right, bottom, left } = roomForPanels();
  const { width, height } = map.getContainer().getBoundingClientRect();
  const [a, b] = [map.project([west, north]), map.project([east, south])];
  return a.x >= left && a.y >= top && b.x <= width - right && b.y <= height - bottom;
}

/** The bounds of all that changes much; null where no traffic is shown. */
export function effectOnShow(room: PlanStore, traffic: TrafficStore): Bounds | null {
  const { known } = onShow(room, traffic);
  return room.get().part === "traffic" && known ? effectBounds(known.answer) : null;
}

/** Bring the map to all that changes much; false where no traffic is shown. */
export function fitEffect(map: MapLibre, room: PlanStore, traffic: TrafficStore): boolean {
  const bounds = effectOnShow(room, traffic);
  if (bounds) fit(map, bounds, 16);
  return Boolean(bounds);
}

/** The first answer that somebody asks for is shown whole; not one that a link brings, which says where to look. */
export function fitFirstEffect(map: MapLibre, room: PlanStore, traffic: TrafficStore): void {
  let fitted = traffic.get().wanted;
  onChange(traffic, ["shown"], () => {
    if (!fitted) fitted = fitEffect(map, room, traffic);
  });
}
