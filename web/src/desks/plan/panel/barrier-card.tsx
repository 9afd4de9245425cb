/** One barrier: where it stands, what it does, and the wishes one can have for it. */
import { useSignal } from "@preact/signals";
import type { Map as MapLibre } from "maplibre-gl";
import type { JSX } from "preact";
import type { Barrier, Position } from "../../../contract/index.ts";
import { Card, Facts } from "../../../lib/parts.tsx";
import { capital, coordinates, metres, points } from "../../../lib/units.ts";
import { classWords } from "../../../lib/words.ts";
import { goTo } from "../../../map/view.ts";
import { moveBarrier, previewBarrier } from "../edit/barriers.ts";
import { forbidden, isPinned, pinned, spotOf, unpinned } from "../question.ts";
import { ask, type PlanStore, questionOf, select } from "../store.ts";
import { placeWord, whereWords } from "./barriers.tsx";
import { NudgePad, shiftedBy } from "./nudge.tsx";

type Props = { readonly map: MapLibre; readonly store: PlanStore; readonly barrier: Barrier };

function Mover({ map, store, barrier }: Props): JSX.Element {
  const to = useSignal<Position | null>(null);
  const nudge = (east: number, north: number): void => {
    const at = shiftedBy(to.value ?? [barrier.lon, barrier.lat], east, north);
    to.value = at;
    previewBarrier(map, store, barrier.number, at);
  };
  const put = (): void => {
    if (to.value) void moveBarrier(store, barrier, spotOf(to.value));
  };
  return (
    <details class="mover">
      <summary>Move it</summary>
      <p>Drag it on the map, or step by step:</p>
      <div class="row">
        <NudgePad what="the barrier" act={nudge} />
        <button type="button" class="primary" disabled={to.value === null} onClick={put}>
          Put it here
        </button>
      </div>
    </details>
  );
}

function Wishes({ store, barrier }: Omit<Props, "map">): JSX.Element {
  const question = questionOf(store.get());
  const barriers = store.get().answer?.cordon?.barriers ?? [];
  const spot = spotOf([barrier.lon, barrier.lat]);
  const isPin = isPinned(question, barrier, barriers);
  const pin = (): void => ask(store, isPin ? unpinned(question, barrier, barriers) : pinned(question, spot));
  const never = (): void => {
    select(store, null);
    ask(store, forbidden(unpinned(question, barrier, barriers), spot));
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
    ["Cost", `${points(barrier.cost)} points`],
  ];
  return (
    <Card title={`Barrier ${barrier.number}: ${barrier.street}`} close={() => select(store, null)}>
      <Wishes store={store} barrier={barrier} />
      <Facts rows={rows} />
      <Mover key={`${barrier.lon} ${barrier.lat}`} map={map} store={store} barrier={barrier} />
      <div class="row">
        <button type="button" onClick={() => goTo(map, barrier.lon, barrier.lat, 17)}>
          Show on the map
        </button>
      </div>
    </Card>
  );
}
