/** Everything that can be done by name: the palette lists it, buttons call it. */
import type { Map as MapLibre } from "maplibre-gl";
import { downloadGeoJson, downloadJson } from "../download.ts";
import { fitPlan } from "../map/fit.ts";
import { choose, type Watch } from "../picture/watch.ts";
import { printPlan } from "../print.ts";
import { ask, questionOf, type Room, stepBack, stepForward, takeTool } from "../state.ts";
import { fitEffect } from "../traffic/map.ts";
import type { Runner } from "../traffic/runner.ts";
import type { Traffic } from "../traffic/store.ts";

export type Command = { readonly id: string; readonly label: string; readonly keys?: string; readonly act: () => void };

export const named =
  (commands: readonly Command[], id: string): (() => void) =>
  () =>
    commands.find((command) => command.id === id)?.act();

/** Put the page's address on the clipboard and say so. */
async function copyLink(room: Room): Promise<void> {
  try {
    await navigator.clipboard.writeText(location.href);
    room.set({ notice: "The link was copied. Whoever opens it on this server sees this plan." });
  } catch {
    room.set({
      notice: "The browser does not let the page copy. Copy the address from the address bar; it holds this plan.",
    });
  }
}

function showTraffic(room: Room, runner: Runner): void {
  room.set({ desk: "plan", part: "traffic", panelOpen: true });
  runner.again();
}

export function commandsOf(map: MapLibre, room: Room, traffic: Traffic, runner: Runner): readonly Command[] {
  const flip = (key: "seconds" | "weak" | "enclosed") => (): void =>
    room.set({ shown: { ...room.get().shown, [key]: !room.get().shown[key] } });
  return [
    { id: "select", label: "Select", keys: "Esc", act: () => takeTool(room, "select") },
    { id: "edit", label: "Edit the site", act: () => takeTool(room, "edit-site") },
    { id: "draw", label: "Draw a new site", act: () => takeTool(room, "draw-site") },
    { id: "barrier", label: "Place a barrier", act: () => takeTool(room, "add-barrier") },
    { id: "forbid", label: "Forbid barriers at a spot", act: () => takeTool(room, "forbid-spot") },
    {
      id: "clear",
      label: "Drop all pins and forbidden spots",
      act: () => ask(room, { ...questionOf(room.get()), pins: [], never: [] }),
    },
    {
      id: "open-all",
      label: "Open all streets shut by hand",
      act: () => ask(room, { ...questionOf(room.get()), closures: [] }),
    },
    { id: "undo", label: "Undo", keys: "Ctrl Z", act: () => stepBack(room) },
    { id: "redo", label: "Redo", keys: "Ctrl Shift Z", act: () => stepForward(room) },
    { id: "fit", label: "Show the whole plan", act: () => fitEffect(map, room, traffic) || fitPlan(map, room.get()) },
    { id: "traffic", label: "Work out what the closures do to traffic", act: () => showTraffic(room, runner) },
    { id: "cordon", label: "Show the cordon and access", act: () => room.set({ desk: "plan", part: "cordon" }) },
    {
      id: "when",
      label: "Switch between before and after",
      act: () => room.set({ when: room.get().when === "after" ? "before" : "after" }),
    },
    { id: "seconds", label: "Show or hide the time to each address", act: flip("seconds") },
    { id: "weak", label: "Show or hide weak streets", act: flip("weak") },
    { id: "enclosed", label: "Show or hide enclosed streets", act: flip("enclosed") },
    { id: "link", label: "Copy link", act: () => void copyLink(room) },
    { id: "print", label: "Print", keys: "Ctrl P", act: () => void printPlan(map, room, traffic) },
    { id: "geojson", label: "Download the cordon as GeoJSON", act: () => downloadGeoJson(room.get()) },
    { id: "json", label: "Download the plan as JSON", act: () => downloadJson(room.get()) },
    { id: "theme", label: "Day or night colours", act: () => room.set({ dark: !room.get().dark }) },
    { id: "reset", label: "Start again from the scenario", act: () => ask(room, room.get().network.scenario.question) },
  ];
}

const typing = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  target.matches("input:not([type=radio],[type=checkbox],[type=range]), textarea, select");

/** Ctrl-Z, Ctrl-Shift-Z, Ctrl-Y, Ctrl-K, Ctrl-P, Escape. */
export function listenToKeys(
  room: Room,
  watch: Watch,
  openPalette: () => void,
  print: () => void,
  write: () => void,
): void {
  addEventListener("keydown", (event) => {
    const key = event.key.toLowerCase();
    const control = event.ctrlKey || event.metaKey;
    if (control && key === "k") {
      event.preventDefault();
      openPalette();
    } else if (control && key === "p") {
      event.preventDefault();
      print();
    } else if (control && (key === "z" || key === "y") && !typing(event.target)) {
      event.preventDefault();
      if (key === "y" || event.shiftKey) stepForward(room);
      else stepBack(room);
    } else if (
      key === "n" &&
      !control &&
      !event.altKey &&
      room.get().desk === "picture" &&
      !typing(event.target) &&
      !document.querySelector("dialog[open]")
    ) {
      event.preventDefault();
      write();
    } else if (key === "escape" && !document.querySelector("dialog[open]")) {
      if (room.get().desk === "picture") choose(watch, null);
      else if (room.get().tool !== "select") takeTool(room, "select");
      else if (room.get().selection) room.set({ selection: null, way: null });
    }
  });
}
