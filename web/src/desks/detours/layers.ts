/** Movements that are cut, detours as lines with arrows, ways past on foot and by bicycle, places at which to warn. */
import type { LayerSpecification } from "maplibre-gl";
import { driveLayers, letterLayers } from "../../map/drives.ts";
import { emptySource, type MapLayers } from "../../map/layers.ts";
import { coloursOf, type Theme } from "../../map/theme.ts";

export const SOURCE = "detours";
/** What is written where drivers are warned. */
export const WARN = "!";
/** What is written at a school, station or campus near by. */
export const PLACE = "P";

export function detourLayers(theme: Theme): MapLayers {
  const colours = coloursOf(theme);
  const { selected, shut, open, weak } = colours;
  const [line, arrows] = driveLayers(
    "detour",
    { source: SOURCE, filter: ["==", ["get", "kind"], "detour"] },
    selected,
    colours,
  );
  const dashed = (id: string, kind: string, colour: string, width: number): LayerSpecification => ({
    id,
    type: "line",
    source: SOURCE,
    filter: ["==", ["get", "kind"], kind],
    paint: { "line-color": colour, "line-width": width, "line-dasharray": [1.6, 1.1] },
  });
  const warn = letterLayers(
    { ids: ["detour-warn", "detour-warn-signs"], colour: ["case", ["get", "traps"], shut, weak], letter: WARN },
    { source: SOURCE, filter: ["==", ["get", "kind"], "warn"] },
    colours,
  );
  const places = letterLayers(
    { ids: ["detour-places", "detour-place-signs"], colour: ["case", ["get", "by_car"], open, shut], letter: PLACE },
    { source: SOURCE, filter: ["==", ["get", "kind"], "place"] },
    colours,
  );
  return {
    sources: { [SOURCE]: emptySource() },
    below: [dashed("detour-cut", "cut", shut, 4), dashed("detour-past", "past", open, 3), line],
    above: [arrows, ...places, ...warn],
  };
}
