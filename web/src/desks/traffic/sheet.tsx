/** The traffic on paper: answer, how sure, what it rests on, the key of the map, the tables. */
import type { EmergencyImpact, Impact, StreetImpact, ZoneImpact } from "../../contract/index.ts";
import type { Sheet } from "../../frame/desk.ts";
import { type Column, Table } from "../../lib/parts.tsx";
import { capital, count } from "../../lib/units.ts";
import { planBounds } from "../plan/map/fit.ts";
import type { PlanStore } from "../plan/store.ts";
import { effectBounds } from "./flows.ts";
import { FlowKey } from "./legend.tsx";
import { byRoute, type Route, stateWord } from "./routes.ts";
import { onShow, type TrafficStore } from "./store.ts";
import { answerWords, bare, between, full, hourWords, moreBare, moreCount } from "./words.ts";

const LONGEST = 10;

const STREETS: readonly Column<StreetImpact>[] = [
  ["Street", ({ at }) => at],
  ["Before", (street) => count(street.flow_before_per_hour)],
  ["After", (street) => count(street.flow_after_per_hour)],
  ["Change", (street) => moreCount(street.flow_change_per_hour)],
  ["Full", (street) => full(street.saturation_after).replace(" full", "")],
  ["Min longer", (street) => moreBare(street.extra_minutes)],
  ["Range", (street) => between(street.extra_minutes_range)],
  ["How sure", (street) => street.how_sure],
];

const ZONES: readonly Column<ZoneImpact>[] = [
  ["Suburb", ({ zone }) => zone],
  ["Before", (zone) => bare(zone.minutes_per_trip_before)],
  ["After", (zone) => bare(zone.minutes_per_trip_after)],
  ["Longer", (zone) => moreBare(zone.extra_minutes_per_trip)],
  ["Range", (zone) => between(zone.extra_minutes_range)],
];

const ROUTES: readonly Column<Route>[] = [
  ["Route", ({ route }) => route],
  ["Trips a day", ({ trips }) => count(trips)],
  ["State", ({ state }) => stateWord(state)],
  ["Min longer", ({ extraMinutes }) => moreBare(extraMinutes)],
];

const HELP: readonly Column<EmergencyImpact>[] = [
  ["From", ({ service }) => capital(service)],
  ["Empty streets, before", ({ free_before: side }) => bare(side.ninth_decile_minutes)],
  ["after", ({ free_after: side }) => bare(side.ninth_decile_minutes)],
  ["In traffic, before", ({ congested_before: side }) => bare(side.ninth_decile_minutes)],
  ["after", ({ congested_after: side }) => bare(side.ninth_decile_minutes)],
  ["Longest, after", ({ congested_after: side }) => bare(side.worst_minutes)],
];

const Rows = <T,>(props: { caption: string; rows: readonly T[]; columns: readonly Column<T>[] }) =>
  props.rows.length > 0 && <Table {...props} class="plain" />;

const Tables = ({ impact }: { readonly impact: Impact }) => (
  <>
    <Rows
      caption="Worst streets: vehicles an hour at the piece named; minutes:seconds longer along the whole street"
      rows={impact.streets}
      columns={STREETS}
    />
    <Rows
      caption="Ambulance and fire: minutes within which nine of ten addresses are reached"
      rows={impact.emergency ?? []}
      columns={HELP}
    />
    <div class="print-pair">
      <Rows caption="Suburbs: mean minutes of a trip" rows={impact.zones.slice(0, LONGEST)} columns={ZONES} />
      <Rows
        caption="Bus routes: minutes of a mean trip"
        rows={byRoute(impact.buses ?? []).slice(0, LONGEST)}
        columns={ROUTES}
      />
    </div>
  </>
);

const keyWords = (hour: number): string =>
  `Change of traffic, vehicles an hour, ${hourWords(hour)}: full lines more, emptied lines less; dashed where the draws of the demand disagree.`;

/** Null while no traffic is looked at. */
export function trafficSheet(plan: PlanStore, traffic: TrafficStore): Sheet | null {
  const { known } = onShow(plan, traffic);
  const { part, answer: cordon, network } = plan.get();
  if (part !== "traffic" || !known) return null;
  const { answer } = known;
  const { impact, hour } = answer;
  return {
    bounds: effectBounds(answer) ?? planBounds(plan.get()),
    alt: "Map of the streets that gain and lose traffic, and of the cordon",
    head: (
      <>
        {cordon?.summary.slice(0, 1).map((text) => (
          <p key={text}>{text}</p>
        ))}
        <p class="print-lead">{answerWords(answer, network.own_trips)}</p>
        <p>{impact.how_sure.sentence}</p>
      </>
    ),
    rest: (
      <>
        <div class="print-key">
          <p>{keyWords(hour)}</p>
          <FlowKey theme="print" />
        </div>
        <Tables impact={impact} />
        {[impact.statement, ...impact.notes].map((text) => (
          <p key={text} class="print-statement">
            {text}
          </p>
        ))}
      </>
    ),
  };
}
