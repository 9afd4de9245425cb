/** How a plan is drawn: its ground, barriers and gates by name, ways in, what a version before had, and whom that touches. */
import type { ExpressionSpecification, LayerSpecification } from "maplibre-gl";
import { emptySource, type MapLayers } from "../../../map/layers.ts";
import { FONTS } from "../../../map/style.ts";
import { coloursOf, type Theme } from "../../../map/theme.ts";

export const SOURCES = [
  "plan-ground",
  "plan-signs",
  "plan-ways-in",
  "plan-before",
  "plan-touched",
  "plan-meeting",
  "plan-march",
  "plan-stage",
] as const;
export type Source = (typeof SOURCES)[number];

/** What can be picked and dragged. */
export const SIGNS = "plan-signs";

/** Small from afar, where the addresses of a street would run together. */
const TOUCHED_PX: ExpressionSpecification = ["interpolate", ["linear"], ["zoom"], 13, 1.5, 17, 4.5];

/** Beside the sign of the barrier, so that both are read. */
const STAGE_PX: [number, number] = [0, -26];

/** One for each crew, four in turn: dark enough for white numbers, apart for colour-blind eyes (after Okabe and Ito). */
export const CREW_COLOURS = ["#00508a", "#9a4200", "#006b50", "#8a3a72"] as const;
const CREW_COLOUR: ExpressionSpecification = [
  "match",
  ["get", "crew"],
  0,
  CREW_COLOURS[0],
  1,
  CREW_COLOURS[1],
  2,
  CREW_COLOURS[2],
  CREW_COLOURS[3],
];

export function plansLayers(theme: Theme): MapLayers {
  const c = coloursOf(theme);
  const below: LayerSpecification[] = [
    {
      id: "plan-site",
      type: "fill",
      source: "plan-ground",
      filter: ["==", ["geometry-type"], "Polygon"],
      paint: { "fill-color": c.site, "fill-opacity": 0.16 },
    },
    {
      id: "plan-site-edge",
      type: "line",
      source: "plan-ground",
      paint: { "line-color": c.site, "line-width": ["case", ["==", ["geometry-type"], "Polygon"], 2, 5] },
    },
  ];
  const above: LayerSpecification[] = [
    {
      id: "plan-walks",
      type: "line",
      source: "plan-meeting",
      filter: ["==", ["get", "part"], "walk"],
      layout: { "line-cap": "round" },
      paint: {
        "line-color": ["case", ["get", "late"], c.weak, c.open],
        "line-width": 2.5,
        "line-dasharray": [0.6, 1.6],
      },
    },
    {
      id: "plan-approaches",
      type: "line",
      source: "plan-meeting",
      filter: ["==", ["get", "part"], "drive"],
      paint: { "line-color": c.open, "line-width": 3.5, "line-opacity": 0.8 },
    },
    {
      id: "plan-meeting-points",
      type: "circle",
      source: "plan-meeting",
      filter: ["==", ["get", "part"], "point"],
      paint: { "circle-radius": 9, "circle-color": c.open, "circle-stroke-width": 2.5, "circle-stroke-color": c.halo },
    },
    {
      id: "plan-meeting-names",
      type: "symbol",
      source: "plan-meeting",
      filter: ["==", ["get", "part"], "point"],
      layout: {
        "text-field": ["get", "name"],
        "text-font": FONTS.bold,
        "text-size": 13,
        "text-anchor": "top",
        "text-offset": [0, 0.9],
        "text-allow-overlap": true,
      },
      paint: { "text-color": c.label, "text-halo-color": c.halo, "text-halo-width": 2 },
    },
    {
      id: "plan-march-route",
      type: "line",
      source: "plan-march",
      filter: ["==", ["get", "part"], "route"],
      paint: { "line-color": c.selected, "line-width": 3, "line-dasharray": [2, 1.5] },
    },
    {
      id: "plan-march-shut",
      type: "line",
      source: "plan-march",
      filter: ["==", ["get", "part"], "shut"],
      paint: { "line-color": c.shut, "line-width": 5, "line-opacity": 0.75 },
    },
    {
      id: "plan-march-column",
      type: "line",
      source: "plan-march",
      filter: ["==", ["get", "part"], "column"],
      layout: { "line-cap": "round" },
      paint: { "line-color": c.weak, "line-width": 11 },
    },
    {
      id: "plan-march-crossings",
      type: "circle",
      source: "plan-march",
      filter: ["==", ["get", "part"], "crossing"],
      paint: {
        "circle-radius": 6,
        "circle-color": ["case", ["get", "open"], c.open, c.halo],
        "circle-stroke-width": 2.5,
        "circle-stroke-color": ["case", ["get", "open"], c.halo, c.shut],
      },
    },
    {
      id: "plan-newly-outside",
      type: "circle",
      source: "plan-touched",
      filter: ["!", ["get", "inside"]],
      paint: {
        "circle-radius": TOUCHED_PX,
        "circle-color": c.halo,
        "circle-stroke-width": 1.5,
        "circle-stroke-color": c.open,
      },
    },
    {
      id: "plan-newly-inside",
      type: "circle",
      source: "plan-touched",
      filter: ["get", "inside"],
      paint: {
        "circle-radius": TOUCHED_PX,
        "circle-color": c.shut,
        "circle-stroke-width": 1.5,
        "circle-stroke-color": c.halo,
      },
    },
    {
      id: "plan-way-in-casings",
      type: "line",
      source: "plan-ways-in",
      layout: { "line-cap": "round", "line-join": "round" },
      paint: { "line-color": c.halo, "line-width": 8 },
    },
    {
      id: "plan-ways-in",
      type: "line",
      source: "plan-ways-in",
      layout: { "line-join": "round" },
      paint: { "line-color": c.weak, "line-width": 4.5 },
    },
    {
      id: "plan-moves",
      type: "line",
      source: "plan-before",
      filter: ["==", ["geometry-type"], "LineString"],
      paint: { "line-color": c.selected, "line-width": 3, "line-dasharray": [1.5, 1] },
    },
    {
      id: "plan-before",
      type: "circle",
      source: "plan-before",
      filter: ["==", ["geometry-type"], "Point"],
      paint: {
        "circle-radius": 9,
        "circle-color": c.halo,
        "circle-stroke-width": 2.5,
        "circle-stroke-color": c.selected,
      },
    },
    {
      id: "plan-added",
      type: "circle",
      source: SIGNS,
      filter: ["get", "added"],
      paint: {
        "circle-radius": 15,
        "circle-opacity": 0,
        "circle-stroke-width": 2.5,
        "circle-stroke-color": c.selected,
      },
    },
    {
      id: "plan-picked",
      type: "circle",
      source: SIGNS,
      filter: ["get", "picked"],
      paint: { "circle-radius": 20, "circle-color": c.selected, "circle-opacity": 0.35 },
    },
    {
      id: "plan-gone",
      type: "circle",
      source: SIGNS,
      filter: ["get", "gone"],
      paint: { "circle-radius": 18, "circle-color": c.weak, "circle-opacity": 0.5 },
    },
    {
      id: SIGNS,
      type: "symbol",
      source: SIGNS,
      layout: {
        "icon-image": ["get", "icon"],
        "icon-allow-overlap": true,
        "icon-ignore-placement": true,
        "text-field": ["get", "name"],
        "text-font": FONTS.bold,
        "text-size": 13,
        "text-variable-anchor": ["top", "bottom", "left", "right"],
        "text-radial-offset": 1.3,
        "text-optional": true,
      },
      paint: { "text-color": c.label, "text-halo-color": c.halo, "text-halo-width": 2 },
    },
    {
      id: "plan-stage",
      type: "circle",
      source: "plan-stage",
      paint: {
        "circle-radius": 12,
        "circle-translate": STAGE_PX,
        "circle-color": CREW_COLOUR,
        "circle-opacity": ["match", ["get", "open"], "open", 0.55, 1],
        "circle-stroke-width": ["match", ["get", "open"], "working", 4, 2],
        "circle-stroke-color": ["match", ["get", "open"], "shut", c.shut, "working", c.weak, c.open],
      },
    },
    {
      id: "plan-stage-numbers",
      type: "symbol",
      source: "plan-stage",
      layout: {
        "text-field": ["get", "number"],
        "text-font": FONTS.bold,
        "text-size": 13,
        "text-allow-overlap": true,
        "text-ignore-placement": true,
      },
      paint: { "text-color": "#ffffff", "text-translate": STAGE_PX },
    },
  ];
  return { sources: Object.fromEntries(SOURCES.map((name) => [name, emptySource()])), below, above };
}
