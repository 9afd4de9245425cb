/** The list of barriers, in step with the map. */
import type { JSX } from "preact";
import type { Barrier, Cordon } from "../../../contract/index.ts";
import { Item, Items } from "../../../lib/items.tsx";
import { Section } from "../../../lib/parts.tsx";
import { capital, counted, effort, metres } from "../../../lib/units.ts";
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

type Counts = { readonly barrier_count: number; readonly corner_count: number; readonly mid_block_count: number };

/** Where crews stand: corners, and places in the middle of a block. */
export const placesWords = ({ corner_count: corners, mid_block_count: middles }: Counts): string => {
  const places = [corners ? counted(corners, "corner") : "", middles ? counted(middles, "mid-block place") : ""].filter(
    Boolean,
  );
  return places.length ? `at ${listed(places)}` : "";
};

/** Barriers and places apart, as a crew counts. */
export const countsWords = (counts: Counts): string =>
  [counted(counts.barrier_count, "barrier"), placesWords(counts)].filter(Boolean).join(" ");

const Unseen = ({ text }: { readonly text: string }): JSX.Element => <span class="unseen">{text}</span>;

type ItemProps = { readonly store: PlanStore; readonly barrier: Barrier; readonly barriers: readonly Barrier[] };

function BarrierItem({ store, barrier, barriers }: ItemProps): JSX.Element {
  const { selection } = store.get();
  const { number, street, place } = barrier;
  const isCurrent = selection?.kind === "barrier" && selection.number === number;
  const state = store.get();
  const isAnswered = state.answered === questionOf(state);
  const isPin = !isAnswered && isPinned(questionOf(state), barrier, barriers);
  const origin = isPin ? "pinned" : barrier.origin;
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
          {origin === "added" ? effort(barrier.cost) : origin}
        </>
      }
    />
  );
}

type Wishes = Cordon["wishes"];
type PointWish = Wishes["pinned"][number];

const wishWords = (what: string, { place, numbers, moved_m: moved, why }: PointWish): string => {
  const held = numbers.length ? `barrier ${listed(numbers.map(String))}, ${place}` : place;
  return `${what}: ${held}${why ? `, ${metres(moved)} from the point you gave: ${why}` : ""}.`;
};

/** What became of pins, bans and streets kept open. */
export function WishNotes({ wishes }: { readonly wishes: Wishes }): JSX.Element | null {
  const notes = [
    ...wishes.pinned.map((wish) => wishWords("Pinned", wish)),
    ...wishes.forbidden.map((wish) => wishWords("Forbidden", wish)),
    ...(wishes.forbidden_streets.length ? [`Forbidden along ${listed(wishes.forbidden_streets)}.`] : []),
    ...(wishes.kept_open.length ? [`Kept open: ${listed(wishes.kept_open)}.`] : []),
  ];
  if (!notes.length) return null;
  return (
    <div class="looking">
      {notes.map((note, index) => (
        <p key={index}>{note}</p>
      ))}
    </div>
  );
}

export function Barriers({ store }: { readonly store: PlanStore }): JSX.Element | null {
  const cordon = store.get().answer?.cordon;
  if (!cordon?.barriers.length) return null;
  const { barriers, wishes } = cordon;
  return (
    <Section title={capital(countsWords(cordon))} id="barriers" open words={["barrier", "gate", "corner", "enclosed"]}>
      <Items label="Barriers" id="barrier-list">
        {barriers.map((barrier) => (
          <BarrierItem key={barrier.number} store={store} barrier={barrier} barriers={barriers} />
        ))}
      </Items>
      <WishNotes wishes={wishes} />
    </Section>
  );
}
