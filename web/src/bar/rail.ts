/** The narrow rail: desks above, the tools of this desk below. A later desk is one more entry of DESKS. */
import type { Map } from "maplibre-gl";
import { h, icon } from "../dom.ts";
import * as icons from "../icons.ts";
import { fitPlan } from "../map/fit.ts";
import { onChange } from "../store.ts";
import { takeTool, type Room, type Tool } from "../state.ts";

const DESKS = [{ id: "plan", label: "Plan", path: icons.PLAN }] as const;

const TOOLS: readonly { readonly tool: Tool; readonly label: string; readonly title: string; readonly path: string }[] = [
  { tool: "select", label: "Select", title: "Select a street, barrier or address", path: icons.POINTER },
  { tool: "edit-site", label: "Edit site", title: "Edit site corners", path: icons.EDIT_SITE },
  { tool: "draw-site", label: "New site", title: "Draw a new site", path: icons.DRAW },
  { tool: "add-barrier", label: "Barrier", title: "Place a barrier", path: icons.BARRIER },
  { tool: "forbid-spot", label: "Forbid", title: "Forbid barriers at a spot", path: icons.FORBID },
];

const entry = (label: string, path: string, attributes: object): HTMLButtonElement =>
  h("button", { type: "button", class: "rail-entry", ...attributes }, icon(path), h("span", {}, label));

export function rail(map: Map, room: Room): HTMLElement {
  const desks = DESKS.map(({ label, path }) => h("li", {}, entry(label, path, { "aria-current": "page" })));
  const tools = TOOLS.map(({ tool, label, title, path }) =>
    entry(label, path, { title, "aria-label": title, "data-tool": tool, on: { click: () => takeTool(room, tool) } }),
  );
  const fit = entry("Whole plan", icons.FIT, { title: "Show the whole plan", "aria-label": "Show the whole plan", on: { click: () => fitPlan(map, room.get()) } });
  const show = (): void => tools.forEach((one) => one.setAttribute("aria-pressed", String(one.dataset["tool"] === room.get().tool)));
  show();
  onChange(room, ["tool"], show);
  return h("section", { class: "rail", "aria-label": "Desks and tools" },
    h("nav", { "aria-label": "Desks", class: "desks" }, h("ul", {}, ...desks)),
    h("div", { class: "tools", role: "toolbar", "aria-label": "Tools", "aria-orientation": "vertical" }, ...tools, fit));
}
