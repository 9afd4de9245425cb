/** Other ways to place this cordon, ranked by their impact: looked for when asked, looked at as ghosts, taken by pinning. */
import * as api from "../../contract/api.ts";
import type { PlanQuestion, VariantImpact, VariantsAnswer } from "../../contract/index.ts";
import { numberChoice, retitle, section } from "../../lib/card.ts";
import { button, type Child, h, refill } from "../../lib/dom.ts";
import { arrowKeys } from "../../lib/items.tsx";
import { createStore, onChange, type Store } from "../../lib/store.ts";
import { counted, points } from "../../lib/units.ts";
import { hasSite } from "../plan/question.ts";
import { ask, type PlanStore, questionOf } from "../plan/store.ts";
import { type Alike, alike, figuresOf, ORDERS, type Order, ordered } from "./orders.ts";
import { presentOf, type TrafficStore } from "./store.ts";
import { demandWord, hourWords } from "./words.ts";
import { type Work, workBlock } from "./work.ts";

type Found = { readonly plan: PlanQuestion; readonly answer: VariantsAnswer };
type Look = {
  readonly count: number;
  readonly by: Order;
  readonly work: Work | null;
  readonly failure: string;
  readonly found: Found | null;
  readonly chosen: string | null;
};
type Looks = Store<Look>;

const COUNTS = [20, 60, 200];
const FIRST = 8;

function startLooking(room: PlanStore, traffic: TrafficStore, looks: Looks): { look: () => void; cancel: () => void } {
  let stop: AbortController | null = null;
  const look = async (): Promise<void> => {
    stop?.abort();
    const mine = new AbortController();
    stop = mine;
    const { question: plan, hour } = presentOf(room, traffic);
    looks.set({ work: { doing: "", share: 0, secondsLeft: null }, failure: "" });
    const end = await api.followVariants(
      room.get().network.id,
      { plan, hour, count: looks.get().count },
      mine.signal,
      ({ doing, share, seconds_left: secondsLeft, answer }) => {
        if (stop !== mine) return;
        looks.set({
          work: { doing, share, secondsLeft },
          ...(answer ? { found: { plan, answer }, chosen: null } : {}),
        });
      },
    );
    if (stop !== mine) return;
    looks.set({ work: null, failure: end.ok || end.error.kind === "cancelled" ? "" : end.error.message });
  };
  const cancel = (): void => {
    stop?.abort();
    stop = null;
    looks.set({ work: null });
  };
  return { look: () => void look(), cancel };
}

function take(room: PlanStore, { plan }: Found, { spots }: VariantImpact): void {
  ask(room, { ...plan, pins: [...spots], never: [], at_most: null });
}

function item(room: PlanStore, looks: Looks, { variant, others }: Alike, rank: number): HTMLElement {
  const { chosen, by, found } = looks.get();
  const current = chosen === variant.name;
  const act = (): void => {
    looks.set({ chosen: current ? null : variant.name });
    room.set({ ghosts: current ? [] : variant.spots });
  };
  const { main, rest } = figuresOf(variant, by);
  const cost = variant.cost_points === null ? "" : `, ${points(variant.cost_points)} points`;
  const text = h(
    "span",
    { class: "item-text" },
    h("strong", {}, `${counted(variant.spots.length, "barrier")}${cost}`),
    h("small", { class: current ? "" : "one-line" }, variant.places.join("; ")),
    h("small", {}, rest.join("; ")),
    others > 0 && h("small", {}, `${counted(others, "dearer cordon does", "dearer cordons do")} the same`),
    variant.unbeaten && h("small", { class: "unbeaten" }, "no other is as good in everything"),
  );
  const entry = h(
    "button",
    {
      type: "button",
      class: "item",
      "aria-pressed": String(current),
      "data-key": `variant-${variant.name}`,
      on: { click: act },
    },
    h("span", { class: "rank", "aria-hidden": "true" }, `${rank}`),
    text,
    h("span", { class: "item-note" }, h("strong", {}, main.value), h("small", {}, main.unit)),
  );
  const use =
    current &&
    found &&
    button("Use these barriers", () => take(room, found, variant), { class: "primary", "data-key": "use-variant" });
  return h("li", {}, entry, use);
}

function list(room: PlanStore, looks: Looks, { answer }: Found): Child[] {
  const { by } = looks.get();
  const items = alike(ordered(answer.variants, by)).map((group, index) => item(room, looks, group, index + 1));
  const choose = (event: Event): void => looks.set({ by: (event.target as HTMLSelectElement).value as Order });
  const options = Object.entries(ORDERS).map(([value, { title }]) =>
    h("option", { value, selected: value === by }, title),
  );
  const rest = items.slice(FIRST);
  return [
    h(
      "label",
      { class: "field" },
      h("span", {}, "Ranked by"),
      h("select", { "data-key": "variants-by", on: { change: choose } }, ...options),
    ),
    h(
      "ol",
      { class: "items variants", "aria-label": "Cordons by rank", on: { keydown: arrowKeys } },
      ...items.slice(0, FIRST),
    ),
    rest.length > 0 &&
      h(
        "details",
        { class: "more" },
        h("summary", { "data-key": "more-variants" }, `The other ${rest.length}`),
        h("ol", { class: "items variants", "aria-label": "More cordons by rank", on: { keydown: arrowKeys } }, ...rest),
      ),
    h(
      "p",
      { class: "quiet" },
      `${hourWords(answer.hour)}, ${demandWord(room.get().network.own_trips)} without draws. ${answer.burden}`,
    ),
  ];
}

function form(looks: Looks, look: () => void): Child[] {
  const { count, found } = looks.get();
  return [
    numberChoice("Cordons to weigh, at most", "variants-count", COUNTS, count, String, (chosen) =>
      looks.set({ count: chosen }),
    ),
    button(found ? "Look again" : "Look for other cordons", look, { "data-key": "look-variants" }),
  ];
}

export function variants(room: PlanStore, traffic: TrafficStore): HTMLElement {
  const looks: Looks = createStore<Look>({
    count: COUNTS[1] ?? 0,
    by: "burden",
    work: null,
    failure: "",
    found: null,
    chosen: null,
  });
  const { look, cancel } = startLooking(room, traffic, looks);
  const inside = h("div", { class: "stack" });
  const element = section("Other ways to place this cordon", inside, false, "variants");
  const show = (): void => {
    const { work, failure, found } = looks.get();
    element.hidden = !hasSite(questionOf(room.get()));
    retitle(
      element,
      found ? `Other ways to place this cordon (${found.answer.variants.length})` : "Other ways to place this cordon",
    );
    refill(
      inside,
      h("p", {}, "Cordons round the same site, each with proof, ranked by what they do to traffic, buses and help."),
      ...(work ? [workBlock(work, "Weighing other cordons", cancel)] : form(looks, look)),
      failure && h("p", { class: "warning", role: "alert" }, failure),
      ...(found ? list(room, looks, found) : []),
    );
  };
  show();
  onChange(looks, ["count", "by", "work", "failure", "found", "chosen"], show);
  onChange(room, ["history"], show);
  onChange(room, ["ghosts"], ({ ghosts }) => {
    if (!ghosts.length && looks.get().chosen !== null) looks.set({ chosen: null });
  });
  return element;
}
