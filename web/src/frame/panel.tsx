/** The panel of a desk, its tabs in it; on a phone a sheet at the foot that can be put away. */
import type { JSX } from "preact";
import { useRef } from "preact/hooks";
import { Choices } from "../lib/parts.tsx";
import { RecordFoot } from "./anchor.tsx";
import type { Desk, Frame, Placed } from "./desk.ts";
import { isOpen, tabIn, tabsOf } from "./frame.ts";

/** What the panel is looked at for. */
function Tabs({ frame, tabs }: { readonly frame: Frame; readonly tabs: readonly Placed[] }): JSX.Element {
  const [whole] = tabs;
  const options = tabs.map(({ desk }) => ({ value: desk.id, label: desk.tab ?? desk.label }));
  return (
    <div class="part-switch">
      <Choices
        name="part"
        title={`Parts of the ${whole?.desk.label.toLowerCase()}`}
        options={options}
        chosen={tabIn(frame, whole?.desk.id ?? "")}
        act={(part) => frame.state.set({ part })}
      />
    </div>
  );
}

/** A desk's panel is made when it is first opened, and kept: what was unfolded or half written stays. */
export function Panel({ frame, placed }: { readonly frame: Frame; readonly placed: Placed }): JSX.Element | null {
  const { desk, open } = placed;
  const { panelOpen, desk: shown } = frame.state.get();
  const opened = useRef(false);
  opened.current ||= shown === desk.id;
  if (!opened.current) return null;
  const tabs = tabsOf(frame, desk.id);
  const name = desk.panelName ?? desk.label;
  const id = `panel-body-${desk.id}`;
  return (
    <aside class={panelOpen ? "panel" : "panel away"} aria-label={name} hidden={shown !== desk.id}>
      <button
        type="button"
        class="panel-toggle"
        aria-controls={id}
        aria-expanded={panelOpen}
        onClick={() => frame.state.set({ panelOpen: !panelOpen })}
      >
        <span class="grip" aria-hidden="true" />
        <span class="panel-toggle-word">{`${panelOpen ? "Hide" : "Show"} the ${name.toLowerCase()}`}</span>
      </button>
      <div class="panel-body" id={id}>
        {tabs.length > 1 && <Tabs frame={frame} tabs={tabs} />}
        {desk.head && <desk.head {...open} />}
        {tabs.map((tab) => (
          <Tab key={tab.desk.id} frame={frame} {...tab} part="panel" />
        ))}
        <RecordFoot frame={frame} />
      </div>
      {tabs.map((tab) => (
        <Tab key={tab.desk.id} frame={frame} {...tab} part="foot" />
      ))}
    </aside>
  );
}

type PartName = "panel" | "foot" | "legend" | "timebar" | "sheet";

/** A part of a desk, seen while its tab is looked at; made when it first is. */
export function Tab({
  frame,
  desk,
  open,
  part,
}: Placed & { readonly frame: Frame; readonly part: PartName }): JSX.Element | null {
  const seen = isOpen(frame, desk);
  const opened = useRef(false);
  opened.current ||= seen;
  const Part = desk[part] as Desk["panel"] | undefined;
  if (!Part || !opened.current) return null;
  return (
    <div class="through" hidden={!seen}>
      <Part {...open} />
    </div>
  );
}
