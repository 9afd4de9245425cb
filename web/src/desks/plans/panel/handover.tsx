/** Where crews meet patients: asked, with progress; each point with its minutes, each place inside with its walk. */
import type { JSX } from "preact";
import type { HandoverWishes } from "../../../contract/index.ts";
import { NumberField } from "../../../lib/fields.tsx";
import { Sentences } from "../../../lib/items.tsx";
import { Checkbox, Section, Table } from "../../../lib/parts.tsx";
import { counted, minutes } from "../../../lib/units.ts";
import { WorkBlock } from "../../../lib/work.tsx";
import { findMeeting, hasPoints, stopMeeting, takePoints } from "../meeting.ts";
import { type PlansStore, planOf } from "../store.ts";

type Props = { readonly store: PlansStore };

const SHOWN = 12;

function Wishes({ store }: Props): JSX.Element {
  const { walk } = store.get();
  const put = (change: Partial<HandoverWishes>): void => store.set({ walk: { ...walk, ...change } });
  return (
    <details class="more">
      <summary>How far a patient may be carried</summary>
      <div class="plan-form">
        <NumberField
          label="On foot at most (assumed)"
          unit="s"
          value={walk.max_walk_seconds}
          limits={{ least: 1, most: 7200 }}
          step={30}
          act={(max_walk_seconds) => max_walk_seconds !== null && put({ max_walk_seconds })}
        />
        <NumberField
          label="Speed with a stretcher (assumed)"
          unit="km/h"
          value={walk.walk_kmh}
          limits={{ least: 0.1, most: 10 }}
          step={0.5}
          act={(walk_kmh) => walk_kmh !== null && put({ walk_kmh })}
        />
        <NumberField
          label="Points"
          unit=""
          value={walk.points}
          limits={{ least: 1, most: 12, whole: true }}
          step={1}
          empty="the fewest"
          act={(points) => put({ points })}
        />
        <Checkbox label="A stretcher is carried over steps" checked={walk.steps} act={(steps) => put({ steps })} />
      </div>
    </details>
  );
}

function Found({ store }: Props): JSX.Element | null {
  const { met } = store.get();
  const plan = planOf(store.get());
  if (!plan || !met) return null;
  const { points, places, summary, warnings } = met.said.handover;
  const isOld = met.of !== plan && !hasPoints(plan, met.said);
  const byWalk = places.toSorted((one, other) => (other.seconds ?? Infinity) - (one.seconds ?? Infinity));
  return (
    <div class={isOld ? "old" : ""}>
      <Sentences texts={summary.slice(1)} />
      <Table
        class="plan-table"
        caption="Points"
        rows={points}
        columns={[
          ["Point", ({ id, where }) => `${id}, ${where}`],
          ["Ambulance", ({ ambulance_seconds }) => minutes(ambulance_seconds)],
          ["Hospital", ({ hospital_seconds }) => minutes(hospital_seconds)],
          ["Places", ({ patients }) => `${patients}`],
        ]}
      />
      <Table
        class="plan-table"
        caption={`The longest of ${counted(places.length, "walk")}`}
        rows={byWalk.slice(0, SHOWN)}
        columns={[
          ["From", ({ label }) => label],
          ["To", ({ point }) => point ?? "none"],
          ["On foot", ({ seconds }) => (seconds === null ? "nobody can walk there" : `${Math.round(seconds)} s`)],
          [
            "Metres",
            ({ metres, in_time }) => (metres === null ? "" : `${Math.round(metres)}${in_time ? "" : ", too far"}`),
          ],
        ]}
      />
      {hasPoints(plan, met.said) ? (
        <p class="quiet">The plan has these points.</p>
      ) : (
        <p class="row">
          <button type="button" class="primary" disabled={isOld} onClick={() => takePoints(store)}>
            Take the points over
          </button>
        </p>
      )}
      {isOld && <p class="quiet">You have changed the plan since. Choose the points again.</p>}
      <p class="quiet">{warnings.slice(0, 2).join(" ")}</p>
    </div>
  );
}

export function Meeting({ store }: Props): JSX.Element | null {
  const { meeting, unmet, met } = store.get();
  const plan = planOf(store.get());
  if (!plan || plan.barriers.length === 0) return null;
  return (
    <Section title="Where crews meet patients" id="plan-meeting">
      <p class="quiet">
        Corners outside the ring with two approaches each: one blocked street stops none. Seconds on foot from every
        place inside, with a certificate that an independent checker reads.
      </p>
      <Wishes store={store} />
      {!meeting && (
        <p class="row">
          <button type="button" onClick={() => void findMeeting(store)}>
            Choose the points
          </button>
        </p>
      )}
      {meeting && <WorkBlock work={meeting.work} label="Choosing the points" cancel={() => stopMeeting(store)} />}
      <div role="status" aria-live="polite">
        {unmet && <p class="warning">{unmet}</p>}
        {met && <p class="lead">{met.said.handover.summary[0]}</p>}
      </div>
      <Found store={store} />
    </Section>
  );
}
