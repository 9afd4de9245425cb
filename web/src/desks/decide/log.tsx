/** The log: every decision and proposal with its status, what is empty, and which exclude each other. */
import type { JSX } from "preact";
import { decisionLogUrl, type When } from "../../contract/api.ts";
import type { Contradiction, DecisionRow } from "../../contract/index.ts";
import { fullTimeWords, iso, whenWords } from "../../lib/times.ts";
import { capital } from "../../lib/units.ts";
import { listed } from "../../lib/words.ts";
import type { PictureStore } from "../picture/store.ts";
import { Cited, type ToEntry } from "../talks/cited.tsx";
import { emptyForm } from "./form.ts";
import type { AtTab } from "./tabs.tsx";
import { logLead, STATE_WORDS } from "./words.ts";

const whenOf = (moment: PictureStore): When => {
  const { at, knownAt, knowledge } = moment.get();
  return { at: iso(at), knownAt: iso(knownAt), knowledge, without: [] };
};

type RowProps = {
  readonly row: DecisionRow;
  readonly zone: string;
  readonly open: () => void;
  readonly complete: () => void;
};

const Row = ({ row, zone, open, complete }: RowProps): JSX.Element => (
  <li class="matter">
    <p>
      <span class={`tag ${row.state}`}>{STATE_WORDS[row.state]}</span> {row.body.what}
    </p>
    <p class="rest">
      {`${row.body.by}, ${whenWords(row.when, zone)}.`}
      {row.superseded_by.length > 0 && ` Its place was taken by ${listed(row.superseded_by)}.`}
      {row.state === "outcome_due" && row.body.review
        ? ` Its review was due ${fullTimeWords(Date.parse(row.body.review), zone)}: say what came of it.`
        : ""}
    </p>
    {row.empty.length > 0 && (
      <details>
        <summary>{`Not filled in (${row.empty.length})`}</summary>
        <p class="rest">{`${capital(listed(row.empty))}.`}</p>
      </details>
    )}
    {row.positions.length > 0 && (
      <ul class="positions" aria-label="Positions">
        {row.positions.map((one) => (
          <li key={one.by}>
            <b>{one.by}</b>
            {`: ${one.stance}${one.option ? ` ${one.option}` : ""}${one.is_on_this_version ? "" : ", of an earlier version"}`}
          </li>
        ))}
      </ul>
    )}
    <p class="row-acts">
      <button type="button" class="quiet" onClick={open}>
        What it rests on
      </button>
      {(row.empty.length > 0 || row.state === "outcome_due") && row.state !== "superseded" && (
        <button type="button" class="quiet" onClick={complete}>
          {row.state === "outcome_due" ? "Say what came" : "Fill in"}
        </button>
      )}
    </p>
  </li>
);

export const Contradictions = ({
  pairs,
  toEntry,
}: {
  readonly pairs: readonly Contradiction[];
  readonly toEntry: ToEntry;
}): JSX.Element => (
  <ul class="stack" aria-label="Decisions that contradict each other">
    {pairs.map((pair) => (
      <li key={pair.first.id + pair.second.id} class="warning">
        <b>These contradict each other</b>: {pair.why}.
        <Cited lines={[pair.first, pair.second]} toEntry={toEntry} says />
      </li>
    ))}
  </ul>
);

export function LogTab({ store, moment, toEntry }: AtTab): JSX.Element {
  const { log, operation } = store.get();
  if (!log) return <p class="lead">Reading the decisions…</p>;
  return (
    <>
      <section class="summary" role="status" aria-live="polite" aria-label="Summary">
        <p class="lead">{logLead(log)}</p>
      </section>
      {operation && (
        <p class="row-acts">
          <button type="button" class="primary" onClick={() => store.set({ tab: "sign", completing: "" })}>
            Sign a decision
          </button>
          <a class="button" href={decisionLogUrl(operation.id, whenOf(moment))} download>
            Log as PDF
          </a>
        </p>
      )}
      {log.contradictions.length > 0 && <Contradictions pairs={log.contradictions} toEntry={toEntry} />}
      <ul class="stack" aria-label="Decisions">
        {log.decisions.map((row) => (
          <Row
            key={row.line.id}
            row={row}
            zone={log.zone}
            open={() => store.set({ chosen: row.line.id })}
            complete={() => store.set({ completing: row.line.id, form: emptyForm(), tab: "sign" })}
          />
        ))}
      </ul>
    </>
  );
}
