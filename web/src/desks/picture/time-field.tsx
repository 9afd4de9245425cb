/** A time as a field: it shows the moment, and goes to the one that is typed, read as everywhere else. */
import { useSignal } from "@preact/signals";
import type { JSX, TargetedKeyboardEvent } from "preact";
import { useRef } from "preact/hooks";
import * as api from "../../contract/api.ts";
import { fullTimeWords, iso, timeWords } from "../../lib/times.ts";
import { goToMoment, type PictureStore, spanOf } from "./store.ts";

type Handle = "at" | "known";

/** Go to the time that somebody typed; a sentence where that cannot be. */
export async function goToTyped(store: PictureStore, text: string, handle: Handle = "at"): Promise<string> {
  const { operation, at } = store.get();
  if (!operation) return "";
  const read = await api.readTime(operation.id, text, iso(at));
  if (!read.ok) return read.error.message;
  const moment = Date.parse(read.value.moment);
  if (goToMoment(store, moment, handle)) return "";
  const [first, last] = spanOf(operation).map((end) => fullTimeWords(end, operation.zone));
  return `${read.value.words} is far outside this operation, which the record knows from ${first} to ${last}. Type a time near it.`;
}

type Props = {
  readonly store: PictureStore;
  readonly handle: Handle;
  readonly label: string;
  readonly moment: number;
  readonly zone: string;
};

export function TimeField({ store, handle, label, moment, zone }: Props): JSX.Element {
  const problem = useSignal("");
  /** What was typed and not yet gone to. */
  const typed = useSignal<string | null>(null);
  const input = useRef<HTMLInputElement>(null);
  const words = timeWords(moment, zone);
  const restore = (): void => {
    problem.value = "";
    typed.value = null;
  };
  const go = async (): Promise<void> => {
    const text = typed.value?.trim() ?? "";
    if (text === "" || text === words) return restore();
    problem.value = await goToTyped(store, text, handle);
    if (problem.value === "") restore();
    requestAnimationFrame(() => input.current?.select());
  };
  const press = (event: TargetedKeyboardEvent<HTMLInputElement>): void => {
    if (event.key === "Enter") void go();
    if (event.key !== "Escape") return;
    event.stopPropagation();
    restore();
    input.current?.blur();
  };
  return (
    <span class={`time-field ${handle}-word`}>
      <input
        ref={input}
        type="text"
        aria-label={label}
        aria-describedby={problem.value ? `time-problem-${handle}` : undefined}
        title="Type a time: 22 Feb 6pm, half past two, yesterday noon, day 11 9:00"
        value={typed.value ?? words}
        autocomplete="off"
        spellcheck={false}
        enterkeyhint="go"
        onFocus={(event) => event.currentTarget.select()}
        onInput={(event) => {
          typed.value = event.currentTarget.value;
        }}
        onBlur={restore}
        onKeyDown={press}
      />
      {problem.value && (
        <span class="time-problem" role="alert" id={`time-problem-${handle}`}>
          {problem.value}
        </span>
      )}
    </span>
  );
}
