/** The march of a plan: what is shut when, where an ambulance crosses; its start and pace are dragged. */
import type { JSX } from "preact";
import type { MarchAnswer } from "../../../contract/index.ts";
import { Sentences } from "../../../lib/items.tsx";
import { Section, Table } from "../../../lib/parts.tsx";
import { clockWords } from "../../../lib/times.ts";
import { counted } from "../../../lib/units.ts";
import { WorkBlock } from "../../../lib/work.tsx";
import { placeWords } from "../document.ts";
import {
  choose,
  marchesOf,
  marchOf,
  minuteAt,
  play,
  prove,
  rolledOf,
  setPace,
  stopProving,
  takeBarriers,
} from "../rolling.ts";
import { momentOf, type PlansStore } from "../store.ts";

type Props = { readonly store: PlansStore };

const MOST_LATE = 60;
const QUICKEST = 6;

type Slide = {
  readonly label: string;
  readonly words: string;
  readonly value: number;
  readonly range: readonly [least: number, most: number, step: number];
  readonly act: (value: number) => void;
};

const Slider = ({ label, words, value, range: [min, max, step], act }: Slide): JSX.Element => (
  <label class="field march-slide">
    <span>{label}</span>
    <input
      type="range"
      aria-valuetext={words}
      min={min}
      max={max}
      step={step}
      value={value}
      onInput={({ currentTarget }) => act(Number(currentTarget.value))}
    />
    <output>{words}</output>
  </label>
);

function Now({ store, march }: Props & { readonly march: MarchAnswer }): JSX.Element {
  const zone = store.get().operation?.zone ?? "UTC";
  const at = momentOf(store.get());
  const row = minuteAt(march, at);
  const open = row ? march.crossings.filter(({ id }) => row.crossings.includes(id)) : march.crossings;
  return (
    <p>
      {row
        ? `At ${clockWords(at, zone)}: head at ${Math.round(row.head_m)} m, tail at ${Math.round(row.tail_m)} m, ` +
          `${counted(row.shut.length, "street")} shut, ${open.length} of ${counted(march.crossings.length, "crossing")} open to an ambulance.`
        : `At ${clockWords(at, zone)} nothing is shut for the march.`}
    </p>
  );
}

function Rolled({ store, march }: Props & { readonly march: MarchAnswer }): JSX.Element {
  const zone = store.get().operation?.zone ?? "UTC";
  const clock = (moment: string): string => clockWords(Date.parse(moment), zone);
  const { proving, film } = store.get();
  return (
    <>
      <Sentences texts={march.summary.slice(1)} />
      <p class="row">
        <button type="button" onClick={() => play(store)}>
          {film ? "Stop the film" : "Play it minute by minute"}
        </button>
        {!proving && (
          <button type="button" onClick={() => void prove(store)}>
            Find the worst minute
          </button>
        )}
        <button type="button" onClick={() => takeBarriers(store)}>
          Hold the side streets
        </button>
      </p>
      {proving && <WorkBlock work={proving.work} label="Finding the worst minute" cancel={() => stopProving(store)} />}
      <Now store={store} march={march} />
      <Table
        class="plan-table"
        caption="Streets, in order"
        rows={march.stretches}
        columns={[
          ["Street", ({ street }) => street],
          ["Shut", ({ closed_from }) => clock(closed_from)],
          ["Head", ({ head }) => clock(head)],
          ["Tail", ({ tail }) => clock(tail)],
          ["Open", ({ reopens }) => clock(reopens)],
        ]}
      />
      <Table
        class="plan-table"
        caption="An ambulance crosses, except from"
        rows={march.crossings}
        columns={[
          ["Crossing", ({ id, where }) => `${id}, ${where}`],
          [
            "People on it",
            ({ shut }) => shut.map(({ starts, ends }) => `${clock(starts)} to ${clock(ends)}`).join(", "),
          ],
        ]}
      />
      {march.buses && march.buses.length > 0 && (
        <Table
          class="plan-table"
          caption="Buses, if they wait"
          rows={march.buses}
          columns={[
            ["Route", ({ route, towards }) => `${route} to ${towards}`],
            ["Trips", ({ trips }) => `${trips}`],
            ["Longest", ({ longest_seconds }) => `${Math.round(longest_seconds / 60)} min`],
          ]}
        />
      )}
      <p class="quiet">{march.warnings.slice(0, 2).join(" ")}</p>
    </>
  );
}

export function March({ store }: Props): JSX.Element | null {
  const { late, unrolled } = store.get();
  const march = marchOf(store.get());
  if (!march) return null;
  const marches = marchesOf(store.get());
  const rolled = rolledOf(store.get());
  return (
    <Section title="The march as it rolls" id="plan-march" open>
      <div class="plan-form">
        {marches.length > 1 && (
          <label class="field">
            <span>Which march</span>
            <select value={march.id} onChange={({ currentTarget }) => choose(store, currentTarget.value)}>
              {marches.map(({ id, along }) => (
                <option key={id} value={id}>
                  {along.length ? `${id}: ${along.map(placeWords).join("; ")}` : `${id}, as drawn`}
                </option>
              ))}
            </select>
          </label>
        )}
        <Slider
          label="Starts later by"
          words={`${late} min`}
          value={late}
          range={[-MOST_LATE, MOST_LATE, 1]}
          act={(minutes) => store.set({ late: minutes })}
        />
        {march.pace_kmh > 0 && (
          <Slider
            label="Pace"
            words={`${march.pace_kmh} km/h`}
            value={march.pace_kmh}
            range={[1, QUICKEST, 0.1]}
            act={(pace) => setPace(store, Math.round(pace * 10) / 10)}
          />
        )}
      </div>
      <div role="status" aria-live="polite">
        {unrolled && <p class="warning">{unrolled}</p>}
        {rolled && !unrolled && <p class="lead">{rolled.summary[0]}</p>}
      </div>
      {rolled && !unrolled && <Rolled store={store} march={rolled} />}
    </Section>
  );
}
