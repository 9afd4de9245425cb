/** Bus routes as lines with their numbers, fetched when somebody first wants to see them. */
import { effect, untracked } from "@preact/signals";
import type { FeatureCollection } from "geojson";
import type { GeoJSONSource, LayerSpecification, Map as MapLibre } from "maplibre-gl";
import * as api from "../../../contract/api.ts";
import type { BusStreets } from "../../../contract/index.ts";
import { FONTS } from "../../../map/style.ts";
import type { MapColours } from "../../../map/theme.ts";
import type { PlanStore } from "../store.ts";

export const BUS_LAYERS = ["bus-routes", "bus-numbers"] as const;

/** More numbers along one street are not read. */
const MOST_NAMED = 6;

const named = (routes: readonly string[]): string =>
  routes.length > MOST_NAMED
    ? `${routes.slice(0, MOST_NAMED).join(" ")} +${routes.length - MOST_NAMED}`
    : routes.join(" ");

export const busFeatures = ({ stretches }: BusStreets): FeatureCollection => ({
  type: "FeatureCollection",
  features: stretches.map(({ routes, lines }) => ({
    type: "Feature",
    properties: { routes: named(routes), many: routes.length },
    geometry: { type: "MultiLineString", coordinates: lines },
  })),
});

export const busLine = (c: MapColours): LayerSpecification => ({
  id: "bus-routes",
  type: "line",
  source: "buses",
  layout: { "line-cap": "round", "line-join": "round" },
  paint: {
    "line-color": c.bus,
    "line-width": ["interpolate", ["linear"], ["zoom"], 11, 1.6, 15, 3.4, 18, 6],
    "line-opacity": 0.85,
  },
});

export const busNumbers = (c: MapColours): LayerSpecification => ({
  id: "bus-numbers",
  type: "symbol",
  source: "buses",
  minzoom: 13,
  layout: {
    "symbol-placement": "line",
    "symbol-spacing": 220,
    "text-field": ["get", "routes"],
    "text-font": FONTS.bold,
    "text-size": 12,
    "text-offset": [0, -1],
    "text-padding": 4,
  },
  paint: { "text-color": c.bus, "text-halo-color": c.halo, "text-halo-width": 2 },
});

export function keepBuses(map: MapLibre, store: PlanStore): void {
  let asked = false;
  effect(() => {
    const { shown, network } = store.get();
    if (!shown.buses || asked) return;
    asked = true;
    void api.getBuses(network.id).then((found) =>
      untracked(() => {
        asked = found.ok;
        store.set(found.ok ? { busRoutes: found.value.stretches.length } : { notice: found.error.message });
        if (found.ok) void map.getSource<GeoJSONSource>("buses")?.setData(busFeatures(found.value));
      }),
    );
  });
}
