/** What can be done at the Picture desk by name, by button, by key. */
import * as api from "../api.ts";
import type { Command } from "../bar/commands.ts";
import { entry } from "../bar/rail.ts";
import { h } from "../dom.ts";
import * as icons from "../icons.ts";
import type { Room } from "../state.ts";
import { onChange } from "../store.ts";
import { pendingLine } from "./panel.ts";
import { iso } from "./times.ts";
import { toTheEnd, type Watch } from "./watch.ts";

function openReport(watch: Watch, form: "html" | "pdf"): void {
  const { operation, at, knownAt } = watch.get();
  if (operation) window.open(api.sitrepUrl(operation.id, form, iso(at), iso(knownAt)), "_blank", "noopener");
}

export function pictureCommands(room: Room, watch: Watch, write: () => void): readonly Command[] {
  const desk = (name: "picture" | "read" | "plan") => (): void => room.set({ desk: name, panelOpen: true });
  const plan = { id: "desk-plan", label: "Go to the Plan desk", act: desk("plan") };
  const reading = { id: "desk-read", label: "Go to the Read desk: reports and their drafts", act: desk("read") };
  const picture = { id: "desk-picture", label: "Go to the Picture desk", act: desk("picture") };
  if (!watch.get().operation) return [picture, plan];
  return [
    picture,
    reading,
    plan,
    { id: "write", label: "New entry", keys: "N", act: write },
    { id: "sitrep", label: "Situation report as a page", act: () => openReport(watch, "html") },
    { id: "sitrep-pdf", label: "Situation report as PDF", act: () => openReport(watch, "pdf") },
    {
      id: "play",
      label: "Play the days like a film, or pause",
      act: () => watch.set({ playing: !watch.get().playing }),
    },
    { id: "end", label: "Go to the last moment", act: () => toTheEnd(watch) },
  ];
}

export function pictureTools(watch: Watch, write: () => void): HTMLElement[] {
  if (!watch.get().operation) return [];
  return [
    entry("New entry", icons.ADD, { title: "New entry (N)", on: { click: write } }),
    entry("Report", icons.REPORT, {
      title: "Situation report of the moment looked at",
      on: { click: () => openReport(watch, "html") },
    }),
    entry("PDF", icons.DOWNLOAD, { title: "Situation report as PDF", on: { click: () => openReport(watch, "pdf") } }),
  ];
}

/** One line of what is overdue; it leads to the list. */
export function pendingButton(room: Room, watch: Watch): HTMLElement {
  const button = h("button", { type: "button", class: "pending", hidden: true });
  button.addEventListener("click", () => {
    room.set({ desk: "picture", panelOpen: true });
    const part = document.getElementById("pending");
    part?.setAttribute("open", "");
    part?.scrollIntoView({ block: "start" });
  });
  const show = (): void => {
    const line = pendingLine(watch.get().picture);
    button.textContent = line;
    button.hidden = line === "";
  };
  onChange(watch, ["picture"], show);
  return button;
}
