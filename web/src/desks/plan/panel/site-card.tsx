/** Tools for the site while it is edited: corner by corner, for keys and thumbs. */
import type { JSX } from "preact";
import type { Ground, Position } from "../../../contract/index.ts";
import { Card } from "../../../lib/parts.tsx";
import { type Corner, cornerInserted, cornerMoved, cornerRemoved, corners, middles, shifted } from "../edit/ground.ts";
import { askForSite } from "../edit/site.ts";
import { type PlanStore, questionOf, takeTool } from "../store.ts";
import { NudgePad, shiftedBy } from "./nudge.tsx";

type Props = { readonly store: PlanStore };

const at = (list: readonly Corner[], index: number): Corner | undefined =>
  list[((index % list.length) + list.length) % list.length];

const isSame = (a: Omit<Corner, "at"> | null, b: Omit<Corner, "at">): boolean =>
  a !== null && a.polygon === b.polygon && a.ring === b.ring && a.corner === b.corner;

function Corners({ store, site }: Props & { readonly site: Ground }): JSX.Element {
  const all = corners(site);
  const index = all.findIndex((corner) => isSame(store.get().corner, corner));
  const current = index >= 0 ? all[index] : undefined;
  const step = (by: number): void => store.set({ corner: at(all, index < 0 ? 0 : index + by) ?? null });
  const move = (east: number, north: number): void => {
    if (current) return askForSite(store, cornerMoved(site, current, shiftedBy(current.at, east, north)));
    const first = all[0]?.at ?? ([0, 0] as Position);
    const to = shiftedBy(first, east, north);
    askForSite(store, shifted(site, to[0] - first[0], to[1] - first[1]));
  };
  const insert = (): void => {
    const middle = current && middles(site).find((side) => isSame(side, current));
    if (!middle) return;
    askForSite(store, cornerInserted(site, middle, middle.at));
    store.set({ corner: { ...middle, corner: middle.corner + 1 } });
  };
  const remove = (): void => {
    if (current) askForSite(store, cornerRemoved(site, current));
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
      <p role="status">{current ? `Corner ${index + 1} of ${all.length}` : `The whole site, ${all.length} corners`}</p>
      <div class="row">
        <NudgePad what={current ? "the corner" : "the site"} act={move} />
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

export function SiteCard({ store }: Props): JSX.Element {
  const done = (): void => takeTool(store, "select");
  const { site } = questionOf(store.get());
  return (
    <Card title="Edit the site" close={done}>
      {site ? <Corners store={store} site={site} /> : <p>There is no ground to edit yet.</p>}
      <div class="row">
        <button type="button" class="primary" onClick={site ? done : () => takeTool(store, "draw-site")}>
          {site ? "Done" : "Draw the site"}
        </button>
      </div>
    </Card>
  );
}
