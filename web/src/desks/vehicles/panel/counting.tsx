/**
 * The tally of a stretch, by phone in the street: big buttons, one hand. What is counted stays in the browser until it is sent, and what
 * was sent without a network is sent later, once.
 */
import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useEffect } from "preact/hooks";
import type { EntryQuestion } from "../../../contract/index.ts";
import { Checkbox, Section } from "../../../lib/parts.tsx";
import { isoIn, timeWords } from "../../../lib/times.ts";
import { counted } from "../../../lib/units.ts";
import { readable } from "../../../lib/words.ts";
import type { Waiting } from "../outbox.ts";
import { pickedOf, type VehiclesStore } from "../store.ts";
import { TYPES, type VehicleType } from "../words.ts";
import { Writer, writer, wroteAs } from "./writer.tsx";

type Props = { readonly store: VehiclesStore };

export type Draft = {
  readonly stretch: string;
  readonly numbers: Readonly<Record<VehicleType, number>>;
  readonly across: number;
  readonly laneLeft: boolean;
};

const EMPTY: Draft = {
  stretch: "",
  numbers: { car: 0, van: 0, camper: 0, truck: 0, bus: 0, trailer: 0 },
  across: 0,
  laneLeft: false,
};
const KEY = "clearway-tally-begun";

function begun(operation: string): Draft {
  try {
    const kept = JSON.parse(localStorage.getItem(`${KEY}:${operation}`) ?? "null") as Draft | null;
    return kept?.numbers ? kept : EMPTY;
  } catch {
    return EMPTY;
  }
}

/** A tally as it is written: every type is said, also those of which there is none. */
export function tallyOf(
  { stretch, numbers, across, laneLeft }: Draft,
  by: string,
  happened: string,
): Omit<EntryQuestion, "id"> {
  const said = Object.fromEntries(TYPES.map((type) => [type, { low: numbers[type], high: numbers[type] }]));
  const lanes = across === 0 || laneLeft ? {} : { lanes_left: 0 };
  return {
    kind: "vehicle_tally",
    body: { ...said, across, ...(laneLeft ? { lanes_left: 1 } : lanes), method: "walk_through" },
    happened,
    place: stretch,
    source: by,
  };
}

type StepperProps = { readonly label: string; readonly value: number; readonly act: (value: number) => void };

const Stepper = ({ label, value, act }: StepperProps): JSX.Element => (
  <fieldset class="stepper" aria-label={label}>
    <button
      type="button"
      aria-label={`One ${label.toLowerCase()} fewer`}
      disabled={value === 0}
      onClick={() => act(value - 1)}
    >
      &minus;
    </button>
    <output aria-live="polite">
      <b>{value}</b>
      <span>{label}</span>
    </output>
    <button type="button" class="plus" aria-label={`One ${label.toLowerCase()} more`} onClick={() => act(value + 1)}>
      +
    </button>
  </fieldset>
);

function WaitingList({ store }: Props): JSX.Element | null {
  const waiting = store.outbox.waiting.value;
  const zone = store.get().operation?.zone ?? "UTC";
  if (!waiting.length) return null;
  const line = ({ question, refused }: Waiting): JSX.Element => (
    <li key={question.id}>
      {`${String(question.place)}, ${timeWords(Date.parse(String(question.happened)), zone)}`}
      {refused && (
        <>
          <em class="fault">{` Refused: ${refused}`}</em>
          <button type="button" onClick={() => store.outbox.drop(question.id)}>
            Throw it away
          </button>
        </>
      )}
    </li>
  );
  return (
    <div class="warning">
      <p>{`${counted(waiting.length, "tally waits", "tallies wait")} on this device. Sent when the server answers; each is written once.`}</p>
      <ul>{waiting.map(line)}</ul>
      <button type="button" onClick={() => void store.outbox.send()}>
        Try to send
      </button>
    </div>
  );
}

export function Counting({ store }: Props): JSX.Element {
  const { operation } = store.get();
  const draft = useSignal(begun(operation?.id ?? ""));
  const trouble = useSignal("");
  const done = useSignal("");
  const picked = pickedOf(store.get())?.stretch ?? "";
  const put = (change: Partial<Draft>): void => {
    draft.value = { ...draft.value, ...change };
    done.value = "";
    localStorage.setItem(`${KEY}:${operation?.id ?? ""}`, JSON.stringify(draft.value));
  };
  useEffect(() => {
    const total = TYPES.reduce((sum, type) => sum + draft.value.numbers[type], 0);
    if (picked && !total) put({ stretch: picked });
  }, [picked]);
  const { stretch, numbers, across, laneLeft } = draft.value;
  const total = TYPES.reduce((sum, type) => sum + numbers[type], 0);
  const send = (): void => {
    if (!stretch.trim() || !writer()) {
      trouble.value = stretch.trim()
        ? "Say which office counts."
        : "Say which stretch: a street, and between which others.";
      return;
    }
    wroteAs();
    trouble.value = "";
    store.outbox.add(
      tallyOf({ ...draft.value, stretch: stretch.trim() }, writer(), isoIn(Date.now(), operation?.zone ?? "UTC")),
    );
    put(EMPTY);
    done.value = `Kept: ${counted(total, "vehicle")} on ${stretch.trim()}.`;
  };
  return (
    <Section title="Count a stretch" id="vehicles-count">
      <label class="field wide">
        <span>Stretch</span>
        <input
          class="words"
          name="stretch"
          maxLength={200}
          list="vehicles-known"
          placeholder="Hill Street between Bay Road and Park Lane"
          value={stretch}
          onInput={({ currentTarget }) => put({ stretch: currentTarget.value })}
        />
      </label>
      <datalist id="vehicles-known">
        {(store.get().standing?.stretches ?? []).map((one) => (
          <option key={one.stretch} value={one.stretch} />
        ))}
      </datalist>
      <div class="steppers">
        {TYPES.map((type) => (
          <Stepper
            key={type}
            label={readable(type)}
            value={numbers[type]}
            act={(value) =>
              put({ numbers: { ...numbers, [type]: value }, across: Math.min(across, total - numbers[type] + value) })
            }
          />
        ))}
        <Stepper label="Across the road" value={across} act={(value) => put({ across: Math.min(value, total) })} />
      </div>
      {across > 0 && (
        <Checkbox label="A fire engine still gets through" checked={laneLeft} act={(on) => put({ laneLeft: on })} />
      )}
      <Writer name="tally-by" example="warden, Council" />
      <div role="status" aria-live="polite">
        {trouble.value && <p class="warning">{trouble.value}</p>}
        {done.value && <p class="quiet">{done.value}</p>}
      </div>
      <button type="button" class="primary big" onClick={send}>
        {`Write ${counted(total, "vehicle")}`}
      </button>
      <WaitingList store={store} />
    </Section>
  );
}
