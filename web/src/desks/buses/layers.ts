/** Detours as lines with arrows, missed stops, temporary stops and moved bays as signs. */
import type { LayerSpecification } from "maplibre-gl";
import { emptySource, type MapLayers } from "../../map/layers.ts";
import { FONTS } from "../../map/style.ts";
import { coloursOf, type Theme } from "../../map/theme.ts";

export const SOURCE = "bus-detours";
export const DETOUR_LAYERS = ["bus-detour", "bus-detour-arrows", "bus-stops", "bus-signs"] as const;

/** What is written in each sign, on the map and in the legend. */
export const SIGNS = { missed: "\u00d7", temporary: "T", bay: "B" } as const;

export function detourLayers(theme: Theme): MapLayers {
  const { bus, halo, shut, open, badgeText } = coloursOf(theme);
  const line: LayerSpecification = {
    id: "bus-detour",
    type: "line",
    source: SOURCE,
    filter: ["==", ["get", "kind"], "detour"],
    layout: { "line-cap": "round", "line-join": "round" },
    paint: {
      "line-color": bus,
      "line-opacity": 0.9,
      "line-width": ["interpolate", ["linear"], ["zoom"], 11, 2.5, 15, 5, 18, 8],
    },
  };
  const arrows: LayerSpecification = {
    id: "bus-detour-arrows",
    type: "symbol",
    source: SOURCE,
    filter: ["==", ["get", "kind"], "detour"],
    minzoom: 13,
    layout: {
      "symbol-placement": "line",
      "symbol-spacing": 90,
      "text-field": "\u203a",
      "text-font": FONTS.bold,
      "text-size": 24,
      "text-keep-upright": false,
      "text-allow-overlap": true,
      "text-ignore-placement": true,
    },
    paint: { "text-color": bus, "text-halo-color": halo, "text-halo-width": 2 },
  };
  const stops: LayerSpecification = {
    id: "bus-stops",
    type: "circle",
    source: SOURCE,
    filter: ["!=", ["get", "kind"], "detour"],
    paint: {
      "circle-radius": 9,
      "circle-color": ["case", ["==", ["get", "kind"], "missed"], shut, open],
      "circle-stroke-color": halo,
      "circle-stroke-width": 2,
    },
  };
  const signs: LayerSpecification = {
    id: "bus-signs",
    type: "symbol",
    source: SOURCE,
    filter: ["!=", ["get", "kind"], "detour"],
    layout: {
      "text-field": ["match", ["get", "kind"], "missed", SIGNS.missed, "temporary", SIGNS.temporary, SIGNS.bay],
      "text-font": FONTS.bold,
      "text-size": 13,
      "text-allow-overlap": true,
      "text-ignore-placement": true,
    },
    paint: { "text-color": badgeText },
  };
  return { sources: { [SOURCE]: emptySource() }, below: [line], above: [arrows, stops, signs] };
}
