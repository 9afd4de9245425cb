/** The answer in a sentence, and the figures. */

import type { Access, Cordon } from "../../../contract/index.ts";
import { type Child, h, refill } from "../../../lib/dom.ts";
import { onChange } from "../../../lib/store.ts";
import { count, counted, metres, minutes, percent, points } from "../../../lib/units.ts";
import { addressesWord } from "../../../lib/words.ts";
import { hasSite } from "../question.ts";
import { type PlanStore, questionOf, type State } from "../store.ts";

const EMPTY = "Nothing is closed yet. Draw the ground that people hold, or click a street and mark it as occupied.";

function sentence(state: State): string {
  if (state.answer) return state.answer.summary[0] ?? EMPTY;
  return hasSite(questionOf(state)) ? "Working out the cordon\u2026" : EMPTY;
}

/** Read aloud when it changes. */
export function summary(room: PlanStore): HTMLElement {
  const lead = h("p", { class: "lead" });
  const rest = h("p", { class: "rest" });
  const element = h(
    "section",
    { class: "summary", role: "status", "aria-live": "polite", "aria-label": "Summary" },
    lead,
    rest,
  );
  const show = (state: State): void => {
    const text = sentence(state);
    if (lead.textContent !== text) lead.textContent = text;
    const more = state.answer?.summary.slice(1).join(" ") ?? "";
    if (rest.textContent !== more) rest.textContent = more;
    rest.hidden = more === "";
  };
  show(room.get());
  onChange(room, ["answer", "history"], show);
  return element;
}

const figure = (value: string, label: string, note = ""): HTMLElement =>
  h("div", { class: "figure" }, h("dd", {}, value), h("dt", {}, label, note ? h("small", {}, note) : null));

function proof(cordon: Cordon): string {
  if (cordon.optimal) return "proven: none is cheaper";
  return `best found; at least ${points(cordon.bound)} is proven`;
}

function cordonFigures(cordon: Cordon, word: string): Child[] {
  const junctions = cordon.barriers.filter((barrier) => barrier.place === "junction").length;
  return [
    figure(
      count(cordon.barriers.length),
      cordon.barriers.length === 1 ? "barrier" : "barriers",
      junctions ? `${junctions} across a junction` : "",
    ),
    figure(
      points(cordon.barrier_cost),
      "points of cost",
      cordon.cost > cordon.barrier_cost
        ? `${points(cordon.cost)} with what is enclosed; ${proof(cordon)}`
        : proof(cordon),
    ),
    figure(
      count(cordon.enclosed.addresses),
      `${word} enclosed`,
      `${counted(cordon.enclosed.streets.length, "street")}, ${metres(cordon.enclosed.length_m)}`,
    ),
  ];
}

function accessFigure({ within, addresses }: Access): HTMLElement {
  const limit = `${Math.round(within.seconds / 6) / 10} min`;
  return figure(
    percent(within.after, addresses),
    `reached within ${limit}`,
    within.before === within.after ? "as before" : `before: ${percent(within.before, addresses)}`,
  );
}

const ROWS: readonly (readonly [string, "p50" | "p90" | "max"])[] = [
  ["Half within", "p50"],
  ["9 of 10 within", "p90"],
  ["Longest", "max"],
];

function beforeAfter({ before, after }: Access): HTMLElement {
  const row = (title: string, was: string, is: string): HTMLElement =>
    h(
      "tr",
      {},
      h("th", { scope: "row" }, title),
      h("td", {}, was),
      h("td", { class: was === is ? "" : "changed" }, is),
    );
  const head = h("tr", {}, h("td", {}), h("th", { scope: "col" }, "Before"), h("th", { scope: "col" }, "After"));
  const caption = h("caption", {}, "Time from the nearest station");
  const rows = ROWS.map(([title, key]) => row(title, minutes(before[key]), minutes(after[key])));
  return h(
    "table",
    { class: "numbers" },
    caption,
    h("thead", {}, head),
    h("tbody", {}, ...rows, row("Not reached", count(before.unreached_count), count(after.unreached_count))),
  );
}

export function figures(room: PlanStore): HTMLElement {
  const element = h("section", { class: "figures-part", "aria-label": "Figures" });
  const show = ({ answer, network }: State): void => {
    if (!answer) return refill(element);
    const { cordon, access } = answer;
    const grid = [
      ...(cordon ? cordonFigures(cordon, addressesWord(network)) : []),
      ...(access ? [accessFigure(access)] : []),
    ];
    const warnings = (cordon?.warnings ?? []).map((text) => h("p", { class: "warning" }, text));
    refill(element, ...warnings, h("dl", { class: "figures" }, ...grid), access && beforeAfter(access));
  };
  show(room.get());
  onChange(room, ["answer"], show);
  return element;
}
