/** Where there is no operation yet: a short form that begins one. */
import { useSignal } from "@preact/signals";
import type { InputHTMLAttributes, JSX, TargetedSubmitEvent } from "preact";
import { useRef } from "preact/hooks";
import * as api from "../../contract/api.ts";
import { forget, useKept } from "../../lib/kept.ts";

/** Under which name what is typed here is kept. */
const KEY = "operation";

const slug = (title: string): string =>
  title
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "")
    .slice(0, 60) || "operation";

const Field = ({ label, ...attributes }: { readonly label: string } & InputHTMLAttributes): JSX.Element => (
  <label class="entry-field">
    <span>{label}</span>
    <input {...attributes} />
  </label>
);

export function OpenOperation(): JSX.Element {
  const problem = useSignal("");
  const sheet = useRef<HTMLFormElement>(null);
  useKept(sheet, KEY);
  const open = async (form: HTMLFormElement): Promise<void> => {
    const typed = new FormData(form);
    const text = (name: string): string => String(typed.get(name)).trim();
    const title = text("title");
    const opened = await api.openOperation({
      id: slug(title),
      title,
      zone: text("zone"),
      first_day: text("first_day") || null,
    });
    if (opened.ok) forget(KEY);
    if (opened.ok) location.reload();
    else problem.value = opened.error.message;
  };
  const submit = (event: TargetedSubmitEvent<HTMLFormElement>): void => {
    event.preventDefault();
    void open(event.currentTarget);
  };
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  return (
    <form ref={sheet} class="open-operation" onSubmit={submit}>
      <p class="lead">No operation is open yet. Name one to begin its record.</p>
      <Field
        label="Name"
        type="text"
        name="title"
        required
        autocomplete="off"
        placeholder="Parliament grounds, February 2022"
      />
      <Field label="Time zone" type="text" name="zone" required defaultValue={timeZone} />
      <Field label="Day 1" type="date" name="first_day" defaultValue={new Date().toLocaleDateString("sv")} />
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
