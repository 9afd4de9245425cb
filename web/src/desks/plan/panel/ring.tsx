/** A cordon as it stands: put its barriers in, and see what leaks, what is idle and what it encloses. */
import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";
import * as api from "../../../contract/api.ts";
import type { Leak, RecordBarriers, Seal, StandingBarrier } from "../../../contract/index.ts";
import { Figure, Item, Items } from "../../../lib/items.tsx";
import { forget, useKept } from "../../../lib/kept.ts";
import { Section } from "../../../lib/parts.tsx";
import { count, counted, effort, metres } from "../../../lib/units.ts";
import { addressesWord } from "../../../lib/words.ts";
import {
  addMissing,
  checkRing,
  drop,
  dropFile,
  dropGiven,
  hasRing,
  isFresh,
  loadFile,
  lookAt,
  takePlan,
  takeRecord,
  type,
} from "../ring.ts";
import { type PlanStore, takeTool } from "../store.ts";

type Props = { readonly store: PlanStore };

const EXAMPLE = "Hill Street at Molesworth Street, north side";

function Loader({ store }: Props): JSX.Element {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <button type="button" onClick={() => input.current?.click()}>
        {"Load a file\u2026"}
      </button>
      <input
        ref={input}
        type="file"
        accept=".geojson,.json,.txt,.csv"
        aria-label="File of barriers"
        class="unseen"
        tabIndex={-1}
        onChange={({ currentTarget }) => {
          const [file] = currentTarget.files ?? [];
          if (file) void loadFile(store, file);
          currentTarget.value = "";
        }}
      />
    </>
  );
}

type HeldProps = { readonly text: string; readonly act: () => void };

const Held = ({ text, act }: HeldProps): JSX.Element => (
  <li class="field">
    <span>{text}</span>
    <button type="button" onClick={act}>
      Remove<span class="unseen">{` ${text}`}</span>
    </button>
  </li>
);

/** What the record says of barriers; those that it places are taken over by one button. */
function OfTheRecord({ store }: Props): JSX.Element | null {
  const found = useSignal<RecordBarriers | null>(null);
  const { operation } = store.get();
  useEffect(() => {
    if (!operation) return;
    void api.getBarriers(operation.id, operation.last_known).then((answer) => {
      found.value = answer.ok ? answer.value : null;
    });
  }, [operation, found]);
  if (!found.value || found.value.total === 0) return null;
  const { summary, placed, pieces } = found.value;
  return (
    <div class="of-the-record">
      <h4>The record says</h4>
      {summary.map((text) => (
        <p key={text}>{text}</p>
      ))}
      <details class="more">
        <summary>{counted(pieces.length, "named place")}</summary>
        <ul>
          {pieces.map(({ entry, where, note, barrier }) => (
            <li key={`${entry} ${where}`}>
              <strong>{where}</strong> {barrier ? "placed" : "not placed"}. <small>{note}</small>
            </li>
          ))}
        </ul>
      </details>
      {placed > 0 && (
        <button type="button" onClick={() => takeRecord(store, found.peek() as RecordBarriers)}>
          {`Take over the ${counted(placed, "barrier")} placed`}
        </button>
      )}
    </div>
  );
}

function Given({ store }: Props): JSX.Element {
  const { ring, answer, tool, network } = store.get();
  const planned = answer?.cordon?.barriers.length ?? 0;
  const sheet = useRef<HTMLDivElement>(null);
  const key = `ring ${network.id}`;
  useKept(sheet, key);
  return (
    <div ref={sheet} class="ring-given">
      <p>Put in the barriers that stand, or are to stand, and see whether they seal the site.</p>
      <OfTheRecord store={store} />
      <div class="row">
        <button
          type="button"
          aria-pressed={tool === "put-barrier"}
          onClick={() => takeTool(store, tool === "put-barrier" ? "select" : "put-barrier")}
        >
          Put on the map
        </button>
        <Loader store={store} />
        {planned > 0 && (
          <button type="button" onClick={() => takePlan(store)}>
            {"Take the plan\u2019s"}
          </button>
        )}
      </div>
      <label class="entry-field">
        <span>Or in words, one a line</span>
        <textarea
          name="barriers"
          rows={3}
          value={ring.words}
          placeholder={EXAMPLE}
          onInput={(event) => type(store, event.currentTarget.value)}
        />
      </label>
      {(ring.given.length > 0 || ring.file) && (
        <ul class="areas">
          {ring.given.length > 0 && (
            <Held text={`${counted(ring.given.length, "barrier")} on the map`} act={() => dropGiven(store)} />
          )}
          {ring.file && <Held text={ring.file.name} act={() => dropFile(store)} />}
        </ul>
      )}
      <div class="row">
        <button
          type="button"
          class="primary"
          disabled={!hasRing(ring) || ring.working}
          onClick={() => void checkRing(store)}
        >
          {ring.working ? "Checking\u2026" : "Check the barriers"}
        </button>
        {(hasRing(ring) || ring.seal) && (
          <button
            type="button"
            onClick={() => {
              forget(key);
              drop(store);
            }}
          >
            Back to the plan
          </button>
        )}
      </div>
    </div>
  );
}

type LeakProps = Props & { readonly leak: Leak };

function LeakItem({ store, leak }: LeakProps): JSX.Element {
  const { number, streets, starts, barrier, note, length_m } = leak;
  const isCurrent = store.get().ring.leak === number;
  return (
    <Item
      isCurrent={isCurrent}
      act={() => lookAt(store, isCurrent ? null : number)}
      text={
        <>
          <strong>{streets.join(" \u2192 ")}</strong>
          <small>
            {barrier
              ? `Stop it: ${[barrier.street, barrier.side].filter(Boolean).join(", ")}`
              : "No barrier can stop it"}
          </small>
        </>
      }
      note={barrier ? effort(barrier.cost) : ""}
    >
      {isCurrent && (
        <div class="leak">
          <p>{`${metres(length_m)}. It starts outside: ${starts.why}.`}</p>
          {starts.doubtful && <p>If the street is a true dead end there, import the map again and say so.</p>}
          {note && <p>{note}</p>}
          {barrier && (
            <button type="button" class="primary" onClick={() => addMissing(store, barrier)}>
              Add this barrier
            </button>
          )}
        </div>
      )}
    </Item>
  );
}

const Understood = ({ barriers }: { readonly barriers: readonly StandingBarrier[] }): JSX.Element => (
  <details class="more">
    <summary>{`As understood: ${counted(barriers.length, "barrier")}`}</summary>
    <ol class="understood">
      {barriers.map(({ number, called, idle }) => (
        <li key={number}>
          <span class={`badge${idle ? " idle" : ""}`}>{number}</span>
          <span>
            {called}
            {idle && <small> stops nothing</small>}
          </span>
        </li>
      ))}
    </ol>
  </details>
);

function Verdict({ store, seal }: Props & { readonly seal: Seal }): JSX.Element {
  const { encloses, leaks } = seal;
  const look = seal.sealed ? (seal.certain ? "sealed" : "doubted") : "leaking";
  return (
    <>
      <div class={`verdict ${look}`}>
        {seal.summary.map((text, index) => (
          <p key={text} class={index ? "" : "lead"}>
            {text}
          </p>
        ))}
      </div>
      {leaks.length > 0 && (
        <Items label="Ways in" id="leaks">
          {leaks.map((leak) => (
            <LeakItem key={leak.number} store={store} leak={leak} />
          ))}
        </Items>
      )}
      <dl class="figures">
        <Figure
          value={count(encloses.addresses)}
          label={`${addressesWord(store.get().network)} enclosed`}
          note={`${counted(encloses.street_count, "street")}, ${metres(encloses.length_m)}`}
        />
      </dl>
      {[...seal.doubts, ...seal.warnings].map((text) => (
        <p key={text} class="warning">
          {text}
        </p>
      ))}
      <Understood barriers={seal.barriers} />
    </>
  );
}

export function RingPart({ store }: Props): JSX.Element {
  const { ring } = store.get();
  const stale = ring.seal !== null && !isFresh(store.get());
  return (
    <Section title="Check barriers as they stand" id="ring" words={["cordon as given", "leak", "idle"]}>
      <Given store={store} />
      <div role="status" aria-live="polite">
        {ring.failure && <p class="warning">{ring.failure}</p>}
        {stale && <p class="warning">Barriers or site have changed since. Check again.</p>}
        {ring.seal && !stale && <Verdict store={store} seal={ring.seal} />}
      </div>
    </Section>
  );
}
