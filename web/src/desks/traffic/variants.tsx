/** Other ways to place this cordon, ranked by their impact: looked for when asked, looked at as ghosts, taken by pinning. */
import type { JSX, TargetedEvent } from "preact";
import { useEffect, useMemo } from "preact/hooks";
import * as api from "../../contract/api.ts";
import type { PlanQuestion, VariantImpact, VariantsAnswer } from "../../contract/index.ts";
import { NumberChoice } from "../../lib/fields.tsx";
import { Item, Items } from "../../lib/items.tsx";
import { Section } from "../../lib/parts.tsx";
import { createStore, onChange, type Store } from "../../lib/store.ts";
import { counted, effort } from "../../lib/units.ts";
import { type Work, WorkBlock } from "../../lib/work.tsx";
import { hasSite } from "../plan/question.ts";
import { ask, type PlanStore, questionOf } from "../plan/store.ts";
import { type Alike, alike, figuresOf, ORDERS, type Order, ordered } from "./orders.ts";
import { presentOf, type TrafficDesk } from "./store.ts";
import { demandWord, hourWords } from "./words.ts";

type Found = { readonly plan: PlanQuestion; readonly answer: VariantsAnswer };
type Look = {
  readonly count: number;
  readonly by: Order;
  readonly work: Work | null;
  readonly failure: string;
  readonly found: Found | null;
  readonly chosen: string | null;
};
type Looks = Store<Look>;
type Search = { readonly looks: Looks; readonly look: () => void; readonly cancel: () => void };
type Props = { readonly store: TrafficDesk };

const COUNTS = [20, 60, 200];
const FIRST = 8;

function startLooking(store: TrafficDesk): Search {
  const looks: Looks = createStore<Look>({
    count: COUNTS[1] ?? 0,
    by: "burden",
    work: null,
    failure: "",
    found: null,
    chosen: null,
  });
  let stop: AbortController | null = null;
  const look = async (): Promise<void> => {
    stop?.abort();
    const mine = new AbortController();
    stop = mine;
    const { question: plan, hour } = presentOf(store.plan, store);
    looks.set({ work: { doing: "", share: 0, secondsLeft: null }, failure: "" });
    const end = await api.followVariants(
      store.plan.get().network.id,
      { plan, hour, count: looks.get().count },
      mine.signal,
      ({ doing, share, seconds_left: secondsLeft, answer }) => {
        if (stop !== mine) return;
        looks.set({
          work: { doing, share, secondsLeft },
          ...(answer ? { found: { plan, answer }, chosen: null } : {}),
        });
      },
    );
    if (stop !== mine) return;
    looks.set({ work: null, failure: end.ok || end.error.kind === "cancelled" ? "" : end.error.message });
  };
  const cancel = (): void => {
    stop?.abort();
    stop = null;
    looks.set({ work: null });
  };
  return { looks, look: () => void look(), cancel };
}

function take(plan: PlanStore, found: Found, { spots }: VariantImpact): void {
  ask(plan, { ...found.plan, pins: [...spots], never: [], at_most: null });
}

type ItemProps = { readonly plan: PlanStore; readonly looks: Looks; readonly group: Alike; readonly rank: number };

function VariantItem({ plan, looks, group: { variant, others }, rank }: ItemProps): JSX.Element {
  const { chosen, by, found } = looks.get();
  const isCurrent = chosen === variant.name;
  const act = (): void => {
    looks.set({ chosen: isCurrent ? null : variant.name });
    plan.set({ ghosts: isCurrent ? [] : variant.spots });
  };
  const { main, rest } = figuresOf(variant, by);
  const cost = variant.cost_points === null ? "" : `, ${effort(variant.cost_points)}`;
  return (
    <Item
      isCurrent={isCurrent}
      act={act}
      sign={
        <span class="rank" aria-hidden="true">
          {rank}
        </span>
      }
      text={
        <>
          <strong>{`${counted(variant.spots.length, "barrier")}${cost}`}</strong>
          <small class={isCurrent ? "" : "one-line"}>{variant.places.join("; ")}</small>
          <small>{rest.join("; ")}</small>
          {others > 0 && <small>{`${counted(others, "dearer cordon does", "dearer cordons do")} the same`}</small>}
          {variant.unbeaten && <small class="unbeaten">no other is as good in everything</small>}
        </>
      }
      note={
        <>
          <strong>{main.value}</strong>
          <small>{main.unit}</small>
        </>
      }
    >
      {isCurrent && found && (
        <button type="button" class="primary" onClick={() => take(plan, found, variant)}>
          Use these barriers
        </button>
      )}
    </Item>
  );
}

type ListProps = { readonly plan: PlanStore; readonly looks: Looks; readonly found: Found };

function List({ plan, looks, found: { answer } }: ListProps): JSX.Element {
  const { by } = looks.get();
  const items = alike(ordered(answer.variants, by)).map((group, index) => (
    <VariantItem key={group.variant.name} plan={plan} looks={looks} group={group} rank={index + 1} />
  ));
  const rest = items.slice(FIRST);
  const choose = ({ currentTarget }: TargetedEvent<HTMLSelectElement>): void =>
    looks.set({ by: currentTarget.value as Order });
  return (
    <>
      <label class="field">
        <span>Ranked by</span>
        <select value={by} onChange={choose}>
          {Object.entries(ORDERS).map(([value, { title }]) => (
            <option key={value} value={value}>
              {title}
            </option>
          ))}
        </select>
      </label>
      <Items label="Cordons by rank" look="variants">
        {items.slice(0, FIRST)}
      </Items>
      {rest.length > 0 && (
        <details class="more">
          <summary>{`The other ${rest.length}`}</summary>
          <Items label="More cordons by rank" look="variants">
            {rest}
          </Items>
        </details>
      )}
      <p class="quiet">
        {`${hourWords(answer.hour)}, ${demandWord(plan.get().network.own_trips)} without draws. ${answer.burden}`}
      </p>
    </>
  );
}

function Form({ looks, look }: Omit<Search, "cancel">): JSX.Element {
  const { count, found } = looks.get();
  return (
    <>
      <NumberChoice
        label="Cordons to compare, at most"
        values={COUNTS}
        chosen={count}
        words={String}
        act={(chosen) => looks.set({ count: chosen })}
      />
      <button type="button" onClick={look}>
        {found ? "Look again" : "Look for other cordons"}
      </button>
    </>
  );
}

export function Variants({ store }: Props): JSX.Element | null {
  const { plan } = store;
  const { looks, look, cancel } = useMemo(() => startLooking(store), [store]);
  useEffect(() => {
    const end = onChange(plan, ["ghosts"], ({ ghosts }) => {
      if (!ghosts.length && looks.get().chosen !== null) looks.set({ chosen: null });
    });
    return () => {
      end();
      cancel();
    };
  }, [plan, looks, cancel]);
  const { work, failure, found } = looks.get();
  if (!hasSite(questionOf(plan.get()))) return null;
  const title = "Other ways to place this cordon";
  return (
    <Section
      title={found ? `${title} (${found.answer.variants.length})` : title}
      id="variants"
      words={["variant", "burden", "unbeaten"]}
    >
      <div class="stack">
        <p>Cordons round the same site, each with proof, ranked by what they do to traffic, buses and help.</p>
        {work ? (
          <WorkBlock work={work} label="Comparing other cordons" cancel={cancel} />
        ) : (
          <Form looks={looks} look={look} />
        )}
        {failure && (
          <p class="warning" role="alert">
            {failure}
          </p>
        )}
        {found && <List plan={plan} looks={looks} found={found} />}
      </div>
    </Section>
  );
}
