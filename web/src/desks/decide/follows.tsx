/** What follows from a decision: drafts of tasks and notices, each to be kept or struck out before anybody signs. */
import type { JSX, TargetedEvent } from "preact";
import { Section } from "../../lib/parts.tsx";
import { counted } from "../../lib/units.ts";
import { listed } from "../../lib/words.ts";
import { emptyFollow, type FollowForm, type SignForm } from "./form.ts";

type Props = { readonly form: SignForm; readonly set: (parts: Partial<SignForm>) => void };

/** "2 tasks and 1 notice"; empty where none is kept. */
export function keptWords({ follows }: SignForm): string {
  const kept = follows.filter(({ keep, text }) => keep && text.trim());
  const tasks = kept.filter(({ kind }) => kind === "task").length;
  const notices = kept.length - tasks;
  return listed([tasks ? counted(tasks, "task") : "", notices ? counted(notices, "notice") : ""].filter(Boolean));
}

type OneProps = {
  readonly one: FollowForm;
  readonly by: string;
  readonly change: (parts: Partial<FollowForm>) => void;
};
type Field = TargetedEvent<HTMLInputElement | HTMLTextAreaElement>;

const One = ({ one, by, change }: OneProps): JSX.Element => {
  const isTask = one.kind === "task";
  return (
    <li class={one.keep ? "follow-up" : "follow-up struck"}>
      <label class="check">
        <input
          type="checkbox"
          checked={one.keep}
          onChange={({ currentTarget: { checked } }) => change({ keep: checked })}
        />
        <span>{`${isTask ? "Task" : "Notice"}: ${one.keep ? "is written" : "struck out"}`}</span>
      </label>
      <textarea
        rows={3}
        aria-label={isTask ? "What is to be done" : "Text of the notice"}
        value={one.text}
        disabled={!one.keep}
        onInput={({ currentTarget: { value } }: Field) => change({ text: value })}
      />
      <input
        aria-label={isTask ? "Who does it" : "To whom"}
        placeholder={isTask ? by || "who decides" : "everybody"}
        value={one.to}
        disabled={!one.keep}
        onInput={({ currentTarget: { value } }: Field) => change({ to: value })}
      />
      {isTask && (
        <input
          aria-label="Done by"
          placeholder="by when: tomorrow 6pm"
          value={one.due}
          disabled={!one.keep}
          onInput={({ currentTarget: { value } }: Field) => change({ due: value })}
        />
      )}
    </li>
  );
};

export const Follows = ({ form, set }: Props): JSX.Element => {
  const change = (key: string, parts: Partial<FollowForm>): void =>
    set({ follows: form.follows.map((one) => (one.key === key ? { ...one, ...parts } : one)) });
  return (
    <Section title={`What follows (${form.follows.length})`} id="sign-follows" open>
      <p>
        {form.follows.length
          ? "Keep or strike out each. What you keep is written with the decision, and names it as its source."
          : "Nothing follows from it yet."}
      </p>
      <ul class="follow-ups" aria-label="Tasks and notices that follow">
        {form.follows.map((one) => (
          <One key={one.key} one={one} by={form.by.trim()} change={(parts) => change(one.key, parts)} />
        ))}
      </ul>
      <p class="row-acts">
        {(["task", "notice"] as const).map((kind) => (
          <button
            key={kind}
            type="button"
            class="quiet"
            onClick={() => set({ follows: [...form.follows, emptyFollow(kind)] })}
          >
            {`Add a ${kind}`}
          </button>
        ))}
      </p>
    </Section>
  );
};
