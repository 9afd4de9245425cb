/** What the map of who gains and loses shows, in units; that the demand is synthetic is said here too. */
import { h, refill } from "../../lib/dom.ts";
import { onChange } from "../../lib/store.ts";
import { iconElement } from "../../map/icons.ts";
import { coloursOf, type Theme } from "../../map/theme.ts";
import { isGate } from "../plan/map/features.ts";
import { hasSite } from "../plan/question.ts";
import { type PlanStore, questionOf } from "../plan/store.ts";
import { FLOW_STEPS, FLOW_WIDTHS, flowColours, stepWords } from "./scale.ts";
import { onShow, type TrafficStore } from "./store.ts";
import { demandWord, hourWords } from "./words.ts";

const line = (look: string, colour: string, px: number): HTMLElement =>
  h("i", { class: `flow-line ${look}`, style: `--line:${colour};--px:${px}px` });

/** More and less traffic, class by class. */
export const flowKey = (theme: Theme): HTMLElement =>
  h("div", { class: "flow-scale" }, scale(flowColours(theme).more, "more"), scale(flowColours(theme).less, "less"));

function scale(colours: readonly string[], look: "more" | "less"): HTMLElement {
  const rows = FLOW_STEPS.map((_, size) =>
    h(
      "li",
      {},
      line(look, colours[size] ?? "", Math.max(FLOW_WIDTHS[size] ?? 2, look === "less" ? 3.4 : 2)),
      h("span", {}, stepWords(size)),
    ),
  );
  return h("div", {}, h("h3", {}, look === "more" ? "More traffic" : "Less traffic"), h("ol", {}, ...rows));
}

export function trafficLegend(room: PlanStore, traffic: TrafficStore): HTMLElement {
  const title = h("p", { class: "flow-title" });
  const inside = h("div", { class: "legend-body" });
  const details = h(
    "details",
    { class: "legend-part", ...(innerWidth >= 900 ? { open: true } : {}) },
    h("summary", {}, h("span", {}, "Change of traffic")),
    inside,
  );
  const show = (): void => {
    const theme = room.get().dark ? "night" : "day";
    const { more } = flowColours(theme);
    const { known } = onShow(room, traffic);
    const barriers = room.get().answer?.cordon?.barriers ?? [];
    const sign = (name: string, words: string): HTMLElement => h("li", {}, iconElement(name, theme), words);
    title.textContent = known
      ? `Vehicles an hour, ${hourWords(known.answer.hour)}, after less before; ${demandWord(room.get().network.own_trips)}`
      : "Work out the traffic to see who gains and who loses.";
    const unsure = known?.answer.impact.how_sure.draws
      ? [h("li", {}, line("more unsure", more[2], 5), "Draws of the demand disagree")]
      : [];
    refill(
      inside,
      title,
      known && flowKey(theme),
      h(
        "ul",
        { class: "signs" },
        ...unsure,
        barriers.some((one) => !isGate(one)) && sign("barrier-street", "Barrier"),
        barriers.some(isGate) && sign("gate", "Gate: a crew lets some pass"),
        questionOf(room.get()).closures.length > 0 &&
          h("li", {}, h("i", { class: "line dashed", style: `--line:${coloursOf(theme).shut}` }), "Shut by hand"),
        hasSite(questionOf(room.get())) &&
          h("li", {}, h("i", { class: "line band", style: `--line:${coloursOf(theme).site}` }), "Occupied"),
      ),
    );
  };
  show();
  onChange(room, ["dark", "answer", "history"], show);
  onChange(traffic, ["known", "shown"], show);
  return h("aside", { class: "legend traffic-legend", "aria-label": "Legend of the traffic" }, details);
}
