/** How large the vehicle of each service is: streets that it does not fit through are closed to it. */
import type { JSX } from "preact";
import type { PlanQuestion } from "../../../contract/index.ts";
import { NumberField } from "../../../lib/fields.tsx";
import { capital } from "../../../lib/units.ts";
import { NOTHING_SAID } from "../question.ts";
import { ask, type PlanStore, questionOf } from "../store.ts";

type Vehicle = PlanQuestion["vehicles"][number];
export type Measure = Exclude<keyof Vehicle, "service">;

const MEASURES: Readonly<Record<Measure, readonly [label: string, unit: string]>> = {
  height_m: ["height", "m"],
  width_m: ["width", "m"],
  weight_t: ["weight", "t"],
  length_m: ["length", "m"],
  axle_t: ["load on an axle", "t"],
  turning_m: ["room to turn round", "m"],
};
const ROWS = Object.keys(MEASURES) as Measure[];

/** What the API takes: metres or tonnes. */
const LIMITS = { above: 0, most: 200 } as const;

/** Services that there are always something to be said of. */
const USUAL = ["fire", "ambulance", "police"] as const;

/** What is said of vehicles with one figure changed; of whom nothing is said any more there is no row. */
export function withMeasure(
  vehicles: PlanQuestion["vehicles"],
  service: string,
  measure: Measure,
  figure: number | null,
): PlanQuestion["vehicles"] {
  const known = vehicles.find((one) => one.service === service) ?? { ...NOTHING_SAID, service };
  const changed = { ...known, [measure]: figure };
  const others = vehicles.filter((one) => one.service !== service);
  return ROWS.some((row) => changed[row] !== null) ? [...others, changed] : others;
}

export function Vehicles({ store }: { readonly store: PlanStore }): JSX.Element {
  const question = questionOf(store.get());
  const answered = store.get().answer?.access?.services ?? [];
  const services = new Set([
    ...(answered.length ? answered.map(({ service }) => service) : USUAL),
    ...question.vehicles.map(({ service }) => service).filter(Boolean),
  ]);
  return (
    <details class="more">
      <summary>How large the vehicles are</summary>
      <p>
        Streets that a vehicle does not fit through are closed to it. An empty field means the grey figure. A street
        without a limit is taken to let it pass.
      </p>
      {[...services].map((service) => (
        <fieldset key={service} class="settings">
          <legend>{capital(service)}</legend>
          {ROWS.map((measure) => {
            const [label, unit] = MEASURES[measure];
            const usual = answered.find((one) => one.service === service)?.vehicle?.[measure];
            return (
              <NumberField
                key={measure}
                label={`${capital(service)}, ${label}`}
                unit={unit}
                limits={LIMITS}
                step={0.05}
                value={question.vehicles.find((one) => one.service === service)?.[measure] ?? null}
                empty={usual ? `${usual}` : "not known"}
                act={(figure) =>
                  ask(store, { ...question, vehicles: withMeasure(question.vehicles, service, measure, figure) })
                }
              />
            );
          })}
        </fieldset>
      ))}
    </details>
  );
}
