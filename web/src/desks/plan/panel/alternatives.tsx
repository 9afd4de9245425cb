/** Really different cordons: looked at as ghosts on the map, taken by pinning their barriers. */
import type { JSX } from "preact";
import type { Cordon } from "../../../contract/index.ts";
import { Item, Items } from "../../../lib/items.tsx";
import { Section } from "../../../lib/parts.tsx";
import { effort } from "../../../lib/units.ts";
import { ask, type PlanStore, questionOf } from "../store.ts";
import { countsWords } from "./barriers.tsx";
import { Looking } from "./looking.tsx";

type Alternative = Cordon["alternatives"][number];
type Props = { readonly store: PlanStore; readonly cordon: Cordon };

const WANTED = 3;

function take(store: PlanStore, { barriers }: Alternative): void {
  const pins = barriers.flatMap(({ spots }) => spots);
  ask(store, { ...questionOf(store.get()), pins, never: [], at_most: null });
}

type ItemProps = Props & { readonly other: Alternative; readonly index: number };

function OtherCordon({ store, cordon, other, index }: ItemProps): JSX.Element {
  const isCurrent = store.get().alternative === index;
  const more = other.barrier_cost - cordon.barrier_cost;
  return (
    <Item
      isCurrent={isCurrent}
      act={() => store.set({ alternative: isCurrent ? null : index })}
      text={
        <>
          <strong>{countsWords(other)}</strong>
          <small>{[...new Set(other.barriers.map(({ street }) => street))].join(", ")}</small>
        </>
      }
      note={`${more < 0 ? "\u2212" : "+"}${effort(Math.abs(more))}`}
    >
      {isCurrent && (
        <button type="button" class="primary" onClick={() => take(store, other)}>
          Use these barriers
        </button>
      )}
    </Item>
  );
}

function Body({ store, cordon }: Props): JSX.Element {
  if (questionOf(store.get()).alternatives === 0) {
    const look = (): void => ask(store, { ...questionOf(store.get()), alternatives: WANTED });
    return (
      <>
        <p>Cordons that differ in at least three places, cheapest first.</p>
        <button type="button" onClick={look}>
          Look for other cordons
        </button>
      </>
    );
  }
  const { answer, work, stopped } = store.get().alternatives;
  const looking = <Looking store={store} part="alternatives" label="Looking for other cordons" />;
  if (!answer) return work || stopped ? looking : <p>{"Looking for other cordons\u2026"}</p>;
  if (!answer.alternatives.length && !answer.notes.length)
    return <p>There is no other cordon that differs in three places or more.</p>;
  return (
    <>
      <Items label="Other cordons">
        {answer.alternatives.map((other, index) => (
          <OtherCordon key={index} store={store} cordon={cordon} other={other} index={index} />
        ))}
      </Items>
      {looking}
    </>
  );
}

export function Alternatives({ store }: { readonly store: PlanStore }): JSX.Element | null {
  const cordon = store.get().answer?.cordon;
  if (!cordon) return null;
  const many = store.get().alternatives.answer?.alternatives.length ?? 0;
  return (
    <Section
      title={many ? `Other cordons (${many})` : "Other cordons"}
      id="alternatives"
      words={["alternative", "frontier", "point", "bound"]}
    >
      <Body store={store} cordon={cordon} />
    </Section>
  );
}
