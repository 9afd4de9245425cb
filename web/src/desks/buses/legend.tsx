/** What the signs of the Buses part mean. */
import type { JSX } from "preact";
import { coloursOf } from "../../map/theme.ts";
import { LegendPart, Line, SignRow } from "../plan/legend.tsx";
import { SIGNS } from "./layers.ts";
import type { BusDesk } from "./store.ts";

const Sign = ({ letter, colour }: { readonly letter: string; readonly colour: string }): JSX.Element => (
  <i class="bus-sign" style={`--sign:${colour}`} aria-hidden="true">
    {letter}
  </i>
);

export function BusLegend({ store }: { readonly store: BusDesk }): JSX.Element {
  const { shut, open, bus } = coloursOf(store.plan.get().dark ? "night" : "day");
  const changes = store.get().known?.answer.changes;
  return (
    <aside class="legend" aria-label="Legend of the buses">
      <LegendPart title="Buses">
        {changes ? (
          <ul class="signs">
            <SignRow sign={<Line colour={bus} look="band" />} text="Detour of a bus, in its direction" />
            <SignRow sign={<Sign letter={SIGNS.missed} colour={shut} />} text="Stop that is missed" />
            {changes.temporary_stops.length > 0 && (
              <SignRow sign={<Sign letter={SIGNS.temporary} colour={open} />} text="Temporary stop proposed" />
            )}
            {changes.interchanges.length > 0 && (
              <SignRow sign={<Sign letter={SIGNS.bay} colour={open} />} text="Bay that has moved" />
            )}
          </ul>
        ) : (
          <p class="quiet">Work out the detours to see how buses drive.</p>
        )}
      </LegendPart>
    </aside>
  );
}
