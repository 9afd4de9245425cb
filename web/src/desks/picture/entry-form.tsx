/**
 * The entry form: ten seconds for a radio message, keyboard only. What a kind needs comes first; who speaks and the grade are
 * remembered from the last entry; Enter sends. An entry that is corrected or disputed stands in it, filled in, and what will change is
 * said before it is written. Nothing that was typed is lost when it is refused.
 */
import { useSignal } from "@preact/signals";
import type { JSX, TargetedEvent } from "preact";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import * as api from "../../contract/api.ts";
import type { EntryQuestion, FormField, KindAnswer, KindsAnswer, Names } from "../../contract/index.ts";
import { forget, typedBefore, useKept } from "../../lib/kept.ts";
import { readable } from "../../lib/words.ts";
import { CheckSection, useCheck } from "./entry-check.tsx";
import { Field, MoreFields, NeededFields, plainField, sendOnEnter } from "./entry-fields.tsx";
import { beginningOf, controlNamed, heldKind, isNow, questionOf, remember, type Typed } from "./new-entry.ts";
import { SpeakerFields } from "./speaker-fields.tsx";
import { choose, type PictureStore, type Wish, zoneOf } from "./store.ts";
import { PlaceField, WhereField } from "./where-field.tsx";
import { WithdrawForm } from "./withdraw-form.tsx";
import { keepWritten } from "./written.tsx";

type FormProps = {
  readonly store: PictureStore;
  readonly wish: Wish;
  readonly kinds: KindsAnswer;
  /** Speakers and places of the record; null until they are there. */
  readonly names: Names | null;
  /** The kind of the last entry, offered for the next. */
  readonly last: { current: string };
  /** Begin with the form as it was at first. */
  readonly afresh: () => void;
};

/** Under which name what is typed is kept: a correction is another form than a new entry. */
const keyOf = (operation: string, { draft, tie, again }: Wish): string =>
  ["entry", operation, draft?.id ?? again?.fact.id ?? (tie ? `${tie.relation} ${tie.to.fact.id}` : "new")].join(" ");

const TITLES: Readonly<Record<string, string>> = {
  corrects: "Correct this entry",
  disputes: "Dispute this entry",
  withdraws: "Withdraw this entry",
  confirms: "Confirm this entry",
};
/** What is said above the changes, by what is done to the entry that stands in the form. */
const COMPARES: Readonly<Record<string, string>> = {
  corrects: "What will change",
  disputes: "What they say otherwise",
};
const NOTHING_OTHERWISE: Readonly<Record<string, string>> = {
  corrects: "Nothing is changed. Change what is wrong, or cancel.",
  disputes: "Nothing is said otherwise. Change what they say otherwise; to say it only in words, choose Remark above.",
};
const AGAIN = "Write it again if it is meant.";

export const titleOf = ({ draft, tie, again }: Wish): string =>
  draft ? "Edit the draft" : again ? "Enter it again" : (TITLES[tie?.relation ?? ""] ?? "New entry");

/** The kinds that are typed, the usual ones first. */
const offeredOf = ({ form, kinds }: KindsAnswer): KindAnswer[] =>
  form.flatMap((name) => kinds.filter((kind) => kind.name === name));

const typedIn = (form: HTMLFormElement): Typed => {
  const data = new FormData(form);
  return (name) => String(data.get(name) ?? "").trim();
};

function Form({ store, wish, kinds, names, last, afresh }: FormProps): JSX.Element | null {
  const state = store.get();
  const zone = zoneOf(state);
  const operation = state.operation?.id ?? "";
  const [first] = useState(() => beginningOf(wish, zone));
  const held = heldKind(wish);
  const chosen = useSignal(wish.kind ?? held ?? last.current);
  const problem = useSignal("");
  /** What was asked before it is written; sent again, it is meant. */
  const asked = useSignal("");
  const isSending = useSignal(false);
  const box = useRef<HTMLFormElement>(null);
  const offered = offeredOf(kinds);
  const kind = offered.find((one) => one.name === chosen.value) ?? offered[0];
  const make = async () => {
    if (!box.current || !kind) return { ok: false as const, error: { message: "", control: "" } };
    return questionOf({ state, wish, kind, first, names }, typedIn(box.current));
  };
  const { checked, soon } = useCheck(operation, make);
  const key = keyOf(operation, wish);
  const [isAsLeft] = useState(() => Object.keys(typedBefore(key)).length > 0);
  useKept(box, key, kind?.name);
  if (!kind) return null;
  last.current = kind.name;
  const comparing = (kind.name === held && COMPARES[wish.tie?.relation ?? ""]) || "";

  const refuse = (form: HTMLFormElement, message: string, control: string): void => {
    problem.value = message;
    (form.elements.namedItem(control) as HTMLElement | null)?.focus();
  };
  /** What has to be said before it is written; empty where it can be. */
  const standsAgainst = async (question: EntryQuestion, asks: readonly string[]): Promise<string> => {
    const answer = await api.checkEntry(operation, question);
    if (!answer.ok) return ""; // the refusal of the writing says it, with its field
    if (comparing && !answer.value.changes.length) return NOTHING_OTHERWISE[wish.tie?.relation ?? ""] ?? "";
    const doubts = [...asks, ...answer.value.asks].join(" ");
    if (!doubts || doubts === asked.value) return "";
    asked.value = doubts;
    return `${doubts} ${AGAIN}`;
  };
  const send = async (form: HTMLFormElement): Promise<void> => {
    const typed = typedIn(form);
    const made = await make();
    if (!made.ok) return refuse(form, made.error.message, made.error.control);
    problem.value = await standsAgainst(made.value.question, made.value.asks);
    if (problem.value) return;
    const answer = await api.writeEntry(operation, made.value.question);
    if (!answer.ok) return refuse(form, answer.error.message, controlNamed(answer.error.message, kind));
    forget(key);
    if (!wish.draft && !wish.tie) remember(typed);
    form.closest("dialog")?.close();
    if (wish.done) wish.done(answer.value.fact.id);
    else choose(store, answer.value.fact.id);
    keepWritten(store, answer.value, wish);
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
  const places = ({ field, name, first: at }: { field: FormField; name: string; first: string }): JSX.Element => (
    <PlaceField key={name} store={store} label={field.label} name={name} first={at} names={names} />
  );
  const own = { kind, zone, places, first: kind.name === held ? first : { ...first, body: {}, places: {} } };
  const above = wish.tie ? `${readable(wish.tie.relation)}: ${wish.tie.to.fact.says}` : wish.draft?.says;
  return (
    <form ref={box} method="dialog" noValidate onSubmit={submit} onKeyDown={sendOnEnter} onInput={soon} onChange={soon}>
      <h2>{titleOf(wish)}</h2>
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
        <WhereField store={store} first={first.where} names={names} />
        <Field
          field={plainField("when", "When")}
          first={first.when}
          placeholder={
            isNow(state) ? "now; or 19:05, yesterday 7pm, day 3 morning" : "the moment shown; or 7pm, day 11 about 7pm"
          }
        />
      </div>
      <SpeakerFields first={first} kinds={kinds} names={names} />
      <div class="entry-fields">
        <Field
          field={plainField("learnt", "Learnt by the room")}
          first={first.learnt}
          placeholder="now; or 19:20, when the message came"
        />
      </div>
      <MoreFields key={`more-${kind.name}`} {...own} />
      <CheckSection checked={checked.value} comparesWith={comparing} />
      {problem.value && (
        <p class="warning" role="alert">
          {problem.value}
        </p>
      )}
      <div class="row">
        <button type="submit" class="primary" disabled={isSending.value}>
          {problem.value && problem.value === `${asked.value} ${AGAIN}` ? "Write it all the same" : "Write it"}
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
  const names = useSignal<Names | null>(null);
  const isOpen = Boolean(wish && kinds && operation);
  useEffect(() => {
    if (isOpen && operation)
      void api.listNames(operation.id).then((found) => {
        if (found.ok) names.value = found.value;
      });
  }, [isOpen, operation?.id]);
  useLayoutEffect(() => {
    if (!isOpen) return;
    dialog.current?.showModal();
    // a draft, and an entry that is corrected or disputed, are read from their own fields on
    const isFilled = store.get().wish?.draft || store.get().wish?.tie;
    dialog.current?.querySelector<HTMLElement>(isFilled ? "[name^=body-]" : "[name=kind]")?.focus();
  }, [isOpen, store]);
  useLayoutEffect(() => {
    if (picking) dialog.current?.close();
    else if (isOpen && !dialog.current?.open) dialog.current?.showModal();
  }, [picking, isOpen]);
  const closed = (): void => {
    if (!store.get().picking) store.set({ wish: null });
  };
  const own = { store, names: names.value };
  return (
    <dialog
      ref={dialog}
      class="entry-form"
      aria-label={wish?.tie || wish?.again ? titleOf(wish) : "New entry"}
      onClose={closed}
    >
      {isOpen && wish && kinds && wish.tie?.relation === "withdraws" && (
        <WithdrawForm {...own} kinds={kinds} wish={wish} entry={wish.tie.to} />
      )}
      {isOpen && wish && kinds && wish.tie?.relation !== "withdraws" && (
        <Form
          key={turn.value}
          {...own}
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
