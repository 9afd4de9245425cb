/** Tallies from a CSV file: what it would write and which lines cannot be right first, then written whole or not at all. */
import { useSignal } from "@preact/signals";
import type { JSX, TargetedEvent } from "preact";
import { useRef } from "preact/hooks";
import * as api from "../../../contract/api.ts";
import type { TableGiven, TableRead } from "../../../contract/index.ts";
import { wish, wishes } from "../../../frame/wishes.ts";
import { Section, Table } from "../../../lib/parts.tsx";
import { save } from "../../../lib/save.ts";
import type { VehiclesStore } from "../store.ts";
import { ageOf, kindsOf, lanesWords, totalOf } from "../words.ts";

type Props = { readonly store: VehiclesStore };
type Read = { readonly text: string; readonly found: TableRead };

const METHODS: readonly (readonly [NonNullable<TableGiven["method"]>, string])[] = [
  ["walk_through", "On foot"],
  ["drone", "By drone"],
  ["phone", "By telephone"],
  ["estimate", "Estimated"],
];
const TEMPLATE =
  "stretch,car,van,camper,truck,bus,trailer,across,lanes_left,lane_moves,assumed\r\nHill Street between Bay Road and Park Lane,12,2,1,,,,6,0,3,\r\n";

export function Upload({ store }: Props): JSX.Element {
  const input = useRef<HTMLInputElement>(null);
  const read = useSignal<Read | null>(null);
  const trouble = useSignal("");
  const done = useSignal("");
  const by = useSignal(wishes().writer);
  const counted = useSignal("");
  const method = useSignal<TableGiven["method"]>("walk_through");
  const operation = store.get().operation?.id ?? "";
  const given = (text: string): TableGiven => ({
    text,
    source: by.value.trim() || null,
    counted: counted.value.trim() || null,
    method: method.value ?? null,
  });
  const look = async ({ currentTarget }: TargetedEvent<HTMLInputElement>): Promise<void> => {
    const file = currentTarget.files?.[0];
    currentTarget.value = "";
    if (!file) return;
    done.value = "";
    const text = await file.text();
    const found = await api.checkTallies(operation, given(text));
    read.value = found.ok ? { text, found: found.value } : null;
    trouble.value = found.ok ? "" : found.error.message;
  };
  const write = async (): Promise<void> => {
    if (!read.value) return;
    if (!by.value.trim()) {
      trouble.value = "Say which office counted.";
      return;
    }
    wish({ writer: by.value });
    const written = await api.writeTallies(operation, given(read.value.text));
    trouble.value = written.ok ? "" : written.error.message;
    if (!written.ok) return;
    done.value = written.value.says;
    read.value = null;
  };
  const field = (name: string, label: string, signal: typeof by, hint: string): JSX.Element => (
    <label class="field wide">
      <span>{label}</span>
      <input
        class="words"
        name={name}
        maxLength={200}
        placeholder={hint}
        value={signal.value}
        onInput={({ currentTarget: { value } }) => {
          signal.value = value;
        }}
      />
    </label>
  );
  const found = read.value?.found;
  return (
    <Section title="Tallies from a file" id="vehicles-upload">
      <p class="row">
        <button type="button" onClick={() => input.current?.click()}>
          {"Choose a CSV file\u2026"}
        </button>
        <input
          ref={input}
          type="file"
          accept=".csv,text/csv"
          aria-label="File of tallies"
          class="unseen"
          tabIndex={-1}
          onChange={(event) => void look(event)}
        />
        <button type="button" onClick={() => save("tally.csv", "text/csv", TEMPLATE)}>
          An example of one
        </button>
      </p>
      <div role="status" aria-live="polite">
        {trouble.value && <p class="warning">{trouble.value}</p>}
        {done.value && <p class="lead">{done.value}</p>}
        {found && <p class={found.faults.length ? "warning" : "lead"}>{found.says}</p>}
      </div>
      {found && found.faults.length > 0 && (
        <ul class="sentences">
          {found.faults.map(({ line, says }) => (
            <li key={`${line}`}>{line === null ? says : `Line ${line}: ${says}`}</li>
          ))}
        </ul>
      )}
      {found && found.stretches.length > 0 && (
        <Table
          class="plan-table"
          caption={found.faults.length ? "The lines that can be right" : "As it would be written"}
          rows={found.stretches}
          columns={[
            ["Stretch", ({ stretch }) => stretch],
            ["Vehicles", (one) => `${totalOf(one)}: ${kindsOf(one)}`],
            ["", (one) => `${lanesWords(one)}${one.assumed ? `; ${ageOf(one)}` : ""}`],
          ]}
        />
      )}
      {found && found.faults.length === 0 && (
        <>
          {field("upload-by", "Who counted: office, organisation", by, "warden, Council")}
          {field("upload-when", "When; empty: now", counted, "14:20")}
          <label class="field">
            <span>How</span>
            <select
              value={method.value ?? ""}
              onChange={({ currentTarget: { value } }) => {
                method.value = value as NonNullable<TableGiven["method"]>;
              }}
            >
              {METHODS.map(([value, words]) => (
                <option key={value} value={value}>
                  {words}
                </option>
              ))}
            </select>
          </label>
          <p class="row">
            <button type="button" class="primary" onClick={() => void write()}>
              Write them to the record
            </button>
          </p>
        </>
      )}
    </Section>
  );
}
