/**
 * The time bar: two moments, "at" (what moment we look at) and "as known at" (what we knew then), typed or on the track; steps, play,
 * now; and whether "known" means as the room had it or as it could have been known.
 */
import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import type { Knowledge, OperationDetails } from "../../contract/index.ts";
import back from "../../icons/back.svg";
import closer from "../../icons/closer.svg";
import dayBack from "../../icons/day-back.svg";
import dayForth from "../../icons/day-forth.svg";
import entryBack from "../../icons/entry-back.svg";
import entryForth from "../../icons/entry-forth.svg";
import forth from "../../icons/forth.svg";
import pauseIcon from "../../icons/pause.svg";
import playIcon from "../../icons/play.svg";
import wider from "../../icons/wider.svg";
import { IconButton } from "../../lib/icon.tsx";
import { Checkbox, type Choice } from "../../lib/parts.tsx";
import { DAY_MS, dayOf, HOUR_MS } from "../../lib/times.ts";
import {
  isAtTheEnd,
  isGoingOn,
  isWhole,
  knowAs,
  knowAt,
  type PictureStore,
  showWhole,
  toTheEnd,
  zoom,
} from "./store.ts";
import { TimeField } from "./time-field.tsx";
import { CLOSER, stepBy, stepToEntry, WIDER } from "./time-steps.ts";
import { Track } from "./track.tsx";

type At = { readonly store: PictureStore };
type AtOperation = At & { readonly operation: OperationDetails };

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

const Steps = ({ store }: At): JSX.Element => (
  <fieldset class="steps">
    <legend class="unseen">Steps in time</legend>
    <IconButton label="To the entry before ([)" drawing={entryBack} act={() => void stepToEntry(store, false)} />
    <IconButton
      label="One day back (<)"
      class="icon-button wide-only"
      drawing={dayBack}
      act={() => stepBy(store, -DAY_MS)}
    />
    <IconButton label="One hour back (,)" drawing={back} act={() => stepBy(store, -HOUR_MS)} />
    <IconButton
      label={store.get().playing ? "Pause" : "Play the days"}
      drawing={store.get().playing ? pauseIcon : playIcon}
      act={() => store.set({ playing: !store.get().playing })}
    />
    <IconButton label="One hour forward (.)" drawing={forth} act={() => stepBy(store, HOUR_MS)} />
    <IconButton
      label="One day forward (>)"
      class="icon-button wide-only"
      drawing={dayForth}
      act={() => stepBy(store, DAY_MS)}
    />
    <IconButton label="To the next entry (])" drawing={entryForth} act={() => void stepToEntry(store, true)} />
  </fieldset>
);

function Words({ store, operation }: AtOperation): JSX.Element {
  const { at, knownAt } = store.get();
  const { zone, first_day } = operation;
  const day = dayOf(at, zone, first_day);
  return (
    <span class="time-words">
      {day !== null && <output class="day-word">{`Day ${day}`}</output>}
      <TimeField store={store} handle="at" label="The moment shown: type a time" moment={at} zone={zone} />
      {knownAt !== at && (
        <span class="known-words">
          {"as known "}
          <TimeField store={store} handle="known" label="As known at: type a time" moment={knownAt} zone={zone} />
        </span>
      )}
    </span>
  );
}

/** How much of the operation the track shows. */
const Reach = ({ store }: At): JSX.Element => (
  <fieldset class="reach">
    <legend class="unseen">How much the bar shows</legend>
    <IconButton label="Show less of the time, closer (+)" drawing={closer} act={() => zoom(store, CLOSER)} />
    <IconButton
      label="Show more of the time (-)"
      drawing={wider}
      act={() => zoom(store, WIDER)}
      disabled={store.get().track === null}
    />
    <button
      type="button"
      class="whole"
      aria-label="Whole operation"
      disabled={isWhole(store.get())}
      onClick={() => showWhole(store)}
    >
      <span class="wide-only">Whole operation</span>
      <span class="narrow-only">Whole</span>
    </button>
  </fieldset>
);

function Known({ store }: At): JSX.Element {
  const { linked, live } = store.get();
  const link = (isLinked: boolean): void => (isLinked ? knowAt(store, store.get().at) : store.set({ linked: false }));
  return (
    <span class="known-part">
      <KnowledgeSwitch store={store} />
      <Checkbox label="as known then" checked={linked} act={link} />
      <span class="live" role="status" data-state={live}>
        {LIVE[live]}
      </span>
    </span>
  );
}

/** What stands above the bar keeps clear of it, however many lines it takes. */
function useHeight() {
  const bar = useRef<HTMLElement>(null);
  useLayoutEffect(() => {
    const room = bar.current?.closest<HTMLElement>(".room");
    if (!bar.current || !room) return undefined;
    const { current } = bar;
    const seen = new ResizeObserver(() => {
      const { height } = current.getBoundingClientRect();
      const below = Number.parseFloat(getComputedStyle(current).marginBottom);
      if (height) room.style.setProperty("--timebar", `${Math.ceil(height + below)}px`);
    });
    seen.observe(current);
    return () => seen.disconnect();
  }, []);
  return bar;
}

export function TimeBar({ store }: At): JSX.Element | null {
  const { operation, linked } = store.get();
  const bar = useHeight();
  const isKnownShown = useSignal(false);
  if (!operation) return null;
  return (
    <section ref={bar} class="timebar" aria-label="Time">
      <div class={isKnownShown.value ? "timebar-row with-known" : "timebar-row"}>
        <Steps store={store} />
        <Words store={store} operation={operation} />
        <button
          type="button"
          class="known-toggle narrow-only"
          aria-expanded={isKnownShown.value}
          onClick={() => {
            isKnownShown.value = !isKnownShown.value;
          }}
        >
          Known
        </button>
        <button type="button" class="now" disabled={isAtTheEnd(store.get()) && linked} onClick={() => toTheEnd(store)}>
          {isGoingOn(operation) ? "Now" : "End"}
        </button>
        <Known store={store} />
        <Reach store={store} />
      </div>
      <Track store={store} />
    </section>
  );
}
