/** The bar on top: the operation's name, search, undo and redo, sharing and printing. */
import { h, icon, iconButton } from "../dom.ts";
import { canRedo, canUndo } from "../history.ts";
import * as icons from "../icons.ts";
import { type Room, type State, stepBack, stepForward } from "../state.ts";
import { onChange } from "../store.ts";
import { type Command, named } from "./commands.ts";

export function topBar(
  room: Room,
  operation: string | null,
  commands: readonly Command[],
  openPalette: () => void,
  ...beside: readonly HTMLElement[]
): HTMLElement {
  const { network } = room.get();
  const title = h("h1", {});
  const undo = iconButton("Undo", icons.UNDO, () => stepBack(room), { "aria-keyshortcuts": "Control+Z" });
  const redo = iconButton("Redo", icons.REDO, () => stepForward(room), { "aria-keyshortcuts": "Control+Shift+Z" });
  const theme = iconButton("Night", icons.MOON, named(commands, "theme"), { class: "icon-button wide-only" });
  const search = h(
    "button",
    {
      type: "button",
      class: "search-button",
      "aria-keyshortcuts": "Control+K",
      "aria-label": "Search streets, places, commands Ctrl K",
      on: { click: openPalette },
    },
    icon(icons.SEARCH),
    h("span", {}, "Search streets, places, commands"),
    " ",
    h("kbd", {}, "Ctrl K"),
  );
  const show = ({ history, dark, desk }: State): void => {
    title.textContent = (desk !== "plan" && operation) || network.scenario.name || network.name;
    undo.hidden = redo.hidden = desk !== "plan";
    undo.disabled = !canUndo(history);
    redo.disabled = !canRedo(history);
    const label = dark ? "Day colours" : "Night colours";
    theme.setAttribute("aria-label", label);
    theme.title = label;
    theme.replaceChildren(icon(dark ? icons.SUN : icons.MOON));
  };
  show(room.get());
  onChange(room, ["history", "dark", "desk"], show);
  const actions = h(
    "div",
    { class: "actions" },
    undo,
    redo,
    iconButton("Copy link", icons.LINK, named(commands, "link"), { class: "icon-button wide-only" }),
    iconButton("Print", icons.PRINT, named(commands, "print"), { class: "icon-button wide-only" }),
    iconButton("Download", icons.DOWNLOAD, named(commands, "geojson"), { class: "icon-button wide-only" }),
    theme,
    iconButton("More commands", icons.MORE, openPalette, { class: "icon-button narrow-only" }),
  );
  return h("header", { class: "topbar" }, h("div", { class: "name" }, title, ...beside), search, actions);
}
