/**
 * The entry form: ten seconds for a radio message, keyboard only. What a kind needs comes first; who speaks, the grade and the place
 * are remembered from the last entry; Enter sends. Nothing that was typed is lost when it is refused.
 */
import { useSignal } from "@preact/signals";
import type { JSX, TargetedEvent, TargetedKeyboardEvent } from "preact";
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import * as api from "../../contract/api.ts";
import type { KindAnswer, KindsAnswer } from "../../contract/index.ts";
import { readable } from "../../lib/words.ts";
import { ChoiceField, Labelled, MoreFields, NeededFields, TextField } from "./entry-fields.tsx";
import { USUAL_GRADES } from "./grades.ts";
import { beginningOf, isNow, questionOf, remember, type Typed } from "./new-entry.ts";
import { choose, type PictureStore, type Wish, zoneOf } from "./store.ts";

type FormProps = {
  readonly store: PictureStore;
  readonly wish: Wish;
  readonly kinds: KindsAnswer;
  /** The kind of the last entry, offered for the next. */
  readonly last: { current: string };
};

/** The kinds that are typed, the usual ones first. */
const offeredOf = ({ form, kinds }: KindsAnswer): KindAnswer[] =>
  form.flatMap((name) => kinds.filter((kind) => kind.name === name));

const typedIn = (form: HTMLFormElement): Typed => {
  const data = new FormData(form);
  return (name) => String(data.get(name) ?? "").trim();
};

/** Enter sends; in a longer text, Shift and Enter begin a new line. */
function sendOnEnter(event: TargetedKeyboardEvent<HTMLFormElement>): void {
  const target = event.target as HTMLElement;
  if (event.key !== "Enter" || target.matches("button, summary")) return;
  if (target.matches("textarea") && event.shiftKey) return;
  event.preventDefault();
  event.currentTarget.requestSubmit();
}

const same = (values: readonly string[], label = (value: string) => value) =>
  values.map((value) => [value, label(value)] as const);

function Form({ store, wish, kinds, last }: FormProps): JSX.Element | null {
  const zone = zoneOf(store.get());
  const [first] = useState(() => beginningOf(wish, zone));
  const name = useSignal(wish.kind ?? wish.draft?.kind ?? last.current);
  const problem = useSignal("");
  const isSending = useSignal(false);
  const offered = offeredOf(kinds);
  const kind = offered.find((one) => one.name === name.value) ?? offered[0];
  if (!kind) return null;
  last.current = kind.name;

  const send = async (form: HTMLFormElement): Promise<void> => {
    const state = store.get();
    if (!state.operation) return;
    const typed = typedIn(form);
    const asked = await questionOf({ state, wish, kind, first }, typed);
    if (!asked.ok) {
      problem.value = asked.error.message;
      (form.elements.namedItem(asked.error.control) as HTMLElement | null)?.focus();
      return;
    }
    const answer = await api.writeEntry(state.operation.id, asked.value);
    problem.value = answer.ok ? "" : answer.error.message;
    if (!answer.ok) return;
    const { id, says } = answer.value.fact;
    if (!wish.draft) remember(typed);
    form.closest("dialog")?.close();
    if (wish.done) wish.done(id);
    else choose(store, id);
    store.set({ notice: `Written: ${says}` });
  };
  const submit = async (event: TargetedEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    if (isSending.value) return;
    isSending.value = true;
    await send(event.currentTarget);
    isSending.value = false;
  };
  const own = { kind, zone, first: kind.name === wish.draft?.kind ? first : { ...first, body: {} } };
  const above = wish.tie ? `${readable(wish.tie.relation)}: ${wish.tie.to.fact.says}` : wish.draft?.says;
  return (
    <form method="dialog" noValidate onSubmit={submit} onKeyDown={sendOnEnter}>
      <h2>{wish.draft ? "Mend the draft" : "New entry"}</h2>
      {above && <p class="tie">{above}</p>}
      <Labelled
        label="What is it"
        name="kind"
        control={(naming) => (
          <select
            {...naming}
            value={kind.name}
            onChange={(event) => {
              name.value = event.currentTarget.value;
            }}
          >
            {offered.map((one) => (
              <option key={one.name} value={one.name}>
                {one.title}
              </option>
            ))}
          </select>
        )}
      />
      <p class="quiet kind-help">{kind.help}</p>
      <NeededFields key={`needed-${kind.name}`} {...own} />
      <div class="entry-fields">
        <TextField
          label="Where"
          name="where"
          first={first.where}
          placeholder="Bowen St, or Lambton Quay / Bowen St, or a place"
        />
        <TextField
          label="When"
          name="when"
          first={first.when}
          placeholder={
            isNow(store.get()) ? "now; or 19:05, day 3 morning" : "the moment looked at; or day 11 about 7pm"
          }
        />
      </div>
      <div class="entry-fields">
        <TextField
          label="Who says so"
          name="who"
          first={first.who}
          placeholder="office or role, as: Officer at gate 3"
        />
        <TextField label="For whom" name="organisation" first={first.organisation} />
        <ChoiceField label="By" name="medium" first={first.medium} options={same(kinds.media, readable)} />
        <ChoiceField
          label="Grade"
          name="grade"
          first={first.grade}
          options={same([...new Set([...USUAL_GRADES, first.grade])])}
        />
      </div>
      <MoreFields key={`more-${kind.name}`} {...own} />
      {problem.value && (
        <p class="warning" role="alert">
          {problem.value}
        </p>
      )}
      <div class="row">
        <button type="submit" class="primary" disabled={isSending.value}>
          Write it
        </button>
        <button type="button" onClick={(event) => event.currentTarget.closest("dialog")?.close()}>
          Cancel
        </button>
        <span class="quiet">Enter writes it, Esc puts it away</span>
      </div>
    </form>
  );
}

export function EntryForm({ store }: { readonly store: PictureStore }): JSX.Element {
  const { wish, kinds, operation } = store.get();
  const dialog = useRef<HTMLDialogElement>(null);
  const last = useRef("");
  const isOpen = Boolean(wish && kinds && operation);
  useLayoutEffect(() => {
    if (!isOpen) return;
    dialog.current?.showModal();
    // a draft is read from its own fields on
    dialog.current?.querySelector<HTMLElement>(store.get().wish?.draft ? "[name^=body-]" : "[name=kind]")?.focus();
  }, [isOpen, store]);
  return (
    <dialog ref={dialog} class="entry-form" aria-label="New entry" onClose={() => store.set({ wish: null })}>
      {isOpen && wish && kinds && <Form store={store} wish={wish} kinds={kinds} last={last} />}
    </dialog>
  );
}
