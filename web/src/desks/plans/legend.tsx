/** What the signs of a plan mean. */
import type { JSX } from "preact";
import { MapSign } from "../../lib/canvas.tsx";
import { GroundSigns, Line, RingSign, SignRow } from "../../map/legend.tsx";
import { coloursOf, type Theme } from "../../map/theme.ts";
import { HeldSigns, LegendPart, PlanSigns } from "../plan/legend.tsx";
import { isGate } from "./document.ts";
import { metOf } from "./meeting.ts";
import { rolledOf } from "./rolling.ts";
import { planShut, type ShutBy } from "./shut.ts";
import { type PlansStore, planOf } from "./store.ts";

type Props = { readonly store: PlansStore };

/** The signs of the plan itself. */
function OwnSigns({ store }: Props): JSX.Element {
  const { dark, status, compared, picked, staging } = store.get();
  const met = metOf(store.get());
  const rolled = rolledOf(store.get());
  const theme: Theme = dark ? "night" : "day";
  const colours = coloursOf(theme);
  const barriers = planOf(store.get())?.barriers ?? [];
  const isNew = compared !== null && barriers.some(({ id }) => !compared.first.barriers.some((one) => one.id === id));
  const leaks = status?.said.seal?.leaks ?? [];
  return (
    <>
      {barriers.some((one) => !isGate(one)) && (
        <SignRow sign={<MapSign name="barrier-street" theme={theme} />} text="Barrier" of={["plan-signs"]} />
      )}
      {barriers.some(isGate) && (
        <SignRow sign={<MapSign name="gate" theme={theme} />} text="Gate" of={["plan-signs"]} />
      )}
      {picked !== null && (
        <SignRow
          sign={<Line colour={colours.selected} look="band" />}
          text="Barrier that is selected"
          of={["plan-picked"]}
        />
      )}
      {(status?.said.holes.length ?? 0) > 0 && (
        <SignRow
          sign={<Line colour={colours.weak} look="band" />}
          text={leaks.length ? "A way in is open, or a barrier is gone" : "A barrier is gone"}
          of={["plan-ways-in", "plan-way-in-casings", "plan-gone"]}
        />
      )}
      {compared && (
        <SignRow
          sign={<Line colour={colours.selected} look="dashed" />}
          text="Where it stands in the plan it is compared with"
          of={["plan-before", "plan-moves"]}
        />
      )}
      {isNew && (
        <SignRow
          sign={<RingSign colour={colours.selected} />}
          text="Barrier that the plan it is compared with does not have"
          of={["plan-added"]}
        />
      )}
      {(compared?.diff.spots_inside.length ?? 0) > 0 && (
        <SignRow
          sign={<RingSign colour={colours.shut} filled />}
          text="Address newly inside"
          of={["plan-newly-inside"]}
        />
      )}
      {(compared?.diff.spots_outside.length ?? 0) > 0 && (
        <SignRow sign={<RingSign colour={colours.open} />} text="Address newly outside" of={["plan-newly-outside"]} />
      )}
      {met && (
        <>
          <SignRow
            sign={<RingSign colour={colours.open} filled />}
            text="Crews meet patients here"
            of={["plan-meeting-points", "plan-meeting-names"]}
          />
          <SignRow
            sign={<Line colour={colours.open} look="band" />}
            text="Approach of an ambulance"
            of={["plan-approaches"]}
          />
          <SignRow
            sign={<Line colour={colours.open} look="dashed" />}
            text="Walk with a stretcher; in the colour of gaps: too far"
            of={["plan-walks"]}
          />
        </>
      )}
      {rolled && (
        <>
          <SignRow
            sign={<Line colour={colours.selected} look="dashed" />}
            text="Route of the march"
            of={["plan-march-route"]}
          />
          <SignRow
            sign={<Line colour={colours.shut} look="band" />}
            text="Shut at this minute"
            of={["plan-march-shut"]}
          />
          <SignRow sign={<Line colour={colours.weak} look="band" />} text="The column" of={["plan-march-column"]} />
          <SignRow
            sign={<RingSign colour={colours.open} filled />}
            text="Crossing; a hollow ring: people are on it"
            of={["plan-march-crossings"]}
          />
        </>
      )}
      {staging.found !== null && staging.found.of === planOf(store.get()) && (
        <SignRow
          sign={<RingSign colour={colours.shut} filled />}
          text="Number in the order of the stage, in the crew's colour. Its ring: shut, being worked on, or open"
          of={["plan-stage", "plan-stage-numbers"]}
        />
      )}
      <SignRow sign={<Line colour={colours.site} look="band" />} text="Occupied" of={["plan-site", "plan-site-edge"]} />
      <HeldSigns store={store.cordon} />
    </>
  );
}

/** The signs of what traffic is sent round: those of the plan, or of the cordon. */
export const ShutSigns = ({ by }: { readonly by: ShutBy }): JSX.Element =>
  by.plans && planShut(by) ? (
    <OwnSigns store={by.plans} />
  ) : (
    <>
      <PlanSigns store={by.cordon} />
      <HeldSigns store={by.cordon} />
    </>
  );

export const PlansLegend = ({ store }: Props): JSX.Element => (
  <aside class="legend" aria-label="Legend of the plan">
    <LegendPart title="Signs of the plan">
      <ul class="signs">
        <OwnSigns store={store} />
        <GroundSigns theme={store.get().dark ? "night" : "day"} />
      </ul>
    </LegendPart>
  </aside>
);
