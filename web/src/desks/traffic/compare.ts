/** Plans kept beside the present one: what each does to the city, and which is best by what. */
import type { ImpactAnswer } from "../../contract/index.ts";
import close from "../../icons/close.svg";
import { retitle, section } from "../../lib/card.ts";
import { button, type Child, h, iconButton, refill } from "../../lib/dom.ts";
import { onChange } from "../../lib/store.ts";
import { counted } from "../../lib/units.ts";
import { listed } from "../../lib/words.ts";
import { ask, type PlanStore } from "../plan/store.ts";
import { bestOf, difference, drawByDraw, MEASURES, type Measure } from "./measures.ts";
import { isPinned, type Kept, keyOf, MOST_PINS, presentOf, type TrafficStore } from "./store.ts";
import { hourWords } from "./words.ts";

const LETTERS = "ABC";

type Column = {
  readonly name: string;
  readonly kept: Kept;
  readonly answer: ImpactAnswer | null;
  readonly pin: number | null;
  readonly isPresent: boolean;
};

function columnsOf(room: PlanStore, traffic: TrafficStore): Column[] {
  const { pins, known } = traffic.get();
  const present = presentOf(room, traffic);
  const answerOf = (kept: Kept): ImpactAnswer | null => known.get(keyOf(kept))?.answer ?? null;
  const kept = pins.map(
    (pin, index): Column => ({
      name: LETTERS[index] ?? "",
      kept: pin,
      answer: answerOf(pin),
      pin: index,
      isPresent: keyOf(pin) === keyOf(present),
    }),
  );
  return isPinned(pins, present)
    ? kept
    : [...kept, { name: "Now", kept: present, answer: answerOf(present), pin: null, isPresent: true }];
}

function take(room: PlanStore, traffic: TrafficStore, { question, hour }: Kept): void {
  traffic.set({ hour });
  ask(room, question);
}

function head(room: PlanStore, traffic: TrafficStore, { name, kept, answer, pin, isPresent }: Column): HTMLElement {
  const about = [answer && h("small", {}, counted(answer.barriers, "barrier")), h("small", {}, hourWords(kept.hour))];
  if (pin === null) return h("th", { scope: "col" }, h("span", { class: "pin-head" }, name), ...about);
  const drop = (): void => traffic.set({ pins: traffic.get().pins.toSpliced(pin, 1) });
  const title = button(name, () => take(room, traffic, kept), {
    title: `Show plan ${name}`,
    "aria-label": `Show plan ${name}`,
    "aria-pressed": String(isPresent),
    "data-key": `pin-${name}`,
  });
  return h(
    "th",
    { scope: "col" },
    h(
      "span",
      { class: "pin-head" },
      title,
      iconButton(`Drop plan ${name}`, close, drop, { "data-key": `drop-${name}` }),
    ),
    isPresent && h("small", {}, "now"),
    ...about,
  );
}

function cell(measure: Measure, columns: readonly Column[], index: number, best: boolean): HTMLElement {
  const answer = columns[index]?.answer ?? null;
  const value = answer && measure.of(answer);
  const more = index > 0 ? difference(measure, columns[0]?.answer ?? null, answer) : "";
  const range = answer && measure.range?.(answer);
  return h(
    "td",
    { class: best ? "best" : "" },
    value === null ? (answer ? "\u2013" : "\u2026") : measure.show(value),
    best && h("span", { class: "star" }, " \u2605", h("span", { class: "unseen" }, " best")),
    more && h("small", {}, more),
    range && h("small", {}, range),
  );
}

function table(room: PlanStore, traffic: TrafficStore, columns: readonly Column[]): HTMLElement {
  const answers = columns.map(({ answer }) => answer);
  const rows = MEASURES.filter((measure) => answers.some((answer) => answer && measure.of(answer) !== null)).map(
    (measure) => {
      const best = bestOf(measure, answers);
      return h(
        "tr",
        {},
        h("th", { scope: "row" }, measure.title),
        ...columns.map((_, index) => cell(measure, columns, index, best[index] ?? false)),
      );
    },
  );
  return h(
    "table",
    { class: "numbers compared" },
    h("caption", {}, "Less is better; a star marks the best, small figures the difference to A"),
    h("thead", {}, h("tr", {}, h("td", {}), ...columns.map((column) => head(room, traffic, column)))),
    h("tbody", {}, ...rows),
  );
}

/** "Now takes fewer vehicle hours than A in 19 of 20 draws." Said of the first two plans of one hour. */
function drawn([first, second]: readonly Column[]): string {
  const found = first?.answer && second?.answer ? drawByDraw(first.answer, second.answer) : null;
  if (!found || !first || !second) return "";
  if (found.same === found.draws) return "Draw by draw both take the same vehicle hours.";
  const same = found.same ? `, as many in ${found.same}` : "";
  const more = found.draws - found.fewer - found.same;
  const [kinder, other, wins] = found.fewer >= more ? [second, first, found.fewer] : [first, second, more];
  return `${kinder.name} takes fewer vehicle hours than ${other.name} in ${wins} of ${found.draws} draws${same}.`;
}

/** "B is best by 4 of 6 measures that differ." */
function verdict(columns: readonly Column[]): string {
  const marks = MEASURES.map((measure) =>
    bestOf(
      measure,
      columns.map(({ answer }) => answer),
    ),
  ).filter((best) => best.some(Boolean));
  if (!marks.length) return columns.length > 1 ? "By these measures the plans are alike." : "";
  if (marks.length === 1)
    return `${listed(columns.filter((_, index) => marks[0]?.[index]).map(({ name }) => name))} is best by the one measure that differs.`;
  const wins = columns.map((_, index) => marks.filter((best) => best[index]).length);
  const most = Math.max(...wins);
  const leaders = columns.filter((_, index) => wins[index] === most).map(({ name }) => name);
  return `${listed(leaders)} ${leaders.length === 1 ? "is" : "are each"} best by ${most} of the ${marks.length} measures that differ.`;
}

function body(room: PlanStore, traffic: TrafficStore): Child[] {
  const { pins } = traffic.get();
  const present = presentOf(room, traffic);
  const isKept = isPinned(pins, present);
  const pin = (): void => traffic.set({ pins: [...traffic.get().pins, presentOf(room, traffic)] });
  const offer =
    !isKept &&
    pins.length < MOST_PINS &&
    button(`Pin this plan as ${LETTERS[pins.length]}`, pin, { "data-key": "pin-plan" });
  if (!pins.length)
    return [h("p", {}, "Pin this plan, then change it: both stand side by side, with their differences."), offer];
  const columns = columnsOf(room, traffic);
  return [
    h(
      "p",
      { role: "status" },
      columns.length > 1
        ? [verdict(columns), drawn(columns)].filter(Boolean).join(" ")
        : "Now change the plan or the hour to compare.",
    ),
    h(
      "div",
      { class: "scroll", tabindex: "0", role: "group", "aria-label": "Plans side by side" },
      table(room, traffic, columns),
    ),
    offer,
  ];
}

export function comparison(room: PlanStore, traffic: TrafficStore): HTMLElement {
  const inside = h("div", {});
  const element = section("Compare plans", inside, traffic.get().pins.length > 0, "compare");
  const show = (): void => {
    const { pins, shown } = traffic.get();
    element.hidden = shown === null && !pins.length;
    retitle(element, pins.length ? `Compare plans (${pins.length} pinned)` : "Compare plans");
    refill(inside, ...body(room, traffic));
  };
  show();
  onChange(traffic, ["known", "shown", "pins", "hour"], show);
  onChange(room, ["history"], show);
  return element;
}
