/** The bar on top: the operation's name, search, undo and redo, sharing and printing. */
import type { JSX } from "preact";
import help from "../icons/help.svg";
import link from "../icons/link.svg";
import moon from "../icons/moon.svg";
import more from "../icons/more.svg";
import printer from "../icons/print.svg";
import redo from "../icons/redo.svg";
import glass from "../icons/search.svg";
import sun from "../icons/sun.svg";
import undo from "../icons/undo.svg";
import { Icon, IconButton } from "../lib/icon.tsx";
import { changeColours, copyLink } from "./commands.ts";
import type { Command, Frame } from "./desk.ts";
import { hereOf } from "./frame.ts";
import { openDialog } from "./open-dialog.ts";
import { titleOf } from "./title.ts";

const WIDE = "icon-button wide-only";

function UndoButtons({ frame }: { readonly frame: Frame }): JSX.Element | null {
  const steps = hereOf(frame, ({ desk, open }) => desk.undo?.(open));
  if (!steps) return null;
  return (
    <>
      <IconButton
        label="Undo"
        drawing={undo}
        act={steps.undo}
        disabled={!steps.canUndo}
        aria-keyshortcuts="Control+Z"
      />
      <IconButton
        label="Redo"
        drawing={redo}
        act={steps.redo}
        disabled={!steps.canRedo}
        aria-keyshortcuts="Control+Shift+Z"
      />
    </>
  );
}

type Props = {
  readonly frame: Frame;
  readonly commands: readonly Command[];
  readonly search: () => void;
  readonly print: () => void;
};

export function TopBar({ frame, commands, search, print }: Props): JSX.Element {
  const { dark } = frame.state.get();
  return (
    <header class="topbar">
      <div class="name">
        <h1>
          <button
            type="button"
            aria-haspopup="dialog"
            title={`${titleOf(frame)}. Switch to another operation or city, or begin one`}
            onClick={() => openDialog(frame, "rooms")}
          >
            {titleOf(frame)}
          </button>
        </h1>
        {frame.desks.map(({ desk, open }) => desk.beside && <desk.beside key={desk.id} {...open} />)}
      </div>
      <button
        type="button"
        class="search-button"
        aria-keyshortcuts="Control+K"
        aria-label="Search streets, places, commands Ctrl K"
        onClick={search}
      >
        <Icon drawing={glass} />
        <span>
          Search<span class="search-words"> streets, places, commands</span>
        </span>{" "}
        <kbd>Ctrl K</kbd>
      </button>
      <div class="actions">
        <UndoButtons frame={frame} />
        <IconButton label="Copy link" drawing={link} act={() => void copyLink(frame)} class={WIDE} />
        <IconButton label="Print" drawing={printer} act={print} class={WIDE} />
        {commands.map(
          ({ id, button, act }) =>
            button && <IconButton key={id} label={button.label} drawing={button.icon} act={act} class={WIDE} />,
        )}
        <IconButton
          label={dark ? "Day colours" : "Night colours"}
          drawing={dark ? sun : moon}
          act={() => changeColours(frame)}
          class={WIDE}
        />
        <IconButton label="Help" drawing={help} act={() => openDialog(frame, "help")} class={WIDE} />
        <IconButton label="More commands" drawing={more} act={search} class="icon-button narrow-only" />
      </div>
    </header>
  );
}
