/** The plan on paper: the answer, and the list of barriers for the crews. */
import type { Barrier } from "../../contract/index.ts";
import type { Sheet } from "../../frame/desk.ts";
import { type Column, Table } from "../../lib/parts.tsx";
import { coordinates } from "../../lib/units.ts";
import { classWords, listed } from "../../lib/words.ts";
import { planBounds } from "./map/fit.ts";
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

export function planSheet(state: State): Sheet {
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
