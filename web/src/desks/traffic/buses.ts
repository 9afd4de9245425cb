/** What becomes of the bus routes: each with its directions, which are told apart when it is chosen. */
import type { BusImpact, ImpactAnswer } from "../../contract/index.ts";
import { type Child, h } from "../../lib/dom.ts";
import { arrowKeys } from "../../lib/items.tsx";
import { counted } from "../../lib/units.ts";
import { listed } from "../../lib/words.ts";
import { type PlanStore, select } from "../plan/store.ts";
import { byRoute, type Route, STATES } from "./routes.ts";
import { min, moreMinutes } from "./words.ts";

const FIRST = 10;
const NAMED = 3;
const SAID: Readonly<Record<string, readonly [one: string, many: string]>> = {
  stopped: ["is stopped", "are stopped"],
  "cut short": ["is cut short", "are cut short"],
  "way round": ["drives a way round", "drive a way round"],
  "own line": ["only gets slower", "only get slower"],
};

/** The first few of many. */
const someOf = (names: readonly string[], more: string): string =>
  names.length > NAMED + 1 ? `${names.slice(0, NAMED).join(", ")} and ${names.length - NAMED} ${more}` : listed(names);

function where(bus: BusImpact): string {
  const shut = bus.blocked_at.length ? `shut at ${someOf(bus.blocked_at, "more streets")}` : "";
  const round = bus.way_round.length ? ` by ${someOf(bus.way_round, "more streets")}` : "";
  return [bus.state === "own line" ? "on its own line" : `${bus.state}${round}`, shut].filter(Boolean).join("; ");
}

function direction(bus: BusImpact): HTMLElement {
  const times = `${min(bus.minutes_before)} before, ${bus.minutes_after === null ? "not run" : `${min(bus.minutes_after)} after`}`;
  return h(
    "li",
    {},
    h("strong", {}, bus.towards ? `To ${bus.towards}` : "One direction"),
    `: ${where(bus)}. ${times}; ${counted(bus.trips_per_day, "trip")} a day.`,
  );
}

function item(room: PlanStore, one: Route): HTMLElement {
  const key = `bus-${one.route}`;
  const { selection } = room.get();
  const current = selection?.kind === "streets" && selection.key === key;
  const ways = [...new Set(one.directions.flatMap((bus) => bus.way_round_indexes))];
  const act = (): void => select(room, current ? null : { kind: "streets", key, ways });
  const text = h(
    "span",
    { class: "item-text" },
    h("strong", {}, one.route),
    h("small", {}, someOf(one.towards, "other ends")),
    h("small", {}, `${one.state}; ${counted(one.trips, "trip")} a day`),
  );
  const note = h(
    "span",
    { class: "item-note" },
    h("strong", {}, one.state === "stopped" && one.extraMinutes === null ? "stopped" : moreMinutes(one.extraMinutes)),
  );
  return h(
    "li",
    {},
    h(
      "button",
      { type: "button", class: "item", "aria-pressed": String(current), "data-key": key, on: { click: act } },
      text,
      note,
    ),
    current && h("ul", { class: "sentences directions" }, ...one.directions.map(direction)),
  );
}

function summary(routes: readonly Route[]): string {
  const many = STATES.map((state) => [state, routes.filter((one) => one.state === state).length] as const).filter(
    ([, count]) => count > 0,
  );
  return listed(
    many.map(([state, count]) => `${counted(count, "route")} ${SAID[state]?.[count === 1 ? 0 : 1] ?? state}`),
  );
}

export function busRoutes(room: PlanStore, { impact: { buses } }: ImpactAnswer): Child[] {
  if (buses === null) return [h("p", {}, "No bus lines are known in this network, so nothing is said of buses.")];
  if (!buses.length) return [h("p", {}, "No bus route meets a closure or a street that slows.")];
  const routes = byRoute(buses);
  const items = routes.map((one) => item(room, one));
  const rest = items.slice(FIRST);
  return [
    h(
      "p",
      {},
      `${summary(routes)}, in at least one direction. Minutes of a mean trip, stops not counted; choose a route to see its way round.`,
    ),
    h("ol", { class: "items", "aria-label": "Bus routes", on: { keydown: arrowKeys } }, ...items.slice(0, FIRST)),
    rest.length > 0 &&
      h(
        "details",
        { class: "more" },
        h("summary", { "data-key": "more-buses" }, `The other ${rest.length}`),
        h("ol", { class: "items", "aria-label": "More bus routes", on: { keydown: arrowKeys } }, ...rest),
      ),
  ];
}
