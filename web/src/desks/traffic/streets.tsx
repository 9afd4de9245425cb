/** The streets that gain and those that are relieved, in step with the map. */
import type { JSX } from "preact";
import type { ImpactAnswer, StreetImpact } from "../../contract/index.ts";
import { Item, Items } from "../../lib/items.tsx";
import { count } from "../../lib/units.ts";
import { type PlanStore, type State, select } from "../plan/store.ts";
import { disagrees } from "./flows.ts";
import { between, full, moreCount, moreMinutes } from "./words.ts";

type Props = { readonly plan: PlanStore; readonly answer: ImpactAnswer };

/** Selected in this list, or a piece of it on the map. */
function isSelected({ selection }: State, key: string, street: StreetImpact): boolean {
  if (selection?.kind === "streets") return selection.key === key;
  return selection?.kind === "way" && street.way_indexes.includes(selection.way);
}

const isUnsure = ({ flow_change_range_per_hour: range }: StreetImpact): boolean =>
  disagrees(range?.draws ? range.agree / range.draws : null);

/** Where on the street, which need not be named again. */
const whereOf = ({ street, at }: StreetImpact): string =>
  at.startsWith(`${street} `) ? at.slice(street.length + 1) : at;

const flowWords = (street: StreetImpact): string =>
  `${count(street.flow_before_per_hour)} \u2192 ${count(street.flow_after_per_hour)} vehicles/h (${moreCount(street.flow_change_per_hour)})`;

type ItemProps = { readonly plan: PlanStore; readonly street: StreetImpact; readonly id: string };

function StreetItem({ plan, street, id }: ItemProps): JSX.Element {
  const isCurrent = isSelected(plan.get(), id, street);
  const range = between(street.extra_minutes_range);
  const crowd = street.saturation_after === null ? "" : full(street.saturation_after);
  const unsure = isUnsure(street);
  return (
    <Item
      isCurrent={isCurrent}
      act={() => select(plan, isCurrent ? null : { kind: "streets", key: id, ways: street.way_indexes })}
      sign={<span class={`flow-mark ${street.flow_change_per_hour < 0 ? "less" : "more"}`} aria-hidden="true" />}
      text={
        <>
          <strong>{street.street}</strong>
          <small>{whereOf(street)}</small>
          <small>{flowWords(street)}</small>
          <small>{[crowd, unsure ? "" : street.how_sure].filter(Boolean).join("; ")}</small>
          {unsure && <small class="unsure">{`draws disagree: ${street.how_sure}`}</small>}
        </>
      }
      note={
        <>
          <strong>{moreMinutes(street.extra_minutes)}</strong>
          {range && <small>{range}</small>}
        </>
      }
    />
  );
}

type ListProps = Pick<Props, "plan"> & {
  readonly name: string;
  readonly label: string;
  readonly streets: readonly StreetImpact[];
};

const Streets = ({ plan, name, label, streets }: ListProps): JSX.Element => (
  <Items label={label} look="streets">
    {streets.map((street, index) => (
      <StreetItem key={index} plan={plan} street={street} id={`${name}-${index}`} />
    ))}
  </Items>
);

const SLOWER =
  "By the delay of all who drive there. Flows at the piece named; extra minutes along the whole street, with their range over the draws.";

export const WorstStreets = ({ plan, answer: { impact } }: Props): JSX.Element =>
  impact.streets.length ? (
    <>
      <p>{SLOWER}</p>
      <Streets plan={plan} name="slower" label="Worst streets" streets={impact.streets} />
    </>
  ) : (
    <p>No street gets noticeably slower.</p>
  );

export const RelievedStreets = ({ plan, answer: { impact } }: Props): JSX.Element =>
  impact.relieved.length ? (
    <>
      <p>Where traffic no longer comes.</p>
      <Streets plan={plan} name="relieved" label="Relieved streets" streets={impact.relieved} />
    </>
  ) : (
    <p>No street gets noticeably emptier.</p>
  );
