/** The panels of the desks; on a phone a sheet at the foot that can be put away. */
import type { Map as MapLibre } from "maplibre-gl";
import { h, refill } from "../dom.ts";
import type { Desk, Part, Room, State } from "../state.ts";
import { onChange } from "../store.ts";
import type { Traffic } from "../traffic/store.ts";
import { synthetic } from "../traffic/sure.ts";
import { accessParts } from "./access.ts";
import { alternatives } from "./alternatives.ts";
import { figures, summary } from "./answer.ts";
import { barrierList } from "./barriers.ts";
import { choices } from "./card.ts";
import { frontierSlider } from "./frontier.ts";
import { selectionCard } from "./selection.ts";
import { settings } from "./settings.ts";
import { sources } from "./sources.ts";

/** One panel for one desk; its words are read as its name. */
function deskPanel(
  room: Room,
  desk: Desk,
  name: string,
  parts: readonly HTMLElement[],
  foot: HTMLElement | null = null,
): HTMLElement {
  const id = `panel-body-${desk}`;
  const body = h("div", { class: "panel-body", id }, ...parts);
  const toggle = h(
    "button",
    {
      type: "button",
      class: "panel-toggle",
      "aria-controls": id,
      on: { click: () => room.set({ panelOpen: !room.get().panelOpen }) },
    },
    h("span", { class: "grip", "aria-hidden": "true" }),
    h("span", { class: "panel-toggle-word" }),
  );
  const element = h("aside", { class: "panel", "aria-label": name }, toggle, body, foot);
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

const PARTS = [
  { value: "cordon", label: "Cordon and access" },
  { value: "traffic", label: "Traffic" },
] as const;

/** What the plan is looked at for. */
function partSwitch(room: Room): HTMLElement {
  const inside = h("div", { class: "part-switch" });
  const show = ({ part }: State): void =>
    refill(
      inside,
      choices<Part>("part", "Look at the plan's", PARTS, part, (chosen) => room.set({ part: chosen })),
    );
  show(room.get());
  onChange(room, ["part"], show);
  return inside;
}

export function planPanel(map: MapLibre, room: Room, traffic: Traffic, trafficPart: HTMLElement): HTMLElement {
  const foot = synthetic(room, traffic);
  const cordon = h(
    "div",
    {},
    summary(room),
    frontierSlider(room),
    figures(room),
    barrierList(room),
    alternatives(room),
    ...accessParts(room),
    settings(room),
    sources(room),
  );
  const element = deskPanel(
    room,
    "plan",
    "Plan",
    [partSwitch(room), selectionCard(map, room, traffic), cordon, trafficPart],
    foot,
  );
  const show = ({ part }: State): void => {
    cordon.hidden = part !== "cordon";
    trafficPart.hidden = foot.hidden = part !== "traffic";
  };
  show(room.get());
  onChange(room, ["part"], show);
  onChange(room, ["selection", "tool"], ({ selection, tool }) => {
    if (selection || tool === "edit-site") element.querySelector(".panel-body")?.scrollTo({ top: 0 });
  });
  return element;
}

export const readingPanel = (room: Room, ...parts: readonly HTMLElement[]): HTMLElement =>
  deskPanel(room, "read", "Drafts", parts);

export const picturePanel = (room: Room, ...parts: readonly HTMLElement[]): HTMLElement =>
  deskPanel(room, "picture", "Picture", parts);
