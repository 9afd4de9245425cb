/** Stretches as lines: broad by how many vehicles, coloured by whether help gets through, broken where nobody counted. */
import type { LayerSpecification } from "maplibre-gl";
import { letterLayers } from "../../map/drives.ts";
import { emptySource, type MapLayers } from "../../map/layers.ts";
import { FONTS } from "../../map/style.ts";
import { coloursOf, type Theme } from "../../map/theme.ts";

export const SOURCE = "vehicles";
export const PLACES = "vehicle-places";
const WIDTH = ["interpolate", ["linear"], ["get", "vehicles"], 0, 5, 20, 8, 100, 14] as const;

export function vehicleLayers(theme: Theme): MapLayers {
  const { shut, site, open, selected, label, halo } = coloursOf(theme);
  const line = (id: string, assumed: boolean): LayerSpecification =>
    ({
      id,
      type: "line",
      source: SOURCE,
      filter: ["==", ["get", "assumed"], assumed],
      layout: { "line-cap": "butt", "line-join": "round" },
      paint: {
        "line-color": ["match", ["get", "way"], "shut", shut, "narrow", site, open],
        "line-width": WIDTH,
        "line-opacity": 0.85,
        ...(assumed ? { "line-dasharray": [1.4, 0.6] } : {}),
      },
    }) as unknown as LayerSpecification;
  const band = (id: string, field: string): LayerSpecification =>
    ({
      id,
      type: "line",
      source: SOURCE,
      filter: ["get", field],
      layout: { "line-cap": "round", "line-join": "round" },
      paint: {
        "line-color": selected,
        "line-width": ["+", WIDTH, field === "picked" ? 9 : 0],
        "line-gap-width": field === "picked" ? 0 : 3,
        "line-opacity": field === "picked" ? 0.4 : 1,
        ...(field === "picked" ? {} : { "line-width": 2.5 }),
      },
    }) as unknown as LayerSpecification;
  const numbers: LayerSpecification = {
    id: "vehicle-numbers",
    type: "symbol",
    source: SOURCE,
    filter: ["get", "first"],
    layout: {
      "symbol-placement": "line-center",
      "text-field": ["get", "words"],
      "text-font": FONTS.bold,
      "text-size": 14,
      "text-rotation-alignment": "viewport",
      "text-allow-overlap": true,
    },
    paint: { "text-color": label, "text-halo-color": halo, "text-halo-width": 2.5 },
  };
  const colours = coloursOf(theme);
  const marks = { source: PLACES, filter: ["==", ["geometry-type"], "Point"] } as const;
  const ways: LayerSpecification = {
    id: "vehicle-place-ways",
    type: "line",
    source: PLACES,
    filter: ["==", ["geometry-type"], "LineString"],
    layout: { "line-cap": "round", "line-join": "round" },
    paint: { "line-color": selected, "line-width": 3, "line-opacity": 0.8, "line-dasharray": [0.5, 1.5] },
  };
  const names: LayerSpecification = {
    id: "vehicle-place-names",
    type: "symbol",
    ...(marks as unknown as { source: string }),
    layout: {
      "text-field": ["get", "name"],
      "text-font": FONTS.bold,
      "text-size": 13,
      "text-anchor": "top",
      "text-offset": [0, 0.9],
      "text-max-width": 12,
      "text-optional": true,
    },
    paint: { "text-color": label, "text-halo-color": halo, "text-halo-width": 2 },
  };
  return {
    sources: { [SOURCE]: emptySource(), [PLACES]: emptySource() },
    below: [band("vehicle-picked", "picked"), line("vehicle-counted", false), line("vehicle-assumed", true), ways],
    above: [
      band("vehicle-moved", "moved"),
      numbers,
      ...letterLayers(
        { ids: ["vehicle-places", "vehicle-place-letters"], colour: label, letter: ["get", "letter"] },
        marks as unknown as Parameters<typeof letterLayers>[1],
        { ...colours, badgeText: halo },
      ),
      names,
    ],
  };
}
