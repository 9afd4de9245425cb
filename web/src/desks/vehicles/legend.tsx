/** What the signs of the Vehicles desk mean. */
import type { ComponentChildren, JSX } from "preact";
import { GroundSigns, LetterSign, Line, SignRow } from "../../map/legend.tsx";
import { coloursOf } from "../../map/theme.ts";
import { LegendPart } from "../plan/legend.tsx";
import type { VehiclesStore } from "./store.ts";

type Props = {
  readonly store: VehiclesStore;
  /** Rows for what other desks draw here too. */
  readonly also: ComponentChildren;
};

export function VehiclesLegend({ store, also }: Props): JSX.Element {
  const theme = store.get().dark ? "night" : "day";
  const { shut, site, open, selected, label } = coloursOf(theme);
  const both = ["vehicle-counted", "vehicle-assumed"];
  return (
    <aside class="legend" aria-label="Legend of the vehicles">
      <LegendPart title="Vehicles on stretches">
        <ul class="signs">
          <SignRow sign={<Line colour={shut} look="band" />} text="No lane for a fire engine" of={both} />
          <SignRow sign={<Line colour={site} look="band" />} text="Some across, a lane is left" of={both} />
          <SignRow sign={<Line colour={open} look="band" />} text="None across" of={both} />
          <SignRow sign={<Line colour={label} look="dashed" />} text="Assumed, not counted" of={["vehicle-assumed"]} />
          <SignRow
            sign={<b class="number-sign">80</b>}
            text="Vehicles; with ? where assumed. Broader: more"
            of={["vehicle-numbers"]}
          />
          <SignRow sign={<Line colour={selected} look="band" />} text="Stretch looked at" of={["vehicle-picked"]} />
          <SignRow
            sign={<Line colour={selected} look="dashed" />}
            text="Edged: vehicles go by the step looked at"
            of={["vehicle-moved"]}
          />
          <SignRow
            sign={<LetterSign letter="P" colour={label} />}
            text="Place to park (S: to store) with its room; 'assumed' where part of it is"
            of={["vehicle-places", "vehicle-place-letters", "vehicle-place-names"]}
          />
          <SignRow
            sign={<Line colour={selected} look="dashed" />}
            text="Way there from the stretch looked at"
            of={["vehicle-place-ways"]}
          />
          {also}
          <GroundSigns theme={theme} />
        </ul>
      </LegendPart>
    </aside>
  );
}
