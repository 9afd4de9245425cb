/** A cordon as given on the map: its barriers by number, and the paths that lead in past them. */
import type { Feature, FeatureCollection } from "geojson";
import type { ExpressionSpecification, LayerSpecification } from "maplibre-gl";
import type { Position } from "../../../contract/index.ts";
import { FONTS } from "../../../map/style.ts";
import type { MapColours } from "../../../map/theme.ts";
import { isFresh, showsRing } from "../ring.ts";
import type { State } from "../store.ts";

const point = (at: Position, properties: object): Feature => ({
  type: "Feature",
  properties,
  geometry: { type: "Point", coordinates: at },
});

/** Barriers as they were understood; before they are checked, those with a place of their own. */
export function ringFeatures(state: State): FeatureCollection {
  const { ring } = state;
  if (!showsRing(state)) return { type: "FeatureCollection", features: [] };
  const checked = ring.seal && isFresh(state) ? ring.seal.barriers : null;
  const features = checked
    ? checked.map(({ number, lon, lat, idle }) =>
        point([lon, lat], { sign: `${number}`, idle, note: idle ? "stops nothing" : "" }),
      )
    : ring.given.flatMap(({ lon, lat }, index) =>
        typeof lon === "number" && typeof lat === "number"
          ? [point([lon, lat], { sign: `${index + 1}`, idle: false, note: "" })]
          : [],
      );
  return { type: "FeatureCollection", features };
}

/** The paths, and where the barrier that stops each would stand. */
export function leakFeatures({ ring }: State): FeatureCollection {
  const leaks = ring.seal?.leaks ?? [];
  const paths = leaks.map(
    ({ number, path }): Feature => ({
      type: "Feature",
      properties: { number, picked: ring.leak === number, dimmed: ring.leak !== null && ring.leak !== number },
      geometry: { type: "LineString", coordinates: path },
    }),
  );
  const stops = leaks.flatMap(({ number, barrier }) =>
    barrier ? [point([barrier.lon, barrier.lat], { number, sign: "+" })] : [],
  );
  return { type: "FeatureCollection", features: [...paths, ...stops] };
}

const isLine: ExpressionSpecification = ["==", ["geometry-type"], "LineString"];
const isPoint: ExpressionSpecification = ["==", ["geometry-type"], "Point"];

export const ringLayers = (c: MapColours): LayerSpecification[] => [
  {
    id: "leak-casings",
    type: "line",
    source: "leaks",
    filter: isLine,
    layout: { "line-cap": "round", "line-join": "round" },
    paint: { "line-color": c.halo, "line-width": ["case", ["get", "picked"], 11, 8] },
  },
  {
    id: "leaks",
    type: "line",
    source: "leaks",
    filter: isLine,
    layout: { "line-join": "round" },
    paint: {
      "line-color": c.weak,
      "line-width": ["case", ["get", "picked"], 7, 4.5],
      "line-opacity": ["case", ["get", "dimmed"], 0.45, 1],
    },
  },
  {
    id: "leak-signs",
    type: "symbol",
    source: "leaks",
    filter: isLine,
    layout: {
      "symbol-placement": "line",
      "symbol-spacing": 70,
      "text-field": "\u203a",
      "text-font": FONTS.bold,
      "text-size": 26,
      "text-keep-upright": false,
      "text-allow-overlap": true,
      "text-ignore-placement": true,
      "text-offset": [0, -0.1],
    },
    paint: { "text-color": c.weak, "text-halo-color": c.halo, "text-halo-width": 2.5 },
  },
  {
    id: "leak-stops",
    type: "circle",
    source: "leaks",
    filter: isPoint,
    paint: {
      "circle-radius": 10,
      "circle-color": c.halo,
      "circle-stroke-width": 2.5,
      "circle-stroke-color": c.weak,
    },
  },
  {
    id: "leak-stop-signs",
    type: "symbol",
    source: "leaks",
    filter: isPoint,
    layout: {
      "text-field": "+",
      "text-font": FONTS.bold,
      "text-size": 18,
      "text-allow-overlap": true,
      "text-ignore-placement": true,
    },
    paint: { "text-color": c.weak },
  },
  {
    id: "ring",
    type: "circle",
    source: "ring",
    paint: {
      "circle-radius": 12,
      "circle-color": ["case", ["get", "idle"], c.halo, c.badge],
      "circle-stroke-width": 2,
      "circle-stroke-color": ["case", ["get", "idle"], c.badge, c.badgeRim],
    },
  },
  {
    id: "ring-signs",
    type: "symbol",
    source: "ring",
    layout: {
      "text-field": ["get", "sign"],
      "text-font": FONTS.bold,
      "text-size": 13,
      "text-allow-overlap": true,
      "text-ignore-placement": true,
    },
    paint: { "text-color": ["case", ["get", "idle"], c.badge, c.badgeText] },
  },
  {
    id: "ring-notes",
    type: "symbol",
    source: "ring",
    filter: ["!=", ["get", "note"], ""],
    layout: {
      "text-field": ["get", "note"],
      "text-font": FONTS.text,
      "text-size": 12,
      "text-anchor": "top",
      "text-offset": [0, 1.2],
      "text-optional": true,
    },
    paint: { "text-color": c.label, "text-halo-color": c.halo, "text-halo-width": 1.6 },
  },
];

/** What the plan draws of its own barriers: not shown beside barriers as given. */
export const PLANNED = new Set(["barriers", "bars", "bar-casings", "bar-signs", "barrier-picked", "marks"]);
