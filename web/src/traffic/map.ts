/** Keeps the map of who gains and loses in step; while it is shown, what only the cordon needs is put away. */
import type { GeoJSONSource, Map as MapLibre } from "maplibre-gl";
import { roomForPanels } from "../map/create.ts";
import { pickedWays } from "../map/overlay.ts";
import type { Room } from "../state.ts";
import { onChange } from "../store.ts";
import { type Bounds, boundsOfWays, effectBounds, flowFeatures } from "./flows.ts";
import { FLOW_LAYERS } from "./layers.ts";
import { onShow, type Traffic } from "./store.ts";

const CORDON_LAYERS = ["enclosed", "weak"] as const;

export function keepFlows(map: MapLibre, room: Room, traffic: Traffic): void {
  const draw = (): void => {
    const { known } = onShow(room, traffic);
    void map.getSource<GeoJSONSource>("flows")?.setData(flowFeatures(known?.answer ?? null));
  };
  const turn = (): void => {
    const { part, desk } = room.get();
    const visible = (layer: string, shown: boolean): void =>
      void map.setLayoutProperty(layer, "visibility", shown ? "visible" : "none");
    for (const layer of [...FLOW_LAYERS, "flow-picked"]) visible(layer, desk === "plan" && part === "traffic");
    for (const layer of CORDON_LAYERS) visible(layer, desk === "plan" && part === "cordon");
  };
  const pick = (): void =>
    void map.setFilter("flow-picked", ["in", ["get", "way"], ["literal", [...pickedWays(room.get())]]]);
  const follow = (): void => {
    const { selection, part } = room.get();
    const { known } = onShow(room, traffic);
    const bounds =
      part === "traffic" && selection?.kind === "streets" && known && boundsOfWays(known.answer, selection.ways);
    if (bounds && !isInView(map, bounds))
      map.fitBounds(bounds, { padding: roomForPanels(), duration: 0, maxZoom: Math.min(map.getZoom(), 15.5) });
  };
  draw();
  turn();
  pick();
  onChange(traffic, ["known", "shown"], draw);
  onChange(room, ["part", "desk"], turn);
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
export function effectOnShow(room: Room, traffic: Traffic): Bounds | null {
  const { known } = onShow(room, traffic);
  return room.get().part === "traffic" && known ? effectBounds(known.answer) : null;
}

/** Bring the map to all that changes much; false where no traffic is shown. */
export function fitEffect(map: MapLibre, room: Room, traffic: Traffic): boolean {
  const bounds = effectOnShow(room, traffic);
  if (bounds) map.fitBounds(bounds, { padding: roomForPanels(), duration: 0, maxZoom: 16 });
  return Boolean(bounds);
}

/** The first answer that somebody asks for is shown whole; not one that a link brings, which says where to look. */
export function fitFirstEffect(map: MapLibre, room: Room, traffic: Traffic): void {
  let fitted = traffic.get().wanted;
  onChange(traffic, ["shown"], () => {
    if (!fitted) fitted = fitEffect(map, room, traffic);
  });
}
