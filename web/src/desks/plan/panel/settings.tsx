/** What the cordon shuts out and how it is looked for. */
import type { JSX } from "preact";
import type { PlanQuestion, VehicleClass } from "../../../contract/index.ts";
import { NumberField, Select } from "../../../lib/fields.tsx";
import { Checkbox, Section } from "../../../lib/parts.tsx";
import { capital } from "../../../lib/units.ts";
import { addressWord, classWord } from "../../../lib/words.ts";
import { ask, type PlanStore, questionOf } from "../store.ts";
import { Costs } from "./costs.tsx";
import { Outside } from "./outside.tsx";
import { askedIn, type NumberWish, QUANTITIES, shownIn } from "./quantities.ts";
import { Vehicles } from "./vehicles.tsx";

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

type SwitchWish = Extract<keyof PlanQuestion, "trust_signs" | "allow_motorway" | "frontier">;

/** Wishes that are true or not: a further one is a further row. */
const SWITCHES: Readonly<Record<SwitchWish, string>> = {
  trust_signs: "One-way signs are obeyed",
  allow_motorway: "Barriers may stand on motorways",
  frontier: "Show smaller and larger cordons",
};

const Switch = ({ store, of }: Props & { readonly of: SwitchWish }): JSX.Element => (
  <Checkbox label={SWITCHES[of]} checked={questionOf(store.get())[of]} act={(on) => change(store, { [of]: on })} />
);

type NumberProps = Props & { readonly of: NumberWish; readonly label?: string };

function NumberSetting({ store, of, label }: NumberProps): JSX.Element {
  const quantity = QUANTITIES[of];
  const value = questionOf(store.get())[of];
  return (
    <NumberField
      {...quantity}
      {...(label ? { label } : {})}
      value={value === null ? null : shownIn(quantity, value)}
      act={(wanted) => change(store, { [of]: wanted === null ? null : askedIn(quantity, wanted) })}
    />
  );
}

function AccessClass({ store }: Props): JSX.Element {
  const options = store.get().network.vehicle_classes.map((value) => ({ value, label: capital(classWord(value)) }));
  return (
    <Select
      label="Drive times of"
      options={options}
      chosen={questionOf(store.get()).access_class}
      act={(access_class) => change(store, { access_class })}
    />
  );
}

/** What is seldom set. */
const More = ({ store }: Props): JSX.Element => (
  <details class="more">
    <summary>More settings</summary>
    <div class="settings">
      <Outside store={store} />
      <Switch store={store} of="allow_motorway" />
      <Switch store={store} of="frontier" />
      <NumberSetting
        store={store}
        of="address_cost"
        label={`Each enclosed ${addressWord(store.get().network)} costs`}
      />
      <AccessClass store={store} />
      <Vehicles store={store} />
      <Costs store={store} />
    </div>
  </details>
);

function Form({ store }: Props): JSX.Element {
  const { network } = store.get();
  const { access_class, occupied_shuts } = questionOf(store.get());
  /** Help, those whose times are looked at, and whoever was named before. */
  const driven: readonly VehicleClass[] = ["emergency", access_class, ...occupied_shuts];
  return (
    <form class="settings" noValidate onSubmit={(event) => event.preventDefault()}>
      <Classes store={store} of="shut" title="The cordon keeps out" offered={network.vehicle_classes} />
      <Classes
        store={store}
        of="occupied_shuts"
        title="Cannot drive through the occupied streets"
        offered={network.vehicle_classes.filter((name) => driven.includes(name))}
      />
      <Switch store={store} of="trust_signs" />
      <NumberSetting store={store} of="radius_m" />
      <NumberSetting store={store} of="at_most" />
      <NumberSetting store={store} of="within_s" />
      <NumberSetting store={store} of="gate_s" />
      <More store={store} />
      <div class="row">
        <button type="button" onClick={() => ask(store, network.scenario.question)}>
          Start again from the scenario
        </button>
      </div>
    </form>
  );
}

export const Settings = ({ store }: Props): JSX.Element => (
  <Section title="Settings" id="settings" words={["vehicle class", "wish", "point"]}>
    <Form store={store} />
  </Section>
);
