/** What is expected, so that it can be checked: a figure, a bound, by when, how sure. */
import type { JSX } from "preact";
import { type ExpectedForm, emptyExpected } from "./form.ts";

type Props = { readonly expects: readonly ExpectedForm[]; readonly act: (expects: readonly ExpectedForm[]) => void };

const BOUNDS: readonly (readonly [ExpectedForm["bound"], string])[] = [
  ["at_most", "at most"],
  ["at_least", "at least"],
  ["fewer", "fewer than at first"],
  ["more", "more than at first"],
];

export const Expectations = ({ expects, act }: Props): JSX.Element => {
  const change = (key: string, parts: Partial<ExpectedForm>): void =>
    act(expects.map((one) => (one.key === key ? { ...one, ...parts } : one)));
  return (
    <fieldset class="expects">
      <legend>Expected</legend>
      {expects.map((one) => (
        <div key={one.key} class="expected">
          <input
            aria-label="What is expected"
            placeholder="What is expected"
            value={one.what}
            onInput={(event) => change(one.key, { what: event.currentTarget.value })}
          />
          <input
            aria-label="By when"
            placeholder="By when: tomorrow 6pm"
            value={one.by_when}
            onInput={(event) => change(one.key, { by_when: event.currentTarget.value })}
          />
          <input
            aria-label="Figure that shows it"
            placeholder="Figure: vehicles"
            value={one.figure}
            onInput={(event) => change(one.key, { figure: event.currentTarget.value })}
          />
          <select
            aria-label="Bound"
            value={one.bound}
            onChange={(event) => change(one.key, { bound: event.currentTarget.value as ExpectedForm["bound"] })}
          >
            {BOUNDS.map(([value, words]) => (
              <option key={value} value={value}>
                {words}
              </option>
            ))}
          </select>
          <input
            aria-label="Number"
            placeholder="Number"
            inputMode="decimal"
            disabled={one.bound === "fewer" || one.bound === "more"}
            value={one.number}
            onInput={(event) => change(one.key, { number: event.currentTarget.value })}
          />
          <input
            aria-label="How sure, in per cent"
            placeholder="How sure: %"
            inputMode="decimal"
            value={one.sure}
            onInput={(event) => change(one.key, { sure: event.currentTarget.value })}
          />
          <button type="button" class="quiet" onClick={() => act(expects.filter(({ key }) => key !== one.key))}>
            Remove
          </button>
        </div>
      ))}
      <button type="button" class="quiet" onClick={() => act([...expects, emptyExpected()])}>
        Add what is expected
      </button>
    </fieldset>
  );
};
