/** The list of barriers, in step with the map. */
import type { Barrier } from "../../../contract/index.ts";
import { retitle, section } from "../../../lib/card.ts";
import { h, refill } from "../../../lib/dom.ts";
import { onChange } from "../../../lib/store.ts";
import { points } from "../../../lib/units.ts";
import { listed } from "../../../lib/words.ts";
import { isGate } from "../map/features.ts";
import { isPinned } from "../question.ts";
import { type PlanStore, questionOf, type State, select } from "../store.ts";

export const whereWords = (barrier: Barrier): string => {
  const where = barrier.between.length
    ? `${barrier.place === "junction" ? "with" : "between"} ${listed(barrier.between)}`
    : "";
  return [where, barrier.side].filter(Boolean).join(", ");
};

export const placeWord = (barrier: Barrier): string =>
  `${isGate(barrier) ? "Gate across" : "Across"} the ${barrier.place}`;

function item(barrier: Barrier, state: State, room: PlanStore): HTMLElement {
  const current = state.selection?.kind === "barrier" && state.selection.number === barrier.number;
  const pinned = isPinned(questionOf(state), barrier, state.answer?.cordon?.barriers ?? []);
  const act = (): void => select(room, current ? null : { kind: "barrier", number: barrier.number });
  const unseen = (text: string): HTMLElement => h("span", { class: "unseen" }, text);
  const badge = h(
    "span",
    { class: `badge ${barrier.place}${isGate(barrier) ? " gate" : ""}`, "aria-hidden": "true" },
    `${barrier.number}`,
  );
  const text = h(
    "span",
    { class: "item-text" },
    h("strong", {}, barrier.street),
    unseen(", "),
    h("small", {}, whereWords(barrier)),
  );
  const note = h(
    "span",
    { class: "item-note" },
    unseen(`, ${placeWord(barrier).toLowerCase()}, `),
    pinned ? "pinned" : points(barrier.cost),
    pinned ? null : unseen(" points"),
  );
  const attributes = {
    type: "button",
    class: "item",
    "aria-pressed": String(current),
    "data-key": `barrier-${barrier.number}`,
    on: { click: act },
  };
  return h("li", {}, h("button", attributes, unseen(`Barrier ${barrier.number}, `), badge, text, note));
}

/** Up and down move along the list. */
export function arrowKeys(event: KeyboardEvent): void {
  const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
  const items = [...(event.currentTarget as HTMLElement).querySelectorAll<HTMLElement>("button.item")];
  const at = items.indexOf(document.activeElement as HTMLElement);
  if (!step || at < 0) return;
  event.preventDefault();
  items[at + step]?.focus();
}

export function barrierList(room: PlanStore): HTMLElement {
  const list = h("ol", { class: "items", id: "barrier-list", "aria-label": "Barriers", on: { keydown: arrowKeys } });
  const element = section("Barriers", list, true, "barriers");
  const show = (state: State): void => {
    const barriers = state.answer?.cordon?.barriers ?? [];
    element.hidden = barriers.length === 0;
    retitle(element, `Barriers (${barriers.length})`);
    refill(list, ...barriers.map((barrier) => item(barrier, state, room)));
    const current = list.querySelector<HTMLElement>('[aria-pressed="true"]');
    current?.scrollIntoView({ block: "nearest" });
  };
  show(room.get());
  onChange(room, ["answer", "selection", "history"], show);
  return element;
}
