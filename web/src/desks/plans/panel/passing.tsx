/** Who may pass which gate, in which direction, and what changes when; beside it what the record says of them. */
import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useEffect, useId } from "preact/hooks";
import * as api from "../../../contract/api.ts";
import type { GateAnswer, GatePassing, GatePeriod, TrafficPlan } from "../../../contract/index.ts";
import { Sentences } from "../../../lib/items.tsx";
import { type Column, Section, Table } from "../../../lib/parts.tsx";
import { fullTimeWords, timeWords } from "../../../lib/times.ts";
import { capital, counted } from "../../../lib/units.ts";
import { momentOf, type PlansStore, planOf } from "../store.ts";

type Props = { readonly store: PlansStore };
type Known = { readonly of: TrafficPlan; readonly said: GateAnswer };

const PAUSE_MS = 300;
const USUAL = ["residents", "emergency services", "pedestrians", "buses", "toilet trucks", "vehicles of protesters"];

/** Those whom the plan's rules name, and those whom people ask about. */
export const askable = ({ passages }: TrafficPlan): readonly string[] => [
  ...new Set([...passages.flatMap(({ who }) => who), ...USUAL]),
];

const mayWords = (may: boolean | null, contrary: boolean): string =>
  contrary ? "rules disagree" : may === null ? "not said" : may ? "yes" : "no";

const COLUMNS: readonly Column<GatePassing>[] = [
  ["Gate", ({ gate, where }) => `${gate}, ${where}`],
  ["In", ({ enter, contrary }) => mayWords(enter, contrary)],
  ["Out", ({ leave, contrary }) => mayWords(leave, contrary)],
  ["Waits", ({ opening_seconds: waits }) => (waits === null ? "" : `${waits} s`)],
];

export const periodWords = ({ starts, ends }: GatePeriod, zone: string): string => {
  const from = starts ? `From ${timeWords(Date.parse(starts), zone)}` : "";
  const until = ends ? `${from ? "until" : "Until"} ${timeWords(Date.parse(ends), zone)}` : "";
  return [from, until].filter(Boolean).join(" ") || "At any time";
};

const lastsAt = ({ starts, ends }: GatePeriod, at: number): boolean =>
  (starts === null || Date.parse(starts) <= at) && (ends === null || at < Date.parse(ends));

/** What is said of the gates in words: each sentence once, with the gates that it is true of. */
function sentencesOf(gates: readonly GatePassing[]): readonly string[] {
  const all = [...new Set(gates.map(({ says }) => says))];
  return all.map((text) => `${gates.flatMap(({ gate, says }) => (says === text ? gate : [])).join(", ")}: ${text}`);
}

/** What the plan says; what the record says stands below. */
const ownWords = ({ summary, reported }: GateAnswer): readonly string[] =>
  reported.length ? summary.slice(0, -1) : summary;

function Answer({ store, said }: Props & { readonly said: GateAnswer }): JSX.Element {
  const zone = store.get().operation?.zone ?? "UTC";
  const at = momentOf(store.get());
  return (
    <>
      {said.periods
        .filter(({ gates }) => gates.length > 0)
        .map((period) => (
          <details key={periodWords(period, zone)} class="more" open={lastsAt(period, at)}>
            <summary>{periodWords(period, zone)}</summary>
            <Table class="plan-table plan-passes" rows={period.gates} columns={COLUMNS} />
            <Sentences texts={sentencesOf(period.gates)} />
          </details>
        ))}
      {said.changes.length > 0 && (
        <>
          <h3>What changes</h3>
          <Sentences texts={said.changes} />
        </>
      )}
      {said.reported.length > 0 && (
        <details class="more">
          <summary>{`The record says of them: ${counted(said.reported.length, "report")}`}</summary>
          <Sentences
            texts={said.reported.map(({ happened, says, where, speaker, grade }) =>
              [
                `${fullTimeWords(Date.parse(happened), zone)}: ${capital(says)}`,
                where && ` (${where})`,
                `. ${speaker}, ${grade}.`,
              ].join(""),
            )}
          />
        </details>
      )}
    </>
  );
}

export function WhoPasses({ store }: Props): JSX.Element | null {
  const who = useSignal("residents");
  const known = useSignal<Known | null>(null);
  const trouble = useSignal("");
  const list = useId();
  const plan = planOf(store.get());
  const operation = store.get().operation?.id ?? "";
  useEffect(() => {
    if (!plan || !who.value || plan.barriers.length === 0) return undefined;
    let stale = false;
    const timer = setTimeout(async () => {
      const answer = await api.askGates(operation, plan, who.value);
      if (stale) return;
      trouble.value = answer.ok ? "" : answer.error.message;
      if (answer.ok) known.value = { of: plan, said: answer.value };
    }, PAUSE_MS);
    return () => {
      stale = true;
      clearTimeout(timer);
    };
  }, [plan, who.value, operation, known, trouble]);
  if (!plan || plan.barriers.length === 0) return null;
  const isOld = known.value !== null && (known.value.of !== plan || known.value.said.who !== who.value);
  return (
    <Section title="Who may pass which gate" id="plan-passing">
      <label class="field wide">
        <span>Who</span>
        <input
          type="text"
          class="words"
          list={list}
          maxLength={200}
          value={who.value}
          onChange={({ currentTarget }) => {
            who.value = currentTarget.value.trim() || who.value;
          }}
        />
        <datalist id={list}>
          {askable(plan).map((one) => (
            <option key={one} value={one} />
          ))}
        </datalist>
      </label>
      <div role="status" aria-live="polite">
        {trouble.value && <p class="warning">{trouble.value}</p>}
        {known.value && <Sentences texts={ownWords(known.value.said)} />}
      </div>
      {known.value && (
        <div class={isOld ? "old" : ""}>
          <Answer store={store} said={known.value.said} />
        </div>
      )}
    </Section>
  );
}
