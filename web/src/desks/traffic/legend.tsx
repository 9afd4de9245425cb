/** What the map of who gains and loses shows, in units; that the demand is synthetic is stated here too. */
import type { JSX } from "preact";
import { GroundSigns, Line, SignRow } from "../../map/legend.tsx";
import { coloursOf, type Theme } from "../../map/theme.ts";
import { HeldSigns, LegendPart, PlanSigns } from "../plan/legend.tsx";
import { FLOW_STEPS, FLOW_WIDTHS, flowColours, stepWords } from "./scale.ts";
import { onShow, type TrafficDesk } from "./store.ts";
import { demandWord, hourWords } from "./words.ts";

type FlowProps = { readonly look: string; readonly colour: string; readonly px: number };

const FlowLine = ({ look, colour, px }: FlowProps): JSX.Element => (
  <i class={`flow-line ${look}`} style={`--line:${colour};--px:${px}px`} />
);

const TITLES = { more: "More traffic", less: "Less traffic" } as const;
/** A thinner line is hard to see; that of less traffic is broken, so it needs more. */
const LEAST_PX = { more: 2, less: 3.4 } as const;

type ScaleProps = { readonly look: "more" | "less"; readonly colours: readonly string[] };

const Scale = ({ look, colours }: ScaleProps): JSX.Element => (
  <div data-layers={`flow-${look}`}>
    <h3>{TITLES[look]}</h3>
    <ol>
      {FLOW_STEPS.map((step, size) => (
        <li key={step}>
          <FlowLine look={look} colour={colours[size] ?? ""} px={Math.max(FLOW_WIDTHS[size] ?? 0, LEAST_PX[look])} />
          <span>{stepWords(size)}</span>
        </li>
      ))}
    </ol>
  </div>
);

/** More and less traffic, class by class. */
export const FlowKey = ({ theme }: { readonly theme: Theme }): JSX.Element => (
  <div class="flow-scale">
    <Scale look="more" colours={flowColours(theme).more} />
    <Scale look="less" colours={flowColours(theme).less} />
  </div>
);

const UNSURE_PX = 5;

export function TrafficLegend({ store }: { readonly store: TrafficDesk }): JSX.Element {
  const { plan } = store;
  const { dark, network } = plan.get();
  const theme = dark ? "night" : "day";
  const colours = coloursOf(theme);
  const { known } = onShow(plan, store);
  const title = known
    ? `Vehicles an hour, ${hourWords(known.answer.hour)}, after less before; ${demandWord(network.own_trips)}`
    : "Work out the traffic to see who gains and who loses.";
  return (
    <aside class="legend traffic-legend" aria-label="Legend of the traffic">
      <LegendPart title="Change of traffic">
        <p class="flow-title">{title}</p>
        {known && <FlowKey theme={theme} />}
        <ul class="signs">
          {Boolean(known?.answer.impact.how_sure.draws) && (
            <SignRow
              sign={<FlowLine look="more unsure" colour={flowColours(theme).more[2]} px={UNSURE_PX} />}
              text="Draws of the demand disagree"
              of={["flow-more-unsure", "flow-less-unsure"]}
            />
          )}
          <SignRow
            sign={<Line colour={colours.selected} look="band" />}
            text="Street that is selected"
            of={["flow-picked"]}
          />
          <PlanSigns store={plan} />
          <HeldSigns store={plan} />
          <GroundSigns theme={theme} />
        </ul>
      </LegendPart>
    </aside>
  );
}
