/** What each crew, truck and forklift does from minute to minute, as bars. */
import type { JSX } from "preact";
import type { StagePlan } from "../../../contract/index.ts";
import { timeWords } from "../../../lib/times.ts";

type Bar = {
  readonly from: number;
  readonly to: number;
  readonly what: "work" | "drive" | "load";
  readonly words: string;
};
type Row = { readonly unit: string; readonly bars: readonly Bar[] };

/** The bars of each unit, in the order of crews, trucks, forklifts. */
export function rowsOf({ tasks, legs }: StagePlan): readonly Row[] {
  const units = new Map<string, Bar[]>();
  const barsOf = (unit: string): Bar[] => {
    const bars = units.get(unit) ?? [];
    units.set(unit, bars);
    return bars;
  };
  for (const kind of ["crew", "truck", "forklift"] as const) {
    for (const task of tasks) {
      const unit = task[kind];
      if (unit) barsOf(unit).push({ from: task.starts, to: task.ends, what: "work", words: task.id });
    }
  }
  for (const { unit, start, end, leaves, arrives, loads } of legs) {
    const bars = barsOf(unit);
    if (arrives > leaves) bars.push({ from: leaves, to: arrives, what: "drive", words: `${start} to ${end}` });
    if (loads) bars.push({ from: arrives, to: nextOf(unit, arrives, legs), what: "load", words: `at ${end}` });
  }
  const order = (unit: string): number => ["crew", "truck", "forklift"].findIndex((kind) => isKind(unit, kind, legs));
  return [...units]
    .map(([unit, bars]) => ({ unit, bars: bars.toSorted((a, b) => a.from - b.from) }))
    .toSorted((a, b) => order(a.unit) - order(b.unit) || a.unit.localeCompare(b.unit));
}

const isKind = (unit: string, kind: string, legs: StagePlan["legs"]): boolean =>
  legs.some((leg) => leg.unit === unit && leg.kind === kind);

/** A truck is loaded until it leaves again. */
const nextOf = (unit: string, from: number, legs: StagePlan["legs"]): number =>
  Math.min(
    ...legs.filter((leg) => leg.unit === unit && leg.leaves > from).map(({ leaves }) => leaves),
    Number.MAX_SAFE_INTEGER,
  );

type Props = { readonly stage: StagePlan; readonly minute: number; readonly zone: string };

export function Gantt({ stage, minute, zone }: Props): JSX.Element {
  const last = Math.max(stage.minutes ?? 1, 1);
  const share = (at: number): string => `${(100 * Math.min(at, last)) / last}%`;
  const ends = [0, last].map((at) =>
    stage.begins ? timeWords(Date.parse(stage.begins) + at * 60_000, zone) : `${at} min`,
  );
  return (
    <figure class="gantt">
      <figcaption>What each crew, truck and forklift does: work (full), drive (thin), loading (striped)</figcaption>
      <ol>
        {rowsOf(stage).map(({ unit, bars }) => (
          <li key={unit}>
            <span class="gantt-unit">{unit}</span>
            <span class="gantt-track">
              {bars.map(({ from, to, what, words }) => (
                <span
                  key={`${what} ${from}`}
                  class={`gantt-${what}`}
                  style={`left:${share(from)};width:calc(${share(to)} - ${share(from)})`}
                  title={`${words}, minute ${from} to ${Math.min(to, last)}`}
                >
                  {what === "work" ? words : <span class="unseen">{`${what} ${words}`}</span>}
                </span>
              ))}
              <i style={`left:${share(minute)}`} />
            </span>
          </li>
        ))}
      </ol>
      <p class="gantt-ends">
        <span>{ends[0]}</span>
        <span>{ends[1]}</span>
      </p>
    </figure>
  );
}
