/** How help gets there: longest waits, streets on which addresses depend, and a car across each street in turn. */
import type { ComponentChildren, JSX } from "preact";
import type { BlockedStreet, SingleStreet, WorstAddress } from "../../../contract/index.ts";
import { Item, Items } from "../../../lib/items.tsx";
import { Section } from "../../../lib/parts.tsx";
import { count, counted, delay, minutes } from "../../../lib/units.ts";
import { addressesWord, addressWord } from "../../../lib/words.ts";
import { type PlanStore, type Selection, type State, select } from "../store.ts";

type Row = {
  readonly key: string;
  readonly title: string;
  readonly text: string;
  readonly note: string;
  readonly selection: Selection;
};

const isCurrent = ({ selection }: State, row: Row): boolean =>
  (selection?.kind === "address" && row.selection.kind === "address" && selection.address === row.selection.address) ||
  (selection?.kind === "streets" && selection.key === row.key);

const worstRow = ({ address, label, lon, lat, station, seconds_before, seconds_after }: WorstAddress): Row => ({
  key: `worst-${address}`,
  title: label || `Point ${address}`,
  text: [station && `from ${station}`, delay(seconds_before, seconds_after)].filter(Boolean).join(", "),
  note: minutes(seconds_after),
  selection: { kind: "address", address, label, spot: { lon, lat } },
});

const streetSelection = (key: string, ways: readonly number[]): Selection => ({ kind: "streets", key, ways });

const singleRow =
  (word: string) =>
  (street: SingleStreet, index: number): Row => ({
    key: `single-${index}`,
    title: street.street,
    text: `blocked, ${counted(street.addresses, word, `${word}${word.endsWith("s") ? "es" : "s"}`)} cannot be reached`,
    note: count(street.addresses),
    selection: streetSelection(`single-${index}`, street.way_indexes),
  });

const blockedRow =
  (words: string) =>
  (street: BlockedStreet, index: number): Row => ({
    key: `blocked-${index}`,
    title: street.street,
    text: `${count(street.addresses)} ${words} wait longer${street.cut_off ? `, ${count(street.cut_off)} cut off` : ""}`,
    note: street.added_seconds > 0 ? `+${minutes(street.added_seconds)}` : "cut off",
    selection: streetSelection(`blocked-${index}`, street.way_indexes),
  });

type Part = {
  readonly title: string;
  readonly id: string;
  readonly teach: string;
  readonly none: string;
  readonly rows: (state: State) => readonly Row[];
  readonly extra?: (state: State) => string;
};

const PARTS: readonly Part[] = [
  {
    title: "Longest waits",
    id: "worst",
    teach: "Where help takes longest under this plan.",
    none: "Every point is reached at once.",
    rows: ({ answer }) => (answer?.access?.worst ?? []).map(worstRow),
  },
  {
    title: "One street in only",
    id: "single",
    teach: "Blocked, these streets leave no other way in.",
    none: "Every point can be reached by two streets.",
    rows: ({ answer, network }) => (answer?.access?.single_street ?? []).map(singleRow(addressWord(network))),
    extra: ({ answer, network }) => {
      const two = answer?.access?.two_approaches ?? null;
      return two === null
        ? ""
        : ` ${count(two)} ${addressesWord(network)} can be reached by two paths that share no street.`;
    },
  },
  {
    title: "A car across one street",
    id: "blocked",
    teach: "Each street blocked in turn: the ones that delay help most.",
    none: "No single blocked street delays help.",
    rows: ({ answer, network }) => (answer?.access?.n_minus_1 ?? []).map(blockedRow(addressesWord(network))),
  },
];

type PartProps = { readonly store: PlanStore; readonly part: Part };

function AccessPart({ store, part: { title, id, teach, none, rows, extra } }: PartProps): JSX.Element {
  const state = store.get();
  const listed = rows(state);
  return (
    <Section title={listed.length ? `${title} (${listed.length})` : title} id={id}>
      <p>
        {teach}
        {extra?.(state)}
      </p>
      {listed.length ? (
        <Items label={title}>
          {listed.map((row) => (
            <Item
              key={row.key}
              isCurrent={isCurrent(state, row)}
              act={() => select(store, isCurrent(store.get(), row) ? null : row.selection)}
              text={
                <>
                  <strong>{row.title}</strong>
                  <small>{row.text}</small>
                </>
              }
              note={row.note}
            />
          ))}
        </Items>
      ) : (
        <p>{none}</p>
      )}
    </Section>
  );
}

export const AccessParts = ({ store }: { readonly store: PlanStore }): ComponentChildren =>
  store.get().answer?.access ? PARTS.map((part) => <AccessPart key={part.id} store={store} part={part} />) : null;
