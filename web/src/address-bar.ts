/** The page's address holds desk, view, question, moments and entry; back and forward work. */
import type { Map } from "maplibre-gl";
import { read, written, type Place, type View } from "./link.ts";
import type { Watch } from "./picture/watch.ts";
import { isAtTheEnd } from "./picture/watch.ts";
import { same } from "./question.ts";
import { ask, questionOf, type Room } from "./state.ts";
import { onChange } from "./store.ts";

const MOVED_MS = 300;

const viewOf = (map: Map): View => {
  const { lng, lat } = map.getCenter();
  return { lon: lng, lat, zoom: map.getZoom(), bearing: map.getBearing() };
};

/** The end of the record is not written, so that a link to it stays at the end. */
function placeOf(room: Room, watch: Watch): Place {
  const state = watch.get();
  const { operation, at, knownAt, linked, entry } = state;
  const desk = operation ? room.get().desk : null;
  const atTheEnd = linked && isAtTheEnd(state);
  return { desk, operation: operation?.id ?? null, at: operation && !atTheEnd ? at : null, knownAt: operation && !linked ? knownAt : null, entry };
}

export function keepAddress(map: Map, room: Room, watch: Watch, network: string | null): void {
  const defaults = room.get().network.scenario.question;
  const address = (): string => `#${written({ network, view: viewOf(map), question: questionOf(room.get()), place: placeOf(room, watch) }, defaults)}`;
  let fromAddress = false;
  let timer = 0;
  const soon = (): void => {
    clearTimeout(timer);
    timer = window.setTimeout(() => history.replaceState(null, "", address()), MOVED_MS);
  };
  const step = (): void => {
    if (!fromAddress) history.pushState(null, "", address());
  };

  onChange(room, ["history"], () => {
    if (!same(read(location.hash, defaults).question, questionOf(room.get()))) step();
  });
  onChange(room, ["desk"], step);
  onChange(watch, ["entry"], step);
  onChange(watch, ["at", "knownAt"], soon);
  map.on("moveend", soon);
  addEventListener("popstate", () => {
    clearTimeout(timer);
    const { view, question, place } = read(location.hash, defaults);
    fromAddress = true;
    ask(room, question);
    room.set({ desk: place.desk === "plan" || !watch.get().operation ? "plan" : "picture" });
    watch.set({ entry: place.entry, ...(place.entry === null ? { detail: null } : {}), ...(place.at === null ? {} : { at: place.at, knownAt: place.knownAt ?? place.at, linked: place.knownAt === null }) });
    fromAddress = false;
    if (view) map.jumpTo({ center: [view.lon, view.lat], zoom: view.zoom, bearing: view.bearing });
  });
}
