/** Drop or choose the file of a city: it is sent, imported with progress, and can be used at once. */
import { useSignal } from "@preact/signals";
import type { JSX, TargetedDragEvent, TargetedSubmitEvent } from "preact";
import { useEffect, useRef } from "preact/hooks";
import type { NetworkSummary } from "../../contract/index.ts";
import { type Work, WorkBlock } from "../../lib/work.tsx";
import { bringIn, cityName, KINDS } from "./bring-in.ts";

type Props = { readonly done: (city: NetworkSummary) => void };

const HELP = [
  "An OpenStreetMap extract of your city (.osm.pbf, .osm, .osm.gz, .osm.bz2, .o5m, .opl or Overpass JSON),",
  "or street centrelines of the council (.geojson). Take a kilometre more than you plan for.",
].join(" ");

export function CityImport({ done }: Props): JSX.Element {
  const file = useSignal<File | null>(null);
  const name = useSignal("");
  const over = useSignal(false);
  const work = useSignal<Work | null>(null);
  const problem = useSignal("");
  const cancel = useRef<AbortController | null>(null);
  useEffect(() => () => cancel.current?.abort(), []);

  const choose = (chosen: File | null | undefined): void => {
    if (!chosen || work.value) return;
    file.value = chosen;
    name.value = cityName(chosen.name);
    problem.value = "";
  };
  const drop = (event: TargetedDragEvent<HTMLElement>): void => {
    event.preventDefault();
    over.value = false;
    choose(event.dataTransfer?.files[0]);
  };
  const begin = async (chosen: File): Promise<void> => {
    const mine = new AbortController();
    cancel.current = mine;
    problem.value = "";
    work.value = { doing: "Sending the file", share: 0, secondsLeft: null };
    const found = await bringIn(chosen, name.value.trim() || cityName(chosen.name), mine.signal, (now) => {
      if (!mine.signal.aborted) work.value = now;
    });
    work.value = null;
    if (found.ok) done(found.value);
    else if (found.error.kind !== "cancelled") problem.value = found.error.message;
  };
  const submit = (event: TargetedSubmitEvent<HTMLFormElement>): void => {
    event.preventDefault();
    if (file.value) void begin(file.value);
    else problem.value = "Choose a file first.";
  };
  const stop = (): void => {
    cancel.current?.abort();
    work.value = null;
  };
  return (
    <form class="stack" noValidate onSubmit={submit}>
      <label
        class={over.value ? "drop over" : "drop"}
        onDragOver={(event) => {
          event.preventDefault();
          over.value = true;
        }}
        onDragLeave={() => {
          over.value = false;
        }}
        onDrop={drop}
      >
        <span class="drop-words">Drop the city's file here, or choose it</span>
        <input
          type="file"
          accept={KINDS}
          disabled={work.value !== null}
          onChange={(event) => choose(event.currentTarget.files?.[0])}
        />
      </label>
      <p class="quiet">{HELP}</p>
      {file.value && (
        <label class="entry-field">
          <span>Name of the city</span>
          <input
            type="text"
            required
            maxLength={120}
            autocomplete="off"
            value={name.value}
            disabled={work.value !== null}
            onInput={(event) => {
              name.value = event.currentTarget.value;
            }}
          />
          <small>{`Of the file ${file.value.name}.`}</small>
        </label>
      )}
      {problem.value && (
        <p class="warning" role="alert">
          {problem.value}
        </p>
      )}
      {work.value && <WorkBlock work={work.value} label="Import of the city" cancel={stop} />}
      {file.value && !work.value && (
        <button type="submit" class="primary">
          Bring the city in
        </button>
      )}
    </form>
  );
}
