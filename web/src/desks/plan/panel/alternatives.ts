/** Really different cordons: looked at as ghosts on the map, taken by pinning their barriers. */
import type { Cordon } from "../../../contract/index.ts";
import { retitle, section } from "../../../lib/card.ts";
import { button, type Child, h, refill } from "../../../lib/dom.ts";
import { onChange } from "../../../lib/store.ts";
import { counted, points } from "../../../lib/units.ts";
import { spotOf } from "../question.ts";
import { ask, type PlanStore, questionOf, type State } from "../store.ts";

const WANTED = 3;

function take(room: PlanStore, chosen: Cordon["alternatives"][number]): void {
  const pins = chosen.barriers.map(({ lon, lat }) => spotOf([lon, lat]));
  ask(room, { ...questionOf(room.get()), pins, never: [], at_most: null });
}

function item(room: PlanStore, cordon: Cordon, index: number, state: State): Child {
  const chosen = cordon.alternatives[index];
  if (!chosen) return null;
  const current = state.alternative === index;
  const more = chosen.barrier_cost - cordon.barrier_cost;
  const text = h(
    "span",
    { class: "item-text" },
    h("strong", {}, counted(chosen.barriers.length, "barrier")),
    h("small", {}, [...new Set(chosen.barriers.map((barrier) => barrier.street))].join(", ")),
  );
  const show = h(
    "button",
    {
      type: "button",
      class: "item",
      "aria-pressed": String(current),
      "data-key": `alternative-${index}`,
      on: { click: () => room.set({ alternative: current ? null : index }) },
    },
    text,
    h("span", { class: "item-note" }, `${more < 0 ? "\u2212" : "+"}${points(Math.abs(more))}`),
  );
  const use =
    current && button("Use these barriers", () => take(room, chosen), { class: "primary", "data-key": "use" });
  return h("li", {}, show, use);
}

function body(room: PlanStore, state: State): Child[] {
  const cordon = state.answer?.cordon;
  if (!cordon) return [];
  if (questionOf(state).alternatives === 0) {
    const look = (): void => ask(room, { ...questionOf(room.get()), alternatives: WANTED });
    return [
      h("p", {}, "Cordons that differ in at least three places, cheapest first."),
      button("Look for other cordons", look, { "data-key": "look" }),
    ];
  }
  if (state.status === "working") return [h("p", {}, "Looking for other cordons\u2026")];
  if (!cordon.alternatives.length)
    return [h("p", {}, "There is no other cordon that differs in three places or more.")];
  return [h("ol", { class: "items" }, ...cordon.alternatives.map((_, index) => item(room, cordon, index, state)))];
}

export function alternatives(room: PlanStore): HTMLElement {
  const inside = h("div", {});
  const element = section("Other cordons", inside, false, "alternatives");
  const show = (state: State): void => {
    const found = state.answer?.cordon?.alternatives.length ?? 0;
    element.hidden = !state.answer?.cordon;
    retitle(element, found ? `Other cordons (${found})` : "Other cordons");
    refill(inside, ...body(room, state));
  };
  show(room.get());
  onChange(room, ["answer", "alternative", "status"], show);
  return element;
}
