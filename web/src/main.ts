/** Starts the page: reads the network, makes the room, and puts map and panels together. */
import type { Map as MapLibre } from "maplibre-gl";
import { deskOf, keepAddress } from "./address-bar.ts";
import * as api from "./api.ts";
import { commandsOf, listenToKeys, named } from "./bar/commands.ts";
import { legend } from "./bar/legend.ts";
import { palette } from "./bar/palette.ts";
import { rail } from "./bar/rail.ts";
import { statusPills } from "./bar/status.ts";
import { topBar } from "./bar/topbar.ts";
import type { DraftFound, Fact, NetworkDetails, OperationDetails } from "./contract.ts";
import { button, h } from "./dom.ts";
import { letBarriersBeDragged } from "./edit/barriers.ts";
import { letSiteBeDrawn, letSiteBeEdited } from "./edit/site.ts";
import { type Place, read } from "./link.ts";
import { colourAddresses } from "./map/addresses.ts";
import { createMap, repaint } from "./map/create.ts";
import { fitPlan } from "./map/fit.ts";
import { keepInStep } from "./map/overlay.ts";
import { listenToPointer } from "./map/pointer.ts";
import { picturePanel, planPanel, readingPanel } from "./panel/panel.ts";
import { pendingButton, pictureCommands, pictureTools } from "./picture/commands.ts";
import { entryForm } from "./picture/entry-form.ts";
import { pictureLegend } from "./picture/legend.ts";
import { followLive, startLoading } from "./picture/load.ts";
import { keepDesk, keepMarks } from "./picture/marks.ts";
import { openOperationForm } from "./picture/open-operation.ts";
import { pictureParts } from "./picture/panel.ts";
import { timeBar } from "./picture/timebar.ts";
import { createWatch, type Watch } from "./picture/watch.ts";
import { startPlanner } from "./planner.ts";
import { preparePrint } from "./print.ts";
import { arrivalsPart, letFilesBeDropped } from "./reading/arrivals.ts";
import { listenToReadingKeys, readingParts } from "./reading/panel.ts";
import { createReadingRoom, loadReports, mended, openReport, type ReadingRoom, wordsOf } from "./reading/store.ts";
import { reportSheet } from "./reading/text.ts";
import { err, ok, type Result } from "./result.ts";
import { createRoom, type Room, type State } from "./state.ts";
import { onChange } from "./store.ts";
import { trafficLegend } from "./traffic/legend.ts";
import { fitFirstEffect, keepFlows } from "./traffic/map.ts";
import { trafficParts } from "./traffic/panel.ts";
import { startTraffic } from "./traffic/runner.ts";
import { createTraffic, type Traffic } from "./traffic/store.ts";

declare global {
  interface Window {
    /** For browser tests: the map, and what the desks know as stores ({get, set, watch}). */
    clearway: {
      readonly map: MapLibre;
      readonly state: Room;
      readonly traffic: Traffic;
      readonly watch: Watch;
      readonly reading: ReadingRoom;
    };
  }
}

const THEME_KEY = "clearway-theme";
const darkWanted = matchMedia("(prefers-color-scheme: dark)");

/** The network that the address names, else the server's first. */
async function chosenNetwork(wanted: string | null): Promise<Result<NetworkDetails, string>> {
  const list = await api.listNetworks();
  if (!list.ok) return err(list.error.message);
  const found = list.value.find(({ id }) => id === wanted) ?? list.value[0];
  if (!found) return err("This server has no network yet. Import one: clearway network import SOURCE --out FILE.");
  const network = await api.getNetwork(found.id);
  return network.ok ? network : err(network.error.message);
}

function keepTheme(map: MapLibre, room: Room): void {
  const show = (): void => document.documentElement.setAttribute("data-theme", room.get().dark ? "dark" : "light");
  show();
  onChange(room, ["dark"], ({ dark }) => {
    show();
    repaint(map, dark ? "night" : "day");
    localStorage.setItem(THEME_KEY, dark ? "dark" : "light");
  });
  darkWanted.addEventListener("change", ({ matches }) => {
    if (localStorage.getItem(THEME_KEY) === null) {
      room.set({ dark: matches });
      localStorage.removeItem(THEME_KEY);
    }
  });
}

/** The reading room: text on the left, drafts on the right; what was written anywhere shows here too. */
function furnishReading(room: Room, watch: Watch, reading: ReadingRoom, frame: HTMLElement): void {
  const isOpen = (): boolean => room.get().desk === "read";
  const mend = (draft: DraftFound): void =>
    watch.set({ wish: { draft, done: (entry) => mended(reading, draft.id, entry) } });
  frame.append(
    reportSheet(reading, watch, arrivalsPart(reading, watch)),
    readingPanel(room, ...readingParts(reading, watch, mend)),
  );
  letFilesBeDropped(frame, reading, watch, isOpen);
  listenToReadingKeys(reading, watch, isOpen, mend);
  const load = (): void => {
    if (isOpen()) void loadReports(reading, watch);
  };
  load();
  onChange(room, ["desk"], load);
  onChange(watch, ["operation"], load);
}

function furnish(
  map: MapLibre,
  room: Room,
  traffic: Traffic,
  watch: Watch,
  reading: ReadingRoom,
  frame: HTMLElement,
): void {
  const toWords = (fact: Fact): void => {
    const words = wordsOf(fact);
    if (!words) return;
    room.set({ desk: "read", panelOpen: true });
    void openReport(reading, watch, words.report, { draft: fact.id, words });
  };
  const form = entryForm(room, watch);
  const runner = startTraffic(room, traffic);
  const commands = [...commandsOf(map, room, traffic, runner), ...pictureCommands(room, watch, form.open)];
  const search = palette(map, room, watch, commands);
  const planner = startPlanner(room);
  const toPanel = (event: Event): void => {
    event.preventDefault();
    frame.querySelector<HTMLElement>(".panel:not([hidden]) .panel-toggle")?.focus();
  };
  frame.prepend(h("a", { class: "skip", href: "#", on: { click: toPanel } }, "Skip to the panel"));
  const parts = watch.get().operation ? pictureParts(watch, form.open, toWords) : [openOperationForm()];
  frame.append(
    topBar(room, watch.get().operation?.title ?? null, commands, search.open, pendingButton(room, watch)),
    rail(room, named(commands, "fit"), pictureTools(watch, form.open)),
    picturePanel(room, ...parts),
    planPanel(map, room, traffic, trafficParts(room, traffic, runner)),
    legend(room),
    trafficLegend(room, traffic),
    pictureLegend(room),
    statusPills(room, planner.again),
    search.element,
    form.element,
  );
  if (watch.get().operation) {
    frame.append(timeBar(watch));
    furnishReading(room, watch, reading, frame);
  }
  listenToKeys(room, watch, search.open, named(commands, "print"), form.open);
  const show = ({ desk, part }: State): void => void Object.assign(frame.dataset, { desk, part });
  show(room.get());
  onChange(room, ["desk", "part"], show);
}

/** The picture is wider than the plan: what happens round it counts. */
const WIDER = 0.7;

/** The first answer is shown whole, unless the address says where to look. */
function fitFirst(map: MapLibre, room: Room): void {
  let fitted = false;
  onChange(room, ["answer"], (state) => {
    if (!fitted) fitPlan(map, state);
    if (!fitted && state.desk === "picture") map.jumpTo({ zoom: map.getZoom() - WIDER });
    fitted = true;
  });
}

function attach(map: MapLibre, room: Room, traffic: Traffic, watch: Watch): void {
  keepInStep(map, room);
  keepDesk(map, room);
  keepFlows(map, room, traffic);
  fitFirstEffect(map, room, traffic);
  keepMarks(map, room, watch);
  colourAddresses(map, room);
  letBarriersBeDragged(map, room);
  letSiteBeEdited(map, room);
  letSiteBeDrawn(map, room);
  listenToPointer(map, room);
}

function apology(frame: HTMLElement, message: string): void {
  frame.replaceChildren(
    h(
      "div",
      { class: "apology", role: "alert" },
      h("h1", {}, "Clearway"),
      h("p", {}, message),
      button("Try again", () => location.reload(), { class: "primary" }),
    ),
  );
}

/** The operation that the address names, else the server's first; none where there is none yet. */
async function chosenOperation(wanted: string | null): Promise<Result<OperationDetails | null, string>> {
  const list = await api.listOperations();
  if (!list.ok) return err(list.error.message);
  const found = list.value.find(({ id }) => id === wanted) ?? list.value[0];
  if (!found) return ok(null);
  const operation = await api.getOperation(found.id);
  return operation.ok ? operation : err(operation.error.message);
}

/** The Picture desk at the moments that the address names. */
function openWatch(operation: OperationDetails | null, place: Place): Watch {
  const watch = createWatch(operation);
  if (place.at !== null)
    watch.set({ at: place.at, knownAt: place.knownAt ?? place.at, linked: place.knownAt === null });
  else if (place.knownAt !== null) watch.set({ knownAt: place.knownAt, linked: false });
  if (place.entry !== null && operation) watch.set({ entry: place.entry });
  return watch;
}

async function start(frame: HTMLElement): Promise<void> {
  const wanted = new URLSearchParams(location.hash.slice(1));
  const [network, operation] = await Promise.all([chosenNetwork(wanted.get("net")), chosenOperation(wanted.get("op"))]);
  if (!network.ok) return apology(frame, network.error);
  if (!operation.ok) return apology(frame, operation.error);
  const { view, question, place, traffic: asked } = read(location.hash, network.value.scenario.question);
  const title = operation.value?.title || network.value.scenario.name || network.value.name;
  document.title = `${title} \u2013 Clearway`;
  const theme = localStorage.getItem(THEME_KEY);
  const desk = deskOf(place, operation.value !== null);
  const room = createRoom(
    network.value,
    question,
    theme ? theme === "dark" : darkWanted.matches,
    desk,
    asked.shown ? "traffic" : "cordon",
  );
  const traffic = createTraffic(asked);
  const watch = openWatch(operation.value, place);
  const container = h("main", { class: "map", "aria-label": "Map" });
  frame.replaceChildren(container);
  frame.dataset["desk"] = desk;
  const map = createMap(container, network.value, room.get().dark ? "night" : "day", view);
  const reading = createReadingRoom();
  window.clearway = { map, state: room, traffic, watch, reading };
  furnish(map, room, traffic, watch, reading, frame);
  if (place.report !== null && operation.value) void openReport(reading, watch, place.report);
  if (!view) fitFirst(map, room);
  map.once("style.load", () => attach(map, room, traffic, watch));
  followLive(watch, startLoading(watch));
  keepTheme(map, room);
  keepAddress(map, room, { traffic, watch, reading }, wanted.get("net"));
  preparePrint(map, room, traffic);
}

const frame = document.getElementById("room");
if (frame) void start(frame);
