/** One barrier: where it stands, what it does, and the wishes one can have for it. */
import type { Map as MapLibre } from "maplibre-gl";
import type { JSX } from "preact";
import type { Barrier } from "../../../contract/index.ts";
import { Card, Facts } from "../../../lib/parts.tsx";
import { capital, coordinates, effort, metres } from "../../../lib/units.ts";
import { classWords } from "../../../lib/words.ts";
import { goTo } from "../../../map/view.ts";
import { moveBarrier, previewBarrier } from "../edit/barriers.ts";
import { forbidden, isPinned, pinned, spotOf, unpinned } from "../question.ts";
import { ask, type PlanStore, questionOf, select } from "../store.ts";
import { placeWord, whereWords } from "./barriers.tsx";
import { Mover } from "./mover.tsx";

type Props = { readonly map: MapLibre; readonly store: PlanStore; readonly barrier: Barrier };

function Wishes({ store, barrier }: Omit<Props, "map">): JSX.Element {
  const question = questionOf(store.get());
  const barriers = store.get().answer?.cordon?.barriers ?? [];
  const isPin = isPinned(question, barrier, barriers);
  const pin = (): void =>
    ask(store, isPin ? unpinned(question, barrier, barriers) : barrier.spots.reduce(pinned, question));
  const never = (): void => {
    select(store, null);
    ask(store, barrier.spots.reduce(forbidden, unpinned(question, barrier, barriers)));
  };
  return (
    <div class="row">
      <button type="button" aria-pressed={isPin} onClick={pin}>
        {isPin ? "Unpin" : "Pin here"}
      </button>
      <button type="button" onClick={never}>
        Never here
      </button>
    </div>
  );
}

export function BarrierCard({ map, store, barrier }: Props): JSX.Element {
  const rows: readonly (readonly [string, string] | null)[] = [
    ["Stands", placeWord(barrier).toLowerCase()],
    ["Where", capital(whereWords(barrier)) || barrier.street],
    ["Position", coordinates(barrier.lon, barrier.lat)],
    ["Kind", barrier.kind],
    barrier.width_m === null ? null : ["Width", metres(barrier.width_m)],
    barrier.today ? ["Today", barrier.today] : null,
    ["Lets through", classWords(barrier.passes)],
    ["Keeps out", classWords(barrier.shuts)],
    ["Work", effort(barrier.cost)],
    ["Asked for", capital(barrier.origin)],
  ];
  return (
    <Card title={`Barrier ${barrier.number}: ${barrier.street}`} close={() => select(store, null)}>
      <Wishes store={store} barrier={barrier} />
      <Facts rows={rows} />
      <Mover
        key={`${barrier.lon} ${barrier.lat}`}
        what="the barrier"
        from={[barrier.lon, barrier.lat]}
        preview={(at) => previewBarrier(map, store, barrier.number, at)}
        put={(at) => void moveBarrier(store, barrier, spotOf(at))}
      />
      <div class="row">
        <button type="button" onClick={() => goTo(map, barrier.lon, barrier.lat, 17)}>
          Show on the map
        </button>
      </div>
    </Card>
  );
}
