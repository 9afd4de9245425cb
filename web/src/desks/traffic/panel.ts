/** The Traffic part of the Plan panel: answer, figures, lists, sources; everything in step with the map. */
import type { ImpactAnswer } from "../../contract/index.ts";
import { retitle, section } from "../../lib/card.ts";
import { type Child, h, refill } from "../../lib/dom.ts";
import { onChange } from "../../lib/store.ts";
import type { PlanStore } from "../plan/store.ts";
import { busRoutes } from "./buses.ts";
import { comparison } from "./compare.ts";
import { totalFigures } from "./figures.ts";
import { helpTimes } from "./help.ts";
import { lead } from "./lead.ts";
import { cutOff, suburbs } from "./places.ts";
import { byRoute } from "./routes.ts";
import type { Runner } from "./runner.ts";
import { onShow, type TrafficStore } from "./store.ts";
import { relievedStreets, worstStreets } from "./streets.ts";
import { certainty } from "./sure.ts";
import { variants } from "./variants.ts";

type Part = {
  readonly id: string;
  readonly title: string;
  readonly open?: boolean;
  readonly many: (answer: ImpactAnswer) => number | null;
  readonly body: (room: PlanStore, answer: ImpactAnswer) => Child[];
};

const notes = (_: PlanStore, { impact, elapsed_ms }: ImpactAnswer): Child[] => [
  h("ul", { class: "sentences" }, ...[impact.statement, ...impact.notes].map((text) => h("li", {}, text))),
  h(
    "p",
    { class: "quiet" },
    `Worked out in ${(elapsed_ms / 1000).toFixed(1)} s; relative gap ${impact.how_sure.gap_after?.toExponential(0) ?? "not known"}.`,
  ),
];

const PARTS: readonly Part[] = [
  {
    id: "worst-streets",
    title: "Worst streets",
    open: true,
    many: ({ impact }) => impact.streets.length,
    body: worstStreets,
  },
  { id: "help-times", title: "Ambulance and fire", many: () => null, body: helpTimes },
  {
    id: "bus-routes",
    title: "Bus routes",
    many: ({ impact }) => (impact.buses ? byRoute(impact.buses).length : null),
    body: busRoutes,
  },
  { id: "suburbs", title: "Suburbs", many: () => null, body: (_, answer) => suburbs(answer) },
  { id: "relieved", title: "Relieved streets", many: ({ impact }) => impact.relieved.length, body: relievedStreets },
  {
    id: "cut-off",
    title: "Trips cut off",
    many: ({ impact }) => impact.lost.length,
    body: (_, answer) => cutOff(answer),
  },
  { id: "traffic-notes", title: "What to know", many: () => null, body: notes },
];

/** Shown while there is an answer, and where there is anything to list. */
function part(room: PlanStore, traffic: TrafficStore, { id, title, open, many, body }: Part): HTMLElement {
  const inside = h("div", {});
  const element = section(title, inside, open ?? false, id);
  const show = (): void => {
    const { known } = onShow(room, traffic);
    const count = known && many(known.answer);
    element.hidden = !known || (count === 0 && id === "cut-off");
    if (!known) return;
    retitle(element, count ? `${title} (${count})` : title);
    refill(inside, ...body(room, known.answer));
    inside.querySelector<HTMLElement>('[aria-pressed="true"]')?.scrollIntoView({ block: "nearest" });
  };
  show();
  onChange(traffic, ["known", "shown"], show);
  onChange(room, ["selection"], show);
  return element;
}

export function trafficParts(room: PlanStore, traffic: TrafficStore, runner: Runner): HTMLElement {
  const figures = h("section", { class: "figures-part", "aria-label": "Traffic in figures" });
  const show = (): void => {
    const { known } = onShow(room, traffic);
    refill(figures, known && totalFigures(known.answer.impact.totals));
  };
  show();
  onChange(traffic, ["known", "shown"], show);
  const [first, ...rest] = PARTS.map((one) => part(room, traffic, one));
  return h(
    "div",
    { class: "traffic-part" },
    lead(room, traffic, runner),
    figures,
    certainty(room, traffic),
    first,
    comparison(room, traffic),
    variants(room, traffic),
    ...rest,
  );
}
