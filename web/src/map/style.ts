/** The quiet ground: land, water, streets by weight, their names. What the plan adds lies on top (layers.ts). */
import type { ExpressionSpecification, LayerSpecification, StyleSpecification } from "maplibre-gl";
import { coloursOf, type MapColours, type Theme } from "./theme.ts";

export const TILES = "network";
const FONT = ["system-ui", "sans-serif"];
/** MapLibre reads the weight out of the first name; no such font exists, so the second one is used. */
const BOLD = ["clearway-bold", "system-ui", "sans-serif"];
export const FONTS = { text: FONT, bold: BOLD };

const BIG = ["motorway", "trunk"];
const MAJOR = ["primary", "secondary", "motorway_link", "trunk_link", "primary_link", "secondary_link"];
const MIDDLE = ["tertiary", "tertiary_link", "busway"];
const SMALL = ["service", "track", "living_street", "pedestrian"];
const FOOT = ["footway", "path", "steps", "cycleway", "bridleway", "corridor"];

const isOneOf = (classes: readonly string[]): ExpressionSpecification => [
  "in",
  ["get", "class"],
  ["literal", [...classes]],
];

/** Metres wide become pixels by zoom: thin from afar, true to scale near. */
export function streetWidth(extra = 0): ExpressionSpecification {
  const byClass = (big: number, major: number, middle: number, other: number, small: number, foot: number) =>
    [
      "case",
      isOneOf(BIG),
      big,
      isOneOf(MAJOR),
      major,
      isOneOf(MIDDLE),
      middle,
      isOneOf(SMALL),
      small,
      isOneOf(FOOT),
      foot,
      other,
    ].map((part) => (typeof part === "number" ? part + extra : part)) as unknown as ExpressionSpecification;
  return [
    "interpolate",
    ["exponential", 1.5],
    ["zoom"],
    10,
    byClass(1.4, 0.9, 0.6, 0.4, 0.2, 0.1),
    13,
    byClass(3, 2.2, 1.6, 1.1, 0.6, 0.3),
    15,
    byClass(6, 5, 4.2, 3.4, 1.8, 0.8),
    17,
    byClass(15, 13, 11, 9.5, 5, 1.6),
    19,
    byClass(44, 40, 34, 30, 15, 3),
  ] as unknown as ExpressionSpecification;
}

const colourByClass = (c: MapColours): ExpressionSpecification =>
  ["case", isOneOf(BIG), c.motorway, isOneOf(MAJOR), c.major, c.street] as ExpressionSpecification;

const area = (kind: string, colour: string, minzoom = 0): LayerSpecification => ({
  id: `area-${kind}`,
  type: "fill",
  source: TILES,
  "source-layer": "areas",
  minzoom,
  filter: ["==", ["get", "kind"], kind],
  paint: { "fill-color": colour, "fill-antialias": true },
});

const roads: ExpressionSpecification = ["!", isOneOf(FOOT)];
const round = { "line-cap": "round", "line-join": "round" } as const;
const byLevel = { ...round, "line-sort-key": ["get", "level"] } as const;

function streets(c: MapColours): LayerSpecification[] {
  const source = { type: "line", source: TILES, "source-layer": "streets" } as const;
  return [
    {
      ...source,
      id: "paths",
      minzoom: 14.5,
      filter: isOneOf(FOOT),
      layout: round,
      paint: { "line-color": c.path, "line-width": streetWidth(0.4), "line-dasharray": [2, 2] },
    },
    {
      ...source,
      id: "street-casings",
      minzoom: 12,
      filter: roads,
      layout: byLevel as never,
      paint: { "line-color": c.casing, "line-width": streetWidth(1.6) },
    },
    {
      ...source,
      id: "streets",
      filter: roads,
      layout: byLevel as never,
      paint: { "line-color": colourByClass(c), "line-width": streetWidth() },
    },
  ];
}

/** Names along streets, and one-way arrows; above the plan's bands, below its signs. */
export function streetLabels(theme: Theme): LayerSpecification[] {
  const c = coloursOf(theme);
  return [
    {
      id: "oneway-arrows",
      type: "symbol",
      source: TILES,
      "source-layer": "streets",
      minzoom: 15.5,
      filter: ["all", ["!=", ["get", "oneway"], 0], roads],
      layout: {
        "symbol-placement": "line",
        "symbol-spacing": 110,
        "icon-image": "arrow",
        "icon-padding": 2,
        "icon-rotate": ["case", ["==", ["get", "oneway"], -1], 180, 0],
        "icon-rotation-alignment": "map",
        "icon-size": ["interpolate", ["linear"], ["zoom"], 15.5, 0.7, 18, 1.1],
      },
      paint: { "icon-opacity": 0.9 },
    },
    {
      id: "street-names",
      type: "symbol",
      source: TILES,
      "source-layer": "labels",
      minzoom: 12,
      layout: {
        "symbol-placement": "line",
        "symbol-spacing": 320,
        "text-field": ["get", "name"],
        "text-font": FONT,
        "text-size": ["interpolate", ["linear"], ["zoom"], 12, 12, 16, 13, 18, 15],
        "text-max-angle": 35,
        "text-padding": 6,
        "text-letter-spacing": 0.01,
      },
      paint: { "text-color": c.label, "text-halo-color": c.halo, "text-halo-width": 1.6 },
    },
  ];
}

/** Where the data end though the street may go on: a ring, and from near the reason where it is doubtful. */
function openEnds(c: MapColours): LayerSpecification[] {
  const source = { source: TILES, "source-layer": "ends" } as const;
  return [
    {
      ...source,
      id: "open-ends",
      type: "circle",
      minzoom: 13,
      paint: {
        "circle-radius": ["interpolate", ["linear"], ["zoom"], 13, 2, 17, 5],
        "circle-color": c.halo,
        "circle-stroke-color": c.label,
        "circle-stroke-width": ["case", ["==", ["get", "doubtful"], true], 2, 1],
      },
    },
    {
      ...source,
      id: "open-end-reasons",
      type: "symbol",
      minzoom: 16,
      filter: ["==", ["get", "doubtful"], true],
      layout: {
        "text-field": ["get", "why"],
        "text-font": FONT,
        "text-size": 12,
        "text-anchor": "top",
        "text-offset": [0, 0.7],
        "text-max-width": 10,
      },
      paint: { "text-color": c.label, "text-halo-color": c.halo, "text-halo-width": 1.6 },
    },
  ];
}

/** Names of places that people steer by. */
export function placeLabels(theme: Theme): LayerSpecification[] {
  const c = coloursOf(theme);
  const shown = ["railway_station", "hospital", "stadium", "university", "court", "bus_interchange", "police"];
  return [
    ...openEnds(c),
    {
      id: "place-names",
      type: "symbol",
      source: TILES,
      "source-layer": "places",
      minzoom: 14.5,
      filter: ["in", ["get", "kind"], ["literal", shown]],
      layout: {
        "text-field": ["get", "name"],
        "text-font": FONT,
        "text-size": 12,
        "text-max-width": 9,
        "text-padding": 8,
        "icon-image": "place",
        "icon-size": 1,
        "text-anchor": "top",
        "text-offset": [0, 0.5],
        "text-optional": true,
      },
      paint: { "text-color": c.label, "text-halo-color": c.halo, "text-halo-width": 1.6, "text-opacity": 0.9 },
    },
  ];
}

/** The style without the plan. There is no glyph address: MapLibre then draws letters with the system's own fonts. */
export function groundStyle(theme: Theme, tiles: string, attribution: string): StyleSpecification {
  const c = coloursOf(theme);
  return {
    version: 8,
    transition: { duration: 0, delay: 0 },
    sources: { [TILES]: { type: "vector", tiles: [tiles], minzoom: 8, maxzoom: 16, attribution } },
    layers: [
      { id: "ground", type: "background", paint: { "background-color": c.ground } },
      area("park", c.park),
      area("water", c.water),
      area("building", c.building, 14),
      ...streets(c),
    ],
  };
}
