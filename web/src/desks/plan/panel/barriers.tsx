/** The list of barriers, in step with the map. */
import type { JSX } from "preact";
import type { Barrier } from "../../../contract/index.ts";
import { Item, Items } from "../../../lib/items.tsx";
import { Section } from "../../../lib/parts.tsx";
import { points } from "../../../lib/units.ts";
import { listed } from "../../../lib/words.ts";
import { isGate } from "../map/features.ts";
import { isPinned } from "../question.ts";
import { type PlanStore, questionOf, select } from "../store.ts";

export const whereWords = ({ between, place, side }: Barrier): string => {
  const where = between.length ? `${place === "junction" ? "with" : "between"} ${listed(between)}` : "";
  return [where, side].filter(Boolean).join(", ");
};

export const placeWord = (barrier: Barrier): string =>
  `${isGate(barrier) ? "Gate across" : "Across"} the ${barrier.place}`;

const Unseen = ({ text }: { readonly text: string }): JSX.Element => <span class="unseen">{text}</span>;

type ItemProps = { readonly store: PlanStore; readonly barrier: Barrier; readonly barriers: readonly Barrier[] };

function BarrierItem({ store, barrier, barriers }: ItemProps): JSX.Element {
  const { selection } = store.get();
  const { number, street, place } = barrier;
  const isCurrent = selection?.kind === "barrier" && selection.number === number;
  const pinned = isPinned(questionOf(store.get()), barrier, barriers);
  return (
    <Item
      isCurrent={isCurrent}
      act={() => select(store, isCurrent ? null : { kind: "barrier", number })}
      sign={
        <>
          <Unseen text={`Barrier ${number}, `} />
          <span class={`badge ${place}${isGate(barrier) ? " gate" : ""}`} aria-hidden="true">
            {number}
          </span>
        </>
      }
      text={
        <>
          <strong>{street}</strong>
          <Unseen text=", " />
          <small>{whereWords(barrier)}</small>
        </>
      }
      note={
        <>
          <Unseen text={`, ${placeWord(barrier).toLowerCase()}, `} />
          {pinned ? "pinned" : points(barrier.cost)}
          {!pinned && <Unseen text=" points" />}
        </>
      }
    />
  );
}

export function Barriers({ store }: { readonly store: PlanStore }): JSX.Element | null {
  const barriers = store.get().answer?.cordon?.barriers ?? [];
  if (!barriers.length) return null;
  return (
    <Section title={`Barriers (${barriers.length})`} id="barriers" open>
      <Items label="Barriers" id="barrier-list">
        {barriers.map((barrier) => (
          <BarrierItem key={barrier.number} store={store} barrier={barrier} barriers={barriers} />
        ))}
      </Items>
    </Section>
  );
}
