/**
 * The time bar: two handles, "at" (what moment we look at) and "as known at" (what we knew then); play, step, now; and whether
 * "known" means as the room had it or as it could have been known.
 * Under it, how much became known in each hour.
 */
import type { JSX, TargetedKeyboardEvent } from "preact";
import type { Knowledge, OperationDetails } from "../../contract/index.ts";
import back from "../../icons/back.svg";
import forth from "../../icons/forth.svg";
import pauseIcon from "../../icons/pause.svg";
import playIcon from "../../icons/play.svg";
import { IconButton } from "../../lib/icon.tsx";
import { Checkbox, type Choice } from "../../lib/parts.tsx";
import { DAY_MS, dateWords, HOUR_MS, isoIn, midnight, timeWords } from "../../lib/times.ts";
import {
  isAtTheEnd,
  isGoingOn,
  knowAs,
  knowAt,
  lookAt,
  MINUTE_MS,
  type PictureStore,
  spanOf,
  toTheEnd,
} from "./store.ts";

type Span = readonly [first: number, last: number];
type At = { readonly store: PictureStore };

const percentOf = (moment: number, [first, last]: Span): number => ((moment - first) / (last - first)) * 100;

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
  readonly operation: OperationDetails;
  readonly move: (moment: number) => void;
};

/** A handle is a range input: arrows move it by a quarter of an hour, Page keys by six hours. */
function Handle({ label, kind, moment, operation, move }: HandleProps): JSX.Element {
  const [first, last] = spanOf(operation);
  const press = (event: TargetedKeyboardEvent<HTMLInputElement>): void => {
    const by = KEYS_MS[event.key];
    if (by === undefined) return;
    event.preventDefault();
    move(Number(event.currentTarget.value) + by);
  };
  return (
    <input
      type="range"
      class={`handle ${kind}`}
      aria-label={label}
      aria-valuetext={timeWords(moment, operation.zone)}
      min={first}
      max={last}
      step={MINUTE_MS}
      value={moment}
      onInput={(event) => move(Number(event.currentTarget.value))}
      onKeyDown={press}
    />
  );
}

/** So many days have their name below the bar. */
const NAMED_DAYS = 8;

type Day = { readonly start: number; readonly left: number; readonly name: string };

/** The days after the first, of which some are named: by their number where the first is known, else by their date. */
function daysOf(operation: OperationDetails): readonly Day[] {
  const { zone, first_day } = operation;
  const span = spanOf(operation);
  const every = Math.max(1, Math.ceil((span[1] - span[0]) / DAY_MS / NAMED_DAYS));
  const nameOf = (day: number): string => {
    if (first_day === null) return dateWords(day, zone);
    return `Day ${Math.round((Date.parse(isoIn(day, zone).slice(0, 10)) - Date.parse(first_day)) / DAY_MS) + 1}`;
  };
  const days: Day[] = [];
  let start = midnight(span[0], zone) + DAY_MS;
  while (start < span[1]) {
    days.push({ start, left: percentOf(start, span), name: days.length % every ? "" : nameOf(start) });
    start = midnight(start + DAY_MS + HOUR_MS, zone);
  }
  return days;
}

const Days = ({ store }: At): JSX.Element => {
  const { operation } = store.get();
  return (
    <div class="days" aria-hidden="true">
      {operation &&
        daysOf(operation).map(({ start, left, name }) => (
          <span key={start} class={name ? "day named" : "day"} style={{ left: `${left}%` }}>
            {name}
          </span>
        ))}
    </div>
  );
};

/** In percent of the bar: so that one entry in a month can be seen. */
const LEAST_WIDTH = 0.35;
const LEAST_HEIGHT = 15;

/** How much became known in each hour. */
function Hours({ store }: At): JSX.Element | null {
  const { operation, knowledge } = store.get();
  if (!operation) return null;
  const span = spanOf(operation);
  const hours = operation.timeline
    .map(({ start, entries, could_be_known }) => ({ start, known: knowledge === "had" ? entries : could_be_known }))
    .filter(({ start, known }) => known > 0 && Date.parse(start) <= span[1]);
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

/** What "known" means. */
const KNOWLEDGE: readonly Choice<Knowledge>[] = [
  { value: "had", label: "as the room had it" },
  { value: "could", label: "as it could have been known" },
];

const KnowledgeSwitch = ({ store }: At): JSX.Element => (
  <select
    class="knowledge"
    aria-label="What counts as known"
    value={store.get().knowledge}
    onChange={({ currentTarget }) => knowAs(store, currentTarget.value as Knowledge)}
  >
    {KNOWLEDGE.map(({ value, label }) => (
      <option key={value} value={value}>
        {label}
      </option>
    ))}
  </select>
);

const LIVE = { asking: "Every few seconds", connecting: "Connecting\u2026", open: "Live" } as const;

function Buttons({ store, operation }: At & { readonly operation: OperationDetails }): JSX.Element {
  const { at, knownAt, linked, playing, live } = store.get();
  const { zone } = operation;
  const link = (isLinked: boolean): void => (isLinked ? knowAt(store, store.get().at) : store.set({ linked: false }));
  return (
    <div class="timebar-row">
      <IconButton label="One hour back" drawing={back} act={() => lookAt(store, store.get().at - HOUR_MS)} />
      <IconButton
        label={playing ? "Pause" : "Play the days"}
        drawing={playing ? pauseIcon : playIcon}
        act={() => store.set({ playing: !playing })}
      />
      <IconButton label="One hour forward" drawing={forth} act={() => lookAt(store, store.get().at + HOUR_MS)} />
      <span class="time-words">
        <output class="at-word">{timeWords(at, zone)}</output>
        <output class="known-word">{knownAt !== at && `as known ${timeWords(knownAt, zone)}`}</output>
      </span>
      <KnowledgeSwitch store={store} />
      <Checkbox label="as known then" checked={linked} act={link} />
      <span class="live" role="status" data-state={live}>
        {LIVE[live]}
      </span>
      <button type="button" class="now" disabled={isAtTheEnd(store.get()) && linked} onClick={() => toTheEnd(store)}>
        {isGoingOn(operation) ? "Now" : "End"}
      </button>
    </div>
  );
}

export function TimeBar({ store }: At): JSX.Element | null {
  const { operation, at, knownAt, linked } = store.get();
  if (!operation) return null;
  const known = `${percentOf(knownAt, spanOf(operation))}%`;
  return (
    <section class="timebar" aria-label="Time">
      <Buttons store={store} operation={operation} />
      <div class="track">
        <div class="histogram" aria-hidden="true" style={{ "--known-part": known }}>
          <Hours store={store} />
        </div>
        <Days store={store} />
        <Handle
          label="At: the moment shown"
          kind="at"
          moment={at}
          operation={operation}
          move={(moment) => lookAt(store, moment)}
        />
        <Handle
          label="As known at"
          kind={linked ? "known" : "known apart"}
          moment={knownAt}
          operation={operation}
          move={(moment) => knowAt(store, moment)}
        />
      </div>
    </section>
  );
}
