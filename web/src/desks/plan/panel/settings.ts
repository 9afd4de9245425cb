/** What the cordon shuts out and how it is looked for. */
import type { PlanQuestion, VehicleClass } from "../../../contract/index.ts";
import { checkbox, numberField, section } from "../../../lib/card.ts";
import { button, h, refill } from "../../../lib/dom.ts";
import { onChange } from "../../../lib/store.ts";
import { capital } from "../../../lib/units.ts";
import { classWord } from "../../../lib/words.ts";
import { ask, type PlanStore, questionOf, type State } from "../store.ts";

function change(room: PlanStore, part: Partial<PlanQuestion>): void {
  ask(room, { ...questionOf(room.get()), ...part });
}

function classes(
  room: PlanStore,
  key: "shut" | "occupied_shuts",
  title: string,
  offered: readonly VehicleClass[],
): HTMLElement {
  const chosen = questionOf(room.get())[key];
  const boxes = offered.map((name) =>
    checkbox(
      capital(classWord(name)),
      chosen.includes(name),
      (on) => change(room, { [key]: on ? [...chosen, name] : chosen.filter((other) => other !== name) }),
      { "data-key": `${key}-${name}` },
    ),
  );
  return h("fieldset", { class: "boxes" }, h("legend", {}, title), ...boxes);
}

function form(room: PlanStore, state: State): HTMLElement {
  const question = questionOf(state);
  const limit = { min: 1, max: 500, step: 1, empty: "any" };
  return h(
    "form",
    { class: "settings", on: { submit: (event) => event.preventDefault() } },
    classes(room, "shut", "The cordon keeps out", state.network.vehicle_classes),
    classes(room, "occupied_shuts", "Cannot drive through the occupied streets", ["emergency"]),
    checkbox("One-way signs are obeyed", question.trust_signs, (on) => change(room, { trust_signs: on })),
    numberField("Stays outside beyond", "m", question.radius_m, (value) => change(room, { radius_m: value ?? 800 }), {
      min: 50,
      max: 20000,
      step: 50,
    }),
    numberField("Barriers at most", "", question.at_most, (value) => change(room, { at_most: value }), limit),
    numberField(
      "Help should arrive within",
      "min",
      question.within_s / 60,
      (value) => change(room, { within_s: (value ?? 8) * 60 }),
      { min: 0.5, max: 120, step: 0.5 },
    ),
    h(
      "div",
      { class: "row" },
      button("Start again from the scenario", () => ask(room, state.network.scenario.question), {
        "data-key": "reset",
      }),
    ),
  );
}

export function settings(room: PlanStore): HTMLElement {
  const inside = h("div", {});
  const element = section("Settings", inside, false, "settings");
  const show = (state: State): void => refill(inside, form(room, state));
  show(room.get());
  onChange(room, ["history"], show);
  return element;
}
