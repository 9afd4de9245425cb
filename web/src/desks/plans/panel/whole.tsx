/** What a plan says of itself as a whole. */
import type { JSX } from "preact";
import type { TrafficPlan } from "../../../contract/index.ts";
import { NumberField } from "../../../lib/fields.tsx";
import { Section } from "../../../lib/parts.tsx";
import { edit, inHand, type PlansStore, planOf } from "../store.ts";
import { MomentField, ReadField } from "./field.tsx";

type Props = { readonly store: PlansStore };
type Taken = Promise<{ fault?: string }>;

export function Whole({ store }: Props): JSX.Element | null {
  const plan = planOf(store.get());
  if (!plan) return null;
  const put = (change: Partial<TrafficPlan>): Record<never, never> => {
    edit(store, { ...plan, ...change });
    return {};
  };
  const needed =
    (name: "plan" | "title") =>
    async (text: string): Taken =>
      text ? put({ [name]: text }) : { fault: "It needs a name." };
  const offered =
    (name: "organiser" | "author" | "change") =>
    async (text: string): Taken =>
      put({ [name]: text || null });
  return (
    <Section title="Title and hours" id="plan-whole" open={true}>
      <ReadField label="Title" words={plan.title} take={needed("title")} />
      {!inHand(store.get()).from && <ReadField label="Short name" words={plan.plan} take={needed("plan")} />}
      <MomentField
        store={store}
        label="From"
        value={plan.starts}
        empty="day 14 03:30"
        act={(starts) => put({ starts })}
      />
      <MomentField store={store} label="Until" value={plan.ends} empty="day 15 18:00" act={(ends) => put({ ends })} />
      <ReadField
        label="Organiser"
        words={plan.organiser ?? ""}
        hint="of the event: a group or an office"
        take={offered("organiser")}
      />
      <ReadField label="Written by" words={plan.author ?? ""} hint="an office" take={offered("author")} />
      <NumberField
        label="People expected"
        unit=""
        value={plan.attendance?.high ?? plan.attendance?.low ?? null}
        limits={{ least: 0, most: 1e7, whole: true }}
        step={100}
        empty="not said"
        act={(value) =>
          put({ attendance: value === null ? null : { low: value, high: value, about: true, said: null } })
        }
      />
      <ReadField
        label="What this version changes"
        words={plan.change ?? ""}
        hint="and why"
        take={offered("change")}
        lines
      />
    </Section>
  );
}
