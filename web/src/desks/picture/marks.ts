/** The picture on the map: streets in their state, incidents and places as signs; a click leads to the source. */
import { effect } from "@preact/signals";
import type { FeatureCollection } from "geojson";
import type {
  FilterSpecification,
  GeoJSONSource,
  LayerSpecification,
  MapGeoJSONFeature,
  Map as MapLibre,
  SourceSpecification,
} from "maplibre-gl";
import type { MapMark, MarkFeature } from "../../contract/index.ts";
import { onChange } from "../../lib/store.ts";
import { emptySource, type MapLayers } from "../../map/layers.ts";
import { FONTS } from "../../map/style.ts";
import { coloursOf, type MapColours, type Theme } from "../../map/theme.ts";
import { goTo } from "../../map/view.ts";
import { choose, type PictureState, type PictureStore } from "./store.ts";

const DAY_S = 86_400;
/** What happened longer ago than this is history, not the situation: it is drawn faint. */
const FRESH_S = DAY_S;
/** On the sign of an entry that is selected and whose kind has no sign. */
const OTHER = "\u2022";
/** How near to a sign is on it. */
const REACH_PX = 8;

/** Lines, and the sign that is looked at: never in a cluster. */
const SOURCE = "picture";
/** All other signs; those that would lie on one another are one disc with their number. */
const SIGNS = "picture-signs";
/** How near to each other two signs are drawn as one. */
const CLUSTER_PX = 15;
/** From this near on each stands by itself. */
const APART_ZOOM = 17;

/** What lies somewhere on a street and has no spot: dots along it, and no sign. */
const SOMEWHERE = [
  "all",
  ["==", ["geometry-type"], "LineString"],
  ["==", ["get", "certainty"], "somewhere_on"],
] as unknown as FilterSpecification;

/** In which of the map's colours signs are drawn. */
export const SIGN_COLOURS = {
  shut: "shut",
  restricted: "enclosed",
  open: "open",
  incident: "shut",
  place: "selected",
} as const satisfies Readonly<Record<MapMark["sign"], keyof MapColours>>;

const LINES = ["picture-streets", "picture-somewhere"];

type Shown = Pick<PictureState, "marks" | "entry" | "kinds">;

export function markLayers(theme: Theme): MapLayers {
  const c = coloursOf(theme);
  const colours = Object.entries(SIGN_COLOURS).flatMap(([sign, name]) => [sign, c[name]]);
  const colour = ["match", ["get", "sign"], ...colours, c.selected] as unknown as string;
  const faint = ["case", [">", ["get", "age_s"], FRESH_S], 0.45, 1] as unknown as number;
  const isSingle: FilterSpecification = ["!", ["has", "point_count"]];
  const isPicked: FilterSpecification = ["all", ["==", ["geometry-type"], "Point"], ["get", "picked"]];
  // below the names of streets, which stay readable
  const below: LayerSpecification[] = [
    {
      id: "picture-streets",
      type: "line",
      source: SOURCE,
      filter: ["all", ["==", ["geometry-type"], "LineString"], ["!=", ["get", "certainty"], "somewhere_on"]],
      layout: { "line-cap": "butt" },
      paint: {
        "line-color": colour,
        "line-width": ["interpolate", ["linear"], ["zoom"], 12, 3, 17, 9],
        "line-opacity": 0.75,
        "line-dasharray": [1.6, 0.7],
      },
    },
    {
      id: "picture-somewhere",
      type: "line",
      source: SOURCE,
      filter: SOMEWHERE,
      layout: { "line-cap": "round" },
      paint: {
        "line-color": colour,
        "line-width": ["interpolate", ["linear"], ["zoom"], 12, 2, 17, 5],
        "line-opacity": ["case", ["get", "picked"], 1, 0.6],
        "line-dasharray": [0.1, 2.4],
      },
    },
  ];
  const disc = (id: string, source: string, filter: FilterSpecification): LayerSpecification => ({
    id,
    type: "circle",
    source,
    filter,
    paint: {
      "circle-radius": ["match", ["get", "sign"], "incident", 10, 8],
      "circle-color": colour,
      "circle-opacity": faint,
      "circle-stroke-color": c.halo,
      "circle-stroke-width": 2,
    },
  });
  const letter = (id: string, source: string, filter: FilterSpecification): LayerSpecification => ({
    id,
    type: "symbol",
    source,
    filter,
    layout: {
      "text-field": ["get", "letter"],
      "text-font": FONTS.bold,
      "text-size": 12,
      "text-allow-overlap": true,
      "text-ignore-placement": true,
    },
    paint: { "text-color": c.badgeText, "text-opacity": faint },
  });
  const above: LayerSpecification[] = [
    {
      id: "picture-somewhere-words",
      type: "symbol",
      source: SOURCE,
      filter: SOMEWHERE,
      layout: {
        "symbol-placement": "line",
        "symbol-spacing": 320,
        "text-field": ["concat", ["get", "letter"], " somewhere on this street"],
        "text-font": FONTS.bold,
        "text-size": 12,
        "text-offset": [0, 1],
      },
      paint: { "text-color": colour, "text-halo-color": c.halo, "text-halo-width": 1.5 },
    },
    disc("picture-signs", SIGNS, isSingle),
    letter("picture-letters", SIGNS, isSingle),
    {
      id: "picture-clusters",
      type: "circle",
      source: SIGNS,
      filter: ["has", "point_count"],
      paint: {
        "circle-radius": ["interpolate", ["linear"], ["get", "point_count"], 2, 13, 30, 20],
        "circle-color": ["case", [">", ["get", "incidents"], 0], c.shut, c.selected],
        "circle-stroke-color": c.halo,
        "circle-stroke-width": 3,
      },
    },
    {
      id: "picture-counts",
      type: "symbol",
      source: SIGNS,
      filter: ["has", "point_count"],
      layout: {
        "text-field": ["to-string", ["get", "point_count"]],
        "text-font": FONTS.bold,
        "text-size": 13,
        "text-allow-overlap": true,
        "text-ignore-placement": true,
      },
      paint: { "text-color": c.badgeText },
    },
    {
      id: "picture-halo",
      type: "circle",
      source: SOURCE,
      filter: isPicked,
      paint: {
        "circle-radius": 17,
        "circle-color": c.selected,
        "circle-opacity": 0.25,
        "circle-stroke-width": 3,
        "circle-stroke-color": c.selected,
      },
    },
    disc("picture-picked", SOURCE, isPicked),
    letter("picture-picked-letter", SOURCE, isPicked),
  ];
  const clusters = {
    ...emptySource(),
    cluster: true,
    clusterRadius: CLUSTER_PX,
    clusterMaxZoom: APART_ZOOM,
    clusterProperties: { incidents: ["+", ["case", ["==", ["get", "sign"], "incident"], 1, 0]] },
  } as SourceSpecification;
  return { sources: { [SOURCE]: emptySource(), [SIGNS]: clusters }, below, above };
}

/** Signs at one spot are laid round it; what happened stays on the map for as long as its kind says. */
export function shownMarks({ marks, entry, kinds }: Shown): FeatureCollection {
  const markOf = new Map(kinds?.kinds.map(({ name, mark }) => [name, mark]));
  const all = marks?.features ?? [];
  const lined = new Set(
    all.filter(({ geometry }) => geometry.type !== "Point").map(({ properties }) => properties.entry),
  );
  const isShown = ({ properties: { kind, age_s, certainty, entry: of }, geometry }: MarkFeature): boolean => {
    const mark = markOf.get(kind);
    if (of === entry || !mark) return of === entry;
    const isOver = mark.days !== null && age_s > mark.days * DAY_S;
    if (geometry.type !== "Point") return certainty === "somewhere_on" ? !isOver : mark.shape !== "sign";
    return !isOver && !(mark.shape === "street" && lined.has(of));
  };
  const taken = new Map<string, number>();
  const features = all.filter(isShown).map((feature) => {
    const { properties } = feature;
    const letter = markOf.get(properties.kind)?.letter ?? OTHER;
    const picked = properties.entry === entry;
    return { type: "Feature" as const, properties: { ...properties, letter, picked }, geometry: aside(feature, taken) };
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

/** The signs that may be drawn as one, and the rest: lines, and what is looked at. */
function parted(all: FeatureCollection): readonly [rest: FeatureCollection, signs: FeatureCollection] {
  const isSign = ({ geometry, properties }: FeatureCollection["features"][number]): boolean =>
    geometry.type === "Point" && !properties?.["picked"];
  const of = (signs: boolean): FeatureCollection => ({
    type: "FeatureCollection",
    features: all.features.filter((one) => isSign(one) === signs),
  });
  return [of(false), of(true)];
}

/** Go as near as the signs of a cluster need to stand apart. */
async function openCluster(map: MapLibre, cluster: MapGeoJSONFeature): Promise<void> {
  const source = map.getSource<GeoJSONSource>(SIGNS);
  if (!source || cluster.geometry.type !== "Point") return;
  const zoom = await source.getClusterExpansionZoom(Number(cluster.properties["cluster_id"]));
  const [lon = 0, lat = 0] = cluster.geometry.coordinates;
  goTo(map, lon, lat, zoom + 0.2);
}

const PRESSED = ["picture-picked", "picture-signs", "picture-clusters"];

export function keepMarks(map: MapLibre, watch: PictureStore): void {
  effect(() => {
    const [rest, signs] = parted(shownMarks(watch.get()));
    void map.getSource<GeoJSONSource>(SOURCE)?.setData(rest);
    void map.getSource<GeoJSONSource>(SIGNS)?.setData(signs);
  });
  map.on("click", ({ point }) => {
    if (watch.get().desk !== "picture" || watch.get().picking) return;
    const box: [[number, number], [number, number]] = [
      [point.x - REACH_PX, point.y - REACH_PX],
      [point.x + REACH_PX, point.y + REACH_PX],
    ];
    const found =
      map.queryRenderedFeatures(box, { layers: PRESSED })[0] ?? map.queryRenderedFeatures(box, { layers: LINES })[0];
    if (found?.properties["cluster"]) void openCluster(map, found);
    else if (found) choose(watch, String(found.properties["entry"]));
  });
  map.on("mousemove", ({ point }) => {
    if (watch.get().desk === "picture" && !watch.get().picking)
      map.getCanvas().style.cursor = map.queryRenderedFeatures(point, { layers: [...PRESSED, ...LINES] }).length
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
