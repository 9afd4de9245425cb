/** Search and command palette (Ctrl-K): streets, places and addresses of the network, and what the page can do. */
import type { Map as MapLibre } from "maplibre-gl";
import * as api from "../api.ts";
import type { Fact, SearchHit } from "../contract.ts";
import { h } from "../dom.ts";
import { goTo } from "../map/create.ts";
import { choose, lookAt, type Watch } from "../picture/watch.ts";
import { type Room, select } from "../state.ts";
import type { Command } from "./commands.ts";

type Entry = { readonly label: string; readonly note: string; readonly act: () => void };

const PAUSE_MS = 120;
const MOST = 12;
const MOST_FACTS = 8;

function go(map: MapLibre, room: Room, hit: SearchHit): void {
  goTo(map, hit.lon, hit.lat, 16);
  select(
    room,
    hit.way === null
      ? { kind: "spot", label: hit.label, spot: { lon: hit.lon, lat: hit.lat } }
      : { kind: "way", way: hit.way },
  );
}

/** Its source, at a moment at which it is part of the picture. */
function goToFact(room: Room, watch: Watch, fact: Fact): void {
  const moment = Math.max(Date.parse(fact.happened.start), Date.parse(fact.known));
  if (watch.get().at < moment || watch.get().knownAt < moment) lookAt(watch, moment);
  room.set({ desk: "picture", panelOpen: true });
  choose(watch, fact.id);
}

const matching = (commands: readonly Command[], text: string): Entry[] =>
  commands
    .filter(({ label }) =>
      text
        .toLowerCase()
        .split(/\s+/)
        .every((word) => label.toLowerCase().includes(word)),
    )
    .map(({ label, keys, act }) => ({ label, note: keys ?? "command", act }));

export function palette(
  map: MapLibre,
  room: Room,
  watch: Watch,
  commands: readonly Command[],
): { element: HTMLDialogElement; open: () => void } {
  const list = h("ul", { role: "listbox", id: "palette-list", "aria-label": "Results" });
  const input = h("input", {
    type: "text",
    role: "combobox",
    "aria-expanded": "true",
    "aria-controls": "palette-list",
    "aria-autocomplete": "list",
    "aria-label": "Search streets, places, entries and commands",
    placeholder: "A street, a place, a word of a report, or what to do",
    autocomplete: "off",
    spellcheck: "false",
  });
  const state = h("p", { class: "palette-state", role: "status" });
  const dialog = h("dialog", { class: "palette", "aria-label": "Search" }, input, list, state);
  let entries: Entry[] = [];
  let chosen = 0;
  let asking: AbortController | null = null;
  let timer = 0;
  let waiting = false;
  let entered = false;

  const mark = (): void => {
    for (const [index, item] of [...list.children].entries())
      item.setAttribute("aria-selected", String(index === chosen));
    input.setAttribute("aria-activedescendant", entries.length ? `palette-${chosen}` : "");
    list.children[chosen]?.scrollIntoView({ block: "nearest" });
  };
  const act = (index: number): void => {
    const entry = entries[index];
    if (!entry) return;
    dialog.close();
    entry.act();
  };
  const fill = (found: Entry[]): void => {
    entries = found.slice(0, MOST * 2);
    chosen = 0;
    list.replaceChildren(
      ...entries.map(({ label, note }, index) =>
        h(
          "li",
          {
            role: "option",
            id: `palette-${index}`,
            on: {
              click: () => act(index),
              mousemove: () => {
                chosen = index;
                mark();
              },
            },
          },
          h("span", {}, label),
          h("small", {}, note),
        ),
      ),
    );
    state.textContent = entries.length ? "" : "Nothing of that name here. Try part of a name, or a word of a report.";
    mark();
  };
  const look = async (text: string): Promise<void> => {
    asking?.abort();
    asking = new AbortController();
    const { operation } = watch.get();
    const [found, entries] = await Promise.all([
      api.search(room.get().network.id, text, asking.signal),
      operation ? api.findEntries(operation.id, text, asking.signal) : Promise.resolve(null),
    ]);
    if (!found.ok && found.error.kind === "cancelled") return;
    waiting = false;
    if (!found.ok) {
      state.textContent = found.error.message;
      return;
    }
    const hits = found.value
      .slice(0, MOST)
      .map((hit) => ({ label: hit.label, note: hit.kind.replaceAll("_", " "), act: () => go(map, room, hit) }));
    const facts = entries?.ok ? entries.value.slice(-MOST_FACTS).reverse() : [];
    fill([
      ...hits.slice(0, MOST - facts.length),
      ...matching(commands, text),
      ...facts.map((fact) => ({ label: fact.says, note: "entry", act: () => goToFact(room, watch, fact) })),
    ]);
    if (entered) act(0);
  };
  input.addEventListener("input", () => {
    const text = input.value.trim();
    clearTimeout(timer);
    asking?.abort();
    waiting = text.length > 1;
    entered = false;
    if (!waiting) return fill(matching(commands, text));
    timer = window.setTimeout(() => void look(text), PAUSE_MS);
  });
  input.addEventListener("keydown", (event) => {
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (step && entries.length) {
      event.preventDefault();
      chosen = (chosen + step + entries.length) % entries.length;
      mark();
    } else if (event.key === "Enter") {
      event.preventDefault();
      if (waiting) entered = true;
      else act(chosen);
    }
  });
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog) dialog.close();
  });
  const open = (): void => {
    if (dialog.open) return;
    input.value = "";
    waiting = false;
    fill(matching(commands, ""));
    dialog.showModal();
    input.focus();
  };
  return { element: dialog, open };
}
