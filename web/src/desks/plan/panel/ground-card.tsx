/** Tools for ground while it is edited: corner by corner, for keys and thumbs. */
import type { Map as MapLibre } from "maplibre-gl";
import type { JSX } from "preact";
import type { Ground, Position } from "../../../contract/index.ts";
import { Card } from "../../../lib/parts.tsx";
import { middleOf } from "../../../map/view.ts";
import { type Corner, cornerInserted, cornerMoved, cornerRemoved, corners, middles, shifted } from "../edit/ground.ts";
import { askForDrawn, askForGround } from "../edit/outline.ts";
import { type GroundName, groundOf } from "../question.ts";
import { DRAWING, type PlanStore, questionOf, takeTool } from "../store.ts";
import { NudgePad, shiftedBy } from "./nudge.tsx";

type Props = { readonly store: PlanStore; readonly name: GroundName };

const TITLES: Readonly<Record<GroundName, string>> = {
  site: "Edit the site",
  outside: "Edit what must stay outside",
};

/** Half a side of the square that drawing by keyboard begins with: a street block, easily seen and moved. */
const HALF_SIDE_M = 50;

const squareAt = (middle: Position): Position[] =>
  [
    [-1, 1],
    [1, 1],
    [1, -1],
    [-1, -1],
  ].map(([east = 0, north = 0]) => shiftedBy(middle, east * HALF_SIDE_M, north * HALF_SIDE_M));

const at = (list: readonly Corner[], index: number): Corner | undefined =>
  list[((index % list.length) + list.length) % list.length];

const isSame = (a: Omit<Corner, "at"> | null, b: Omit<Corner, "at">): boolean =>
  a !== null && a.polygon === b.polygon && a.ring === b.ring && a.corner === b.corner;

function Corners({ store, name, ground }: Props & { readonly ground: Ground }): JSX.Element {
  const all = corners(ground);
  const change = (changed: Ground | null): void => askForGround(store, name, changed);
  const index = all.findIndex((corner) => isSame(store.get().corner, corner));
  const current = index >= 0 ? all[index] : undefined;
  const step = (by: number): void => store.set({ corner: at(all, index < 0 ? 0 : index + by) ?? null });
  const move = (east: number, north: number): void => {
    if (current) return change(cornerMoved(ground, current, shiftedBy(current.at, east, north)));
    const first = all[0]?.at ?? ([0, 0] as Position);
    const to = shiftedBy(first, east, north);
    change(shifted(ground, to[0] - first[0], to[1] - first[1]));
  };
  const insert = (): void => {
    const middle = current && middles(ground).find((side) => isSame(side, current));
    if (!middle) return;
    change(cornerInserted(ground, middle, middle.at));
    store.set({ corner: { ...middle, corner: middle.corner + 1 } });
  };
  const remove = (): void => {
    if (current) change(cornerRemoved(ground, current));
    store.set({ corner: null });
  };
  return (
    <>
      <p>Drag a corner, the middle of a side for a new corner, or the inside to move it all.</p>
      <div class="row">
        <button type="button" onClick={() => step(-1)}>
          Previous corner
        </button>
        <button type="button" onClick={() => step(1)}>
          Next corner
        </button>
      </div>
      <p role="status">{current ? `Corner ${index + 1} of ${all.length}` : `All of it, ${all.length} corners`}</p>
      <div class="row">
        <NudgePad what={current ? "the corner" : "all of it"} act={move} />
        <div class="column">
          <button type="button" disabled={!current} onClick={insert}>
            Add a corner after
          </button>
          <button type="button" disabled={!current} onClick={remove}>
            Remove this corner
          </button>
        </div>
      </div>
    </>
  );
}

type CardProps = Props & { readonly map: MapLibre };

function Beginning({ map, store, name }: CardProps): JSX.Element {
  return (
    <>
      <p>There is no ground to edit yet.</p>
      <div class="row">
        <button type="button" class="primary" onClick={() => takeTool(store, DRAWING[name])}>
          Draw it on the map
        </button>
        <button type="button" onClick={() => askForDrawn(store, name, squareAt(middleOf(map)))}>
          Begin with a square
        </button>
      </div>
    </>
  );
}

export function GroundCard({ map, store, name }: CardProps): JSX.Element {
  const done = (): void => takeTool(store, "select");
  const ground = groundOf(questionOf(store.get()), name);
  return (
    <Card title={TITLES[name]} close={done}>
      {ground ? (
        <>
          <Corners store={store} name={name} ground={ground} />
          <div class="row">
            <button type="button" class="primary" onClick={done}>
              Done
            </button>
          </div>
        </>
      ) : (
        <Beginning map={map} store={store} name={name} />
      )}
    </Card>
  );
}
