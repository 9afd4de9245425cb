/** What the plan draws on the ground: sources, layers, and their paint by theme. */
import type { ExpressionSpecification, LayerSpecification } from "maplibre-gl";
import { emptySource, type MapLayers } from "../../../map/layers.ts";
import { FONTS, streetWidth, TILES } from "../../../map/style.ts";
import { coloursOf, type MapColours, SCALE_SECONDS, type Theme } from "../../../map/theme.ts";
import { showsRing } from "../ring.ts";
import { hasMap, type State, tabOf } from "../store.ts";
import { BUS_LAYERS, busLine, busNumbers } from "./buses.ts";
import { BESIDE_PX, SIDES } from "./numbers.ts";
import { PLANNED, ringLayers } from "./ring.ts";
import { FORBIDDEN } from "./signs.ts";

/** GeoJSON sources that overlay.ts fills. */
export const SOURCES = [
  "site",
  "outside",
  "barriers",
  "bars",
  "ghosts",
  "stations",
  "handles",
  "marks",
  "spot",
  "ring",
  "leaks",
  "routes",
  "buses",
] as const;
export type SourceName = (typeof SOURCES)[number];

/** Layers of streets picked out by way index: overlay.ts sets their filters. */
export const STREET_PICKS = ["enclosed", "stretches", "weak", "shut", "kept-open", "barred", "picked"] as const;
export type StreetPick = (typeof STREET_PICKS)[number];

const planSources = (): MapLayers["sources"] => Object.fromEntries(SOURCES.map((name) => [name, emptySource()]));

export const picks = (ways: readonly number[]): ExpressionSpecification => ["in", ["id"], ["literal", [...ways]]];

const band = (id: StreetPick, paint: object, cap: "round" | "butt" = "round"): LayerSpecification =>
  ({
    id,
    type: "line",
    source: TILES,
    "source-layer": "streets",
    filter: picks([]),
    layout: { "line-cap": cap, "line-join": "round" },
    paint,
  }) as LayerSpecification;

/** Seconds live in the feature state "s": -1 not reached, absent unknown. */
const secondsState: ExpressionSpecification = ["number", ["feature-state", "s"], -2];

function scaleColour(c: MapColours): ExpressionSpecification {
  const [first, ...others] = c.scale;
  const steps = others.flatMap((colour, i) => [SCALE_SECONDS[i] as number, colour]);
  return [
    "case",
    ["<", secondsState, 0],
    c.unknown,
    ["step", secondsState, first, ...steps],
  ] as unknown as ExpressionSpecification;
}

function addresses(c: MapColours): LayerSpecification[] {
  const source = { source: TILES, "source-layer": "addresses", minzoom: 14 } as const;
  return [
    {
      ...source,
      id: "addresses",
      type: "circle",
      paint: {
        "circle-color": scaleColour(c),
        "circle-opacity": ["case", ["==", secondsState, -1], 0, 1],
        "circle-radius": ["interpolate", ["exponential", 1.4], ["zoom"], 14, 1.7, 16, 3.2, 18, 6],
        "circle-stroke-width": ["interpolate", ["linear"], ["zoom"], 15, 0, 16.5, 0.8],
        "circle-stroke-color": c.casing,
        "circle-stroke-opacity": ["case", ["==", secondsState, -1], 0, 1],
      },
    },
    {
      ...source,
      id: "unreached",
      type: "symbol",
      layout: {
        "icon-image": "cross",
        "icon-allow-overlap": true,
        "icon-ignore-placement": true,
        "icon-size": ["interpolate", ["linear"], ["zoom"], 14, 0.45, 16, 0.8, 18, 1.2],
      },
      paint: { "icon-opacity": ["case", ["==", secondsState, -1], 1, 0] },
    },
  ];
}

const site = (c: MapColours): LayerSpecification[] => [
  { id: "outside-fill", type: "fill", source: "outside", paint: { "fill-color": c.open, "fill-opacity": 0.1 } },
  {
    id: "outside",
    type: "line",
    source: "outside",
    paint: { "line-color": c.open, "line-width": 2, "line-dasharray": [1, 2] },
  },
  { id: "site-fill", type: "fill", source: "site", paint: { "fill-color": c.site, "fill-opacity": 0.12 } },
  { id: "site-hatch", type: "fill", source: "site", paint: { "fill-pattern": "hatch" } },
  {
    id: "site-outline",
    type: "line",
    source: "site",
    layout: { "line-join": "round" },
    paint: { "line-color": c.site, "line-width": 2.2 },
  },
];

const always = {
  "icon-allow-overlap": true,
  "icon-ignore-placement": true,
  "text-allow-overlap": true,
  "text-ignore-placement": true,
} as const;

/** An offset towards the side that a feature names (0 east, clockwise in sixteenths; -1 none): tiles carry no lists of numbers. */
function towards(length: number): ExpressionSpecification {
  const cases = Array.from({ length: SIDES }, (_, side) => {
    const angle = (side * 2 * Math.PI) / SIDES;
    return [side, ["literal", [length * Math.cos(angle), length * Math.sin(angle)]]];
  });
  return ["match", ["get", "side"], ...cases.flat(), ["literal", [0, 0]]] as unknown as ExpressionSpecification;
}

/** Number signs stand beside their street (features.ts says how far), so that the bar itself is seen. */
const numbered = (c: MapColours, size: number): object => ({
  layout: {
    ...always,
    "icon-image": ["get", "icon"],
    "icon-offset": towards(BESIDE_PX),
    "text-field": ["get", "number"],
    "text-font": FONTS.bold,
    "text-size": size,
    "text-offset": towards(BESIDE_PX / size),
  },
  paint: { "text-color": ["case", ["get", "gate"], c.badge, c.badgeText] },
});

const barriers = (c: MapColours): LayerSpecification[] => [
  {
    id: "ghost-bars",
    type: "line",
    source: "ghosts",
    filter: ["==", ["geometry-type"], "LineString"],
    paint: { "line-color": c.selected, "line-width": 5, "line-dasharray": [1, 0.6] },
  },
  {
    id: "ghosts",
    type: "circle",
    source: "ghosts",
    filter: ["==", ["geometry-type"], "Point"],
    paint: {
      "circle-radius": 9,
      "circle-color": c.halo,
      "circle-opacity": 0.75,
      "circle-stroke-width": 2.5,
      "circle-stroke-color": c.selected,
    },
  },
  {
    id: "barrier-picked",
    type: "circle",
    source: "barriers",
    filter: ["get", "picked"],
    paint: {
      "circle-radius": 22,
      "circle-color": c.selected,
      "circle-opacity": 0.2,
      "circle-stroke-width": 3,
      "circle-stroke-color": c.selected,
    },
  },
  {
    id: "bar-casings",
    type: "line",
    source: "bars",
    minzoom: 17,
    filter: ["==", ["geometry-type"], "LineString"],
    paint: { "line-color": c.badgeRim, "line-width": 11 },
  },
  {
    id: "bars",
    type: "line",
    source: "bars",
    minzoom: 17,
    filter: ["==", ["geometry-type"], "LineString"],
    paint: { "line-color": c.badge, "line-width": 7 },
  },
  {
    id: "bar-signs",
    type: "symbol",
    source: "bars",
    minzoom: 13.5,
    maxzoom: 17,
    filter: ["==", ["geometry-type"], "Point"],
    layout: {
      ...always,
      "icon-image": "bar",
      "icon-rotate": ["get", "bearing"],
      "icon-rotation-alignment": "map",
      "icon-size": ["interpolate", ["linear"], ["zoom"], 13.5, 0.6, 16, 1],
    },
  },
  { id: "barriers", type: "symbol", source: "barriers", ...numbered(c, 13) } as LayerSpecification,
  {
    id: "marks",
    type: "symbol",
    source: "marks",
    layout: {
      "text-field": ["get", "sign"],
      "text-font": FONTS.bold,
      "text-size": 17,
      "text-allow-overlap": true,
      "text-offset": ["case", ["get", "beside"], ["literal", [0.75, -0.75]], ["literal", [0, 0]]],
    },
    paint: { "text-color": c.shut, "text-halo-color": c.halo, "text-halo-width": 2 },
  },
];

const stations = (c: MapColours): LayerSpecification => ({
  id: "stations",
  type: "symbol",
  source: "stations",
  layout: {
    "icon-image": ["get", "icon"],
    "icon-allow-overlap": true,
    "text-field": ["step", ["zoom"], "", 13, ["get", "name"]],
    "text-font": FONTS.text,
    "text-size": 12,
    "text-anchor": "top",
    "text-offset": [0, 1.2],
    "text-max-width": 10,
    "text-optional": true,
  },
  paint: { "text-color": c.label, "text-halo-color": c.halo, "text-halo-width": 1.6 },
});

/** The sign of a forbidden spot, again and again along a street that may bear no barrier. */
const barred = (c: MapColours): LayerSpecification => ({
  id: "barred" satisfies StreetPick,
  type: "symbol",
  source: TILES,
  "source-layer": "streets",
  filter: picks([]),
  layout: {
    "symbol-placement": "line",
    "symbol-spacing": 48,
    "text-field": FORBIDDEN,
    "text-font": FONTS.bold,
    "text-size": 15,
    "text-allow-overlap": true,
    "text-ignore-placement": true,
  },
  paint: { "text-color": c.shut, "text-halo-color": c.halo, "text-halo-width": 1.6 },
});

/** How help drives to the address that is looked at; a second route that shares no street is dashed. */
const routes = (c: MapColours): LayerSpecification[] => {
  const line = { type: "line", source: "routes", layout: { "line-join": "round", "line-cap": "round" } } as const;
  const isSecond: ExpressionSpecification = ["==", ["get", "way"], "second"];
  return [
    { ...line, id: "route-casings", paint: { "line-color": c.halo, "line-width": 8, "line-opacity": 0.9 } },
    { ...line, id: "routes", filter: ["!", isSecond], paint: { "line-color": c.selected, "line-width": 4.5 } },
    {
      ...line,
      id: "second-routes",
      filter: isSecond,
      paint: { "line-color": c.selected, "line-width": 3.5, "line-dasharray": [1.2, 1.6] },
    },
  ];
};

const handles = (c: MapColours): LayerSpecification[] => [
  {
    id: "draft",
    type: "line",
    source: "handles",
    filter: ["==", ["geometry-type"], "LineString"],
    paint: { "line-color": c.site, "line-width": 2, "line-dasharray": [2, 1.5] },
  },
  {
    id: "handles",
    type: "circle",
    source: "handles",
    filter: ["==", ["geometry-type"], "Point"],
    paint: {
      "circle-radius": ["case", ["==", ["get", "role"], "middle"], 5, 7.5],
      "circle-color": c.halo,
      "circle-opacity": ["case", ["==", ["get", "role"], "middle"], 0.85, 1],
      "circle-stroke-width": ["case", ["==", ["get", "role"], "middle"], 1.5, 3],
      "circle-stroke-color": ["case", ["get", "picked"], c.selected, c.site],
    },
  },
  {
    id: "spot",
    type: "circle",
    source: "spot",
    paint: {
      "circle-radius": ["coalesce", ["get", "radius"], 10],
      "circle-color": c.selected,
      "circle-opacity": 0.2,
      "circle-stroke-width": 3,
      "circle-stroke-color": c.selected,
    },
  },
];

export function planLayers(theme: Theme): MapLayers {
  const c = coloursOf(theme);
  const below = [
    busLine(c),
    band("enclosed", { "line-color": c.enclosed, "line-width": streetWidth(5), "line-opacity": 0.38 }),
    band("picked", { "line-color": c.selected, "line-width": streetWidth(4), "line-opacity": 0.6 }),
    band("stretches", { "line-color": c.site, "line-width": streetWidth(2), "line-opacity": 0.75 }),
    ...site(c),
    ...addresses(c),
    band("weak", { "line-color": c.weak, "line-width": 3, "line-dasharray": [2.2, 1.4] }, "butt"),
    band("shut", { "line-color": c.shut, "line-width": streetWidth(0.5), "line-dasharray": [0.9, 0.5] }, "butt"),
    band("kept-open", { "line-color": c.open, "line-width": streetWidth(0.5), "line-opacity": 0.8 }),
    barred(c),
    ...routes(c),
  ];
  return {
    sources: planSources(),
    below,
    above: [busNumbers(c), stations(c), ...barriers(c), ...ringLayers(c), ...handles(c)],
  };
}

/** Of the ground that is held, and what stands on it: every desk shows that. */
const GROUND = new Set(["site-fill", "site-hatch", "site-outline", "stretches", "stations"]);
/** While no other tab is looked at. */
const CORDON = new Set(["enclosed", "weak"]);
const ADDRESSES = new Set(["addresses", "unreached"]);

/** Whether a layer of the plan is seen. */
export function showsPlanLayer(state: State, layer: string): boolean {
  if ((BUS_LAYERS as readonly string[]).includes(layer)) return state.shown.buses;
  if (state.desk === "plan" && !hasMap(state)) return layer === "stations";
  if (GROUND.has(layer)) return true;
  if (state.desk !== "plan") return false;
  if (PLANNED.has(layer) && showsRing(state)) return false;
  if (ADDRESSES.has(layer)) return !tabOf(state) && state.shown.seconds;
  return !CORDON.has(layer) || !tabOf(state);
}
