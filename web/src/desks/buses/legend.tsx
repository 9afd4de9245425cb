/** What the signs of the Buses part mean. */
import type { JSX } from "preact";
import { GroundSigns, LetterSign, Line, SignRow } from "../../map/legend.tsx";
import { coloursOf } from "../../map/theme.ts";
import { LegendPart } from "../plan/legend.tsx";
import { ShutSigns } from "../plans/legend.tsx";
import { SIGNS } from "./layers.ts";
import type { BusDesk } from "./store.ts";

export function BusLegend({ store }: { readonly store: BusDesk }): JSX.Element {
  const { by } = store;
  const theme = by.cordon.get().dark ? "night" : "day";
  const { shut, open, bus } = coloursOf(theme);
  const signs = ["bus-stops", "bus-signs"];
  return (
    <aside class="legend" aria-label="Legend of the buses">
      <LegendPart title="Buses">
        {!store.get().known && <p class="quiet">Work out the detours to see how buses drive.</p>}
        <ul class="signs">
          <SignRow
            sign={<Line colour={bus} look="band" />}
            text="Detour of a bus, in its direction"
            of={["bus-detour", "bus-detour-arrows"]}
          />
          <SignRow sign={<LetterSign letter={SIGNS.missed} colour={shut} />} text="Stop that is missed" of={signs} />
          <SignRow
            sign={<LetterSign letter={SIGNS.temporary} colour={open} />}
            text="Temporary stop proposed"
            of={signs}
          />
          <SignRow sign={<LetterSign letter={SIGNS.bay} colour={open} />} text="Bay that has moved" of={signs} />
          <ShutSigns by={by} />
          <GroundSigns theme={theme} />
        </ul>
      </LegendPart>
    </aside>
  );
}
