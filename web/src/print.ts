/** A clean A4 page: the map in print colours, the answer, the list of barriers for the crews. */
import type { Map as MapLibre } from "maplibre-gl";
import type { Barrier } from "./contract.ts";
import { h } from "./dom.ts";
import { repaint } from "./map/create.ts";
import { planBounds } from "./map/fit.ts";
import type { Room } from "./state.ts";
import { effectOnShow } from "./traffic/map.ts";
import { trafficSheet } from "./traffic/sheet.ts";
import type { Traffic } from "./traffic/store.ts";
import { coordinates } from "./units.ts";
import { classWords, listed } from "./words.ts";

const SHEET = "print-sheet";

const COLUMNS: readonly (readonly [string, (barrier: Barrier) => string])[] = [
  ["No", (barrier) => `${barrier.number}`],
  ["Street", (barrier) => barrier.street],
  ["Between", (barrier) => listed(barrier.between)],
  ["Side", (barrier) => barrier.side],
  ["Latitude, longitude", (barrier) => coordinates(barrier.lon, barrier.lat)],
  ["Kind", (barrier) => `${barrier.kind}, across the ${barrier.place}`],
];

const LETS_THROUGH = ["Lets through", (barrier: Barrier) => classWords(barrier.passes)] as const;

const isAlike = (barriers: readonly Barrier[]): boolean => new Set(barriers.map(LETS_THROUGH[1])).size <= 1;

function table(barriers: readonly Barrier[]): HTMLElement {
  const columns = isAlike(barriers) ? COLUMNS : [...COLUMNS, LETS_THROUGH];
  const head = h("tr", {}, ...columns.map(([title]) => h("th", { scope: "col" }, title)));
  const rows = barriers.map((barrier) => h("tr", {}, ...columns.map(([, text]) => h("td", {}, text(barrier)))));
  return h("table", {}, h("thead", {}, head), h("tbody", {}, ...rows));
}

function sheet(room: Room, traffic: Traffic, picture: string): HTMLElement {
  const { network, answer } = room.get();
  const told = trafficSheet(room, traffic);
  const printed = new Date().toLocaleString("en-NZ", {
    weekday: "short",
    day: "numeric",
    month: "long",
    year: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
    timeZoneName: "short",
  });
  const barriers = answer?.cordon?.barriers ?? [];
  return h(
    "section",
    { id: SHEET, class: SHEET },
    h("h1", {}, network.scenario.name || network.name),
    h(
      "p",
      { class: "printed" },
      `Plan printed ${printed}. A plan, not an order: check against the ground before you close a street.`,
    ),
    ...(answer?.summary ?? []).slice(0, told ? 1 : undefined).map((text) => h("p", {}, text)),
    ...(told?.head ?? []),
    h("img", {
      src: picture,
      alt: told
        ? "Map of the streets that gain and lose traffic, and of the cordon"
        : "Map of the cordon, its barriers numbered as in the list",
    }),
    ...(told?.rest ?? []),
    !told && barriers.length > 0 && table(barriers),
    !told &&
      barriers[0] &&
      isAlike(barriers) &&
      h("p", {}, `Every barrier lets through ${classWords(barriers[0].passes)}.`),
    h("footer", {}, ...network.notices.map((notice) => h("p", {}, notice)), h("p", { class: "link" }, location.href)),
  );
}

function lay(map: MapLibre, room: Room, traffic: Traffic): void {
  document.getElementById(SHEET)?.remove();
  document.body.append(sheet(room, traffic, map.getCanvas().toDataURL("image/png")));
}

const LONGEST_MS = 15_000;
const pause = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));

/** Until every tile is drawn in its new colours; new colours of streets are worked out anew for each tile. */
async function drawn(map: MapLibre): Promise<void> {
  const late = Date.now() + LONGEST_MS;
  do {
    map.triggerRepaint();
    await pause(150);
  } while (!(map.loaded() && map.areTilesLoaded()) && Date.now() < late);
  await new Promise((done) => {
    map.once("render", done);
    map.triggerRepaint();
  });
}

/** Draw the whole plan in print colours, print, and put everything back. */
export async function printPlan(map: MapLibre, room: Room, traffic: Traffic): Promise<void> {
  const view = { center: map.getCenter(), zoom: map.getZoom(), bearing: map.getBearing(), padding: map.getPadding() };
  const night = room.get().dark ? "night" : "day";
  repaint(map, "print");
  map.jumpTo({ bearing: 0 });
  map.fitBounds(effectOnShow(room, traffic) ?? planBounds(room.get()), { padding: 60, duration: 0, maxZoom: 17 });
  room.set({ notice: "Drawing the map for paper\u2026" });
  await drawn(map);
  room.set({ notice: "" });
  lay(map, room, traffic);
  document.body.classList.add("sheet-laid");
  repaint(map, night);
  map.jumpTo(view);
  await document
    .querySelector<HTMLImageElement>(`#${SHEET} img`)
    ?.decode()
    .catch(() => undefined);
  print();
  document.body.classList.remove("sheet-laid");
}

/** The browser's own print command: the map as it stands. */
export function preparePrint(map: MapLibre, room: Room, traffic: Traffic): void {
  addEventListener("beforeprint", () => {
    if (!document.body.classList.contains("sheet-laid")) lay(map, room, traffic);
  });
}
