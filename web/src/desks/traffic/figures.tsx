/** The whole city in one hour, in four figures. */
import type { JSX } from "preact";
import type { ImpactTotals } from "../../contract/index.ts";
import { Figure } from "../../lib/items.tsx";
import { count } from "../../lib/units.ts";
import { min, moreCount, moreMinutes } from "./words.ts";

const tenth = new Intl.NumberFormat("en-NZ", { maximumFractionDigits: 1 });

const difference = (before: number | null, after: number | null): number | null =>
  before === null || after === null ? null : after - before;

const percentWords = (percent: number): string => `${percent < 0 ? "\u2212" : "+"}${tenth.format(Math.abs(percent))} %`;

export function TotalFigures({ totals }: { readonly totals: ImpactTotals }): JSX.Element {
  const { minutes_per_trip_before: before, minutes_per_trip_after: after } = totals;
  const percent = totals.extra_vehicle_hours_percent;
  const km = difference(totals.vehicle_km_before, totals.vehicle_km_after);
  return (
    <dl class="figures">
      <Figure
        value={moreCount(totals.extra_vehicle_hours)}
        label="vehicle hours in the hour"
        note={percent === null ? "" : `${percentWords(percent)} of ${count(totals.vehicle_hours_before)}`}
      />
      <Figure
        value={moreMinutes(difference(before, after))}
        label="for a mean trip"
        note={`${min(before)} before, ${min(after)} after`}
      />
      <Figure
        value={count(totals.trips_lost_per_hour)}
        label="trips cut off"
        note={
          totals.trips_lost_per_hour ? `of ${count(totals.trips_per_hour)} in the hour` : "every trip still has a route"
        }
      />
      <Figure
        value={moreCount(km)}
        label="vehicle kilometres"
        note={km === null ? "" : `${count(totals.vehicle_km_before ?? 0)} before`}
      />
    </dl>
  );
}
