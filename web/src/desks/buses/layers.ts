/** Detours as lines with arrows, missed stops, temporary stops and moved bays as signs. */
import { driveLayers, letterLayers } from "../../map/drives.ts";
import { emptySource, type MapLayers } from "../../map/layers.ts";
import { coloursOf, type Theme } from "../../map/theme.ts";

export const SOURCE = "bus-detours";

/** What is written in each sign, on the map and in the legend. */
export const SIGNS = { missed: "\u00d7", temporary: "T", bay: "B" } as const;

export function detourLayers(theme: Theme): MapLayers {
  const colours = coloursOf(theme);
  const { bus, shut, open } = colours;
  const [line, arrows] = driveLayers(
    "bus-detour",
    { source: SOURCE, filter: ["==", ["get", "kind"], "detour"] },
    bus,
    colours,
  );
  const signs = letterLayers(
    {
      ids: ["bus-stops", "bus-signs"],
      colour: ["case", ["==", ["get", "kind"], "missed"], shut, open],
      letter: ["match", ["get", "kind"], "missed", SIGNS.missed, "temporary", SIGNS.temporary, SIGNS.bay],
    },
    { source: SOURCE, filter: ["!=", ["get", "kind"], "detour"] },
    colours,
  );
  return { sources: { [SOURCE]: emptySource() }, below: [line], above: [arrows, ...signs] };
}
