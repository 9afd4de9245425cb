/** The fields of the entry form: those of every entry, and those that the server lists for a kind. What is typed stays in them. */
import type { JSX, TargetedKeyboardEvent } from "preact";
import type { FormField, KindAnswer } from "../../contract/index.ts";
import { readable } from "../../lib/words.ts";
import { type Beginning, controlOf, draftedIn } from "./new-entry.ts";

const PLACEHOLDERS: Partial<Readonly<Record<FormField["type"], string>>> = {
  amount: "450, about 450, 10 to 12, at least 20",
  list: "one, another",
  name: "one or two words",
  time: "tomorrow noon, 24 Feb 6pm, day 17 7pm",
};

/** A field that every entry has: one of these choices, or any text where there are none. */
export const plainField = (name: string, label: string, choices: readonly string[] = []): FormField => ({
  name,
  label,
  help: "",
  type: choices.length ? "choice" : "text",
  needed: choices.length > 0,
  choices: [...choices],
  suggestions: [],
});

/** What can be chosen: each value with its word. */
function optionsOf({ type, needed, choices }: FormField): readonly (readonly string[])[] {
  const yesOrNo = [
    ["true", "yes"],
    ["false", "no"],
  ];
  const options = type === "yes-no" ? yesOrNo : choices.map((value) => [value, readable(value)]);
  return needed ? options : [["", "not stated"], ...options];
}

type Naming = { readonly id: string; readonly name: string; readonly "aria-describedby": string | undefined };
type ControlProps = { readonly field: FormField; readonly first: string; readonly placeholder?: string | undefined };

function Control({ field, first, placeholder, ...naming }: ControlProps & Naming): JSX.Element {
  const { type, needed, suggestions } = field;
  const attributes = { ...naming, required: needed };
  if (type === "choice" || type === "yes-no")
    return (
      <select {...attributes}>
        {optionsOf(field).map(([value, word]) => (
          <option key={value} value={value} selected={value === first}>
            {word}
          </option>
        ))}
      </select>
    );
  if (type === "long") return <textarea {...attributes} rows={2} autocomplete="off" defaultValue={first} />;
  return (
    <input
      {...attributes}
      type={type === "date" ? "date" : "text"}
      inputMode={type === "number" ? "decimal" : undefined}
      autocomplete="off"
      list={suggestions.length ? `${naming.id}-known` : undefined}
      placeholder={placeholder ?? PLACEHOLDERS[type]}
      defaultValue={first}
    />
  );
}

/** Its control may have a name of its own. */
export function Field({ name, ...rest }: ControlProps & { readonly name?: string }): JSX.Element {
  const { label, help, suggestions, ...field } = rest.field;
  const id = `entry-${name ?? field.name}`;
  const helpId = help ? `${id}-help` : undefined;
  return (
    <div class="entry-field">
      <label for={id}>{label}</label>
      <Control id={id} name={name ?? field.name} aria-describedby={helpId} {...rest} />
      {help && <small id={helpId}>{help}</small>}
      {suggestions.length > 0 && (
        <datalist id={`${id}-known`}>
          {suggestions.map((word) => (
            <option key={word} value={word} />
          ))}
        </datalist>
      )}
    </div>
  );
}

type OfPlaces = { readonly field: FormField; readonly name: string; readonly first: string };
type KindProps = {
  readonly kind: KindAnswer;
  readonly first: Beginning;
  readonly zone: string;
  /** Draws a field of places, which asks the map what its words mean. */
  readonly places: (of: OfPlaces) => JSX.Element;
};

/** What comes first: what is needed, and how many, which people say with it. */
const isFirst = ({ needed, type }: FormField): boolean => needed || type === "amount";

const Fields = ({ kind, first, zone, places, needed }: KindProps & { readonly needed: boolean }): JSX.Element => (
  <div class="entry-fields">
    {kind.fields
      .filter((field) => isFirst(field) === needed)
      .map((field) => {
        const of = { field, name: controlOf(field), first: draftedIn(field, first, zone) };
        return field.type === "places" ? places(of) : <Field key={field.name} {...of} />;
      })}
  </div>
);

export const NeededFields = (props: KindProps): JSX.Element => <Fields {...props} needed />;

/** Folded, unless there is nothing else to fill in or a draft has something there. */
export function MoreFields({ kind, first, zone, places }: KindProps): JSX.Element | null {
  const fields = kind.fields.filter((field) => !isFirst(field));
  if (!fields.length) return null;
  const isDrafted = fields.some((field) => draftedIn(field, first, zone) !== "");
  return (
    <details class="more" open={isDrafted || fields.length === kind.fields.length}>
      <summary>More fields</summary>
      <Fields kind={kind} first={first} zone={zone} places={places} needed={false} />
    </details>
  );
}

/** Enter sends; in a longer text, Shift and Enter begin a new line. */
export function sendOnEnter(event: TargetedKeyboardEvent<HTMLFormElement>): void {
  const target = event.target as HTMLElement;
  if (event.key !== "Enter" || target.matches("button, summary")) return;
  if (target.matches("textarea") && event.shiftKey) return;
  event.preventDefault();
  event.currentTarget.requestSubmit();
}
