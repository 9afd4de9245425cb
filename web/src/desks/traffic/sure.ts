/** How sure the answer is and what it rests on; that the demand is synthetic is in view whatever is looked at. */
import type { HowSure } from "../../contract/index.ts";
import { type Child, h, refill } from "../../lib/dom.ts";
import { onChange } from "../../lib/store.ts";
import { capital, count } from "../../lib/units.ts";
import type { PlanStore } from "../plan/store.ts";
import { onShow, type TrafficStore } from "./store.ts";
import { between, demandWord, hourWords, parted } from "./words.ts";

/** Said before the server's own statement is known. */
const UNCOUNTED =
  "Synthetic demand: nobody has counted who drives where in this city, so the trips are made of its streets, suburbs and places. Read every figure as a range.";

const OWN = "Your own trips are assigned. A table says nothing of its own error: read every figure as a range.";

/** Stays in view while the rest is scrolled: what the demand is, and the range. */
export function synthetic(room: PlanStore, traffic: TrafficStore): HTMLElement {
  const element = h("p", { class: "synthetic" });
  const show = (): void => {
    const { known } = onShow(room, traffic);
    const range = known?.answer.impact.how_sure.extra_vehicle_hours ?? null;
    const told = range
      ? `${between(range, count)} vehicle hours, ${range.draws} draws`
      : known
        ? "one demand, no draws yet"
        : "read figures as ranges";
    refill(element, h("strong", {}, capital(demandWord(room.get().network.own_trips))), `: ${told}`);
  };
  show();
  onChange(traffic, ["known", "shown"], show);
  return element;
}

/** Labels that are closer than this, in percent of the bar, would touch. */
const ROOM = 12;

/** The range over the draws as a bar, the main answer as a dot. */
function rangeBar({ extra_vehicle_hours: range }: HowSure, main: number, hour: number): Child {
  if (!range || range.low === null || range.high === null || range.middle === null) return null;
  const [low, most] = [Math.min(0, range.low, main), Math.max(range.high, main, 1) * 1.08];
  const at = (value: number): number => (100 * (value - low)) / (most - low);
  const words = `Extra vehicle hours from ${hourWords(hour)}: ${between(range, count)} over ${range.draws} draws, half of them above ${count(range.middle)}`;
  const label = (value: number): HTMLElement => h("span", { style: `left:${at(value)}%` }, count(value));
  return h(
    "figure",
    { class: "range", role: "img", "aria-label": words },
    h("figcaption", {}, `Extra vehicle hours, ${hourWords(hour)}: ${range.draws} draws of the demand`),
    h(
      "div",
      { class: "range-track" },
      h("i", { class: "range-bar", style: `left:${at(range.low)}%;width:${at(range.high) - at(range.low)}%` }),
      h("i", { class: "range-middle", style: `left:${at(range.middle)}%` }),
      h("i", { class: "range-dot", style: `left:${at(main)}%` }),
    ),
    h(
      "div",
      { class: "range-ends" },
      at(range.low) - at(0) > ROOM && h("span", { style: `left:${at(0)}%` }, "0"),
      label(range.low),
      label(range.high),
    ),
  );
}

/** The error in words and as a bar, and the statement that goes with every figure. */
export function certainty(room: PlanStore, traffic: TrafficStore): HTMLElement {
  const element = h("section", { class: "how-sure", "aria-label": "How sure" });
  const show = (): void => {
    const { known } = onShow(room, traffic);
    const { seen, folded } = parted(known?.answer.impact.statement ?? (room.get().network.own_trips ? OWN : UNCOUNTED));
    const about = known?.answer.impact.how_sure;
    refill(
      element,
      about && h("h2", {}, "How sure"),
      about && h("p", {}, about.sentence),
      known && about && rangeBar(about, known.answer.impact.totals.extra_vehicle_hours, known.answer.hour),
      h(
        "div",
        { class: "statement" },
        h("p", {}, seen),
        folded && h("details", {}, h("summary", { "data-key": "statement" }, "What it rests on"), h("p", {}, folded)),
      ),
    );
  };
  show();
  onChange(traffic, ["known", "shown"], show);
  return element;
}
