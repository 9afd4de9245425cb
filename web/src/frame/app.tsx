/** The frame on the screen: bar, rail, panels and all that floats over the map. */
import { effect } from "@preact/signals";
import type { JSX } from "preact";
import { useMemo } from "preact/hooks";
import type { Dispose } from "../lib/store.ts";
import { commandsOf } from "./commands.ts";
import type { Frame } from "./desk.ts";
import { Dialogs } from "./dialogs/index.tsx";
import { isOpen, openDesk } from "./frame.ts";
import { Palette } from "./palette.tsx";
import { Panel, Tab } from "./panel.tsx";
import { Rail } from "./rail.tsx";
import { Status } from "./status.tsx";
import { TopBar } from "./topbar.tsx";

function toPanel(event: Event): void {
  event.preventDefault();
  document.querySelector<HTMLElement>(".panel:not([hidden]) .panel-toggle")?.focus();
}

/** Comes before the map, so that the keyboard need not go through it. */
export const SkipLink = (): JSX.Element => (
  // biome-ignore lint/a11y/useValidAnchor: it leads to what has no address of its own
  <a class="skip" href="#" onClick={toPanel}>
    Skip to the panel
  </a>
);

type Props = { readonly frame: Frame; readonly search: { current: () => void }; readonly print: () => void };

export function App({ frame, search, print }: Props): JSX.Element {
  // the commands are what they are; what they do looks at the stores
  const commands = useMemo(() => commandsOf(frame, print), [frame, print]);
  return (
    <>
      <TopBar frame={frame} commands={commands} search={() => search.current()} print={print} />
      <Rail frame={frame} />
      {frame.desks.map((placed) => (
        <Tab key={placed.desk.id} frame={frame} {...placed} part="sheet" />
      ))}
      {frame.desks.map((placed) => !placed.desk.within && <Panel key={placed.desk.id} frame={frame} placed={placed} />)}
      {frame.desks.map((placed) => (
        <Tab key={placed.desk.id} frame={frame} {...placed} part="legend" />
      ))}
      <Status frame={frame} />
      {frame.desks.map((placed) => (
        <Tab key={placed.desk.id} frame={frame} {...placed} part="timebar" />
      ))}
      <Palette frame={frame} commands={commands} opener={search} />
      <Dialogs frame={frame} commands={commands} />
      {frame.desks.map(({ desk, open }) => desk.dialogs && <desk.dialogs key={desk.id} {...open} />)}
    </>
  );
}

/** What styles ask of the page as a whole: which desk is open, and whether it has the bar of time and the map. */
export function markRoot(root: HTMLElement, frame: Frame): Dispose {
  return effect(() => {
    const here = openDesk(frame)?.desk;
    root.dataset["desk"] = here?.id ?? "";
    root.toggleAttribute(
      "data-timebar",
      frame.desks.some(({ desk }) => desk.timebar && isOpen(frame, desk)),
    );
    root.toggleAttribute(
      "data-sheet",
      frame.desks.some(({ desk }) => desk.sheet && isOpen(frame, desk)),
    );
  });
}
