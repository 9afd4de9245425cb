/** Where the map looks, and what it has left of the window. */
import type { Map as MapLibre } from "maplibre-gl";
import type { Bounds } from "./bounds.ts";

export type View = { readonly lon: number; readonly lat: number; readonly zoom: number; readonly bearing: number };

export const viewOf = (map: MapLibre): View => {
  const { lng, lat } = map.getCenter();
  return { lon: lng, lat, zoom: map.getZoom(), bearing: map.getBearing() };
};

export const calm = (): boolean =>
  document.documentElement.hasAttribute("data-calm") || matchMedia("(prefers-reduced-motion: reduce)").matches;

type Edges = { readonly top: number; readonly right: number; readonly bottom: number; readonly left: number };

/** Free space between what is looked at and a panel or the edge of the map. */
const MARGIN_PX = 24;
/** At least this share of the map's width and height is left for what is looked at. */
const LEAST_SHARE = 0.25;

/** The box of what covers the map at one edge; null where nothing does. */
function coverOf(map: DOMRect, selector: string): DOMRect | null {
  const found = [...document.querySelectorAll(selector)].filter((one) => one.checkVisibility());
  const box = found[0]?.getBoundingClientRect();
  const over = box && box.left < map.right && box.right > map.left && box.top < map.bottom && box.bottom > map.top;
  return over ? box : null;
}

/** No more than leaves the least share between two opposite edges. */
function within(first: number, second: number, whole: number): [number, number] {
  const most = whole * (1 - LEAST_SHARE);
  const part = first + second > most ? most / (first + second) : 1;
  return [first * part, second * part];
}

/** What the panels cover, so that the map is centred in what is left. */
export function roomForPanels(): Edges {
  const box = document.querySelector(".map")?.getBoundingClientRect();
  if (!box) return { top: MARGIN_PX, right: MARGIN_PX, bottom: MARGIN_PX, left: MARGIN_PX };
  const [bar, rail, panel, time] = [".topbar", ".rail", ".panel", ".timebar"].map((name) => coverOf(box, name));
  const legend = coverOf(box, ".legend:has(.legend-part[open])");
  const isBeside = Boolean(panel && panel.left > box.left + box.width / 4);
  const foot = Math.min(time?.top ?? box.bottom, (!isBeside && panel?.top) || box.bottom);
  const folded = coverOf(box, ".legend:not(:has(.legend-part[open]))");
  const isAbove = Boolean(folded && !isBeside && folded.bottom < box.top + box.height / 2); // on a phone, under the bar
  const isHigh = Boolean(legend && legend.height > box.height / 3 && legend.left < box.left + box.width / 3);
  const side = Math.max(
    rail && rail.height > rail.width ? rail.right : 0,
    isHigh && isBeside ? (legend?.right ?? 0) : 0,
  );
  const [left, right] = within(
    Math.max(side - box.left, 0) + MARGIN_PX,
    (isBeside && panel ? box.right - panel.left : 0) + MARGIN_PX,
    box.width,
  );
  const [top, bottom] = within(
    Math.max((bar?.bottom ?? 0) - box.top, isAbove && folded ? folded.bottom - box.top : 0) + MARGIN_PX,
    box.bottom - foot + MARGIN_PX,
    box.height,
  );
  return { top, right, bottom, left };
}

/** Show all of these bounds in what the panels leave of the map. */
export function fit(map: MapLibre, bounds: Bounds, maxZoom: number): void {
  const camera = map.cameraForBounds(bounds, { padding: roomForPanels(), maxZoom });
  if (camera) map.jumpTo(camera);
}

/** Whether a position is seen: on the map, and under none of the panels. */
export function isSeen(map: MapLibre, lon: number, lat: number): boolean {
  const { top, right, bottom, left } = roomForPanels();
  const { clientWidth, clientHeight } = map.getContainer();
  const { x, y } = map.project([lon, lat]);
  return x >= left && x <= clientWidth - right && y >= top && y <= clientHeight - bottom;
}

/** The middle of what is seen of the map. */
export function middleOf(map: MapLibre): [number, number] {
  const { top, right, bottom, left } = roomForPanels();
  const { clientWidth, clientHeight } = map.getContainer();
  const { lng, lat } = map.unproject([(left + clientWidth - right) / 2, (top + clientHeight - bottom) / 2]);
  return [lng, lat];
}

/** Fly there, or jump where motion is unwanted. No padding is left behind: what is fitted later has the whole map. */
export function goTo(map: MapLibre, lon: number, lat: number, zoom: number): void {
  const { top, right, bottom, left } = roomForPanels();
  map.easeTo({
    center: [lon, lat],
    zoom: Math.max(map.getZoom(), zoom),
    offset: [(left - right) / 2, (top - bottom) / 2],
    duration: calm() ? 0 : 180,
  });
}
