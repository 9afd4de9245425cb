/** Setting up: who does what when, what is open at each minute, the kit, and what the times rest on. */
import type { JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";
import type { Means, StagePlan } from "../../../contract/index.ts";
import { meansFile } from "../../../contract/index.ts";
import { NumberField } from "../../../lib/fields.tsx";
import { Item, Items, Sentences } from "../../../lib/items.tsx";
import { Section, Table } from "../../../lib/parts.tsx";
import { timeWords } from "../../../lib/times.ts";
import { counted } from "../../../lib/units.ts";
import { readable } from "../../../lib/words.ts";
import { WorkBlock } from "../../../lib/work.tsx";
import {
  crewOf,
  goToMinute,
  loadMeans,
  minuteOf,
  planStage,
  put,
  rowAt,
  STAGES,
  type StageName,
  stopStage,
  withMinutes,
  withUnits,
} from "../stages.ts";
import { type PlansStore, pick, planOf } from "../store.ts";
import { Gantt } from "./gantt.tsx";

type Props = { readonly store: PlansStore };
type Shown = Props & { readonly stage: StagePlan };

const MOST_UNITS = 40;
const MOST_MINUTES = 600;
const KINDS = ["crews", "trucks", "forklifts"] as const;

function Loading({ store }: Props): JSX.Element {
  const input = useRef<HTMLInputElement>(null);
  const load = async (file: File): Promise<void> => {
    try {
      put(store, { means: meansFile(JSON.parse(await file.text())), fault: "" });
    } catch {
      put(store, {
        fault: `${file.name} lists no crews and depots. 'clearway plan stages PLAN --template' prints a file.`,
      });
    }
  };
  return (
    <>
      <button type="button" onClick={() => input.current?.click()}>
        Load crews and depots{"\u2026"}
      </button>
      <input
        ref={input}
        type="file"
        accept=".json"
        aria-label="File of crews and depots"
        class="unseen"
        tabIndex={-1}
        onChange={({ currentTarget }) => {
          const [file] = currentTarget.files ?? [];
          if (file) void load(file);
          currentTarget.value = "";
        }}
      />
    </>
  );
}

function WhatThereIs({ store, means }: Props & { readonly means: Means }): JSX.Element {
  const take = (changed: Means): void => put(store, { means: changed });
  const structures = [...new Set(planOf(store.get())?.barriers.map(({ structure }) => structure) ?? [])];
  const minutes = { least: 0, most: MOST_MINUTES };
  return (
    <details class="more">
      <summary>Crews, trucks, forklifts, minutes</summary>
      <div class="plan-form">
        {KINDS.map((kind) => (
          <NumberField
            key={kind}
            label={readable(kind)}
            unit={means[kind].some(({ assumed }) => assumed) ? "assumed" : ""}
            value={means[kind].length}
            limits={{ least: 0, most: MOST_UNITS, whole: true }}
            step={1}
            act={(count) => count !== null && take(withUnits(means, kind, count))}
          />
        ))}
        {structures.map((structure) => (
          <NumberField
            key={structure}
            label={`A piece of ${readable(structure).toLowerCase()} takes`}
            unit="min"
            value={means.rates.find((one) => one.structure === structure)?.minutes_each ?? null}
            limits={{ least: 0.1, most: MOST_MINUTES }}
            step={1}
            empty="assumed"
            act={(each) => take(withMinutes(means, structure, each))}
          />
        ))}
        <NumberField
          label="Work at a place besides"
          unit="min"
          value={means.place_minutes ?? null}
          limits={minutes}
          step={1}
          empty="assumed"
          act={(place_minutes) => take({ ...means, place_minutes })}
        />
        <NumberField
          label="To load a truck"
          unit="min"
          value={means.load_minutes ?? null}
          limits={minutes}
          step={1}
          empty="assumed"
          act={(load_minutes) => take({ ...means, load_minutes })}
        />
        <ul class="sentences">
          {means.depots.map(({ id, place, assumed }) => (
            <li
              key={id}
            >{`${id}: ${Array.isArray(place) ? place.join(", ") : place}${assumed ? " (assumed)" : ""}`}</li>
          ))}
        </ul>
      </div>
    </details>
  );
}

/** What is open at the minute that is looked at; the bar of time moves with it. */
function Film({ store, stage }: Shown): JSX.Element | null {
  const { operation } = store.get();
  const minute = minuteOf(store.get());
  const row = rowAt(stage, minute);
  if (!row || stage.minutes === null) return null;
  const at = stage.begins ? Date.parse(stage.begins) + minute * 60_000 : null;
  const words = `minute ${minute}${at === null ? "" : `, ${timeWords(at, operation?.zone ?? "UTC")}`}`;
  const lists = [
    ["Open", row.open],
    ["At work", row.working],
    ["Shut", row.shut],
    ["Vehicles come in at", row.ways_in],
  ] as const;
  return (
    <div class="stage-film">
      <label>
        <span>{`What is open: ${words}`}</span>
        <input
          type="range"
          min={0}
          max={stage.minutes}
          step={1}
          value={minute}
          aria-valuetext={words}
          onInput={({ currentTarget }) => goToMinute(store, Number(currentTarget.value))}
        />
      </label>
      <dl aria-live="polite">
        {lists.map(([what, ids]) => (
          <div key={what} class={what.split(" ")[0]?.toLowerCase()}>
            <dt>{what}</dt>
            <dd>{ids.join(", ") || "none"}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}

function Order({ store, stage }: Shown): JSX.Element {
  const { picked, operation } = store.get();
  const plan = planOf(store.get());
  const clock = (moment: string | null, minute: number): string =>
    moment ? timeWords(Date.parse(moment), operation?.zone ?? "UTC") : `minute ${minute}`;
  return (
    <Items label={counted(stage.tasks.length, "place")}>
      {stage.tasks.map((task) => {
        const index = plan?.barriers.findIndex(({ id }) => id === task.id) ?? -1;
        return (
          <Item
            key={task.id}
            isCurrent={index >= 0 && picked === index}
            act={() => pick(store, picked === index || index < 0 ? null : index)}
            sign={<b class={`stage-number crew-${crewOf(stage, task.crew)}`}>{task.number}</b>}
            text={
              <>
                {`${task.id}, ${task.where}: ${task.does}`}
                <small>
                  {`${clock(task.starts_at, task.starts)} to ${clock(task.ends_at, task.ends)}, `}
                  {`by ${[task.crew, task.truck, task.forklift].filter(Boolean).join(", ")}, ${task.side}; `}
                  {counted(task.pieces, "piece")}
                </small>
              </>
            }
          />
        );
      })}
    </Items>
  );
}

function Kit({ stage }: { readonly stage: StagePlan }): JSX.Element {
  return (
    <Table
      class="plan-table"
      caption="Kit: owned, borrowed, missing"
      rows={stage.kit}
      columns={[
        ["Pieces", ({ number, structure }) => `${number} ${readable(structure).toLowerCase()}`],
        ["", ({ owner, assumed }) => `${owner}${assumed ? " (assumed)" : ""}`],
        ["From", ({ source, depot }) => (source ? `${source}, at ${depot}` : depot)],
      ]}
    />
  );
}

function Found({ store, stage }: Shown): JSX.Element {
  return (
    <>
      <Sentences texts={stage.summary.slice(1)} />
      {stage.refused.map((why) => (
        <p key={why} class="warning">{`The checker refuses it: ${why}`}</p>
      ))}
      <Film store={store} stage={stage} />
      {stage.possible && (
        <Gantt stage={stage} minute={minuteOf(store.get())} zone={store.get().operation?.zone ?? "UTC"} />
      )}
      <Order store={store} stage={stage} />
      <p class="quiet">
        {stage.needs.map(
          ({ structure, needed, there, missing }) =>
            `${needed} pieces of ${readable(structure).toLowerCase()} are needed, ${there} are there${missing ? `, ${missing} are missing` : ""}. `,
        )}
      </p>
      <Kit stage={stage} />
      {stage.changes.length > 0 && (
        <Table
          class="plan-table"
          caption="What one more, or one minute less, would save"
          rows={stage.changes}
          columns={[
            ["With", ({ change }) => change],
            ["Saves", ({ saves }) => `${saves} min`],
            ["", ({ proven }) => (proven ? "proven" : "not proven")],
          ]}
        />
      )}
      <details class="more">
        <summary>{`What the times rest on: ${counted(stage.inputs.filter(({ assumed }) => assumed).length, "number is", "numbers are")} assumed`}</summary>
        <Table
          class="plan-table"
          rows={stage.inputs}
          columns={[
            ["Input", ({ input }) => readable(input)],
            ["Value", ({ value, unit }) => `${value} ${unit}`],
            ["", ({ assumed, source }) => (assumed ? "assumed" : source)],
          ]}
        />
      </details>
    </>
  );
}

export function SettingUp({ store }: Props): JSX.Element | null {
  const { staging, compared } = store.get();
  const plan = planOf(store.get());
  useEffect(() => void loadMeans(store), []);
  if (!plan || plan.barriers.length === 0) return null;
  const { means, found, running, fault, name } = staging;
  const isOld = found !== null && found.of !== plan;
  return (
    <Section title="Setting up" id="plan-setting-up">
      <p class="quiet">
        Which crew sets which barrier when, so that all is shut soonest: no vehicle trapped, no crew shut in, and proof
        that less time cannot do it.
      </p>
      <label class="field">
        <span>Stage</span>
        <select
          value={name}
          onChange={({ currentTarget }) => put(store, { name: currentTarget.value as StageName, fault: "" })}
        >
          {STAGES.map(([value, words]) => (
            <option key={value} value={value}>
              {words}
            </option>
          ))}
        </select>
      </label>
      {name === "shrink" && !compared && (
        <p class="quiet">Compare this plan with the smaller one (below): it shrinks to that.</p>
      )}
      {means ? (
        <WhatThereIs store={store} means={means} />
      ) : (
        <p class="quiet">Nobody said which crews and depots there are. Load a file of them.</p>
      )}
      <p class="row">
        {means && !running && (
          <button type="button" class="primary" onClick={() => void planStage(store)}>
            Plan the stage
          </button>
        )}
        <Loading store={store} />
      </p>
      {running && <WorkBlock work={running.work} label="Planning the stage" cancel={() => stopStage(store)} />}
      <div role="status" aria-live="polite">
        {fault && <p class="warning">{fault}</p>}
        {found && <p class="lead">{found.said.summary[0]}</p>}
      </div>
      {found && (
        <div class={isOld ? "old" : ""}>
          <Found store={store} stage={found.said} />
        </div>
      )}
      {isOld && <p class="quiet">You have changed the plan since. Plan the stage again.</p>}
    </Section>
  );
}
