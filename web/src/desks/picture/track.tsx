/** The track of the time bar: its two handles, how much became known in each hour, and the days and hours below. */
import type { JSX, TargetedKeyboardEvent, TargetedPointerEvent } from "preact";
import type { OperationDetails } from "../../contract/index.ts";
import { clockWords, DAY_MS, dateWords, dayOf, HOUR_MS, midnight, timeWords } from "../../lib/times.ts";
import { knowAt, lookAt, MINUTE_MS, type PictureStore, type Span, showWhole, trackOf } from "./store.ts";

type At = { readonly store: PictureStore };

const percentOf = (moment: number, [first, last]: Span): number => ((moment - first) / (last - first)) * 100;
const isOn = (moment: number, [first, last]: Span): boolean => moment >= first && moment <= last;

/** How far the keys move a handle. */
const KEYS_MS: Readonly<Record<string, number>> = {
  ArrowLeft: -HOUR_MS / 4,
  ArrowDown: -HOUR_MS / 4,
  ArrowRight: HOUR_MS / 4,
  ArrowUp: HOUR_MS / 4,
  PageDown: -6 * HOUR_MS,
  PageUp: 6 * HOUR_MS,
};

type HandleProps = {
  readonly label: string;
  readonly kind: string;
  readonly moment: number;
  readonly span: Span;
  readonly zone: string;
  readonly move: (moment: number) => void;
};

/** A handle is a range input: arrows move it by a quarter of an hour, Page keys by six hours. */
function Handle({ label, kind, moment, span: [first, last], zone, move }: HandleProps): JSX.Element {
  const press = (event: TargetedKeyboardEvent<HTMLInputElement>): void => {
    const by = KEYS_MS[event.key];
    if (by === undefined) return;
    event.preventDefault();
    move(moment + by);
  };
  return (
    <input
      type="range"
      class={`handle ${kind}`}
      aria-label={label}
      aria-valuetext={timeWords(moment, zone)}
      min={first}
      max={last}
      step={MINUTE_MS}
      value={moment}
      onInput={(event) => move(Number(event.currentTarget.value))}
      onKeyDown={press}
    />
  );
}

/** So many days or hours have their name below the bar; fewer where there is little width. */
const namedOn = (width: number): number => (width < 760 ? 4 : 8);
/** From one named hour to the next. */
const STEPS_H = [1, 2, 3, 6, 12];

type Tick = { readonly start: number; readonly left: number; readonly name: string };

/** The days after the first, of which some are named: by their number where the first is known, else by their date. */
function daysOf({ zone, first_day }: OperationDetails, span: Span, named: number): readonly Tick[] {
  const every = Math.max(1, Math.ceil((span[1] - span[0]) / DAY_MS / named));
  const days: Tick[] = [];
  let start = midnight(span[0], zone) + DAY_MS;
  while (start < span[1]) {
    const day = dayOf(start, zone, first_day);
    const name = day === null ? dateWords(start, zone) : `Day ${day}`;
    days.push({ start, left: percentOf(start, span), name: days.length % every ? "" : name });
    start = midnight(start + DAY_MS + HOUR_MS, zone);
  }
  return days;
}

/** Hours, where a part of the bar is shown that is short enough; a day by its name where it begins. */
function hoursOf(operation: OperationDetails, span: Span, step: number): readonly Tick[] {
  const { zone, first_day } = operation;
  const hours: Tick[] = [];
  const origin = midnight(span[0], zone);
  for (let start = origin; start < span[1]; start += step) {
    const day = dayOf(start, zone, first_day);
    const clock = clockWords(start, zone);
    const begins = day === null ? dateWords(start, zone) : `Day ${day}`;
    if (start > span[0]) hours.push({ start, left: percentOf(start, span), name: clock === "00:00" ? begins : clock });
  }
  return hours;
}

function ticksOf(operation: OperationDetails, span: Span): readonly Tick[] {
  const named = namedOn(globalThis.innerWidth ?? 0);
  const step = STEPS_H.find((hours) => (span[1] - span[0]) / (hours * HOUR_MS) <= named);
  return step === undefined ? daysOf(operation, span, named) : hoursOf(operation, span, step * HOUR_MS);
}

type TicksProps = { readonly operation: OperationDetails; readonly span: Span };

const Ticks = ({ operation, span }: TicksProps): JSX.Element => (
  <div class="days" aria-hidden="true">
    {ticksOf(operation, span).map(({ start, left, name }) => (
      <span key={start} class={name ? "day named" : "day"} style={{ left: `${left}%` }}>
        {name}
      </span>
    ))}
  </div>
);

/** In percent of the bar: so that one entry in a month can be seen. */
const LEAST_WIDTH = 0.35;
const LEAST_HEIGHT = 15;

/** How much became known in each hour. */
function Hours({ store, span }: At & { readonly span: Span }): JSX.Element | null {
  const { operation, knowledge } = store.get();
  if (!operation) return null;
  const hours = operation.timeline
    .map(({ start, entries, could_be_known }) => ({ start, known: knowledge === "had" ? entries : could_be_known }))
    .filter(({ start, known }) => known > 0 && isOn(Date.parse(start), span));
  const most = Math.max(1, ...hours.map(({ known }) => known));
  const width = Math.max((HOUR_MS / (span[1] - span[0])) * 100, LEAST_WIDTH);
  const bars = hours.map(({ start, known }) => ({
    start,
    left: Math.min(percentOf(Date.parse(start), span), 100 - width),
    height: LEAST_HEIGHT + ((100 - LEAST_HEIGHT) * known) / most,
  }));
  return (
    <>
      {bars.map(({ start, left, height }) => (
        <i key={start} style={{ left: `${left}%`, width: `${width}%`, height: `${height}%` }} />
      ))}
    </>
  );
}

/** The second handle has the lower part of the track where it stands apart. */
const LOWER = 0.55;

export function Track({ store }: At): JSX.Element | null {
  const state = store.get();
  const { operation, at, knownAt, linked } = state;
  if (!operation) return null;
  const span = trackOf(state);
  const { zone } = operation;
  const momentAt = (event: TargetedPointerEvent<HTMLElement>): number => {
    const { left, width } = event.currentTarget.getBoundingClientRect();
    const part = Math.min(Math.max((event.clientX - left) / width, 0), 1);
    return Math.round((span[0] + part * (span[1] - span[0])) / MINUTE_MS) * MINUTE_MS;
  };
  /** A press beside the handles brings one there, and it follows until it is let go. */
  const press = (event: TargetedPointerEvent<HTMLElement>): void => {
    if (event.button !== 0 || (event.target as Element).matches("input")) return;
    const track = event.currentTarget;
    const { top, height } = track.getBoundingClientRect();
    const move = !linked && (event.clientY - top) / height > LOWER ? knowAt : lookAt;
    event.preventDefault();
    track.setPointerCapture(event.pointerId);
    move(store, momentAt(event));
    track.onpointermove = (moved) => move(store, momentAt(moved as unknown as TargetedPointerEvent<HTMLElement>));
    track.onlostpointercapture = () => {
      track.onpointermove = null;
    };
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the keys W and those of the handles do the same
    <div class="track" onPointerDown={press} onDblClick={() => showWhole(store)}>
      <div class="histogram" aria-hidden="true" style={{ "--known-part": `${Math.max(percentOf(knownAt, span), 0)}%` }}>
        <Hours store={store} span={span} />
      </div>
      <Ticks operation={operation} span={span} />
      {isOn(at, span) && (
        <Handle
          label="At: the moment shown"
          kind="at"
          moment={at}
          span={span}
          zone={zone}
          move={(moment) => lookAt(store, moment)}
        />
      )}
      {isOn(knownAt, span) && (
        <Handle
          label="As known at"
          kind={linked ? "known" : "known apart"}
          moment={knownAt}
          span={span}
          zone={zone}
          move={(moment) => knowAt(store, moment)}
        />
      )}
    </div>
  );
}
