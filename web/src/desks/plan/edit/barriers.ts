/** A barrier dragged elsewhere: always here, and never there where that is another street. */
import type { Feature } from "geojson";
import type { Map as MapLibre } from "maplibre-gl";
import type { Barrier, Position, Spot } from "../../../contract/index.ts";
import { listenToDrags } from "../../../map/drag.ts";
import { barrierFeatures, shownBarriers } from "../map/features.ts";
import { setData } from "../map/overlay.ts";
import { onStreet } from "../map/pointer.ts";
import { moved, spotOf } from "../question.ts";
import { ask, type PlanStore, questionOf } from "../store.ts";

const barrierOf = (room: PlanStore, number: number): Barrier | undefined =>
  shownBarriers(room.get()).find((barrier) => barrier.number === number);

/** Put a barrier elsewhere, on the street nearest to there. */
export async function moveBarrier(room: PlanStore, barrier: Barrier, to: Spot): Promise<void> {
  const { at, way } = await onStreet(room, to);
  const sameStreet = way !== null && barrier.way_indexes.includes(way);
  ask(room, moved(questionOf(room.get()), barrier, at, shownBarriers(room.get()), sameStreet));
}

const lifted = (feature: Feature, at: Position): Feature => ({
  ...feature,
  properties: { ...feature.properties, side: -1 },
  geometry: { type: "Point", coordinates: at },
});

/** Show a barrier at another spot without asking for a plan yet. */
export function previewBarrier(map: MapLibre, room: PlanStore, number: number, at: Position): void {
  const shown = barrierFeatures(room.get());
  const features = shown.features.map((feature) => (feature.id === number ? lifted(feature, at) : feature));
  setData(map, "barriers", { ...shown, features });
}

export function letBarriersBeDragged(map: MapLibre, room: PlanStore): void {
  let dragged = -1;
  const back = (): void => setData(map, "barriers", barrierFeatures(room.get()));
  listenToDrags(map, {
    layers: ["barriers"],
    when: () => room.get().tool === "select" && room.get().when === "after",
    start: (feature) => {
      dragged = Number(feature.id);
      return true;
    },
    move: (at) => previewBarrier(map, room, dragged, at),
    end: (at) => {
      const barrier = barrierOf(room, dragged);
      if (barrier) void moveBarrier(room, barrier, spotOf(at));
    },
    cancel: back,
  });
}
