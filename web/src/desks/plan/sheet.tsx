/** The plan on paper: the answer, and the list of barriers for the crews. */
import type { AddressProof, Barrier } from "../../contract/index.ts";
import type { Sheet } from "../../frame/desk.ts";
import { type Column, Table } from "../../lib/parts.tsx";
import { coordinates } from "../../lib/units.ts";
import { classWords, listed } from "../../lib/words.ts";
import { planBounds, routeBounds } from "./map/fit.ts";
import { ProofParts, proofTitle } from "./panel/address-card.tsx";
import type { State } from "./store.ts";

const COLUMNS: readonly Column<Barrier>[] = [
  ["No", (barrier) => `${barrier.number}`],
  ["Street", (barrier) => barrier.street],
  ["Between", (barrier) => listed(barrier.between)],
  ["Side", (barrier) => barrier.side],
  ["Latitude, longitude", (barrier) => coordinates(barrier.lon, barrier.lat)],
  ["Kind", (barrier) => `${barrier.kind}, across the ${barrier.place}`],
];

const LETS_THROUGH: Column<Barrier> = ["Lets through", (barrier) => classWords(barrier.passes)];

const isAlike = (barriers: readonly Barrier[]): boolean => new Set(barriers.map(LETS_THROUGH[1])).size <= 1;

/** The proof of one address: for whoever must sign that help gets there. */
function proofSheet(state: State, proof: AddressProof): Sheet {
  return {
    bounds: routeBounds(state) ?? planBounds(state),
    alt: `Map of how help gets to ${proof.label}`,
    head: (
      <>
        <p>
          <strong>{proofTitle(proof)}</strong>
        </p>
        <p>{coordinates(proof.lon, proof.lat)}</p>
      </>
    ),
    rest: <ProofParts proof={proof} open={true} />,
  };
}

export function planSheet(state: State): Sheet {
  if (state.proof) return proofSheet(state, state.proof);
  const barriers = state.answer?.cordon?.barriers ?? [];
  const [first] = barriers;
  return {
    bounds: planBounds(state),
    alt: "Map of the cordon, its barriers numbered as in the list",
    head: (state.answer?.summary ?? []).map((text) => <p key={text}>{text}</p>),
    rest: first && (
      <>
        <Table rows={barriers} columns={isAlike(barriers) ? COLUMNS : [...COLUMNS, LETS_THROUGH]} />
        {isAlike(barriers) && <p>{`Every barrier lets through ${classWords(first.passes)}.`}</p>}
      </>
    ),
  };
}
