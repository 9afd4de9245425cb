/** Parts that panels are made of. */
import { type ComponentChildren, Fragment, type JSX, type TargetedEvent } from "preact";
import close from "../icons/close.svg";
import { IconButton } from "./icon.tsx";
import { Terms } from "./terms.tsx";

type SectionProps = {
  readonly title: string;
  readonly id: string;
  readonly open?: boolean;
  readonly toggled?: (event: TargetedEvent<HTMLDetailsElement>) => void;
  /** Hard words in it, as they stand in the list of words. */
  readonly words?: readonly string[] | undefined;
  readonly children: ComponentChildren;
};

/** A part of the panel that can be folded away. */
export const Section = ({ title, id, open = false, toggled, words, children }: SectionProps): JSX.Element => (
  <details class="section" id={id} open={open} onToggle={toggled}>
    <summary>
      <h2>{title}</h2>
    </summary>
    {words && <Terms words={words} />}
    {children}
  </details>
);

type CardProps = { readonly title: string; readonly close: () => void; readonly children: ComponentChildren };

export const Card = ({ title, close: act, children }: CardProps): JSX.Element => (
  <section class="card" aria-label={title}>
    <div class="card-head">
      <h2 tabIndex={-1}>{title}</h2>
      <IconButton label="Close" drawing={close} act={act} />
    </div>
    {children}
  </section>
);

export const Facts = ({ rows }: { readonly rows: readonly (readonly [string, string] | null)[] }): JSX.Element => (
  <dl class="facts">
    {rows.map(
      (row) =>
        row && (
          <Fragment key={row[0]}>
            <dt>{row[0]}</dt>
            <dd>{row[1]}</dd>
          </Fragment>
        ),
    )}
  </dl>
);

type CheckboxProps = { readonly label: string; readonly checked: boolean; readonly act: (on: boolean) => void };

export const Checkbox = ({ label, checked, act }: CheckboxProps): JSX.Element => (
  <label class="check">
    <input type="checkbox" checked={checked} onChange={(event) => act(event.currentTarget.checked)} />
    <span>{label}</span>
  </label>
);

export type Choice<T> = { readonly value: T; readonly label: string };

type ChoicesProps<T extends string> = {
  readonly name: string;
  readonly title: string;
  readonly options: readonly Choice<T>[];
  readonly chosen: T;
  readonly act: (value: T) => void;
};

/** One of a few, side by side. */
export const Choices = <T extends string>({ name, title, options, chosen, act }: ChoicesProps<T>): JSX.Element => (
  <fieldset class="choices">
    <legend class="unseen">{title}</legend>
    {options.map(({ value, label }) => (
      <label key={value}>
        <input type="radio" name={name} value={value} checked={value === chosen} onChange={() => act(value)} />
        <span>{label}</span>
      </label>
    ))}
  </fieldset>
);

/** A column: its title, and what a row says in it. */
export type Column<T> = readonly [title: string, text: (row: T) => string];

type TableProps<T> = {
  readonly rows: readonly T[];
  readonly columns: readonly Column<T>[];
  readonly caption?: string;
  readonly class?: string;
};

/** Rows that are only words, as on paper. */
export const Table = <T,>({ rows, columns, caption, class: name }: TableProps<T>): JSX.Element => (
  <table class={name}>
    {caption && <caption>{caption}</caption>}
    <thead>
      <tr>
        {columns.map(([title], index) => (
          <th key={index} scope="col">
            {title}
          </th>
        ))}
      </tr>
    </thead>
    <tbody>
      {rows.map((row, line) => (
        <tr key={line}>
          {columns.map(([, text], index) => (
            <td key={index}>{text(row)}</td>
          ))}
        </tr>
      ))}
    </tbody>
  </table>
);
