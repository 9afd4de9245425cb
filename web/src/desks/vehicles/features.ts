/** Stretches on the map. */

import { effect } from "@preact/signals";
import type { Feature, FeatureCollection } from "geojson";
import type { GeoJSONSource, Map as MapLibre } from "maplibre-gl";
import type { MeansPlace, StretchCounted } from "../../contract/index.ts";
import type { Bounds } from "../../map/bounds.ts";
import { line, point } from "../../map/features.ts";
import { fit } from "../../map/view.ts";
import { PLACES, SOURCE } from "./layers.ts";
import { pick, pickedOf, type VehiclesStore } from "./store.ts";
import { ageOf, kindsOf, totalOf } from "./words.ts";

const LINES = ["vehicle-counted", "vehicle-assumed"];
const CLOSEST = 16.5;

/** Whether a fire engine gets through. */
const wayOf = ({ across, lanes_left }: StretchCounted): "shut" | "narrow" | "open" =>
  across === 0 ? "open" : lanes_left ? "narrow" : "shut";

/** The stretches from which vehicles go by a step of the staircase. */
export function movedBy(store: VehiclesStore): ReadonlySet<string> {
  const { stair } = store.get();
  const known = store.stairs.get().known?.answer;
  if (stair === null || !known) return new Set();
  return new Set(known.steps.slice(0, stair + 1).flatMap(({ moved }) => moved.map(({ stretch }) => stretch)));
}

const longest = (lines: StretchCounted["lines"]): number =>
  lines.reduce((best, line, index) => (line.length > (lines[best]?.length ?? 0) ? index : best), 0);

export function vehicleFeatures(store: VehiclesStore): FeatureCollection {
  const { standing, stretch } = store.get();
  const moved = movedBy(store);
  const features = (standing?.stretches ?? []).flatMap((one): Feature[] => {
    const first = longest(one.lines);
    const total = totalOf(one);
    return one.lines.map((coordinates, index) => ({
      type: "Feature",
      geometry: { type: "LineString", coordinates },
      properties: {
        stretch: one.stretch,
        vehicles: total,
        words: one.assumed ? `${total} ?` : `${total}`,
        kinds: kindsOf(one),
        age: ageOf(one),
        assumed: one.assumed,
        way: wayOf(one),
        picked: one.stretch === stretch,
        moved: moved.has(one.stretch),
        first: index === first,
      },
    }));
  });
  return { type: "FeatureCollection", features };
}

/** A place's name on the map, with what of it is assumed. */
const markOf = ({ name, capacity, assumed }: MeansPlace): string => {
  const room = capacity === null ? "" : ` (${capacity})`;
  return `${name}${room}${assumed.length ? "\nassumed" : ""}`;
};

/** Places to park and to store, and the ways to them from the stretch that is looked at. */
export function placeFeatures(store: VehiclesStore): FeatureCollection {
  const { means, places, ways } = store.get();
  if (!places) return { type: "FeatureCollection", features: [] };
  return {
    type: "FeatureCollection",
    features: [
      ...(means?.places ?? []).map((one) =>
        point(one.lon, one.lat, {
          what: one.what,
          letter: one.what === "parking" ? "P" : "S",
          name: markOf(one),
          assumed: one.assumed.length > 0,
          says: one.says,
        }),
      ),
      ...ways.map(({ line: coordinates, name, what, seconds }) =>
        line(coordinates as [number, number][], { what, name, seconds }),
      ),
    ],
  };
}

/** Bring a place into view. */
export const goToPlace = ({ lon, lat }: MeansPlace, go: (lon: number, lat: number) => void): void => go(lon, lat);

const boundsOf = (lines: StretchCounted["lines"]): Bounds | null => {
  const points = lines.flat();
  if (!points.length) return null;
  const [lons, lats] = [points.map(([lon]) => lon), points.map(([, lat]) => lat)];
  return [Math.min(...lons), Math.min(...lats), Math.max(...lons), Math.max(...lats)];
};

/** Bring the map to the stretch looked at, or to all; false where there are none. */
export function fitStretches(map: MapLibre, store: VehiclesStore): boolean {
  const one = pickedOf(store.get());
  const bounds = boundsOf(one ? one.lines : (store.get().standing?.stretches ?? []).flatMap(({ lines }) => lines));
  if (bounds) fit(map, bounds, CLOSEST);
  return bounds !== null;
}

export const allBounds = (store: VehiclesStore): Bounds | null =>
  boundsOf((store.get().standing?.stretches ?? []).flatMap(({ lines }) => lines));

export function keepStretches(map: MapLibre, store: VehiclesStore): void {
  effect(() => void map.getSource<GeoJSONSource>(SOURCE)?.setData(vehicleFeatures(store)));
  effect(() => void map.getSource<GeoJSONSource>(PLACES)?.setData(placeFeatures(store)));
  let isFitted = false;
  effect(() => {
    const { desk, standing } = store.get();
    if (isFitted || desk !== "vehicles" || !standing?.stretches.length) return;
    isFitted = fitStretches(map, store);
  });
  for (const layer of LINES)
    map.on("click", layer, ({ features }) => {
      const name: unknown = features?.[0]?.properties["stretch"];
      if (typeof name === "string" && store.get().desk === "vehicles") pick(store, name);
    });
}
