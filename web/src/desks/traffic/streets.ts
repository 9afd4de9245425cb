/** The streets that gain and those that are relieved, in step with the map. */
import type { ImpactAnswer, StreetImpact } from "../../contract/index.ts";
import { type Child, h } from "../../lib/dom.ts";
import { arrowKeys } from "../../lib/items.tsx";
import { count } from "../../lib/units.ts";
import { type PlanStore, type State, select } from "../plan/store.ts";
import { disagrees } from "./flows.ts";
import { between, full, moreCount, moreMinutes } from "./words.ts";

const keyOf = (list: string, index: number): string => `${list}-${index}`;

/** Selected in this list, or a piece of it on the map. */
function isCurrent({ selection }: State, key: string, street: StreetImpact): boolean {
  if (selection?.kind === "streets") return selection.key === key;
  return selection?.kind === "way" && street.way_indexes.includes(selection.way);
}

const isUnsure = ({ flow_change_range_per_hour: range }: StreetImpact): boolean =>
  disagrees(range?.draws ? range.agree / range.draws : null);

/** Where on the street, which need not be named again. */
const whereOf = ({ street, at }: StreetImpact): string =>
  at.startsWith(`${street} `) ? at.slice(street.length + 1) : at;

function item(room: PlanStore, list: string, street: StreetImpact, index: number): HTMLElement {
  const key = keyOf(list, index);
  const current = isCurrent(room.get(), key, street);
  const act = (): void => select(room, current ? null : { kind: "streets", key, ways: street.way_indexes });
  const range = between(street.extra_minutes_range);
  const flow = `${count(street.flow_before_per_hour)} \u2192 ${count(street.flow_after_per_hour)} vehicles/h (${moreCount(street.flow_change_per_hour)})`;
  const crowd = street.saturation_after === null ? "" : full(street.saturation_after);
  const text = h(
    "span",
    { class: "item-text" },
    h("strong", {}, street.street),
    h("small", {}, whereOf(street)),
    h("small", {}, flow),
    h("small", {}, [crowd, isUnsure(street) ? "" : street.how_sure].filter(Boolean).join("; ")),
    isUnsure(street) && h("small", { class: "unsure" }, `draws disagree: ${street.how_sure}`),
  );
  const note = h(
    "span",
    { class: "item-note" },
    h("strong", {}, moreMinutes(street.extra_minutes)),
    range && h("small", {}, range),
  );
  const mark = h("span", {
    class: `flow-mark ${street.flow_change_per_hour < 0 ? "less" : "more"}`,
    "aria-hidden": "true",
  });
  return h(
    "li",
    {},
    h(
      "button",
      { type: "button", class: "item", "aria-pressed": String(current), "data-key": key, on: { click: act } },
      mark,
      text,
      note,
    ),
  );
}

function list(room: PlanStore, name: string, label: string, streets: readonly StreetImpact[]): HTMLElement {
  return h(
    "ol",
    { class: "items streets", "aria-label": label, on: { keydown: arrowKeys } },
    ...streets.map((street, index) => item(room, name, street, index)),
  );
}

export function worstStreets(room: PlanStore, { impact }: ImpactAnswer): Child[] {
  if (!impact.streets.length) return [h("p", {}, "No street gets noticeably slower.")];
  return [
    h(
      "p",
      {},
      "By the delay of all who drive there. Flows at the piece named; extra minutes along the whole street, with their range over the draws.",
    ),
    list(room, "slower", "Worst streets", impact.streets),
  ];
}

export function relievedStreets(room: PlanStore, { impact }: ImpactAnswer): Child[] {
  if (!impact.relieved.length) return [h("p", {}, "No street gets noticeably emptier.")];
  return [h("p", {}, "Where traffic no longer comes."), list(room, "relieved", "Relieved streets", impact.relieved)];
}
