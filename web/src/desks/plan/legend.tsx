/** Before and after, and what the signs mean. */
import type { ComponentChildren, JSX } from "preact";
import type { PlanQuestion } from "../../contract/index.ts";
import { MapSign } from "../../lib/canvas.tsx";
import { Checkbox, Choices } from "../../lib/parts.tsx";
import { capital } from "../../lib/units.ts";
import { addressesWord, addressWord } from "../../lib/words.ts";
import { coloursOf, SCALE_SECONDS, type Theme } from "../../map/theme.ts";
import { isGate, stationSign } from "./map/features.ts";
import { FORBIDDEN, PINNED } from "./map/signs.ts";
import { hasSite } from "./question.ts";
import { showsRing } from "./ring.ts";
import { stationsOf } from "./stations.ts";
import { type PlanStore, questionOf, type Shown, untilWhom } from "./store.ts";

type Props = { readonly store: PlanStore };

const WIDE_PX = 900;
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
    <div class="scale">
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

type RowProps = { readonly sign: ComponentChildren; readonly text: string };

export const SignRow = ({ sign, text }: RowProps): JSX.Element => (
  <li>
    {sign}
    {text}
  </li>
);

export const Line = ({ colour, look }: { readonly colour: string; readonly look: string }): JSX.Element => (
  <i class={`line ${look}`} style={`--line:${colour}`} />
);

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

const occupiedWords = ({ occupied_shuts, access_class }: PlanQuestion): string =>
  `Occupied: ${occupied_shuts.includes(access_class) ? "help does not drive there" : "a lane is free for help"}`;

/** What every map has: what the streets themselves say. */
export const GroundSigns = ({ theme }: { readonly theme: Theme }): JSX.Element => (
  <>
    <SignRow sign={<MapSign name="arrow" theme={theme} />} text="One way, from near" />
    <SignRow sign={<Line colour={coloursOf(theme).path} look="dashed" />} text="Path or steps" />
    <SignRow
      sign={<i class="ring-sign" style={`border-color:${coloursOf(theme).label}`} />}
      text="The map's data end here; the street may go on"
    />
  </>
);

/** What the plan draws at every desk: the ground that is held, occupied streets, stations. */
export function HeldSigns({ store }: Props): JSX.Element {
  const { dark, shown, busRoutes } = store.get();
  const theme = dark ? "night" : "day";
  const colours = coloursOf(theme);
  const kinds = new Set(stationsOf(store.get()).map(({ properties: { kind } }) => stationSign(kind)));
  return (
    <>
      {hasSite(questionOf(store.get())) && (
        <SignRow sign={<Line colour={colours.site} look="band" />} text="Site of the plan, occupied streets" />
      )}
      {shown.buses && busRoutes !== 0 && <SignRow sign={<Line colour={colours.bus} look="band" />} text="Bus routes" />}
      {STATION_SIGNS.map(
        ([name, text]) =>
          kinds.has(name) && <SignRow key={name} sign={<MapSign name={name} theme={theme} />} text={text} />,
      )}
    </>
  );
}

function Signs({ store }: Props): JSX.Element {
  const { dark, answer, network, ring, shown, busRoutes, proof, ghosts, alternative } = store.get();
  const theme = dark ? "night" : "day";
  const colours = coloursOf(theme);
  const question = questionOf(store.get());
  const barriers = answer?.cordon?.barriers ?? [];
  const stations = new Set(stationsOf(store.get()).map(({ properties: { kind } }) => stationSign(kind)));
  const drawn = (name: string): JSX.Element => <MapSign name={name} theme={theme} />;
  const unreached = `${capital(addressWord(network))} not reached`;
  const given = showsRing(store.get());
  const across = (place: string): boolean => barriers.some((barrier) => !isGate(barrier) && barrier.place === place);
  return (
    <ul class="signs">
      {!given && across("street") && <SignRow sign={drawn("barrier-street")} text="Barrier across a street" />}
      {!given && across("junction") && <SignRow sign={drawn("barrier-junction")} text="Barrier across a junction" />}
      {!given && barriers.some(isGate) && <SignRow sign={drawn("gate")} text="Gate: a crew lets some pass" />}
      {hasSite(question) && (
        <SignRow sign={<Line colour={colours.site} look="band" />} text={occupiedWords(question)} />
      )}
      {barriers.length > 0 && <SignRow sign={<Line colour={colours.enclosed} look="band" />} text="Enclosed street" />}
      {shown.buses && busRoutes !== 0 && (
        <SignRow sign={<Line colour={colours.bus} look="band" />} text="Bus routes, with their numbers" />
      )}
      {proof && <SignRow sign={<Line colour={colours.selected} look="band" />} text="How help drives to the address" />}
      {proof?.services.some(({ second }) => second) && (
        <SignRow sign={<Line colour={colours.selected} look="dashed" />} text="A second route that shares no street" />
      )}
      {(ghosts.length > 0 || alternative !== null) && (
        <SignRow sign={<Line colour={colours.selected} look="dashed" />} text="Barriers of another cordon" />
      )}
      {question.closures.length > 0 && (
        <SignRow sign={<Line colour={colours.shut} look="dashed" />} text="Shut by hand" />
      )}
      {question.keep_open.length > 0 && <SignRow sign={<Line colour={colours.open} look="band" />} text="Kept open" />}
      {question.outside && <SignRow sign={<Line colour={colours.open} look="dashed" />} text="Must stay outside" />}
      {given && <SignRow sign={<Letter sign={"\u2776"} />} text="Barrier as given; hollow: it stops nothing" />}
      {(ring.seal?.leaks.length ?? 0) > 0 && (
        <SignRow sign={<Line colour={colours.weak} look="band" />} text="Way in past the barriers; +: what stops it" />
      )}
      {question.pins.length > 0 && <SignRow sign={<Letter sign={PINNED} />} text="Pinned barrier" />}
      {(question.never.length > 0 || question.never_ways.length > 0) && (
        <SignRow sign={<Letter sign={FORBIDDEN} />} text="No barrier here" />
      )}
      {answer?.access && !given && (
        <SignRow sign={<Line colour={colours.weak} look="dashed" />} text="Weak: blocked, help is late" />
      )}
      {answer?.access && answer.access.after.unreached_count > 0 && <SignRow sign={drawn("cross")} text={unreached} />}
      <GroundSigns theme={theme} />
      {STATION_SIGNS.map(([name, text]) => stations.has(name) && <SignRow key={name} sign={drawn(name)} text={text} />)}
    </ul>
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
  const { when, shown, network, busRoutes } = store.get();
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
        <Signs store={store} />
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
