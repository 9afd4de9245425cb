/** The panel of the Plan desk; on a phone a sheet at the foot that can be put away. */
import type { Map } from "maplibre-gl";
import { h } from "../dom.ts";
import { onChange } from "../store.ts";
import type { Room, State } from "../state.ts";
import { accessParts } from "./access.ts";
import { alternatives } from "./alternatives.ts";
import { figures, summary } from "./answer.ts";
import { barrierList } from "./barriers.ts";
import { frontierSlider } from "./frontier.ts";
import { selectionCard } from "./selection.ts";
import { settings } from "./settings.ts";
import { sources } from "./sources.ts";

export function planPanel(map: Map, room: Room): HTMLElement {
  const body = h("div", { class: "panel-body", id: "panel-body" },
    selectionCard(map, room), summary(room), frontierSlider(room), figures(room), barrierList(room), alternatives(room),
    ...accessParts(room), settings(room), sources(room));
  const toggle = h("button", { type: "button", class: "panel-toggle", "aria-controls": "panel-body", on: { click: () => room.set({ panelOpen: !room.get().panelOpen }) } }, h("span", { class: "grip", "aria-hidden": "true" }), h("span", { class: "panel-toggle-word" }));
  const element = h("aside", { class: "panel", "aria-label": "Plan" }, toggle, body);
  const show = ({ panelOpen }: State): void => {
    element.classList.toggle("away", !panelOpen);
    toggle.setAttribute("aria-expanded", String(panelOpen));
    const word = toggle.querySelector(".panel-toggle-word");
    if (word) word.textContent = panelOpen ? "Hide the plan" : "Show the plan";
  };
  show(room.get());
  onChange(room, ["panelOpen"], show);
  onChange(room, ["selection", "tool"], ({ selection, tool }) => {
    if (selection || tool === "edit-site") body.scrollTo({ top: 0 });
  });
  return element;
}
