/** The page's address holds view and question; back and forward work. */
import type { Map } from "maplibre-gl";
import { read, written, type View } from "./link.ts";
import { same } from "./question.ts";
import { ask, questionOf, type Room } from "./state.ts";
import { onChange } from "./store.ts";

const MOVED_MS = 300;

const viewOf = (map: Map): View => {
  const { lng, lat } = map.getCenter();
  return { lon: lng, lat, zoom: map.getZoom(), bearing: map.getBearing() };
};

export function keepAddress(map: Map, room: Room, network: string | null): void {
  const defaults = room.get().network.scenario.question;
  const address = (): string => `#${written({ network, view: viewOf(map), question: questionOf(room.get()) }, defaults)}`;
  let fromAddress = false;
  let timer = 0;

  onChange(room, ["history"], () => {
    if (fromAddress) return;
    const known = read(location.hash, defaults).question;
    if (!same(known, questionOf(room.get()))) history.pushState(null, "", address());
  });
  map.on("moveend", () => {
    clearTimeout(timer);
    timer = window.setTimeout(() => history.replaceState(null, "", address()), MOVED_MS);
  });
  addEventListener("popstate", () => {
    clearTimeout(timer);
    const { view, question } = read(location.hash, defaults);
    fromAddress = true;
    ask(room, question);
    fromAddress = false;
    if (view) map.jumpTo({ center: [view.lon, view.lat], zoom: view.zoom, bearing: view.bearing });
  });
}
