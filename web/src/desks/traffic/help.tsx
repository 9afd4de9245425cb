/** Ambulance and fire: times on empty streets beside those in traffic, before the closures and after. */
import type { ComponentChildren, JSX } from "preact";
import type { EmergencyAddress, EmergencyImpact, EmergencySide, ImpactAnswer } from "../../contract/index.ts";
import { Item, Items } from "../../lib/items.tsx";
import { capital, count, delay, minutes } from "../../lib/units.ts";
import { type PlanStore, select } from "../plan/store.ts";
import { hourWords } from "./words.ts";

const clock = (value: number | null): string => minutes(value === null ? null : value * 60);
const short = (value: number | null): string => (value === null ? "\u2013" : clock(value).replace(" min", ""));

type Row = readonly [title: string, show: (side: EmergencySide) => string];

const rowsFor = (aim: number): readonly Row[] => [
  ["Half within", (side) => short(side.median_minutes)],
  ["9 of 10 within", (side) => short(side.ninth_decile_minutes)],
  ["Longest", (side) => short(side.worst_minutes)],
  [`Later than ${aim} min`, (side) => count(side.beyond)],
];

type TimesProps = { readonly help: EmergencyImpact; readonly hour: number };

/** Before and after stand beside each other, on empty streets and in traffic; what changes is marked. */
function Times({ help, hour }: TimesProps): JSX.Element {
  const pairs = [
    [help.free_before, help.free_after],
    [help.congested_before, help.congested_after],
  ] as const;
  return (
    <table class="numbers help">
      <caption>{`Minutes from the nearest of ${help.stations.join(", ")}`}</caption>
      <thead>
        <tr>
          <td />
          {["Empty streets", `In traffic, ${hourWords(hour)}`].map((title) => (
            <th key={title} colSpan={2} scope="colgroup">
              {title}
            </th>
          ))}
        </tr>
        <tr>
          <td />
          {["Before", "After", "Before", "After"].map((title, column) => (
            <th key={column} scope="col">
              {title}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rowsFor(help.aim_minutes).map(([title, show]) => (
          <tr key={title}>
            <th scope="row">{title}</th>
            {pairs.flatMap(([before, after], pair) => [
              <td key={`${pair}-before`}>{show(before)}</td>,
              <td key={`${pair}-after`} class={show(before) === show(after) ? "" : "changed"}>
                {show(after)}
              </td>,
            ])}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function AddressItem({ plan, late }: { readonly plan: PlanStore; readonly late: EmergencyAddress }): JSX.Element {
  const { selection } = plan.get();
  const { address, label, street, lon, lat } = late;
  const isCurrent = selection?.kind === "address" && selection.address === address;
  const [was, is] = [late.congested_before_minutes, late.congested_after_minutes];
  return (
    <Item
      isCurrent={isCurrent}
      act={() =>
        select(plan, isCurrent ? null : { kind: "address", address, label: label || street, spot: { lon, lat } })
      }
      text={
        <>
          <strong>{street}</strong>
          <small>
            {`in traffic ${short(was)} before, ${short(is)} after; on empty streets ${short(late.free_after_minutes)}`}
          </small>
        </>
      }
      note={<strong>{was === null || is === null ? "not reached" : delay(60 * was, 60 * is)}</strong>}
    />
  );
}

type ServiceProps = TimesProps & { readonly plan: PlanStore };

function Service({ plan, help, hour }: ServiceProps): JSX.Element {
  const [least, most] = [help.worst_if_no_delay_minutes, help.worst_if_all_delay_minutes];
  const span =
    least === null || most === null
      ? ""
      : ` With none or all of it, the longest would take ${short(least)} to ${clock(most)}.`;
  return (
    <>
      <h3>{capital(help.service)}</h3>
      <p>{help.sentence}</p>
      <Times help={help} hour={hour} />
      <p class="quiet">
        {`Under lights and sirens a vehicle is assumed to bear ${count(100 * help.delay_share)} % of the delay in traffic.${span}`}
      </p>
      {help.longer_streets.length > 0 && (
        <Items label={`Streets that wait longer for ${help.service}`}>
          {help.longer_streets.map((late) => (
            <AddressItem key={late.address} plan={plan} late={late} />
          ))}
        </Items>
      )}
    </>
  );
}

type Props = { readonly plan: PlanStore; readonly answer: ImpactAnswer };

export const HelpTimes = ({ plan, answer: { impact, hour } }: Props): ComponentChildren =>
  impact.emergency === null ? (
    <p>No fire or ambulance stations are known in this network.</p>
  ) : (
    impact.emergency.map((help) => <Service key={help.service} plan={plan} help={help} hour={hour} />)
  );
