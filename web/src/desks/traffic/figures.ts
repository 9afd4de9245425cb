/** The whole city in one hour, in four figures. */
import type { ImpactTotals } from "../../contract/index.ts";
import { h } from "../../lib/dom.ts";
import { count } from "../../lib/units.ts";
import { min, moreCount, moreMinutes } from "./words.ts";

const tenth = new Intl.NumberFormat("en-NZ", { maximumFractionDigits: 1 });

const figure = (value: string, label: string, note: string): HTMLElement =>
  h("div", { class: "figure" }, h("dd", {}, value), h("dt", {}, label, note ? h("small", {}, note) : null));

export function totalFigures(totals: ImpactTotals): HTMLElement {
  const { minutes_per_trip_before: before, minutes_per_trip_after: after } = totals;
  const percent = totals.extra_vehicle_hours_percent;
  const longer = before === null || after === null ? null : after - before;
  const km =
    totals.vehicle_km_before === null || totals.vehicle_km_after === null
      ? null
      : totals.vehicle_km_after - totals.vehicle_km_before;
  return h(
    "dl",
    { class: "figures" },
    figure(
      moreCount(totals.extra_vehicle_hours),
      "vehicle hours in the hour",
      percent === null
        ? ""
        : `${percent < 0 ? "\u2212" : "+"}${tenth.format(Math.abs(percent))} % of ${count(totals.vehicle_hours_before)}`,
    ),
    figure(moreMinutes(longer), "for a mean trip", `${min(before)} before, ${min(after)} after`),
    figure(
      count(totals.trips_lost_per_hour),
      "trips cut off",
      totals.trips_lost_per_hour ? `of ${count(totals.trips_per_hour)} in the hour` : "everybody still has a way",
    ),
    figure(moreCount(km), "vehicle kilometres", km === null ? "" : `${count(totals.vehicle_km_before ?? 0)} before`),
  );
}
