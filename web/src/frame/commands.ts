/** Everything that can be done by name: of every desk, and of the frame. */
import download from "../icons/download.svg";
import type { Command, Frame } from "./desk.ts";
import { firstOf, goTo, goToMap, railDesks, say } from "./frame.ts";
import { openDialog } from "./open-dialog.ts";

/** Put the page's address on the clipboard and say so. */
export async function copyLink(frame: Frame): Promise<void> {
  try {
    await navigator.clipboard.writeText(location.href);
    say(frame, "Link copied. Anyone who opens it on this server sees this plan.");
  } catch {
    say(
      frame,
      "The browser does not allow the page to copy. Copy the address from the address bar; it holds this plan.",
    );
  }
}

function measure(frame: Frame): void {
  goToMap(frame);
  openDialog(frame, "measure");
}

export const changeColours = ({ state }: Frame): void => state.set({ dark: !state.get().dark });

/** What is undone and done again at the open desk; at the plan where that has nothing of the kind. */
export const undoSteps = (frame: Frame) => firstOf(frame, ({ desk, open }) => desk.undo?.(open));

export function commandsOf(frame: Frame, print: () => void): readonly Command[] {
  const ofDesks = frame.desks.flatMap(({ desk, open }) => desk.commands?.(open) ?? []);
  const goToDesks = railDesks(frame).map((desk) => ({
    id: `desk-${desk.id}`,
    label: `Go to the ${desk.label} desk${desk.about ? `: ${desk.about}` : ""}`,
    act: () => goTo(frame, desk),
  }));
  return [
    ...goToDesks,
    ...ofDesks,
    { id: "undo", label: "Undo", keys: "Ctrl Z", act: () => undoSteps(frame)?.undo() },
    { id: "redo", label: "Redo", keys: "Ctrl Shift Z", act: () => undoSteps(frame)?.redo() },
    {
      id: "rooms",
      label: "Operations and cities: switch, new operation, bring a city in",
      act: () => openDialog(frame, "rooms"),
    },
    { id: "help", label: "Help: desks, keys, grades, words", keys: "?", act: () => openDialog(frame, "help") },
    { id: "tour", label: "Two-minute tour", act: () => openDialog(frame, "tour") },
    { id: "measure", label: "Measure a distance or an area", keys: "M", act: () => measure(frame) },
    {
      id: "settings",
      label: "Settings: colours, motion, who writes",
      act: () => openDialog(frame, "settings"),
    },
    { id: "link", label: "Copy link", act: () => void copyLink(frame) },
    {
      id: "export",
      label: "Download or export what is seen: GeoJSON, KML, GPX, CSV, PDF",
      button: { label: "Download", icon: download },
      act: () => openDialog(frame, "export"),
    },
    { id: "print", label: "Print", also: "paper pdf", keys: "Ctrl P", act: print },
    { id: "theme", label: "Day or night colours", also: "dark light theme", act: () => changeColours(frame) },
  ];
}

/** The commands that have every word, in their label or among their other words; those that begin with them first. */
export function matching(commands: readonly Command[], text: string): readonly Command[] {
  const typed = text.toLowerCase();
  const words = typed.split(/\s+/);
  const begins = ({ label, also = "" }: Command): number =>
    Number(!(label.toLowerCase().startsWith(typed) || also.split(" ").includes(typed)));
  return commands
    .filter(({ label, also = "" }) => words.every((word) => `${label} ${also}`.toLowerCase().includes(word)))
    .toSorted((one, other) => (typed ? begins(one) - begins(other) : 0));
}
