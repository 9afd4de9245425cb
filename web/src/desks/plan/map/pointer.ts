/** Clicks and taps: what lies under the finger is selected, or the tool in hand is used. */
import type { MapGeoJSONFeature, Map as MapLibre, MapMouseEvent, PointLike } from "maplibre-gl";
import * as api from "../../../contract/api.ts";
import type { Spot } from "../../../contract/index.ts";
import { onChange } from "../../../lib/store.ts";
import { addressWord } from "../../../lib/words.ts";
import { addStation } from "../edit/stations.ts";
import { forbidden, pinned, spotOf } from "../question.ts";
import { putOnMap } from "../ring.ts";
import {
  ask,
  groundInHand,
  hasMap,
  type PlanStore,
  questionOf,
  type Selection,
  select,
  showsPlan,
  tabOf,
  takeTool,
} from "../store.ts";

const REACH_PX = 7;

const around = ({ point }: MapMouseEvent, reach = REACH_PX): [PointLike, PointLike] => [
  [point.x - reach, point.y - reach],
  [point.x + reach, point.y + reach],
];

const firstOf = (map: MapLibre, event: MapMouseEvent, layers: string[]): MapGeoJSONFeature | undefined =>
  map.queryRenderedFeatures(around(event), { layers })[0];

/** Points that stand in for addresses lie on the street itself: until very near, a click there means the street. */
const addressZoom = (room: PlanStore): number => (addressWord(room.get().network) === "address" ? 16 : 18.5);

function selectionAt(map: MapLibre, room: PlanStore, event: MapMouseEvent): Selection | null {
  const barrier = firstOf(map, event, ["barriers"]);
  if (barrier) return { kind: "barrier", number: Number(barrier.id) };
  const station = firstOf(map, event, ["stations"]);
  if (station) return { kind: "station", index: Number(station.id) };
  const tab = tabOf(room.get());
  const line = tab && firstOf(map, event, [...tab.layers]);
  if (line) return { kind: "way", way: Number(line.id) };
  const address =
    !tab && map.getZoom() >= addressZoom(room) ? firstOf(map, event, ["addresses", "unreached"]) : undefined;
  if (address && address.geometry.type === "Point") {
    const [lon = 0, lat = 0] = address.geometry.coordinates;
    return {
      kind: "address",
      address: Number(address.id),
      label: String(address.properties["label"] ?? ""),
      spot: { lon, lat },
    };
  }
  return streetAt(map, event);
}

function streetAt(map: MapLibre, event: MapMouseEvent): Selection | null {
  const street = firstOf(map, event, ["streets"]);
  return street ? { kind: "way", way: Number(street.id) } : null;
}

/** Whether a tab shows a management plan that is not edited there: a click tells of the street, and changes nothing. */
const readsStreets = (room: PlanStore): boolean => showsPlan(room.get()) && room.get().part !== "plans";

/** The spot on the nearest street and which way that is, or the spot itself where the server does not answer. */
export async function onStreet(room: PlanStore, spot: Spot): Promise<{ at: Spot; way: number | null }> {
  const nearest = await api.getNearest(room.get().network.id, spot.lon, spot.lat);
  if (!nearest.ok) return { at: spot, way: null };
  return { at: spotOf([nearest.value.lon, nearest.value.lat]), way: nearest.value.way };
}

async function useTool(room: PlanStore, spot: Spot): Promise<void> {
  const { tool } = room.get();
  const { at } = await onStreet(room, spot);
  takeTool(room, "select");
  const question = questionOf(room.get());
  ask(room, tool === "add-barrier" ? pinned(question, at) : forbidden(question, at));
}

export function listenToPointer(map: MapLibre, room: PlanStore): void {
  map.on("click", (event) => {
    const { tool } = room.get();
    if (!hasMap(room.get())) {
      if (readsStreets(room)) select(room, streetAt(map, event));
      return;
    }
    if (tool === "add-barrier" || tool === "forbid-spot")
      void useTool(room, spotOf([event.lngLat.lng, event.lngLat.lat]));
    else if (tool === "put-barrier") putOnMap(room, spotOf([event.lngLat.lng, event.lngLat.lat]));
    else if (tool === "add-station") addStation(room, [event.lngLat.lng, event.lngLat.lat]);
    else if (tool === "select") select(room, selectionAt(map, room, event));
  });
  map.on("mousemove", (event) => {
    if (!hasMap(room.get()) || room.get().tool !== "select" || event.originalEvent.buttons) return;
    map.getCanvas().style.cursor = firstOf(map, event, ["barriers", "stations"])
      ? "grab"
      : firstOf(map, event, ["streets"])
        ? "pointer"
        : "";
  });
  onChange(room, ["tool"], ({ tool }) => {
    map.getCanvas().style.cursor = tool === "select" || groundInHand(tool) ? "" : "crosshair";
  });
}
