/**
 * The entry form: ten seconds for a radio message, keyboard only. What a kind needs comes first; who speaks, the grade and the place
 * are remembered from the last entry; Enter sends. Nothing that was typed is lost when it is refused.
 */
import { useSignal } from "@preact/signals";
import type { JSX, TargetedEvent, TargetedKeyboardEvent } from "preact";
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import * as api from "../../contract/api.ts";
import type { KindAnswer, KindsAnswer } from "../../contract/index.ts";
import { forget, typedBefore, useKept } from "../../lib/kept.ts";
import { readable } from "../../lib/words.ts";
import { Field, MoreFields, NeededFields, plainField } from "./entry-fields.tsx";
import { USUAL_GRADES } from "./grades.ts";
import { beginningOf, controlNamed, isNow, questionOf, remember, type Typed } from "./new-entry.ts";
import { choose, type PictureStore, type Wish, zoneOf } from "./store.ts";
import { PlaceField, WhereField } from "./where-field.tsx";

type FormProps = {
  readonly store: PictureStore;
  readonly wish: Wish;
  readonly kinds: KindsAnswer;
  /** The kind of the last entry, offered for the next. */
  readonly last: { current: string };
  /** Begin with an empty form. */
  readonly afresh: () => void;
};

/** Under which name what is typed is kept: a correction is another form than a new entry. */
const keyOf = (operation: string, { draft, tie }: Wish): string =>
  ["entry", operation, draft?.id ?? (tie ? `${tie.relation} ${tie.to.fact.id}` : "new")].join(" ");

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

function Form({ store, wish, kinds, last, afresh }: FormProps): JSX.Element | null {
  const state = store.get();
  const zone = zoneOf(state);
  const [first] = useState(() => beginningOf(wish, zone));
  const chosen = useSignal(wish.kind ?? wish.draft?.kind ?? last.current);
  const problem = useSignal("");
  const isSending = useSignal(false);
  const offered = offeredOf(kinds);
  const kind = offered.find((one) => one.name === chosen.value) ?? offered[0];
  const sheet = useRef<HTMLFormElement>(null);
  const key = keyOf(state.operation?.id ?? "", wish);
  const [isAsLeft] = useState(() => Object.keys(typedBefore(key)).length > 0);
  useKept(sheet, key, kind?.name);
  if (!kind) return null;
  last.current = kind.name;

  const send = async (form: HTMLFormElement): Promise<void> => {
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
    if (!answer.ok) {
      (form.elements.namedItem(controlNamed(answer.error.message, kind)) as HTMLElement | null)?.focus();
      return;
    }
    forget(key);
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
  const chooseKind = (event: TargetedEvent<HTMLSelectElement>): void => {
    chosen.value = event.currentTarget.value;
  };
  const grades = [...new Set([...USUAL_GRADES, first.grade])];
  const places = (of: Omit<Parameters<typeof PlaceField>[0], "store">): JSX.Element => (
    <PlaceField key={of.name} store={store} {...of} />
  );
  const own = { kind, zone, places, first: kind.name === wish.draft?.kind ? first : { ...first, body: {} } };
  const above = wish.tie ? `${readable(wish.tie.relation)}: ${wish.tie.to.fact.says}` : wish.draft?.says;
  return (
    <form ref={sheet} method="dialog" noValidate onSubmit={submit} onKeyDown={sendOnEnter}>
      <h2>{wish.draft ? "Edit the draft" : "New entry"}</h2>
      {above && <p class="tie">{above}</p>}
      {isAsLeft && (
        <p class="quiet">
          As you left it.{" "}
          <button type="button" onClick={afresh}>
            Start afresh
          </button>
        </p>
      )}
      <div class="entry-field">
        <label for="entry-kind">What is it</label>
        <select id="entry-kind" name="kind" value={kind.name} onChange={chooseKind}>
          {offered.map(({ name, title }) => (
            <option key={name} value={name}>
              {title}
            </option>
          ))}
        </select>
      </div>
      <p class="quiet kind-help">{kind.help}</p>
      <NeededFields key={`needed-${kind.name}`} {...own} />
      <div class="entry-fields">
        <WhereField store={store} first={first.where} />
        <Field
          field={plainField("when", "When")}
          first={first.when}
          placeholder={
            isNow(state) ? "now; or 19:05, yesterday 7pm, day 3 morning" : "the moment shown; or 7pm, day 11 about 7pm"
          }
        />
      </div>
      <div class="entry-fields">
        <Field
          field={plainField("who", "Who says so")}
          first={first.who}
          placeholder="office or role, such as Officer at gate 3"
        />
        <Field field={plainField("organisation", "On behalf of")} first={first.organisation} />
        <Field field={plainField("medium", "Medium", kinds.media)} first={first.medium} />
        <Field field={plainField("grade", "Grade", grades)} first={first.grade} />
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
        <button
          type="button"
          onClick={(event) => {
            forget(key);
            event.currentTarget.closest("dialog")?.close();
          }}
        >
          Cancel
        </button>
        <span class="quiet">Enter writes it, Esc closes the form and keeps what you typed</span>
      </div>
    </form>
  );
}

export function EntryForm({ store }: { readonly store: PictureStore }): JSX.Element {
  const { wish, kinds, operation, picking } = store.get();
  const dialog = useRef<HTMLDialogElement>(null);
  const last = useRef("");
  const turn = useSignal(0);
  const isOpen = Boolean(wish && kinds && operation);
  useLayoutEffect(() => {
    if (!isOpen) return;
    dialog.current?.showModal();
    // a draft is read from its own fields on
    dialog.current?.querySelector<HTMLElement>(store.get().wish?.draft ? "[name^=body-]" : "[name=kind]")?.focus();
  }, [isOpen, store]);
  useLayoutEffect(() => {
    if (picking) dialog.current?.close();
    else if (isOpen && !dialog.current?.open) dialog.current?.showModal();
  }, [picking, isOpen]);
  const closed = (): void => {
    if (!store.get().picking) store.set({ wish: null });
  };
  return (
    <dialog ref={dialog} class="entry-form" aria-label="New entry" onClose={closed}>
      {isOpen && wish && kinds && (
        <Form
          key={turn.value}
          store={store}
          wish={wish}
          kinds={kinds}
          last={last}
          afresh={() => {
            forget(keyOf(operation?.id ?? "", wish));
            turn.value += 1;
          }}
        />
      )}
    </dialog>
  );
}
