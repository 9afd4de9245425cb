/** Colours every address by its seconds; only those whose seconds changed are told to the map. */
import type { Map as MapLibre } from "maplibre-gl";
import { onChange } from "../../../lib/store.ts";
import { TILES } from "../../../map/style.ts";
import type { PlanStore, State } from "../store.ts";

const secondsOf = (state: State): readonly number[] => {
  if (!state.shown.seconds || !state.answer) return [];
  return state.when === "before" ? state.answer.seconds_before : state.answer.seconds_after;
};

export function colourAddresses(map: MapLibre, room: PlanStore): void {
  let shown: readonly number[] = [];
  const show = (seconds: readonly number[]): void => {
    if (!seconds.length) map.removeFeatureState({ source: TILES, sourceLayer: "addresses" });
    for (let id = 0; id < seconds.length; id++) {
      if (seconds[id] === shown[id]) continue;
      map.setFeatureState({ source: TILES, sourceLayer: "addresses", id }, { s: seconds[id] });
    }
    shown = seconds;
  };
  show(secondsOf(room.get()));
  onChange(room, ["answer", "when", "shown"], (state) => show(secondsOf(state)));
}
