/** What the cordon shuts out and how it is looked for. */
import type { JSX } from "preact";
import type { PlanQuestion, VehicleClass } from "../../../contract/index.ts";
import { Checkbox, NumberField, Section } from "../../../lib/parts.tsx";
import { capital } from "../../../lib/units.ts";
import { classWord } from "../../../lib/words.ts";
import { ask, type PlanStore, questionOf } from "../store.ts";

type Props = { readonly store: PlanStore };

const change = (store: PlanStore, part: Partial<PlanQuestion>): void =>
  ask(store, { ...questionOf(store.get()), ...part });

type ClassesProps = Props & {
  readonly of: "shut" | "occupied_shuts";
  readonly title: string;
  readonly offered: readonly VehicleClass[];
};

function Classes({ store, of, title, offered }: ClassesProps): JSX.Element {
  const chosen = questionOf(store.get())[of];
  const flip = (name: VehicleClass, on: boolean): void =>
    change(store, { [of]: on ? [...chosen, name] : chosen.filter((other) => other !== name) });
  return (
    <fieldset class="boxes">
      <legend>{title}</legend>
      {offered.map((name) => (
        <Checkbox
          key={name}
          label={capital(classWord(name))}
          checked={chosen.includes(name)}
          act={(on) => flip(name, on)}
        />
      ))}
    </fieldset>
  );
}

/** Wishes that are true or not. */
const SWITCHES = [["trust_signs", "One-way signs are obeyed"]] as const;

type Quantity = {
  readonly of: "radius_m" | "at_most" | "within_s";
  readonly label: string;
  readonly unit: string;
  /** How many of the question's units one of the shown ones has. */
  readonly scale: number;
  readonly otherwise: number | null;
  readonly min: number;
  readonly max: number;
  readonly step: number;
  readonly empty?: string;
};

/** Wishes that are numbers; a further one is a further row. */
const QUANTITIES: readonly Quantity[] = [
  {
    of: "radius_m",
    label: "Stays outside beyond",
    unit: "m",
    scale: 1,
    otherwise: 800,
    min: 50,
    max: 20000,
    step: 50,
  },
  {
    of: "at_most",
    label: "Barriers at most",
    unit: "",
    scale: 1,
    otherwise: null,
    min: 1,
    max: 500,
    step: 1,
    empty: "any",
  },
  {
    of: "within_s",
    label: "Help should arrive within",
    unit: "min",
    scale: 60,
    otherwise: 480,
    min: 0.5,
    max: 120,
    step: 0.5,
  },
];

function Form({ store }: Props): JSX.Element {
  const { network } = store.get();
  const question = questionOf(store.get());
  return (
    <form class="settings" onSubmit={(event) => event.preventDefault()}>
      <Classes store={store} of="shut" title="The cordon keeps out" offered={network.vehicle_classes} />
      <Classes
        store={store}
        of="occupied_shuts"
        title="Cannot drive through the occupied streets"
        offered={["emergency"]}
      />
      {SWITCHES.map(([of, label]) => (
        <Checkbox key={of} label={label} checked={question[of]} act={(on) => change(store, { [of]: on })} />
      ))}
      {QUANTITIES.map(({ of, scale, otherwise, ...field }) => {
        const value = question[of];
        return (
          <NumberField
            key={of}
            {...field}
            value={value === null ? null : value / scale}
            act={(wanted) => change(store, { [of]: wanted === null ? otherwise : wanted * scale })}
          />
        );
      })}
      <div class="row">
        <button type="button" onClick={() => ask(store, network.scenario.question)}>
          Start again from the scenario
        </button>
      </div>
    </form>
  );
}

export const Settings = ({ store }: Props): JSX.Element => (
  <Section title="Settings" id="settings">
    <Form store={store} />
  </Section>
);
