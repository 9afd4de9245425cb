/** The controls of the entry form. What is typed stays in them; a kind's own fields are those that the server lists. */
import type { JSX } from "preact";
import type { FormField, KindAnswer } from "../../contract/index.ts";
import { readable } from "../../lib/words.ts";
import { type Beginning, controlOf, draftedIn } from "./new-entry.ts";

type Naming = { readonly id: string; readonly name: string; readonly "aria-describedby"?: string | undefined };

type LabelledProps = {
  readonly label: string;
  readonly name: string;
  readonly help?: string;
  readonly control: (naming: Naming) => JSX.Element;
};

export function Labelled({ label, name, help, control }: LabelledProps): JSX.Element {
  const id = `entry-${name}`;
  const helpId = help ? `${id}-help` : undefined;
  return (
    <div class="entry-field">
      <label for={id}>{label}</label>
      {control({ id, name, "aria-describedby": helpId })}
      {help && <small id={helpId}>{help}</small>}
    </div>
  );
}

type TextProps = {
  readonly label: string;
  readonly name: string;
  readonly first: string;
  readonly placeholder?: string;
};

export const TextField = ({ label, name, first, placeholder }: TextProps): JSX.Element => (
  <Labelled
    label={label}
    name={name}
    control={(naming) => (
      <input {...naming} type="text" autocomplete="off" placeholder={placeholder} defaultValue={first} />
    )}
  />
);

type Option = readonly [value: string, label: string];
type SelectProps = { readonly naming: Naming; readonly options: readonly Option[]; readonly first: string };

const Select = ({ naming, options, first, ...rest }: SelectProps & { readonly required?: boolean }): JSX.Element => (
  <select {...naming} {...rest}>
    {options.map(([value, label]) => (
      <option key={value} value={value} selected={value === first}>
        {label}
      </option>
    ))}
  </select>
);

type ChoiceProps = { readonly label: string; readonly name: string } & Omit<SelectProps, "naming">;

export const ChoiceField = ({ label, name, ...rest }: ChoiceProps): JSX.Element => (
  <Labelled label={label} name={name} control={(naming) => <Select naming={naming} {...rest} />} />
);

const YES_NO: readonly Option[] = [
  ["true", "yes"],
  ["false", "no"],
];
const PLACEHOLDERS: Partial<Readonly<Record<FormField["type"], string>>> = {
  amount: "450, about 450, 300-3000, at least 20",
  list: "one, another",
  name: "one or two words",
  time: "2022-02-18 19:05",
};

type ControlProps = { readonly naming: Naming; readonly field: FormField; readonly first: string };

function Control({ naming, field, first }: ControlProps): JSX.Element {
  const { name, type, needed, choices, suggestions } = field;
  const attributes = { ...naming, required: needed, autocomplete: "off" };
  if (type === "choice" || type === "yes-no") {
    const options = type === "yes-no" ? YES_NO : choices.map((value): Option => [value, readable(value)]);
    return (
      <Select
        naming={naming}
        required={needed}
        options={needed ? options : [["", "not said"], ...options]}
        first={first}
      />
    );
  }
  if (type === "long") return <textarea {...attributes} rows={2} defaultValue={first} />;
  const known = `known-${name}`;
  return (
    <>
      <input
        {...attributes}
        type={type === "date" ? "date" : "text"}
        inputMode={type === "number" ? "decimal" : undefined}
        placeholder={PLACEHOLDERS[type]}
        list={suggestions.length ? known : undefined}
        defaultValue={first}
      />
      {suggestions.length > 0 && (
        <datalist id={known}>
          {suggestions.map((word) => (
            <option key={word} value={word} />
          ))}
        </datalist>
      )}
    </>
  );
}

type FieldsProps = { readonly fields: readonly FormField[]; readonly first: Beginning; readonly zone: string };

const Fields = ({ fields, first, zone }: FieldsProps): JSX.Element => (
  <div class="entry-fields">
    {fields.map((field) => (
      <Labelled
        key={field.name}
        label={field.label}
        name={controlOf(field)}
        help={field.help}
        control={(naming) => <Control naming={naming} field={field} first={draftedIn(field, first, zone)} />}
      />
    ))}
  </div>
);

type KindFieldsProps = Omit<FieldsProps, "fields"> & { readonly kind: KindAnswer };

export const NeededFields = ({ kind, ...rest }: KindFieldsProps): JSX.Element => (
  <Fields fields={kind.fields.filter(({ needed }) => needed)} {...rest} />
);

/** Folded, unless there is nothing else to fill in or a draft has something there. */
export function MoreFields({ kind, first, zone }: KindFieldsProps): JSX.Element | null {
  const fields = kind.fields.filter(({ needed }) => !needed);
  if (!fields.length) return null;
  const isOpen = fields.length === kind.fields.length || fields.some((field) => draftedIn(field, first, zone) !== "");
  return (
    <details class="more" open={isOpen}>
      <summary>More fields</summary>
      <Fields fields={fields} first={first} zone={zone} />
    </details>
  );
}
