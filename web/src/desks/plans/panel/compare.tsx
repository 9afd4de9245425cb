/** The plan in hand beside a version of the record: what differs, in a table and on the map. */
import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { Sentences } from "../../../lib/items.tsx";
import { type Column, Section, Table } from "../../../lib/parts.tsx";
import { counted, metres } from "../../../lib/units.ts";
import { versionWords } from "../document.ts";
import { compareWith } from "../record.ts";
import { type Compared, inHand, type PlansStore, planOf } from "../store.ts";

type Props = { readonly store: PlansStore };
type Row = { readonly what: string; readonly before: string; readonly after: string };

export const COLUMNS: readonly Column<Row>[] = [
  ["What", ({ what }) => what],
  ["Before", ({ before }) => before],
  ["Now", ({ after }) => after],
];

const CHANGE = /^(.+?): (.+) -> (.+?)\.?$/;

export function rowsOf({ diff }: Compared): readonly Row[] {
  return [
    ...diff.moved.map(({ id, from_where, to_where, metres: far }) => ({
      what: far === null ? `${id} moved` : `${id} moved ${metres(far)}`,
      before: from_where,
      after: to_where,
    })),
    ...diff.added.map((one) => ({ what: "Added", before: "", after: one })),
    ...diff.removed.map((one) => ({ what: "Taken away", before: one, after: "" })),
    ...diff.changed.flatMap((text) => {
      const [, what, before = "", after = ""] = CHANGE.exec(text) ?? [];
      return what ? [{ what, before, after }] : [];
    }),
  ];
}

/** Changes that are more than one value that becomes another. */
export const toldOf = ({ diff }: Compared): readonly string[] => diff.changed.filter((text) => !CHANGE.test(text));

function Touched({
  title,
  names,
}: {
  readonly title: string;
  readonly names: readonly string[] | null;
}): JSX.Element | null {
  if (!names || names.length === 0) return null;
  return (
    <details class="more">
      <summary>{`${title}: ${counted(names.length, "address", "addresses")}`}</summary>
      <ul>
        {names.map((name, index) => (
          <li key={index}>{name}</li>
        ))}
      </ul>
    </details>
  );
}

export function Compare({ store }: Props): JSX.Element | null {
  const trouble = useSignal("");
  const { versions, compared, operation } = store.get();
  const plan = planOf(store.get());
  const others = versions.filter(({ entry }) => entry !== inHand(store.get()).from?.saved.entry);
  if (!plan || others.length === 0) return null;
  const rows = compared ? rowsOf(compared) : [];
  return (
    <Section title="Compare with another version" id="plan-compare">
      <label class="field wide">
        <span>Compare with</span>
        <select
          value=""
          onChange={async ({ currentTarget }) => {
            trouble.value = await compareWith(store, currentTarget.value);
          }}
        >
          <option value="">Choose a version</option>
          {others.toReversed().map((one) => (
            <option key={one.entry} value={one.entry}>
              {versionWords(one, operation?.zone ?? "UTC")}
            </option>
          ))}
        </select>
      </label>
      {trouble.value && <p class="warning">{trouble.value}</p>}
      {compared && (
        <div class={compared.second === plan ? "" : "old"}>
          <p class="lead">{`From ${compared.diff.first}. ${compared.diff.summary.join(" ")}`}</p>
          {compared.second !== plan && <p class="quiet">You have changed the plan since.</p>}
          {rows.length > 0 && <Table class="plan-table" rows={rows} columns={COLUMNS} />}
          <Sentences texts={toldOf(compared)} />
          <Touched title="Newly inside" names={compared.diff.newly_inside} />
          <Touched title="Newly outside" names={compared.diff.newly_outside} />
          <button type="button" onClick={() => store.set({ compared: null })}>
            Stop comparing
          </button>
        </div>
      )}
    </Section>
  );
}
