/** The page's address holds desk, view, question, moments and entry; back and forward work. */
import type { Map as MapLibre } from "maplibre-gl";
import { type Place, read, type TrafficLink, type View, written } from "./link.ts";
import type { Watch } from "./picture/watch.ts";
import { isAtTheEnd } from "./picture/watch.ts";
import { same } from "./question.ts";
import { openReport, type ReadingRoom } from "./reading/store.ts";
import { ask, DESKS, type Desk, questionOf, type Room } from "./state.ts";
import { onChange } from "./store.ts";
import { askForDraws, type Traffic, USUAL_DRAWS } from "./traffic/store.ts";

const MOVED_MS = 300;

const viewOf = (map: MapLibre): View => {
  const { lng, lat } = map.getCenter();
  return { lon: lng, lat, zoom: map.getZoom(), bearing: map.getBearing() };
};

/** The desk that an address names; where it names none the picture, or the plan where there is no operation. */
export const deskOf = ({ desk }: Place, hasOperation: boolean): Desk =>
  DESKS.find((known) => known === desk && (hasOperation || known !== "read")) ?? (hasOperation ? "picture" : "plan");

/** The end of the record is not written, so that a link to it stays at the end. */
function placeOf(room: Room, watch: Watch, reading: ReadingRoom): Place {
  const state = watch.get();
  const { operation, at, knownAt, linked, entry } = state;
  const desk = operation ? room.get().desk : null;
  const atTheEnd = linked && isAtTheEnd(state);
  return {
    desk,
    operation: operation?.id ?? null,
    at: operation && !atTheEnd ? at : null,
    knownAt: operation && !linked ? knownAt : null,
    entry,
    report: desk === "read" ? (reading.get().report?.id ?? null) : null,
  };
}

const trafficOf = (room: Room, traffic: Traffic): TrafficLink => {
  const { wanted, hour, draws, pins } = traffic.get();
  return {
    shown: room.get().part === "traffic",
    hour: wanted ? hour : null,
    draws: draws === USUAL_DRAWS ? null : draws,
    pins,
  };
};

type Stores = { readonly traffic: Traffic; readonly watch: Watch; readonly reading: ReadingRoom };

export function keepAddress(
  map: MapLibre,
  room: Room,
  { traffic, watch, reading }: Stores,
  network: string | null,
): void {
  const defaults = room.get().network.scenario.question;
  const address = (): string =>
    `#${written({ network, view: viewOf(map), question: questionOf(room.get()), place: placeOf(room, watch, reading), traffic: trafficOf(room, traffic) }, defaults)}`;
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
  onChange(room, ["desk", "part"], step);
  onChange(traffic, ["wanted", "hour", "draws", "pins"], soon);
  onChange(watch, ["entry"], step);
  let report = reading.get().report?.id;
  onChange(reading, ["report"], (state) => {
    if (state.report?.id !== report) step();
    report = state.report?.id;
  });
  onChange(watch, ["at", "knownAt"], soon);
  map.on("moveend", soon);
  addEventListener("popstate", () => {
    clearTimeout(timer);
    const { view, question, place, traffic: asked } = read(location.hash, defaults);
    fromAddress = true;
    ask(room, question);
    room.set({ desk: deskOf(place, watch.get().operation !== null), part: asked.shown ? "traffic" : "cordon" });
    traffic.set({ wanted: asked.hour !== null, hour: asked.hour ?? traffic.get().hour, pins: asked.pins });
    askForDraws(traffic, asked.draws ?? USUAL_DRAWS);
    if (place.report !== (reading.get().report?.id ?? null)) {
      if (place.report === null) reading.set({ report: null, draft: null, words: null });
      else void openReport(reading, watch, place.report);
    }
    watch.set({
      entry: place.entry,
      ...(place.entry === null ? { detail: null } : {}),
      ...(place.at === null
        ? {}
        : { at: place.at, knownAt: place.knownAt ?? place.at, linked: place.knownAt === null }),
    });
    fromAddress = false;
    if (view) map.jumpTo({ center: [view.lon, view.lat], zoom: view.zoom, bearing: view.bearing });
  });
}
