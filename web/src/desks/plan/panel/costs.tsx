/** What barriers cost: the table that the cheapest cordon is found by. */
import type { JSX } from "preact";
import type { BarrierCosts } from "../../../contract/index.ts";
import { NumberField } from "../../../lib/fields.tsx";
import { capital, points } from "../../../lib/units.ts";
import { streetClassWord } from "../../../lib/words.ts";
import { ask, type PlanStore, questionOf } from "../store.ts";
import { askedIn, COSTS, type CostWish, POINTS, type Quantity, shownIn } from "./quantities.ts";

type Props = { readonly store: PlanStore };

const change = (store: PlanStore, part: Partial<BarrierCosts>): void => {
  const question = questionOf(store.get());
  ask(store, { ...question, costs: { ...question.costs, ...part } });
};

/** Of each class; those that are cut only where motorways are allowed have a price of their own among the others. */
function ClassCosts({ store }: Props): JSX.Element {
  const { costs } = questionOf(store.get());
  const classes = store
    .get()
    .network.street_classes.filter(({ name, points: usual }) => usual !== null || name in costs.by_class);
  const price = (name: string, wanted: number | null): void => {
    const { [name]: _, ...others } = costs.by_class;
    change(store, { by_class: wanted === null ? others : { ...others, [name]: wanted } });
  };
  return (
    <fieldset class="settings">
      <legend>Across a street of this class</legend>
      {classes.map(({ name, points: usual }) => (
        <NumberField
          key={name}
          {...POINTS}
          label={capital(streetClassWord(name))}
          value={costs.by_class[name] ?? null}
          empty={points(usual ?? costs.motorway)}
          act={(wanted) => price(name, wanted)}
        />
      ))}
    </fieldset>
  );
}

function OtherCosts({ store }: Props): JSX.Element {
  const { costs } = questionOf(store.get());
  const rows = Object.entries(COSTS) as [CostWish, Quantity][];
  return (
    <fieldset class="settings">
      <legend>More for what makes it harder</legend>
      {rows.map(([of, quantity]) => (
        <NumberField
          key={of}
          {...quantity}
          value={shownIn(quantity, costs[of])}
          act={(wanted) => wanted !== null && change(store, { [of]: askedIn(quantity, wanted) })}
        />
      ))}
    </fieldset>
  );
}

export function Costs({ store }: Props): JSX.Element {
  const usual = store.get().network.scenario.question.costs;
  const isUsual = JSON.stringify(questionOf(store.get()).costs) === JSON.stringify(usual);
  return (
    <details class="more">
      <summary>What a barrier costs</summary>
      <p>One crew-unit is one crew for a quarter of an hour. An empty field means the grey figure.</p>
      <ClassCosts store={store} />
      <OtherCosts store={store} />
      <div class="row">
        <button type="button" disabled={isUsual} onClick={() => change(store, usual)}>
          Back to the usual costs
        </button>
      </div>
    </details>
  );
}
