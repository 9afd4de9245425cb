/** Starts the page: reads the network, makes the room, and puts map and panels together. */
import type { Map } from "maplibre-gl";
import { keepAddress } from "./address-bar.ts";
import * as api from "./api.ts";
import { commandsOf, listenToKeys } from "./bar/commands.ts";
import { legend } from "./bar/legend.ts";
import { palette } from "./bar/palette.ts";
import { rail } from "./bar/rail.ts";
import { statusPills } from "./bar/status.ts";
import { topBar } from "./bar/topbar.ts";
import type { NetworkDetails } from "./contract.ts";
import { button, h } from "./dom.ts";
import { letBarriersBeDragged } from "./edit/barriers.ts";
import { letSiteBeDrawn, letSiteBeEdited } from "./edit/site.ts";
import { read } from "./link.ts";
import { colourAddresses } from "./map/addresses.ts";
import { createMap, repaint } from "./map/create.ts";
import { fitPlan } from "./map/fit.ts";
import { keepInStep } from "./map/overlay.ts";
import { listenToPointer } from "./map/pointer.ts";
import { planPanel } from "./panel/panel.ts";
import { startPlanner } from "./planner.ts";
import { preparePrint, printPlan } from "./print.ts";
import { err, type Result } from "./result.ts";
import { createRoom, type Room } from "./state.ts";
import { onChange } from "./store.ts";

declare global {
  interface Window {
    /** For browser tests: the map, and the state as store ({get, set, watch}). */
    clearway: { readonly map: Map; readonly state: Room };
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

function keepTheme(map: Map, room: Room): void {
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

function furnish(map: Map, room: Room, frame: HTMLElement): void {
  const commands = commandsOf(map, room);
  const search = palette(map, room, commands);
  const planner = startPlanner(room);
  frame.prepend(h("a", { class: "skip", href: "#panel-body" }, "Skip to the plan"));
  frame.append(
    topBar(map, room, commands, search.open),
    rail(map, room),
    planPanel(map, room),
    legend(room),
    statusPills(room, planner.again),
    search.element,
  );
  listenToKeys(room, search.open, () => void printPlan(map, room));
}

/** The first answer is shown whole, unless the address says where to look. */
function fitFirst(map: Map, room: Room): void {
  let fitted = false;
  onChange(room, ["answer"], (state) => {
    if (!fitted) fitPlan(map, state);
    fitted = true;
  });
}

function attach(map: Map, room: Room): void {
  keepInStep(map, room);
  colourAddresses(map, room);
  letBarriersBeDragged(map, room);
  letSiteBeEdited(map, room);
  letSiteBeDrawn(map, room);
  listenToPointer(map, room);
}

function apology(frame: HTMLElement, message: string): void {
  frame.replaceChildren(h("div", { class: "apology", role: "alert" }, h("h1", {}, "Clearway"), h("p", {}, message), button("Try again", () => location.reload(), { class: "primary" })));
}

async function start(frame: HTMLElement): Promise<void> {
  const wanted = new URLSearchParams(location.hash.slice(1)).get("net");
  const network = await chosenNetwork(wanted);
  if (!network.ok) return apology(frame, network.error);
  document.title = `${network.value.scenario.name || network.value.name} \u2013 Clearway`;
  const { view, question } = read(location.hash, network.value.scenario.question);
  const theme = localStorage.getItem(THEME_KEY);
  const room = createRoom(network.value, question, theme ? theme === "dark" : darkWanted.matches);
  const container = h("main", { class: "map", "aria-label": "Map" });
  frame.replaceChildren(container);
  const map = createMap(container, network.value, room.get().dark ? "night" : "day", view);
  window.clearway = { map, state: room };
  furnish(map, room, frame);
  if (!view) fitFirst(map, room);
  map.once("style.load", () => attach(map, room));
  keepTheme(map, room);
  keepAddress(map, room, wanted);
  preparePrint(map, room);
}

const frame = document.getElementById("room");
if (frame) void start(frame);
