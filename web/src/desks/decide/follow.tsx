/** What follows from decisions: the objective and which posts have read it, tasks, notices. */
import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import * as api from "../../contract/api.ts";
import type { ObjectiveOf, TaskOf } from "../../contract/index.ts";
import { Section } from "../../lib/parts.tsx";
import { fullTimeWords, iso } from "../../lib/times.ts";
import { counted } from "../../lib/units.ts";
import { listed, readable } from "../../lib/words.ts";
import { Cited } from "../talks/cited.tsx";
import type { AtTab } from "./tabs.tsx";

const timeOf = (moment: string, zone: string): string => fullTimeWords(Date.parse(moment), zone);

type ObjectiveProps = {
  readonly objective: ObjectiveOf;
  readonly zone: string;
  readonly read: (entry: string, post: string) => void;
};

const Objective = ({ objective, zone, read }: ObjectiveProps): JSX.Element => (
  <ul class="stack" aria-label="Posts">
    {objective.posts.map(({ post, read: at }) => (
      <li key={post} class="post">
        <span>
          <span class={`tag ${at ? "done" : "overdue"}`}>{at ? "Read" : "Not read"}</span> {post}
          {at ? `, ${timeOf(at, zone)}` : ""}
        </span>
        {!at && (
          <button type="button" class="quiet" onClick={() => read(objective.line.id, post)}>
            {`${post} has read it`}
          </button>
        )}
      </li>
    ))}
  </ul>
);

const Task = ({ task, zone }: { readonly task: TaskOf; readonly zone: string }): JSX.Element => (
  <li class="matter">
    <p>
      <span class={`tag ${task.state}`}>{readable(task.state)}</span> {task.what}
    </p>
    <p class="rest">{`${task.to}${task.due ? `, by ${timeOf(task.due, zone)}` : ""}${task.decision ? `. Follows from ${task.decision}` : ""}.`}</p>
  </li>
);

export function FollowTab({ store, toEntry }: AtTab): JSX.Element {
  const { follow, operation } = store.get();
  const fault = useSignal("");
  if (!follow) return <p class="lead">Reading what follows…</p>;
  const read = async (entry: string, post: string): Promise<void> => {
    if (!operation) return;
    const id = crypto.randomUUID().replaceAll("-", "");
    const found = await api.writeEntry(operation.id, {
      id,
      kind: "receipt",
      body: { of: entry, by: post },
      happened: iso(Date.now()),
      source: post,
    });
    fault.value = found.ok ? "" : found.error.message;
    store.set({ asked: store.get().asked + 1 });
  };
  const { objective, waiting } = follow;
  return (
    <>
      <section class="summary" role="status" aria-live="polite" aria-label="Summary">
        <p class="lead">{objective ? objective.what : "No objective was set. Enter one with the kind “objective”."}</p>
        {objective && (
          <p class="rest">
            {waiting.length
              ? `Not read by ${listed(waiting)}: remind these, and nobody else.`
              : "Every post that had to has read it."}
          </p>
        )}
      </section>
      {fault.value && <p class="warning">{fault.value}</p>}
      {objective && (
        <Objective objective={objective} zone={follow.zone} read={(entry, post) => void read(entry, post)} />
      )}
      {follow.earlier.length > 0 && (
        <Section title={`Earlier objectives (${follow.earlier.length})`} id="follow-earlier">
          <Cited lines={follow.earlier.map(({ line }) => line)} toEntry={toEntry} says />
        </Section>
      )}
      <Section title={counted(follow.tasks.length, "task")} id="follow-tasks" open>
        {follow.tasks.length === 0 && <p class="rest">No task is in the record. Enter one with the kind “task”.</p>}
        <ul class="stack">
          {follow.tasks.map((task) => (
            <Task key={task.line.id} task={task} zone={follow.zone} />
          ))}
        </ul>
      </Section>
      <Section title={`Notices of decisions (${follow.notices.length})`} id="follow-notices">
        <Cited lines={follow.notices} toEntry={toEntry} says />
      </Section>
    </>
  );
}
