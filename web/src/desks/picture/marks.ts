/** The picture on the map: streets in their state, incidents and places as signs; a click leads to the source. */
import type { FeatureCollection } from "geojson";
import type { GeoJSONSource, LayerSpecification, Map as MapLibre } from "maplibre-gl";
import type { MarkFeature } from "../../contract/index.ts";
import { onChange } from "../../lib/store.ts";
import { emptySource, type MapLayers } from "../../map/layers.ts";
import { FONTS } from "../../map/style.ts";
import { coloursOf, type Theme } from "../../map/theme.ts";
import { choose, type PictureState, type PictureStore } from "./store.ts";

/** What happened longer ago than this is history, not the situation: it is drawn faint. */
const FRESH_S = 86_400;
const INCIDENTS_S = 2 * 86_400;
const EVENTS = new Set(["incident", "injuries"]);
const REACH_PX = 8;

const SOURCE = "picture";
export function markLayers(theme: Theme): MapLayers {
  const c = coloursOf(theme);
  const colour = [
    "match",
    ["get", "sign"],
    "shut",
    c.shut,
    "restricted",
    c.enclosed,
    "open",
    c.open,
    "incident",
    c.shut,
    c.selected,
  ] as unknown as string;
  const faint = ["case", [">", ["get", "age_s"], FRESH_S], 0.45, 1] as unknown as number;
  const above: LayerSpecification[] = [
    {
      id: "picture-streets",
      type: "line",
      source: SOURCE,
      filter: ["==", ["geometry-type"], "LineString"],
      layout: { "line-cap": "butt" },
      paint: {
        "line-color": colour,
        "line-width": ["interpolate", ["linear"], ["zoom"], 12, 3, 17, 9],
        "line-opacity": 0.75,
        "line-dasharray": [1.6, 0.7],
      },
    },
    {
      id: "picture-halo",
      type: "circle",
      source: SOURCE,
      filter: ["all", ["==", ["geometry-type"], "Point"], ["get", "picked"]],
      paint: {
        "circle-radius": 17,
        "circle-color": c.selected,
        "circle-opacity": 0.25,
        "circle-stroke-width": 3,
        "circle-stroke-color": c.selected,
      },
    },
    {
      id: "picture-signs",
      type: "circle",
      source: SOURCE,
      filter: ["==", ["geometry-type"], "Point"],
      paint: {
        "circle-radius": ["match", ["get", "sign"], "incident", 10, 8],
        "circle-color": colour,
        "circle-opacity": faint,
        "circle-stroke-color": c.halo,
        "circle-stroke-width": 2,
      },
    },
    {
      id: "picture-letters",
      type: "symbol",
      source: SOURCE,
      filter: ["==", ["geometry-type"], "Point"],
      layout: {
        "text-field": ["get", "letter"],
        "text-font": FONTS.bold,
        "text-size": 12,
        "text-allow-overlap": true,
        "text-ignore-placement": true,
      },
      paint: { "text-color": c.badgeText, "text-opacity": faint },
    },
  ];
  return { sources: { [SOURCE]: emptySource() }, below: [], above };
}

/** What the signs mean, for the legend too. */
export const SIGNS: readonly (readonly [string, string])[] = [
  ["!", "incident, the last two days"],
  ["+", "injuries, the last two days"],
  ["R", "roads without a name"],
  ["B", "barrier"],
  ["G", "gate, who may pass"],
  ["F", "building, station, campus"],
  ["P", "parking offered"],
  ["H", "health finding"],
];

const LETTERS: Readonly<Record<string, string>> = {
  incident: "!",
  injuries: "+",
  barrier_state: "B",
  facility_state: "F",
  offer: "P",
  gate_state: "G",
  passage_rule: "G",
  road_state: "R",
  health_finding: "H",
};

/** Kinds that say how a street is: drawn along it, with no sign where the line says it all. */
const STREETS = new Set(["barrier_state", "road_state"]);
const SHOWN = new Set(Object.keys(LETTERS));

/** Signs at one spot are laid round it; what happened stays on the map for two days. */
export function shownMarks({ marks, entry }: PictureState): FeatureCollection {
  const all = marks?.features ?? [];
  const lined = new Set(
    all.filter(({ geometry }) => geometry.type !== "Point").map(({ properties }) => properties.entry),
  );
  const isShown = ({ properties: { kind, age_s, entry: of }, geometry }: MarkFeature): boolean => {
    if (geometry.type !== "Point") return STREETS.has(kind) || of === entry;
    return SHOWN.has(kind) && !(kind === "road_state" && lined.has(of)) && (!EVENTS.has(kind) || age_s <= INCIDENTS_S);
  };
  const shown = all.filter((mark) => mark.properties.entry === entry || isShown(mark));
  const taken = new Map<string, number>();
  const features = shown.map((mark) => {
    const properties = {
      ...mark.properties,
      letter: LETTERS[mark.properties.kind] ?? "i",
      picked: mark.properties.entry === entry,
    };
    return { type: "Feature" as const, properties, geometry: aside(mark, taken) };
  });
  return {
    type: "FeatureCollection",
    features: features.toSorted((a, b) => Number(a.properties.picked) - Number(b.properties.picked)),
  } as FeatureCollection;
}

const STEP_DEG = 0.00022;

/** The same spot again: a place on a spiral round it. */
function aside(mark: MarkFeature, taken: Map<string, number>): MarkFeature["geometry"] {
  const { geometry } = mark;
  if (geometry.type !== "Point") return geometry;
  const [lon, lat] = geometry.coordinates;
  const key = `${lon.toFixed(5)},${lat.toFixed(5)}`;
  const turn = taken.get(key) ?? 0;
  taken.set(key, turn + 1);
  if (turn === 0) return geometry;
  const [far, angle] = [STEP_DEG * Math.sqrt(turn), turn * 2.4];
  return {
    type: "Point",
    coordinates: [lon + (far * Math.cos(angle)) / Math.cos((lat * Math.PI) / 180), lat + far * Math.sin(angle)],
  };
}

export function keepMarks(map: MapLibre, watch: PictureStore): void {
  const show = (state: PictureState): void => void map.getSource<GeoJSONSource>(SOURCE)?.setData(shownMarks(state));
  show(watch.get());
  onChange(watch, ["marks", "entry"], show);
  map.on("click", ({ point }) => {
    if (watch.get().desk !== "picture") return;
    const box: [[number, number], [number, number]] = [
      [point.x - REACH_PX, point.y - REACH_PX],
      [point.x + REACH_PX, point.y + REACH_PX],
    ];
    const found =
      map.queryRenderedFeatures(box, { layers: ["picture-signs"] })[0] ??
      map.queryRenderedFeatures(box, { layers: ["picture-streets"] })[0];
    if (found) choose(watch, String(found.properties["entry"]));
  });
  map.on("mousemove", ({ point }) => {
    if (watch.get().desk === "picture")
      map.getCanvas().style.cursor = map.queryRenderedFeatures(point, { layers: ["picture-signs", "picture-streets"] })
        .length
        ? "pointer"
        : "";
  });
  onChange(watch, ["detail"], ({ detail, marks }) => {
    const at =
      detail &&
      marks?.features.find(
        ({ properties, geometry }) => properties.entry === detail.fact.id && geometry.type === "Point",
      );
    if (at?.geometry.type === "Point" && !map.getBounds().contains(at.geometry.coordinates))
      map.easeTo({ center: at.geometry.coordinates, duration: 200 });
  });
}
