/** Stations dragged elsewhere, and new ones. */
import type { MapGeoJSONFeature, Map as MapLibre } from "maplibre-gl";
import type { Position } from "../../../contract/index.ts";
import { listenToDrags } from "../../../map/drag.ts";
import { stationFeatures } from "../map/features.ts";
import { setData } from "../map/overlay.ts";
import { newName, stationAt, stationChanged, stationRemoved, stationsOf, withStations } from "../stations.ts";
import { ask, type PlanStore, questionOf, select, takeTool } from "../store.ts";

/** A name, a kind or a place of a station becomes another. */
export function changeStation(room: PlanStore, index: number, change: Parameters<typeof stationChanged>[2]): void {
  ask(room, withStations(questionOf(room.get()), stationChanged(stationsOf(room.get()), index, change)));
}

export function removeStation(room: PlanStore, index: number): void {
  select(room, null);
  ask(room, withStations(questionOf(room.get()), stationRemoved(stationsOf(room.get()), index)));
}

/** A new station, selected so that it can be named and moved. */
export function addStation(room: PlanStore, at: Position): void {
  const stations = stationsOf(room.get());
  takeTool(room, "select");
  ask(room, withStations(questionOf(room.get()), [...stations, stationAt(newName(stations), "station", at)]));
  select(room, { kind: "station", index: stations.length });
}

/** Show a station at another spot without asking for a plan yet. */
export function previewStation(map: MapLibre, room: PlanStore, index: number, at: Position): void {
  const shown = stationFeatures(room.get());
  const features = shown.features.map((feature) =>
    feature.id === index ? { ...feature, geometry: { type: "Point" as const, coordinates: at } } : feature,
  );
  setData(map, "stations", { ...shown, features });
}

export function letStationsBeDragged(map: MapLibre, room: PlanStore): void {
  let dragged = -1;
  const start = (feature: MapGeoJSONFeature, at: Position): boolean => {
    dragged = Number(feature.id);
    // a barrier that lies over it is meant
    return !map.queryRenderedFeatures(map.project(at), { layers: ["barriers"] }).length;
  };
  listenToDrags(map, {
    layers: ["stations"],
    when: () => room.get().desk === "plan" && room.get().tool === "select",
    start,
    move: (at) => previewStation(map, room, dragged, at),
    end: (at) => {
      const name = stationsOf(room.get())[dragged]?.properties.name;
      changeStation(room, dragged, { at });
      room.set({ notice: `${name} was moved. Undo puts it back.` });
    },
    cancel: () => setData(map, "stations", stationFeatures(room.get())),
  });
}
