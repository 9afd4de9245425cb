/** The map itself: the ground, the signs, what the desks draw, and its colours. */
import { AttributionControl, Map as MapLibre, NavigationControl, ScaleControl } from "maplibre-gl";
import * as api from "../contract/api.ts";
import type { NetworkDetails } from "../contract/index.ts";
import { type Bounds, boundsOf, positionsOf } from "./bounds.ts";
import { putIcons } from "./icons.ts";
import { allLayers, type LayersOf } from "./layers.ts";
import { groundStyle } from "./style.ts";
import type { Theme } from "./theme.ts";
import { calm, roomForPanels, type View } from "./view.ts";

/** Where the map opens: the site with room round it, else the whole network. */
function startingBounds(network: NetworkDetails): Bounds {
  const { site } = network.scenario;
  if (!site) return network.bounds as Bounds;
  const [west, south, east, north] = boundsOf(positionsOf(site));
  const [wide, high] = [Math.max(east - west, 0.002) / 2, Math.max(north - south, 0.0015) / 2];
  return [west - wide, south - high, east + wide, north + high];
}

export function createMap(
  container: HTMLElement,
  network: NetworkDetails,
  theme: Theme,
  view: View | null,
  drawn: LayersOf,
): MapLibre {
  const tiles = api.tilesUrl(network.id, network.digest, location.origin);
  const attribution = network.notices.map((notice) => notice.replace(/[<>&]/g, "")).join(" \u00b7 ");
  const { layers: _, ...style } = groundStyle(theme, tiles, attribution);
  const ours = drawn(theme);
  const map = new MapLibre({
    container,
    style: {
      ...style,
      sources: Object.assign({}, style.sources, ...ours.map(({ sources }) => sources)),
      layers: allLayers(theme, ours),
    },
    ...(view
      ? { center: [view.lon, view.lat], zoom: view.zoom, bearing: view.bearing }
      : { bounds: startingBounds(network), fitBoundsOptions: { padding: roomForPanels() } }),
    attributionControl: false,
    canvasContextAttributes: { preserveDrawingBuffer: true },
    maxZoom: 20,
    minZoom: 9,
    maxPitch: 0,
    dragRotate: false,
    pitchWithRotate: false,
    fadeDuration: calm() ? 0 : 150,
    locale: { "Map.Title": `Map of ${network.name}` },
  });
  map.touchZoomRotate.disableRotation();
  map.keyboard.disableRotation();
  map.addControl(new AttributionControl({ compact: innerWidth < 1180 }), "bottom-left");
  setTimeout(() => foldAttribution(container), FOLD_MS);
  map.addControl(new ScaleControl({ maxWidth: 90 }), "bottom-left");
  map.addControl(new NavigationControl({ showCompass: false }), "bottom-right");
  map.on("styledata", () => putIconsOnce(map, theme));
  map.on("error", ({ error }) => report(error));
  return map;
}

/** A tile that did not come is in the browser's own log, and that the server is away is said by the page. */
function report(error: object): void {
  if (!("status" in error)) console.error(error);
}

const iconised = new WeakSet<MapLibre>();
function putIconsOnce(map: MapLibre, theme: Theme): void {
  if (iconised.has(map)) return;
  iconised.add(map);
  putIcons(map, theme);
}

/** On a small screen the notices are shown for a while, then behind one tap; the panel lists them too. */
const FOLD_MS = 6000;
function foldAttribution(container: HTMLElement): void {
  const notices = container.querySelector(".maplibregl-ctrl-attrib.maplibregl-compact");
  notices?.classList.remove("maplibregl-compact-show");
  notices?.removeAttribute("open");
}

/** The same map in other colours; what it shows stays as it is. */
export function repaint(map: MapLibre, theme: Theme, drawn: LayersOf): void {
  for (const layer of allLayers(theme, drawn(theme))) {
    for (const [name, value] of Object.entries(layer.paint ?? {}))
      map.setPaintProperty(layer.id, name as never, value as never);
  }
  putIcons(map, theme);
}
