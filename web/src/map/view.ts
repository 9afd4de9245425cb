/** Where the map looks, and what it has left of the window. */
import type { Map as MapLibre } from "maplibre-gl";

export type View = { readonly lon: number; readonly lat: number; readonly zoom: number; readonly bearing: number };

export const viewOf = (map: MapLibre): View => {
  const { lng, lat } = map.getCenter();
  return { lon: lng, lat, zoom: map.getZoom(), bearing: map.getBearing() };
};

export const calm = (): boolean => matchMedia("(prefers-reduced-motion: reduce)").matches;

/** What the panels cover, so that the map is centred in what is left. */
export function roomForPanels(): { top: number; right: number; bottom: number; left: number } {
  const narrow = innerWidth < 760;
  const room = document.querySelector(".room");
  const timebar = room ? Number.parseFloat(getComputedStyle(room).getPropertyValue("--foot")) : 0;
  const away = document.querySelector(".panel.away") !== null;
  const sheet = away ? 60 : innerHeight * 0.46 + 12;
  const panel = away ? 24 : Math.min(Math.max(340, innerWidth * 0.34), 392) + 32;
  return {
    top: narrow ? 112 : 76,
    left: narrow ? 72 : document.querySelector(".legend-part[open]") ? 372 : 100,
    right: narrow ? 36 : panel + 12,
    bottom: narrow ? sheet + timebar : Math.max(timebar + 16, 44),
  };
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
