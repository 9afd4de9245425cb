/** The narrow rail: the desks in their groups, then the tools of the desk that is open. */
import type { JSX } from "preact";
import { Icon } from "../lib/icon.tsx";
import type { Frame } from "./desk.ts";
import { type Desk, GROUPS, type Tool } from "./desk.ts";
import { goTo, openDesk, railDesks } from "./frame.ts";

function DeskEntry({ frame, desk }: { readonly frame: Frame; readonly desk: Desk }): JSX.Element {
  const here = frame.state.get().desk === desk.id;
  return (
    <li>
      <button
        type="button"
        class="rail-entry"
        aria-label={desk.label}
        aria-current={here ? "page" : undefined}
        data-desk={desk.id}
        onClick={() => goTo(frame, desk)}
      >
        <Icon drawing={desk.icon} />
        <span>{desk.label}</span>
      </button>
    </li>
  );
}

const ToolEntry = ({ tool: { id, label, title, name, icon, act, isOn } }: { readonly tool: Tool }): JSX.Element => (
  <button
    type="button"
    class="rail-entry"
    title={title}
    aria-label={name ?? title}
    aria-pressed={isOn?.()}
    data-tool={id}
    onClick={act}
  >
    <Icon drawing={icon} />
    <span>{label}</span>
  </button>
);

export function Rail({ frame }: { readonly frame: Frame }): JSX.Element {
  const groups = GROUPS.map((group) => railDesks(frame).filter((desk) => desk.group === group));
  const here = openDesk(frame);
  const tools = here?.desk.tools?.(here.open) ?? [];
  return (
    <section class="rail" aria-label="Desks and tools">
      <nav aria-label="Desks" class="desks">
        {groups
          .filter((desks) => desks.length)
          .map((desks) => (
            <ul key={desks[0]?.group}>
              {desks.map((desk) => (
                <DeskEntry key={desk.id} frame={frame} desk={desk} />
              ))}
            </ul>
          ))}
      </nav>
      <div class="tools" role="toolbar" aria-label="Tools" aria-orientation="vertical">
        {tools.map((tool) => (
          <ToolEntry key={tool.id} tool={tool} />
        ))}
      </div>
    </section>
  );
}
