/** An entry that is withdrawn: itself, as it stands; who withdraws it and why. It stays readable and no longer counts. */
import { useSignal } from "@preact/signals";
import type { JSX, TargetedEvent } from "preact";
import { useState } from "preact/hooks";
import * as api from "../../contract/api.ts";
import type { EntryAnswer, KindsAnswer, Names } from "../../contract/index.ts";
import { Facts } from "../../lib/parts.tsx";
import { iso, whenWords } from "../../lib/times.ts";
import { Field, plainField, sendOnEnter } from "./entry-fields.tsx";
import { beginningOf, sourceTyped } from "./new-entry.ts";
import { SpeakerFields } from "./speaker-fields.tsx";
import { choose, type PictureStore, type Wish, zoneOf } from "./store.ts";
import { keepWritten } from "./written.tsx";

type Props = {
  readonly store: PictureStore;
  readonly wish: Wish;
  readonly entry: EntryAnswer;
  readonly kinds: KindsAnswer;
  readonly names: Names | null;
};

const REASON = { ...plainField("why", "Why is it withdrawn"), type: "long", needed: true } as const;

export function WithdrawForm({ store, wish, entry, kinds, names }: Props): JSX.Element {
  const zone = zoneOf(store.get());
  const [first] = useState(() => beginningOf(wish, zone));
  const problem = useSignal("");
  const { fact } = entry;

  const submit = async (event: TargetedEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    const form = event.currentTarget;
    const data = new FormData(form);
    const typed = (name: string): string => String(data.get(name) ?? "").trim();
    const { operation } = store.get();
    if (!operation) return;
    if (!typed("why")) {
      problem.value = "Say why it is withdrawn.";
      form.querySelector("textarea")?.focus();
      return;
    }
    const answer = await api.writeEntry(operation.id, {
      id: first.id,
      kind: "remark",
      body: { text: typed("why") },
      happened: iso(Date.now()),
      source: sourceTyped(typed),
      withdraws: [fact.id],
    });
    problem.value = answer.ok ? "" : answer.error.message;
    if (!answer.ok) return;
    form.closest("dialog")?.close();
    choose(store, fact.id);
    keepWritten(store, answer.value, wish);
  };
  return (
    <form method="dialog" noValidate onSubmit={submit} onKeyDown={sendOnEnter}>
      <h2>Withdraw this entry</h2>
      <p class="tie">{fact.says}</p>
      <Facts
        rows={[
          ["Where", fact.where || "not given"],
          ["When", whenWords(fact.happened, zone)],
          ["Said by", fact.source.speaker],
        ]}
      />
      <p>It stays in the record, marked as withdrawn, and no longer counts.</p>
      <div class="entry-fields">
        <Field field={REASON} first="" />
      </div>
      <SpeakerFields first={first} kinds={kinds} names={names} />
      {problem.value && (
        <p class="warning" role="alert">
          {problem.value}
        </p>
      )}
      <div class="row">
        <button type="submit" class="primary">
          Withdraw it
        </button>
        <button type="button" onClick={(event) => event.currentTarget.closest("dialog")?.close()}>
          Cancel
        </button>
      </div>
    </form>
  );
}
