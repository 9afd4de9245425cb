/** Before and after, and what the signs mean. */
import type { ComponentChildren, JSX } from "preact";
import type { PlanQuestion } from "../../contract/index.ts";
import { MapSign } from "../../lib/canvas.tsx";
import { Checkbox, Choices } from "../../lib/parts.tsx";
import { capital } from "../../lib/units.ts";
import { addressesWord, addressWord } from "../../lib/words.ts";
import { GroundSigns, Line, RingSign, SignRow } from "../../map/legend.tsx";
import { coloursOf, SCALE_SECONDS } from "../../map/theme.ts";
import { isGate, stationSign } from "./map/features.ts";
import { showsPlanLayer } from "./map/layers.ts";
import { FORBIDDEN, PINNED } from "./map/signs.ts";
import { hasSite } from "./question.ts";
import { showsRing } from "./ring.ts";
import { stationsOf } from "./stations.ts";
import { type PlanStore, questionOf, type Shown, type Tool, untilWhom } from "./store.ts";

type Props = { readonly store: PlanStore };

const WIDE_PX = 1200;
const WHEN = [
  { value: "before", label: "Before" },
  { value: "after", label: "After" },
] as const;

function Scale({ store }: Props): JSX.Element {
  const { scale } = coloursOf(store.get().dark ? "night" : "day");
  const ends = SCALE_SECONDS.map((seconds) => seconds / 60);
  const last = scale.length - 1;
  const words = (step: number): string => {
    if (step === 0) return `under ${ends[0]}`;
    return step === last ? `over ${ends[last - 1]}` : `${ends[step - 1]}\u2013${ends[step]}`;
  };
  return (
    <div class="scale" data-layers="addresses">
      <h3>{`Minutes ${untilWhom(store.get())}`}</h3>
      <ol>
        {scale.map((colour, step) => (
          <li key={step}>
            <i style={{ background: colour }} />
            {words(step)}
          </li>
        ))}
      </ol>
    </div>
  );
}

const Letter = ({ sign }: { readonly sign: string }): JSX.Element => (
  <i class="letter" aria-hidden="true">
    {sign}
  </i>
);

const STATION_SIGNS = [
  ["station-ambulance_station", "Ambulance station"],
  ["station-fire_station", "Fire station"],
  ["station-other", "Other station"],
] as const;

const BARRIERS = ["barriers", "bars", "bar-casings", "bar-signs"];
const LEAKS = ["leaks", "leak-casings", "leak-signs", "leak-stops", "leak-stop-signs"];
const GROUND_TOOLS: Readonly<Partial<Record<Tool, true>>> = {
  "edit-site": true,
  "draw-site": true,
  "edit-outside": true,
  "draw-outside": true,
};

const occupiedWords = ({ occupied_shuts, access_class }: PlanQuestion): string =>
  `Occupied: ${occupied_shuts.includes(access_class) ? "help does not drive there" : "a lane is free for help"}`;

const SITE = ["site-fill", "site-hatch", "site-outline", "stretches"];
const BUSES = ["bus-routes", "bus-numbers"];

/** What the plan draws at every desk: the ground that is held, occupied streets, stations, bus routes. */
export function HeldSigns({ store }: Props): JSX.Element {
  const { dark, shown, busRoutes, desk } = store.get();
  const theme = dark ? "night" : "day";
  const colours = coloursOf(theme);
  const question = questionOf(store.get());
  const kinds = new Set(stationsOf(store.get()).map(({ properties: { kind } }) => stationSign(kind)));
  return (
    <>
      {hasSite(question) && showsPlanLayer(store.get(), "site-fill") && (
        <SignRow
          sign={<Line colour={colours.site} look="band" />}
          text={desk === "plan" ? occupiedWords(question) : "Site of the plan, occupied streets"}
          of={SITE}
        />
      )}
      {shown.buses && busRoutes !== 0 && (
        <SignRow sign={<Line colour={colours.bus} look="band" />} text="Bus routes, with their numbers" of={BUSES} />
      )}
      {STATION_SIGNS.map(
        ([name, text]) =>
          kinds.has(name) && (
            <SignRow key={name} sign={<MapSign name={name} theme={theme} />} text={text} of={["stations"]} />
          ),
      )}
    </>
  );
}

/** What the plan draws while its desk is open, whichever tab is looked at. */
export function PlanSigns({ store }: Props): JSX.Element {
  const { dark, answer, ring, proof, ghosts, alternative, tool } = store.get();
  const theme = dark ? "night" : "day";
  const colours = coloursOf(theme);
  const question = questionOf(store.get());
  const barriers = answer?.cordon?.barriers ?? [];
  const drawn = (name: string): JSX.Element => <MapSign name={name} theme={theme} />;
  const given = showsRing(store.get());
  const across = (place: string): boolean => barriers.some((barrier) => !isGate(barrier) && barrier.place === place);
  const isGround = tool in GROUND_TOOLS;
  return (
    <>
      {!given && across("street") && (
        <SignRow sign={drawn("barrier-street")} text="Barrier across a street" of={BARRIERS} />
      )}
      {!given && across("junction") && (
        <SignRow sign={drawn("barrier-junction")} text="Barrier across a junction" of={BARRIERS} />
      )}
      {!given && barriers.some(isGate) && (
        <SignRow sign={drawn("gate")} text="Gate: a crew lets some pass" of={BARRIERS} />
      )}
      {proof && (
        <SignRow
          sign={<Line colour={colours.selected} look="band" />}
          text="How help drives to the address"
          of={["routes", "route-casings"]}
        />
      )}
      {proof?.services.some(({ second }) => second) && (
        <SignRow
          sign={<Line colour={colours.selected} look="dashed" />}
          text="A second route that shares no street"
          of={["second-routes"]}
        />
      )}
      {(ghosts.length > 0 || alternative !== null) && (
        <SignRow
          sign={<Line colour={colours.selected} look="dashed" />}
          text="Barriers of another cordon"
          of={["ghosts", "ghost-bars"]}
        />
      )}
      {question.closures.length > 0 && (
        <SignRow sign={<Line colour={colours.shut} look="dashed" />} text="Shut by hand" of={["shut"]} />
      )}
      {question.keep_open.length > 0 && (
        <SignRow sign={<Line colour={colours.open} look="band" />} text="Kept open" of={["kept-open"]} />
      )}
      {question.outside && (
        <SignRow
          sign={<Line colour={colours.open} look="dashed" />}
          text="Must stay outside"
          of={["outside", "outside-fill"]}
        />
      )}
      {given && (
        <SignRow
          sign={<Letter sign={"\u2776"} />}
          text="Barrier as given; hollow: it stops nothing"
          of={["ring", "ring-signs", "ring-notes"]}
        />
      )}
      {(ring.seal?.leaks.length ?? 0) > 0 && (
        <SignRow
          sign={<Line colour={colours.weak} look="band" />}
          text="Way in past the barriers; +: what stops it"
          of={LEAKS}
        />
      )}
      {question.pins.length > 0 && <SignRow sign={<Letter sign={PINNED} />} text="Pinned barrier" of={["marks"]} />}
      {(question.never.length > 0 || question.never_ways.length > 0) && (
        <SignRow sign={<Letter sign={FORBIDDEN} />} text="No barrier here" of={["marks", "barred"]} />
      )}
      {isGround && (
        <SignRow
          sign={<Line colour={colours.selected} look="dashed" />}
          text="Ground in hand: drag its corners"
          of={["draft", "handles"]}
        />
      )}
      <SignRow
        sign={<RingSign colour={colours.selected} />}
        text="What is selected or was searched"
        of={["picked", "barrier-picked", "spot"]}
      />
    </>
  );
}

/** What only the cordon itself shows. */
function CordonSigns({ store }: Props): JSX.Element {
  const { dark, answer, network, shown } = store.get();
  const theme = dark ? "night" : "day";
  const colours = coloursOf(theme);
  const isCut = (answer?.access?.after.unreached_count ?? 0) > 0;
  return (
    <>
      {shown.enclosed && Boolean(answer?.cordon?.barriers.length) && (
        <SignRow sign={<Line colour={colours.enclosed} look="band" />} text="Enclosed street" of={["enclosed"]} />
      )}
      {shown.weak && answer?.access && !showsRing(store.get()) && (
        <SignRow sign={<Line colour={colours.weak} look="dashed" />} text="Weak: blocked, help is late" of={["weak"]} />
      )}
      {isCut && (
        <SignRow
          sign={<MapSign name="cross" theme={theme} />}
          text={`${capital(addressWord(network))} not reached`}
          of={["unreached"]}
        />
      )}
    </>
  );
}

type LegendPartProps = { readonly title: string; readonly children: ComponentChildren };

/** Open where there is room for it. */
export const LegendPart = ({ title, children }: LegendPartProps): JSX.Element => (
  <details class="legend-part" open={innerWidth >= WIDE_PX}>
    <summary>
      <span>{title}</span>
    </summary>
    <div class="legend-body">{children}</div>
  </details>
);

export function PlanLegend({ store }: Props): JSX.Element {
  const { dark, when, shown, network, busRoutes } = store.get();
  const boxes: readonly (readonly [keyof Shown, string])[] = [
    ["seconds", `Times of ${addressesWord(network)}`],
    ["weak", "Weak streets"],
    ["enclosed", "Enclosed streets"],
    ["buses", busRoutes === 0 ? "Bus routes: none are known in this network" : "Bus routes"],
  ];
  return (
    <aside class="legend" aria-label="Map legend">
      <div class="when">
        <Choices
          name="when"
          title="Show the streets"
          options={WHEN}
          chosen={when}
          act={(chosen) => store.set({ when: chosen })}
        />
      </div>
      <LegendPart title="Legend">
        <Scale store={store} />
        <ul class="signs">
          <CordonSigns store={store} />
          <PlanSigns store={store} />
          <HeldSigns store={store} />
          <GroundSigns theme={dark ? "night" : "day"} />
        </ul>
        <div class="boxes">
          {boxes.map(([name, label]) => (
            <Checkbox
              key={name}
              label={label}
              checked={shown[name]}
              act={(on) => store.set({ shown: { ...store.get().shown, [name]: on } })}
            />
          ))}
        </div>
      </LegendPart>
    </aside>
  );
}
