/** Colours every address that the map holds by its seconds; of a whole city's the map would be told in vain, and be slow. */
import type { Map as MapLibre } from "maplibre-gl";
import { onChange } from "../../../lib/store.ts";
import { TILES } from "../../../map/style.ts";
import type { PlanStore, State } from "../store.ts";

const LAYER = { source: TILES, sourceLayer: "addresses" };

const secondsOf = (state: State): readonly number[] => {
  if (!state.shown.seconds || !state.answer) return [];
  return state.when === "before" ? state.answer.seconds_before : state.answer.seconds_after;
};

export function colourAddresses(map: MapLibre, room: PlanStore): void {
  /** What the map was told of each address that it holds. */
  const told = new Map<number, number | undefined>();
  let seconds = secondsOf(room.get());
  let arrived = true;

  const tell = (id: number): void => {
    const now = seconds[id];
    if (told.get(id) === now) return;
    told.set(id, now);
    if (now === undefined) map.removeFeatureState({ ...LAYER, id });
    else map.setFeatureState({ ...LAYER, id }, { s: now });
  };
  onChange(room, ["answer", "when", "shown"], (state) => {
    seconds = secondsOf(state);
    for (const id of told.keys()) tell(id);
  });
  map.on("sourcedata", ({ sourceId, tile }) => {
    arrived ||= sourceId === TILES && tile !== undefined;
  });
  map.on("render", () => {
    if (!arrived) return;
    arrived = false;
    for (const { id } of map.querySourceFeatures(TILES, { sourceLayer: LAYER.sourceLayer })) {
      if (told.has(id as number)) continue;
      told.set(id as number, undefined);
      tell(id as number);
    }
  });
}
