/** Who loses minutes: suburbs, and trips that no longer have a way. */
import type { JSX } from "preact";
import type { ImpactAnswer, ZoneImpact } from "../../contract/index.ts";
import { Sentences } from "../../lib/items.tsx";
import { count } from "../../lib/units.ts";
import { bare, between, moreBare } from "./words.ts";

const FIRST = 8;

type Props = { readonly answer: ImpactAnswer };

const Zones = ({ zones }: { readonly zones: readonly ZoneImpact[] }): JSX.Element => (
  <table class="numbers ranged">
    <caption>Mean minutes of a trip that begins or ends there; below, the range over the draws</caption>
    <thead>
      <tr>
        {["Suburb", "Before", "After", "Longer"].map((title) => (
          <th key={title} scope="col">
            {title}
          </th>
        ))}
      </tr>
    </thead>
    <tbody>
      {zones.map((zone) => (
        <tr key={zone.zone}>
          <th scope="row">{zone.zone}</th>
          <td>{bare(zone.minutes_per_trip_before)}</td>
          <td>{bare(zone.minutes_per_trip_after)}</td>
          <td class="changed">
            {moreBare(zone.extra_minutes_per_trip)}
            <small>{between(zone.extra_minutes_range)}</small>
          </td>
        </tr>
      ))}
    </tbody>
  </table>
);

export function Suburbs({ answer }: Props): JSX.Element {
  const { zones } = answer.impact;
  const rest = zones.slice(FIRST);
  return (
    <>
      <Zones zones={zones.slice(0, FIRST)} />
      {rest.length > 0 && (
        <details class="more">
          <summary>{`The other ${rest.length}`}</summary>
          <Zones zones={rest} />
        </details>
      )}
    </>
  );
}

export function CutOff({ answer }: Props): JSX.Element {
  const { lost, totals } = answer.impact;
  const before = totals.trips_lost_before_per_hour;
  const others = before ? ` ${count(before)} others had none before.` : "";
  return (
    <>
      <p>{`These trips no longer have a route; no time includes them.${others}`}</p>
      <Sentences
        texts={lost.map(
          (trips) =>
            `${trips.start_zone} to ${trips.end_zone}: ${count(trips.trips_per_hour)} trips (${trips.user_class})`,
        )}
      />
    </>
  );
}
