/** Fields of a form: a choice from a list, a number, a line of text. One that cannot be used says so beside itself. */
import { useSignal } from "@preact/signals";
import type { ComponentChildren, ComponentProps, JSX, TargetedEvent } from "preact";
import { useEffect, useId } from "preact/hooks";
import { type Limits, numberFault } from "./limits.ts";
import type { Choice } from "./parts.tsx";
import { useTyping } from "./typing.ts";

type NumberChoiceProps = {
  readonly label: string;
  readonly values: readonly number[];
  readonly chosen: number;
  readonly words: (value: number) => string;
  readonly act: (value: number) => void;
};

/** One of a few numbers, from a list. */
export const NumberChoice = ({ label, values, chosen, words, act }: NumberChoiceProps): JSX.Element => (
  <label class="field">
    <span>{label}</span>
    <select value={chosen} onChange={(event) => act(Number(event.currentTarget.value))}>
      {values.map((value) => (
        <option key={value} value={value}>
          {words(value)}
        </option>
      ))}
    </select>
  </label>
);

type SelectProps<T extends string> = {
  readonly label: string;
  readonly options: readonly Choice<T>[];
  readonly chosen: T;
  readonly act: (value: T) => void;
};

/** One of several words, from a list. */
export const Select = <T extends string>({ label, options, chosen, act }: SelectProps<T>): JSX.Element => (
  <label class="field">
    <span>{label}</span>
    <select value={chosen} onChange={(event) => act(event.currentTarget.value as T)}>
      {options.map(({ value, label: words }) => (
        <option key={value} value={value}>
          {words}
        </option>
      ))}
    </select>
  </label>
);

type InputEvent = TargetedEvent<HTMLInputElement>;

type TypedFieldProps = {
  readonly label: string;
  readonly value: string;
  /** The sentence on what was typed, "" where it can be used. */
  readonly faultOf: (field: HTMLInputElement) => string;
  readonly act: (text: string) => void;
  readonly attributes?: ComponentProps<"input">;
  readonly after?: ComponentChildren;
};

/** What was typed and cannot be used stays, with a sentence below, until it is corrected or the value becomes another. */
function TypedField({ label, value, faultOf, act, attributes, after }: TypedFieldProps): JSX.Element {
  const { shown, keep, taken } = useTyping(value);
  const said = useSignal("");
  const id = useId();
  useEffect(() => {
    said.value = "";
  }, [value, said]);
  const change = (event: InputEvent): void => {
    const field = event.currentTarget;
    said.value = faultOf(field);
    if (said.value) return keep(event);
    taken();
    act(field.value);
  };
  const fault = said.value;
  return (
    <div class="typed">
      <label class="field">
        <span>{label}</span>
        <span class="with-unit">
          <input
            {...attributes}
            value={shown}
            aria-invalid={fault !== ""}
            aria-describedby={fault ? id : undefined}
            onInput={keep}
            onChange={change}
          />
          {after}
        </span>
      </label>
      {fault && (
        <p class="fault" id={id} role="alert">
          {fault}
        </p>
      )}
    </div>
  );
}

type NumberFieldProps = {
  readonly label: string;
  readonly unit: string;
  readonly value: number | null;
  readonly act: (value: number | null) => void;
  readonly limits: Limits;
  /** How far the arrows of the field go. */
  readonly step: number;
  /** What an empty field means; without it a field may not be empty. */
  readonly empty?: string | undefined;
};

export function NumberField({ label, unit, value, act, limits, step, empty }: NumberFieldProps): JSX.Element {
  const faultOf = ({ value: text, validity }: HTMLInputElement): string =>
    text === "" && empty !== undefined && !validity.badInput ? "" : numberFault(text, limits, unit);
  return (
    <TypedField
      label={label}
      value={value === null ? "" : `${value}`}
      faultOf={faultOf}
      act={(text) => act(text === "" ? null : Number(text))}
      attributes={{ type: "number", inputMode: "decimal", step, placeholder: empty ?? "" }}
      after={<span>{unit}</span>}
    />
  );
}

type TextFieldProps = {
  readonly label: string;
  readonly value: string;
  readonly most: number;
  readonly act: (text: string) => void;
};

/** A line of text that may not be empty. */
export const TextField = ({ label, value, most, act }: TextFieldProps): JSX.Element => (
  <TypedField
    label={label}
    value={value}
    faultOf={(field) => (field.value.trim() ? "" : `Give a ${label.toLowerCase()}.`)}
    act={(text) => act(text.trim())}
    attributes={{ type: "text", maxLength: most, class: "words" }}
  />
);
