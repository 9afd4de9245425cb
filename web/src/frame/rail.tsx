/** The narrow rail: the desks in their groups, then the tools of the desk that is open. */
import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import menu from "../icons/menu.svg";
import { Icon } from "../lib/icon.tsx";
import type { Frame } from "./desk.ts";
import { type Desk, GROUPS, type Tool } from "./desk.ts";
import { goTo, hereOf, railDesks } from "./frame.ts";

/** Where little room is, the names go once one is chosen: what was chosen is seen. */
type Entry = { readonly chosen: () => void };

function DeskEntry({ frame, desk, chosen }: Entry & { readonly frame: Frame; readonly desk: Desk }): JSX.Element {
  const here = frame.state.get().desk === desk.id;
  return (
    <li>
      <button
        type="button"
        class="rail-entry"
        aria-label={desk.label}
        aria-current={here ? "page" : undefined}
        data-desk={desk.id}
        onClick={() => {
          chosen();
          goTo(frame, desk);
        }}
      >
        <Icon drawing={desk.icon} />
        <span>{desk.label}</span>
      </button>
    </li>
  );
}

const ToolEntry = ({ tool, chosen }: Entry & { readonly tool: Tool }): JSX.Element => (
  <button
    type="button"
    class="rail-entry"
    title={tool.title}
    aria-label={tool.name ?? tool.title}
    aria-pressed={tool.isOn?.()}
    data-tool={tool.id}
    onClick={() => {
      chosen();
      tool.act();
    }}
  >
    <Icon drawing={tool.icon} />
    <span>{tool.label}</span>
  </button>
);

export function Rail({ frame }: { readonly frame: Frame }): JSX.Element {
  const groups = GROUPS.map((group) => railDesks(frame).filter((desk) => desk.group === group));
  const tools = hereOf(frame, ({ desk, open }) => desk.tools?.(open)) ?? [];
  const worded = useSignal(false);
  const fold = (): void => {
    worded.value = false;
  };
  return (
    <section class={worded.value ? "rail worded" : "rail"} aria-label="Desks and tools">
      <button
        type="button"
        class="rail-entry rail-words"
        aria-label={worded.value ? "Hide the names" : "Show the names of desks and tools"}
        aria-expanded={worded.value}
        onClick={() => {
          worded.value = !worded.value;
        }}
      >
        <Icon drawing={menu} />
        <span>Hide the names</span>
      </button>
      <nav aria-label="Desks" class="desks">
        {groups
          .filter((desks) => desks.length)
          .map((desks) => (
            <ul key={desks[0]?.group}>
              {desks.map((desk) => (
                <DeskEntry key={desk.id} frame={frame} desk={desk} chosen={fold} />
              ))}
            </ul>
          ))}
      </nav>
      <div class="tools" role="toolbar" aria-label="Tools" aria-orientation="vertical">
        {tools.map((tool) => (
          <ToolEntry key={tool.id} tool={tool} chosen={fold} />
        ))}
      </div>
    </section>
  );
}
