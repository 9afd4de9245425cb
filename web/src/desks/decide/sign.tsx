/** Signing: a quick decision in two fields; or in full, with what contradicts it read first. */
import { useSignal } from "@preact/signals";
import type { JSX, TargetedEvent } from "preact";
import { useId } from "preact/hooks";
import * as api from "../../contract/api.ts";
import type { SignCheck } from "../../contract/index.ts";
import { Checkbox, Section } from "../../lib/parts.tsx";
import { iso } from "../../lib/times.ts";
import { capital, counted } from "../../lib/units.ts";
import { listed } from "../../lib/words.ts";
import { Cited, type ToEntry } from "../talks/cited.tsx";
import { Expectations } from "./expectations.tsx";
import { Follows, keptWords } from "./follows.tsx";
import { draftOf, emptyForm, otherOptions, type SignForm, saidOf, withProposed } from "./form.ts";
import { Contradictions } from "./log.tsx";
import type { AtTab } from "./tabs.tsx";

type SetForm = (parts: Partial<SignForm>) => void;
type TextName =
  | "by"
  | "what"
  | "place"
  | "why"
  | "question"
  | "options"
  | "present"
  | "dissent"
  | "review"
  | "legal_basis"
  | "least_restrictive"
  | "rests_on"
  | "supersedes"
  | "outcome";

type FieldProps = {
  readonly name: TextName;
  readonly label: string;
  readonly hint?: string;
  readonly rows?: number;
  readonly form: SignForm;
  readonly set: SetForm;
};

const Field = ({ name, label, hint, rows, form, set }: FieldProps): JSX.Element => {
  const id = useId();
  const type = (event: TargetedEvent<HTMLInputElement | HTMLTextAreaElement>): void =>
    set({ [name]: event.currentTarget.value });
  return (
    <div class="sign-field">
      <label for={id}>{label}</label>
      {hint && <small>{hint}</small>}
      {rows ? (
        <textarea id={id} rows={rows} value={form[name]} onInput={type} />
      ) : (
        <input id={id} value={form[name]} onInput={type} />
      )}
    </div>
  );
};

type Parts = { readonly form: SignForm; readonly set: SetForm };

const WhyNot = ({ form, set }: Parts): JSX.Element => (
  <>
    {otherOptions(form).map((option) => (
      <label class="sign-field" key={option}>
        <span>{`Why not: ${option}`}</span>
        <input
          value={form.whyNot[option] ?? ""}
          onInput={(event) => set({ whyNot: { ...form.whyNot, [option]: event.currentTarget.value } })}
        />
      </label>
    ))}
  </>
);

const Whole = ({ form, set }: Parts): JSX.Element => (
  <>
    <Field name="question" label="Question" form={form} set={set} />
    <Field
      name="options"
      label="Options"
      hint="One a line, the least restrictive first; waiting is one."
      rows={3}
      form={form}
      set={set}
    />
    <WhyNot form={form} set={set} />
    <label class="sign-field">
      <span>Authority</span>
      <select
        value={form.authority}
        onChange={(event) => set({ authority: event.currentTarget.value as SignForm["authority"] })}
      >
        <option value="">Not said</option>
        <option value="own">Its own to decide</option>
        <option value="order">An order</option>
        <option value="advice">Advice: nobody is bound by it</option>
      </select>
    </label>
    <Field name="legal_basis" label="Legal basis" form={form} set={set} />
    <Field name="least_restrictive" label="Why nothing less restrictive would do" rows={2} form={form} set={set} />
    <Field name="present" label="Present" hint="Offices, one a line; never names." rows={2} form={form} set={set} />
    <Field
      name="dissent"
      label="Dissent"
      hint="Who disagreed and why, or who was asked and did not."
      rows={2}
      form={form}
      set={set}
    />
    <Field name="rests_on" label="Rests on" hint="Ids of entries, of two speakers at least." form={form} set={set} />
    <Field
      name="review"
      label="Review"
      hint="When it is looked at again, such as 'tomorrow 7pm'."
      form={form}
      set={set}
    />
    <Expectations expects={form.expects} act={(expects) => set({ expects })} />
  </>
);

type ContraryProps = {
  readonly found: SignCheck;
  readonly seen: readonly string[];
  readonly mark: (entry: string, on: boolean) => void;
  readonly toEntry: ToEntry;
};

/** What speaks against it, each to be ticked once it is read. */
const Contrary = ({ found, seen, mark, toEntry }: ContraryProps): JSX.Element => (
  <Section title={`Contrary word (${found.contrary.length})`} id="sign-contrary" open>
    {found.contrary.length === 0 && <p class="rest">Nothing contradicts it, and nothing has a single source.</p>}
    <ul class="stack">
      {found.contrary.map((belief) => (
        <li key={belief.line.id} class="matter">
          {belief.contradicted_by.length > 0 && <span class="tag clash">Contradicted</span>}
          {belief.is_single_sourced && <span class="tag single_source">Single source</span>}
          <Cited lines={[belief.line, ...belief.contradicted_by]} toEntry={toEntry} says />
          <Checkbox
            label="I have read this"
            checked={seen.includes(belief.line.id)}
            act={(on) => mark(belief.line.id, on)}
          />
        </li>
      ))}
    </ul>
    {found.contradictions.length > 0 && <Contradictions pairs={found.contradictions} toEntry={toEntry} />}
    {found.empty.length > 0 && <p class="rest">{`Not filled in: ${listed(found.empty)}.`}</p>}
  </Section>
);

export function SignTab({ store, moment, toEntry }: AtTab): JSX.Element {
  const { form, completing, log, operation } = store.get();
  const found = useSignal<SignCheck | null>(null);
  const said = useSignal("");
  const row = log?.decisions.find(({ line }) => line.id === completing);
  const set: SetForm = (parts) => {
    store.set({ form: { ...store.get().form, ...parts } });
    if (!("seen" in parts || "follows" in parts)) found.value = null;
  };
  const mark = (entry: string, on: boolean): void => {
    const others = store.get().form.seen.filter((one) => one !== entry);
    set({ seen: on ? [...others, entry] : others });
  };
  const draft = () => {
    const { at, knownAt } = moment.get();
    return draftOf(store.get().form, iso(at), iso(knownAt));
  };
  const done = (words: string): void => {
    found.value = null;
    said.value = words;
    store.set({ form: emptyForm(), completing: "", asked: store.get().asked + 1 });
  };
  const look = async (): Promise<void> => {
    if (!operation) return;
    const answer = await api.checkDecision(operation.id, draft());
    if (answer.ok) {
      const { form: typed } = store.get();
      store.set({ form: { ...typed, follows: withProposed(typed.follows, answer.value.follows) } });
      found.value = answer.value;
    }
    said.value = answer.ok ? "" : answer.error.message;
  };
  const sign = async (quick: boolean): Promise<void> => {
    if (!operation) return;
    const answer = completing
      ? await api.completeDecision(operation.id, completing, saidOf(store.get().form))
      : await api.signDecision(operation.id, quick ? { ...draft(), follows: [] } : draft(), quick);
    if (!answer.ok) {
      said.value = answer.error.message;
      return;
    }
    const { decision, empty, notices, expectations, follows } = answer.value;
    const more = [
      expectations.length ? counted(expectations.length, "expectation") : "",
      follows.length ? keptWords(store.get().form) : "",
    ].filter(Boolean);
    const gaps = empty.length ? ` Not filled in: ${listed(empty)}.` : "";
    const none = completing || follows.length ? "" : " No task and no notice was written with it.";
    done(
      `Written: ${decision}${more.length ? ` with ${listed(more)}` : ""}.${none}${gaps} ${notices.join(" ")}`.trim(),
    );
  };
  const check = found.value;
  const isRead = check?.contrary.every(({ line }) => form.seen.includes(line.id)) ?? false;
  const ready = isRead && check?.empty.length === 0;
  return (
    <div class="sign">
      {said.value && (
        <p class="said" role="status">
          {said.value}
        </p>
      )}
      {completing ? (
        <>
          <p class="lead">{`Fill in what is empty of: ${row?.body.what ?? completing}`}</p>
          {row && row.empty.length > 0 && <p class="rest">{`${capital(listed(row.empty))}.`}</p>}
          <Field name="outcome" label="What came of it" rows={2} form={form} set={set} />
          <Field name="why" label="Reasons" rows={2} form={form} set={set} />
        </>
      ) : (
        <>
          <p class="lead">A decision on the picture that the bar of time shows.</p>
          <Field
            name="by"
            label="Office that decides"
            hint="Behind a comma its organisation; never a name."
            form={form}
            set={set}
          />
          <Field name="what" label="What is decided" rows={2} form={form} set={set} />
          <Field name="why" label="Reasons" rows={2} form={form} set={set} />
        </>
      )}
      {completing ? (
        <div class="sign-acts">
          <button type="button" class="primary" onClick={() => void sign(false)}>
            Fill in
          </button>
          <button
            type="button"
            class="quiet"
            onClick={() => store.set({ completing: "", form: emptyForm(), tab: "log" })}
          >
            Leave it
          </button>
        </div>
      ) : (
        <button type="button" class="quiet" onClick={() => void sign(true)}>
          Write it now, complete it later
        </button>
      )}
      <Section title="The whole decision" id="sign-whole" open={Boolean(completing)}>
        <Whole form={form} set={set} />
        {!completing && (
          <Field
            name="place"
            label="Where"
            hint="A place where the figures are counted that are to show what is expected; needed where they are counted at several."
            form={form}
            set={set}
          />
        )}
        {!completing && (
          <Field
            name="supersedes"
            label="Takes the place of"
            hint="Ids of decisions or proposals."
            form={form}
            set={set}
          />
        )}
      </Section>
      {!completing && (
        <button type="button" onClick={() => void look()}>
          Show what speaks against it
        </button>
      )}
      {found.value && <Contrary found={found.value} seen={form.seen} mark={mark} toEntry={toEntry} />}
      {found.value && <Follows form={form} set={set} />}
      {found.value && (
        <button type="button" class="primary" disabled={!ready} onClick={() => void sign(false)}>
          {keptWords(form) ? `Sign, with ${keptWords(form)}` : "Sign"}
        </button>
      )}
      {found.value && !ready && (
        <p class="rest">Read each contrary word, and fill in what is empty, before you sign.</p>
      )}
    </div>
  );
}
