/** What the signs of the Detours part mean. */
import type { JSX } from "preact";
import { GroundSigns, LetterSign, Line, SignRow } from "../../map/legend.tsx";
import { coloursOf } from "../../map/theme.ts";
import { LegendPart } from "../plan/legend.tsx";
import { ShutSigns } from "../plans/legend.tsx";
import { PLACE, WARN } from "./layers.ts";
import type { DetourDesk } from "./store.ts";

export function DetourLegend({ store }: { readonly store: DetourDesk }): JSX.Element {
  const theme = store.by.cordon.get().dark ? "night" : "day";
  const { selected, shut, open, weak } = coloursOf(theme);
  const warn = ["detour-warn", "detour-warn-signs"];
  const places = ["detour-places", "detour-place-signs"];
  return (
    <aside class="legend" aria-label="Legend of the detours">
      <LegendPart title="Detours">
        {!store.get().known && <p class="quiet">Work out the detours to see how traffic drives.</p>}
        <ul class="signs">
          <SignRow
            sign={<Line colour={selected} look="band" />}
            text="Detour, in its direction"
            of={["detour", "detour-arrows"]}
          />
          <SignRow sign={<Line colour={shut} look="dashed" />} text="Movement that is cut" of={["detour-cut"]} />
          <SignRow
            sign={<Line colour={open} look="dashed" />}
            text="Way past on foot or by bicycle"
            of={["detour-past"]}
          />
          <SignRow sign={<LetterSign letter={WARN} colour={weak} />} text="Warn drivers here" of={warn} />
          <SignRow
            sign={<LetterSign letter={WARN} colour={shut} />}
            text="Warn here: who drives on must turn round"
            of={warn}
          />
          <SignRow
            sign={<LetterSign letter={PLACE} colour={open} />}
            text="School, station or campus: one can drive there"
            of={places}
          />
          <SignRow
            sign={<LetterSign letter={PLACE} colour={shut} />}
            text="School, station or campus: on foot only"
            of={places}
          />
          <ShutSigns by={store.by} />
          <GroundSigns theme={theme} />
        </ul>
      </LegendPart>
    </aside>
  );
}
