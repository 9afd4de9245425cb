/** Before and after, and what the signs mean. */

import { checkbox, choices } from "../../lib/card.ts";
import { h, refill } from "../../lib/dom.ts";
import { onChange } from "../../lib/store.ts";
import { addressesWord, addressWord } from "../../lib/words.ts";
import { iconElement } from "../../map/icons.ts";
import { coloursOf, SCALE_SECONDS } from "../../map/theme.ts";
import { isGate } from "./map/features.ts";
import { hasSite } from "./question.ts";
import { type PlanStore, questionOf, type State } from "./store.ts";

const WHEN = [
  { value: "before", label: "Before" },
  { value: "after", label: "After" },
] as const;

function scale(state: State): HTMLElement {
  const { scale: colours } = coloursOf(state.dark ? "night" : "day");
  const ends = SCALE_SECONDS.map((seconds) => seconds / 60);
  const words = colours.map((_, i) =>
    i === 0 ? `under ${ends[0]}` : i === 4 ? `over ${ends[3]}` : `${ends[i - 1]}\u2013${ends[i]}`,
  );
  const cells = colours.map((colour, i) => h("li", {}, h("i", { style: `background:${colour}` }), words[i] ?? ""));
  return h("div", { class: "scale" }, h("h3", {}, "Minutes from the nearest station"), h("ol", {}, ...cells));
}

function signs(state: State): HTMLElement {
  const theme = state.dark ? "night" : "day";
  const colours = coloursOf(theme);
  const row = (sign: HTMLElement, text: string): HTMLElement => h("li", {}, sign, text);
  const line = (colour: string, look: string): HTMLElement =>
    h("i", { class: `line ${look}`, style: `--line:${colour}` });
  const question = questionOf(state);
  const barriers = state.answer?.cordon?.barriers ?? [];
  const access = state.answer?.access;
  const kinds = (question.stations ?? state.network.scenario.stations).features.map(
    ({ properties }) => properties.kind,
  );
  const unreached = `${addressWord(state.network) === "address" ? "Address" : "Point"} not reached`;
  return h(
    "ul",
    { class: "signs" },
    barriers.some((one) => !isGate(one) && one.place === "street") &&
      row(iconElement("barrier-street", theme), "Barrier across a street"),
    barriers.some((one) => !isGate(one) && one.place === "junction") &&
      row(iconElement("barrier-junction", theme), "Barrier across a junction"),
    barriers.some(isGate) && row(iconElement("gate", theme), "Gate: a crew lets some pass"),
    hasSite(question) && row(line(colours.site, "band"), "Occupied"),
    barriers.length > 0 && row(line(colours.enclosed, "band"), "Enclosed street"),
    question.closures.length > 0 && row(line(colours.shut, "dashed"), "Shut by hand"),
    question.keep_open.length > 0 && row(line(colours.open, "band"), "Kept open"),
    access && row(line(colours.weak, "dashed"), "Weak: blocked, help is late"),
    access && access.after.unreached_count > 0 && row(iconElement("cross", theme), unreached),
    kinds.includes("ambulance_station") && row(iconElement("station-ambulance_station", theme), "Ambulance station"),
    kinds.includes("fire_station") && row(iconElement("station-fire_station", theme), "Fire station"),
  );
}

export function legend(room: PlanStore): HTMLElement {
  const top = h("div", { class: "when" });
  const inside = h("div", { class: "legend-body" });
  const details = h(
    "details",
    { class: "legend-part", ...(innerWidth >= 900 ? { open: true } : {}) },
    h("summary", {}, h("span", {}, "Legend")),
    inside,
  );
  const show = (state: State): void => {
    refill(
      top,
      choices("when", "Show the streets", WHEN, state.when, (when) => room.set({ when })),
    );
    const flip =
      (key: keyof State["shown"]) =>
      (on: boolean): void =>
        room.set({ shown: { ...room.get().shown, [key]: on } });
    refill(
      inside,
      scale(state),
      signs(state),
      h(
        "div",
        { class: "boxes" },
        checkbox(`Times of ${addressesWord(state.network)}`, state.shown.seconds, flip("seconds")),
        checkbox("Weak streets", state.shown.weak, flip("weak")),
        checkbox("Enclosed streets", state.shown.enclosed, flip("enclosed")),
      ),
    );
  };
  show(room.get());
  onChange(room, ["when", "dark", "shown", "answer", "history"], show);
  return h("aside", { class: "legend", "aria-label": "Map legend" }, top, details);
}
