/** Ctrl-K, Ctrl-P, Ctrl-Z, Ctrl-Shift-Z, Ctrl-Y, Escape, and the single keys of the desk that is open. */
import type { Dispose } from "../lib/store.ts";
import { undoSteps } from "./commands.ts";
import type { Frame } from "./desk.ts";
import { firstOf, isMapSeen, openDesk } from "./frame.ts";
import { openDialog } from "./open-dialog.ts";

type Acts = { readonly search: () => void; readonly print: () => void };

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  target.matches("input:not([type=radio],[type=checkbox],[type=range]), textarea, select");

export function listenToKeys(frame: Frame, { search, print }: Acts): Dispose {
  const withControl = (event: KeyboardEvent, key: string): (() => void) | undefined => {
    if (key === "k") return search;
    if (key === "p") return print;
    if ((key !== "z" && key !== "y") || isTyping(event.target)) return undefined;
    return key === "y" || event.shiftKey ? undoSteps(frame)?.redo : undoSteps(frame)?.undo;
  };
  const alone = (event: KeyboardEvent, key: string): (() => void) | undefined => {
    if (event.altKey || document.querySelector("dialog[open]")) return undefined;
    if (key === "escape") return firstOf(frame, ({ desk, open }) => desk.keys?.(open)["escape"]) ?? undefined;
    if (isTyping(event.target)) return undefined;
    const here = openDesk(frame);
    const own = here?.desk.keys?.(here.open)[key];
    if (own) return own;
    if (key === "?") return () => openDialog(frame, "help");
    return key === "m" && isMapSeen(frame) ? () => openDialog(frame, "measure") : undefined;
  };
  const press = (event: KeyboardEvent): void => {
    const key = event.key.toLowerCase();
    const act = event.ctrlKey || event.metaKey ? withControl(event, key) : alone(event, key);
    if (!act) return;
    if (key !== "escape") event.preventDefault();
    act();
  };
  addEventListener("keydown", press);
  return () => removeEventListener("keydown", press);
}
