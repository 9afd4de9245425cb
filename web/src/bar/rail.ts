/** The narrow rail: desks above, the tools of the desk below. A later desk is one more entry of DESKS. */
import { h, icon } from "../dom.ts";
import * as icons from "../icons.ts";
import { type Desk, type Room, type State, type Tool, takeTool } from "../state.ts";
import { onChange } from "../store.ts";

const DESKS: readonly { readonly id: Desk; readonly label: string; readonly path: string }[] = [
  { id: "picture", label: "Picture", path: icons.PICTURE },
  { id: "read", label: "Read", path: icons.READ },
  { id: "plan", label: "Plan", path: icons.PLAN },
];

const TOOLS: readonly { readonly tool: Tool; readonly label: string; readonly title: string; readonly path: string }[] =
  [
    { tool: "select", label: "Select", title: "Select a street, barrier or address", path: icons.POINTER },
    { tool: "edit-site", label: "Edit site", title: "Edit site corners", path: icons.EDIT_SITE },
    { tool: "draw-site", label: "New site", title: "Draw a new site", path: icons.DRAW },
    { tool: "add-barrier", label: "Barrier", title: "Place a barrier", path: icons.BARRIER },
    { tool: "forbid-spot", label: "Forbid", title: "Forbid barriers at a spot", path: icons.FORBID },
  ];

export const entry = (label: string, path: string, attributes: object): HTMLButtonElement =>
  h(
    "button",
    { type: "button", class: "rail-entry", "aria-label": label, ...attributes },
    icon(path),
    h("span", {}, label),
  );

export function rail(room: Room, fitWhole: () => void, pictureTools: readonly HTMLElement[]): HTMLElement {
  const desks = DESKS.map(({ id, label, path }) =>
    entry(label, path, { "data-desk": id, on: { click: () => room.set({ desk: id, panelOpen: true }) } }),
  );
  const tools = TOOLS.map(({ tool, label, title, path }) =>
    entry(label, path, { title, "aria-label": title, "data-tool": tool, on: { click: () => takeTool(room, tool) } }),
  );
  const fit = entry("Whole plan", icons.FIT, {
    title: "Show the whole plan",
    "aria-label": "Show the whole plan",
    on: { click: fitWhole },
  });
  const planTools = [...tools, fit];
  const show = ({ desk, tool }: State): void => {
    for (const one of desks) one.toggleAttribute("aria-current", one.dataset["desk"] === desk);
    for (const one of desks) if (one.dataset["desk"] === desk) one.setAttribute("aria-current", "page");
    for (const one of tools) one.setAttribute("aria-pressed", String(one.dataset["tool"] === tool));
    for (const one of planTools) one.hidden = desk !== "plan";
    for (const one of pictureTools) one.hidden = desk !== "picture";
  };
  show(room.get());
  onChange(room, ["tool", "desk"], show);
  return h(
    "section",
    { class: "rail", "aria-label": "Desks and tools" },
    h("nav", { "aria-label": "Desks", class: "desks" }, h("ul", {}, ...desks.map((one) => h("li", {}, one)))),
    h(
      "div",
      { class: "tools", role: "toolbar", "aria-label": "Tools", "aria-orientation": "vertical" },
      ...pictureTools,
      ...planTools,
    ),
  );
}
