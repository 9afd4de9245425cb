/** Who loses minutes: suburbs, and trips that no longer have a way. */
import type { ImpactAnswer, ZoneImpact } from "../../contract/index.ts";
import { type Child, h } from "../../lib/dom.ts";
import { count } from "../../lib/units.ts";
import { bare, between, moreBare } from "./words.ts";

const FIRST = 8;

const row = (zone: ZoneImpact): HTMLElement =>
  h(
    "tr",
    {},
    h("th", { scope: "row" }, zone.zone),
    h("td", {}, bare(zone.minutes_per_trip_before)),
    h("td", {}, bare(zone.minutes_per_trip_after)),
    h(
      "td",
      { class: "changed" },
      moreBare(zone.extra_minutes_per_trip),
      h("small", {}, between(zone.extra_minutes_range)),
    ),
  );

function table(zones: readonly ZoneImpact[]): HTMLElement {
  const head = ["Suburb", "Before", "After", "Longer"].map((title) => h("th", { scope: "col" }, title));
  return h(
    "table",
    { class: "numbers ranged" },
    h("caption", {}, "Mean minutes of a trip that begins or ends there; below, the range over the draws"),
    h("thead", {}, h("tr", {}, ...head)),
    h("tbody", {}, ...zones.map(row)),
  );
}

export function suburbs({ impact: { zones } }: ImpactAnswer): Child[] {
  const rest = zones.slice(FIRST);
  return [
    table(zones.slice(0, FIRST)),
    rest.length > 0 && h("details", { class: "more" }, h("summary", {}, `The other ${rest.length}`), table(rest)),
  ];
}

export function cutOff({ impact: { lost, totals } }: ImpactAnswer): Child[] {
  const items = lost.map((one) =>
    h("li", {}, `${one.start_zone} to ${one.end_zone}: ${count(one.trips_per_hour)} trips (${one.user_class})`),
  );
  const before = totals.trips_lost_before_per_hour;
  return [
    h(
      "p",
      {},
      `These no longer have a way; no time counts them.${before ? ` ${count(before)} others had none before.` : ""}`,
    ),
    h("ul", { class: "sentences" }, ...items),
  ];
}
