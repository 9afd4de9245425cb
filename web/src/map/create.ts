/** The map itself: ground style, signs, the plan's sources and layers, and its theme. */
import { AttributionControl, Map as MapLibre, NavigationControl, ScaleControl } from "maplibre-gl";
import * as api from "../api.ts";
import type { NetworkDetails } from "../contract.ts";
import { boundsOf } from "../edit/ground.ts";
import type { View } from "../link.ts";
import { markLayers, markSources } from "../picture/marks.ts";
import { flowSources } from "../traffic/layers.ts";
import { putIcons } from "./icons.ts";
import { planLayers, planSources } from "./layers.ts";
import { groundStyle } from "./style.ts";
import type { Theme } from "./theme.ts";

const calm = (): boolean => matchMedia("(prefers-reduced-motion: reduce)").matches;

/** Where the map opens: the site with room round it, else the whole network. */
function startingBounds(network: NetworkDetails): [number, number, number, number] {
  const { site } = network.scenario;
  if (!site) return network.bounds as [number, number, number, number];
  const rings = site.type === "Polygon" ? site.coordinates : site.coordinates.flat();
  const [west, south, east, north] = boundsOf(rings.flat());
  const [wide, high] = [Math.max(east - west, 0.002) / 2, Math.max(north - south, 0.0015) / 2];
  return [west - wide, south - high, east + wide, north + high];
}

export function createMap(container: HTMLElement, network: NetworkDetails, theme: Theme, view: View | null): MapLibre {
  const tiles = api.tilesUrl(network.id, network.digest, location.origin);
  const attribution = network.notices.map((notice) => notice.replace(/[<>&]/g, "")).join(" \u00b7 ");
  const style = groundStyle(theme, tiles, attribution);
  const map = new MapLibre({
    container,
    style: {
      ...style,
      sources: { ...style.sources, ...planSources(), ...flowSources(), ...markSources() },
      layers: [...style.layers, ...planLayers(theme), ...markLayers(theme)],
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
  return map;
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

/** What the panels cover, so that the map is centred in what is left. */
export function roomForPanels(): { top: number; right: number; bottom: number; left: number } {
  const narrow = innerWidth < 760;
  const away = document.querySelector(".panel.away") !== null;
  const sheet = away ? 60 : innerHeight * 0.46 + 12;
  const panel = away ? 24 : Math.min(Math.max(340, innerWidth * 0.34), 392) + 32;
  return {
    top: narrow ? 112 : 76,
    left: narrow ? 72 : document.querySelector(".legend-part[open]") ? 372 : 100,
    right: narrow ? 36 : panel + 12,
    bottom: narrow ? sheet : document.querySelector(".room[data-desk=picture]") ? 124 : 44,
  };
}

/** The same map in other colours; what it shows stays as it is. */
export function repaint(map: MapLibre, theme: Theme): void {
  const layers = [...groundStyle(theme, "", "").layers, ...planLayers(theme), ...markLayers(theme)];
  for (const layer of layers) {
    for (const [name, value] of Object.entries(layer.paint ?? {}))
      map.setPaintProperty(layer.id, name as never, value as never);
  }
  putIcons(map, theme);
}

/** Fly there, or jump where motion is unwanted. */
export function goTo(map: MapLibre, lon: number, lat: number, zoom: number): void {
  const target = {
    center: [lon, lat] as [number, number],
    zoom: Math.max(map.getZoom(), zoom),
    padding: roomForPanels(),
  };
  if (calm()) map.jumpTo(target);
  else map.easeTo({ ...target, duration: 180 });
}
