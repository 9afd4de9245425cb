/** A short form that begins an operation in a city, by the city's own time. */
import { useSignal } from "@preact/signals";
import type { InputHTMLAttributes, JSX, TargetedSubmitEvent } from "preact";
import { useEffect, useRef } from "preact/hooks";
import * as api from "../../contract/api.ts";
import type { NetworkSummary } from "../../contract/index.ts";
import { forget, useKept } from "../../lib/kept.ts";
import { openRoom } from "../switching.ts";

const LONGEST_ID = 60;
/** Under which name what is typed here is kept. */
const KEY = "operation";

/** A name as it stands in addresses; with a number behind it where another operation has it. */
export function idOf(title: string, taken: readonly string[]): string {
  const plain =
    title
      .normalize("NFKD")
      .toLowerCase()
      .replace(/[\u0300-\u036f]/g, "")
      .replace(/[^a-z0-9]+/g, "-")
      .replace(/^-+|-+$/g, "")
      .slice(0, LONGEST_ID) || "operation";
  for (let number = 1; ; number += 1) {
    const id = number === 1 ? plain : `${plain}-${number}`;
    if (!taken.includes(id)) return id;
  }
}

const Field = ({
  label,
  note,
  ...attributes
}: { readonly label: string; readonly note?: string } & InputHTMLAttributes): JSX.Element => (
  <label class="entry-field">
    <span>{label}</span>
    <input {...attributes} />
    {note && <small>{note}</small>}
  </label>
);

const today = (zone: string): string => new Date().toLocaleDateString("sv", { timeZone: zone });

const ZONES = Intl.supportedValuesOf("timeZone");

/** Whether the browser knows a zone: the server has the last word. */
const isZone = (zone: string): boolean => {
  try {
    return Boolean(new Intl.DateTimeFormat("en", { timeZone: zone }));
  } catch {
    return false;
  }
};

type Props = {
  readonly cities: readonly NetworkSummary[];
  /** The city that is offered first. */
  readonly city: string;
  /** Ids that operations have already. */
  readonly taken: readonly string[];
};

export function OperationForm({ cities, city: first, taken }: Props): JSX.Element {
  const city = useSignal(first);
  const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const zone = useSignal("");
  const zoneNote = useSignal("");
  const day = useSignal("");
  const problem = useSignal("");
  const chosen = city.value;
  const sheet = useRef<HTMLFormElement>(null);
  useKept(sheet, KEY);
  useEffect(() => {
    let wanted = true;
    void api.getNetwork(chosen).then((found) => {
      if (!wanted || !found.ok) return;
      const known = found.value.zone;
      zone.value = known ?? own;
      zoneNote.value = known
        ? `The zone of ${found.value.name}, by the map.`
        : "The zone of this device: the map does not say that of the city.";
      day.value = today(zone.value);
    });
    return () => {
      wanted = false;
    };
  }, [chosen, own, zone, zoneNote, day]);

  const open = async (form: HTMLFormElement): Promise<void> => {
    const typed = new FormData(form);
    const text = (name: string): string => String(typed.get(name) ?? "").trim();
    if (!text("title")) {
      problem.value = "Give the operation a name.";
      return;
    }
    const question = {
      id: idOf(text("title"), taken),
      title: text("title"),
      zone: text("zone") || null,
      first_day: text("first_day") || null,
      network: chosen,
      type: null,
      where: text("where") || null,
    };
    const opened = await api.openOperation(question);
    if (opened.ok) forget(KEY);
    if (opened.ok) openRoom({ network: chosen, operation: opened.value.id, desk: "picture" });
    else problem.value = opened.error.message;
  };
  const submit = (event: TargetedSubmitEvent<HTMLFormElement>): void => {
    event.preventDefault();
    void open(event.currentTarget);
  };
  return (
    <form ref={sheet} class="stack open-operation" noValidate onSubmit={submit}>
      <Field
        label="Name"
        type="text"
        name="title"
        required
        maxLength={200}
        autocomplete="off"
        placeholder="Parliament grounds, February 2022"
      />
      {cities.length > 1 && (
        <label class="entry-field">
          <span>City</span>
          <select
            value={chosen}
            onChange={(event) => {
              city.value = event.currentTarget.value;
            }}
          >
            {cities.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </select>
        </label>
      )}
      <Field label="Where, in words (may stay empty)" type="text" name="where" maxLength={200} autocomplete="off" />
      <Field
        label="Time zone"
        type="text"
        name="zone"
        required
        list="zones"
        autocomplete="off"
        value={zone.value}
        note={zoneNote.value}
        onInput={(event) => {
          zone.value = event.currentTarget.value;
          if (isZone(zone.value)) day.value = today(zone.value);
        }}
      />
      <datalist id="zones">
        {ZONES.map((name) => (
          <option key={name} value={name} />
        ))}
      </datalist>
      <Field label="Day 1" type="date" name="first_day" value={day.value} />
      {problem.value && (
        <p class="warning" role="alert">
          {problem.value}
        </p>
      )}
      <button type="submit" class="primary">
        Begin the record
      </button>
    </form>
  );
}
