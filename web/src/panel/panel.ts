/** The panels of the desks; on a phone a sheet at the foot that can be put away. */
import type { Map } from "maplibre-gl";
import { h } from "../dom.ts";
import { onChange } from "../store.ts";
import type { Desk, Room, State } from "../state.ts";
import { accessParts } from "./access.ts";
import { alternatives } from "./alternatives.ts";
import { figures, summary } from "./answer.ts";
import { barrierList } from "./barriers.ts";
import { frontierSlider } from "./frontier.ts";
import { selectionCard } from "./selection.ts";
import { settings } from "./settings.ts";
import { sources } from "./sources.ts";

/** One panel for one desk; its words are read as its name. */
function deskPanel(room: Room, desk: Desk, name: string, ...parts: readonly HTMLElement[]): HTMLElement {
  const id = `panel-body-${desk}`;
  const body = h("div", { class: "panel-body", id }, ...parts);
  const toggle = h("button", { type: "button", class: "panel-toggle", "aria-controls": id, on: { click: () => room.set({ panelOpen: !room.get().panelOpen }) } }, h("span", { class: "grip", "aria-hidden": "true" }), h("span", { class: "panel-toggle-word" }));
  const element = h("aside", { class: "panel", "aria-label": name }, toggle, body);
  const show = ({ panelOpen, desk: shown }: State): void => {
    element.hidden = shown !== desk;
    element.classList.toggle("away", !panelOpen);
    toggle.setAttribute("aria-expanded", String(panelOpen));
    const word = toggle.querySelector(".panel-toggle-word");
    if (word) word.textContent = `${panelOpen ? "Hide" : "Show"} the ${name.toLowerCase()}`;
  };
  show(room.get());
  onChange(room, ["panelOpen", "desk"], show);
  return element;
}

export function planPanel(map: Map, room: Room): HTMLElement {
  const element = deskPanel(room, "plan", "Plan",
    selectionCard(map, room), summary(room), frontierSlider(room), figures(room), barrierList(room), alternatives(room),
    ...accessParts(room), settings(room), sources(room));
  onChange(room, ["selection", "tool"], ({ selection, tool }) => {
    if (selection || tool === "edit-site") element.querySelector(".panel-body")?.scrollTo({ top: 0 });
  });
  return element;
}

export const readingPanel = (room: Room, ...parts: readonly HTMLElement[]): HTMLElement => deskPanel(room, "read", "Drafts", ...parts);

export const picturePanel = (room: Room, ...parts: readonly HTMLElement[]): HTMLElement => deskPanel(room, "picture", "Picture", ...parts);
