/** Search and command palette (Ctrl-K): streets, places and addresses of the network, what desks know, and what can be done. */
import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";
import * as api from "../contract/api.ts";
import type { SearchHit } from "../contract/index.ts";
import { goTo as lookAt } from "../map/view.ts";
import { matching } from "./commands.ts";
import { type Command, type Frame, type Hit, TIMES } from "./desk.ts";
import { goToMap } from "./frame.ts";

const PAUSE_MS = 120;
const MOST = 12;
const MOST_OF_DESKS = 8;
const CLOSE_ZOOM = 16;
/** So many letters call a command by its name. */
const CALLED = 2;
const NOTHING = "Nothing found. Try part of a name, or a word from a report.";

/** The groups in which hits stand, in this order, where nothing else is said. */
const PLACES = "Streets and places";
const COMMANDS = "Commands";

function go(frame: Frame, hit: SearchHit): void {
  goToMap(frame);
  lookAt(frame.map, hit.lon, hit.lat, CLOSE_ZOOM);
  for (const { desk, open } of frame.desks) desk.found?.(open, hit);
}

const asHits = (commands: readonly Command[], text: string): Hit[] =>
  matching(commands, text).map(({ label, keys, act }) => ({ label, note: keys ?? "command", group: COMMANDS, act }));

/** A command that is called by its name, or by a whole word of it, comes first. */
const isCalled = (hits: readonly Hit[], text: string): boolean => {
  const typed = text.toLowerCase();
  const label = hits[0]?.label.toLowerCase() ?? "";
  return typed.length > CALLED && (label.startsWith(typed) || label.split(/\W+/).includes(typed));
};

/** What the network, the commands and the desks have of these words; a sentence where the server does not answer. */
async function find(
  frame: Frame,
  commands: readonly Command[],
  text: string,
  signal: AbortSignal,
): Promise<Hit[] | string> {
  const [streets, ...found] = await Promise.all([
    api.search(frame.state.get().network.id, text, signal),
    ...frame.desks.map(({ desk, open }) => desk.search?.(open, text, signal)),
  ]);
  if (!streets.ok) return streets.error.message;
  const ofDesks = found.flatMap((one) => (one?.ok ? one.value.slice(0, MOST_OF_DESKS) : []));
  const places = streets.value.slice(0, Math.max(0, MOST - ofDesks.length)).map((hit) => ({
    label: hit.label,
    note: hit.kind.replaceAll("_", " "),
    group: PLACES,
    act: () => go(frame, hit),
  }));
  const commanded = asHits(commands, text);
  const [first, last] = isCalled(commanded, text) ? [commanded, []] : [[], commanded];
  const times = ofDesks.filter(({ group }) => group === TIMES);
  return [...first, ...times, ...places, ...last, ...ofDesks.filter(({ group }) => group !== TIMES)];
}

type Group = readonly [name: string, hits: readonly (readonly [hit: Hit, index: number])[]];

/** Hits under their headings, each with its number in the list. */
function grouped(hits: readonly Hit[]): readonly Group[] {
  const groups = new Map<string, (readonly [Hit, number])[]>();
  for (const [index, hit] of hits.entries()) {
    const group = hit.group ?? "Found";
    groups.set(group, [...(groups.get(group) ?? []), [hit, index]]);
  }
  return [...groups];
}

type Props = { readonly frame: Frame; readonly commands: readonly Command[]; readonly opener: { current: () => void } };

export function Palette({ frame, commands, opener }: Props): JSX.Element {
  const dialog = useRef<HTMLDialogElement>(null);
  const input = useRef<HTMLInputElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const hits = useSignal<readonly Hit[]>([]);
  const chosen = useSignal(0);
  const problem = useSignal("");
  const asking = useRef<AbortController | null>(null);
  /** Enter was pressed before the answer was there. */
  const entered = useRef(false);

  const fill = (found: readonly Hit[]): void => {
    hits.value = found.slice(0, MOST * 2);
    chosen.value = 0;
    problem.value = hits.value.length ? "" : NOTHING;
  };
  const act = (index: number): void => {
    const hit = hits.value[index];
    if (!hit) return;
    dialog.current?.close();
    hit.act();
  };
  const look = async (text: string, mine: AbortController): Promise<void> => {
    const found = await find(frame, commands, text, mine.signal);
    if (asking.current !== mine) return;
    asking.current = null;
    if (typeof found === "string") {
      problem.value = found;
      return;
    }
    fill(found);
    if (entered.current) act(0);
  };
  const type = (): void => {
    const text = input.current?.value.trim() ?? "";
    asking.current?.abort();
    asking.current = null;
    entered.current = false;
    if (text.length <= 1) return fill(asHits(commands, text));
    const mine = new AbortController();
    asking.current = mine;
    const timer = setTimeout(() => void look(text, mine), PAUSE_MS);
    mine.signal.addEventListener("abort", () => clearTimeout(timer));
  };
  const press = (event: KeyboardEvent): void => {
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    const many = hits.value.length;
    if (step && many) {
      event.preventDefault();
      chosen.value = (chosen.value + step + many) % many;
    } else if (event.key === "Enter") {
      event.preventDefault();
      if (asking.current) entered.current = true;
      else act(chosen.value);
    }
  };
  const open = (): void => {
    if (!dialog.current || !input.current || dialog.current.open) return;
    input.current.value = "";
    asking.current = null;
    fill(asHits(commands, ""));
    dialog.current.showModal();
    input.current.focus();
  };
  opener.current = open;
  useEffect(
    () => list.current?.querySelector(`#palette-${chosen.value}`)?.scrollIntoView({ block: "nearest" }),
    [chosen.value],
  );

  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: a click beside the dialog closes it, as Escape does
    <dialog
      class="palette"
      aria-label="Search"
      ref={dialog}
      onClick={(event) => event.target === dialog.current && dialog.current?.close()}
    >
      <input
        ref={input}
        type="text"
        role="combobox"
        aria-expanded="true"
        aria-controls="palette-list"
        aria-autocomplete="list"
        aria-activedescendant={hits.value.length ? `palette-${chosen.value}` : ""}
        aria-label="Search streets, places, entries and commands"
        placeholder="A street, a place, a time, a word from a report, or a command"
        autocomplete="off"
        spellcheck={false}
        onInput={type}
        onKeyDown={press}
      />
      <div class="hits" role="listbox" id="palette-list" aria-label="Results" ref={list}>
        {grouped(hits.value).map(([group, members]) => (
          // biome-ignore lint/a11y/useSemanticElements: a group of options of a list box
          <div key={group} role="group" aria-label={group}>
            <p class="group" aria-hidden="true">
              {group}
            </p>
            {members.map(([hit, index]) => (
              // biome-ignore lint/a11y/useKeyWithClickEvents lint/a11y/useFocusableInteractive: the keys are those of the combobox above
              <div
                key={`${hit.note} ${hit.label} ${index}`}
                role="option"
                id={`palette-${index}`}
                aria-selected={index === chosen.value}
                onClick={() => act(index)}
                onMouseMove={() => {
                  chosen.value = index;
                }}
              >
                <span>{hit.label}</span>
                <small>{hit.note}</small>
              </div>
            ))}
          </div>
        ))}
      </div>
      <p class="palette-state" role="status">
        {problem.value}
      </p>
    </dialog>
  );
}
