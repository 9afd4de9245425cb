/** What the signs of the Buses part mean. */
import type { JSX } from "preact";
import { GroundSigns, Line, SignRow } from "../../map/legend.tsx";
import { coloursOf } from "../../map/theme.ts";
import { HeldSigns, LegendPart, PlanSigns } from "../plan/legend.tsx";
import { SIGNS } from "./layers.ts";
import type { BusDesk } from "./store.ts";

const Sign = ({ letter, colour }: { readonly letter: string; readonly colour: string }): JSX.Element => (
  <i class="bus-sign" style={`--sign:${colour}`} aria-hidden="true">
    {letter}
  </i>
);

export function BusLegend({ store }: { readonly store: BusDesk }): JSX.Element {
  const { plan } = store;
  const theme = plan.get().dark ? "night" : "day";
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
          <SignRow sign={<Sign letter={SIGNS.missed} colour={shut} />} text="Stop that is missed" of={signs} />
          <SignRow sign={<Sign letter={SIGNS.temporary} colour={open} />} text="Temporary stop proposed" of={signs} />
          <SignRow sign={<Sign letter={SIGNS.bay} colour={open} />} text="Bay that has moved" of={signs} />
          <PlanSigns store={plan} />
          <HeldSigns store={plan} />
          <GroundSigns theme={theme} />
        </ul>
      </LegendPart>
    </aside>
  );
}
