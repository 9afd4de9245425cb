/** The Detours part of the Plan panel: the answer, movements with their detours, where to warn, who else gets past. */
import type { ComponentChildren, JSX } from "preact";
import type { Detour, Detours, Movement, OtherWays } from "../../contract/index.ts";
import { NumberChoice, NumberField, Select } from "../../lib/fields.tsx";
import { Item, Items, Sentences } from "../../lib/items.tsx";
import { Section } from "../../lib/parts.tsx";
import { save } from "../../lib/save.ts";
import { count } from "../../lib/units.ts";
import { Legs } from "../plan/legs.tsx";
import { AskingHead } from "../plans/asking.tsx";
import { hourWords } from "../traffic/words.ts";
import { detourCsv, keyOf } from "./features.ts";
import { type DetourDesk, momentAsked, momentsAsked } from "./store.ts";
import {
  backWords,
  cutByWords,
  fromToWords,
  fullWords,
  heavyWords,
  howWords,
  loadWords,
  mainOf,
  metresMore,
  minutesMore,
  pastWords,
  warnWords,
} from "./words.ts";

type Props = { readonly store: DetourDesk };
type OfDetours = Props & { readonly detours: Detours };

const ASK =
  "Which movements do these closures cut, how is all other traffic sent round, and where must drivers be warned?";
const ANY_TIME = "any";
/** In the list of hours: none. */
const EMPTY = -1;
const HOURS = [EMPTY, ...Array.from({ length: 24 }, (_, hour) => hour)];

const MOST_SIZE = 200;
const SIZES = [
  { name: "height_m", label: "Height", unit: "m", step: 0.1 },
  { name: "width_m", label: "Width", unit: "m", step: 0.05 },
  { name: "weight_t", label: "Weight", unit: "t", step: 1 },
  { name: "length_m", label: "Length", unit: "m", step: 0.5 },
] as const;

function HeavyFields({ store }: Props): JSX.Element {
  const { heavy } = store.get();
  return (
    <details class="more">
      <summary>How large a heavy vehicle is</summary>
      <p class="quiet">
        As large as a lorry may be in New Zealand without a permit, unless you say otherwise. 0: it does not matter.
      </p>
      <div class="plan-form">
        {SIZES.map(({ name, label, unit, step }) => (
          <NumberField
            key={name}
            label={label}
            unit={unit}
            value={heavy[name]}
            limits={{ least: 0, most: MOST_SIZE }}
            step={step}
            act={(size) => size !== null && store.set({ heavy: { ...heavy, [name]: size } })}
          />
        ))}
      </div>
    </details>
  );
}

function Fields({ store }: Props): JSX.Element {
  const moments = momentsAsked(store.by);
  return (
    <>
      {moments.length > 0 && (
        <Select
          label="When"
          options={[
            { value: ANY_TIME, label: "All that is shut at any time" },
            ...moments.map(([moment, label]) => ({ value: `${moment}`, label })),
          ]}
          chosen={`${momentAsked(store) ?? ANY_TIME}`}
          act={(chosen) => store.set({ at: chosen === ANY_TIME ? null : Number(chosen) })}
        />
      )}
      <NumberChoice
        label="How full they get, at"
        values={HOURS}
        chosen={store.get().hour ?? EMPTY}
        words={(hour) => (hour === EMPTY ? "not asked" : hourWords(hour))}
        act={(hour) => store.set({ hour: hour === EMPTY ? null : hour })}
      />
      <HeavyFields store={store} />
    </>
  );
}

const How = ({ way }: { readonly way: Detour }): JSX.Element => (
  <div class="how">
    <p>{howWords(way)}</p>
    <Legs legs={way.legs} more={loadWords} />
    <Sentences
      texts={[
        ...backWords(way),
        ...way.tight.map((corner) => `Tight for long vehicles: ${corner}.`),
        ...[fullWords(way)].filter((text) => text !== ""),
      ]}
    />
  </div>
);

type ItemProps = Props & {
  readonly whom: "general" | "heavy";
  readonly movement: Movement;
  readonly past: OtherWays | undefined;
};

function MovementItem({ store, whom, movement, past }: ItemProps): JSX.Element {
  const key = keyOf(whom, movement);
  const isCurrent = store.get().chosen === key;
  const flow = movement.flow_before_per_hour;
  const main = mainOf(movement);
  return (
    <Item
      isCurrent={isCurrent}
      act={() => store.set({ chosen: isCurrent ? "" : key })}
      text={
        <>
          <strong>{movement.along}</strong>
          <small>{`${fromToWords(movement)}, ${count(movement.metres)} m`}</small>
          <small>{cutByWords(movement)}</small>
          {flow !== null && <small>{`${count(flow)} vehicles an hour before`}</small>}
        </>
      }
      note={
        main?.metres_added == null ? (
          <strong>no detour</strong>
        ) : (
          <>
            <strong>{minutesMore(main.minutes_added)}</strong>
            <small>{metresMore(main.metres_added)}</small>
          </>
        )
      }
    >
      {isCurrent && (
        <>
          {movement.detours.map((way, index) => (
            <How key={index} way={way} />
          ))}
          {past && (
            <div class="how">
              <p>Who does not drive gets past:</p>
              <Sentences texts={pastWords(past)} />
            </div>
          )}
        </>
      )}
    </Item>
  );
}

function Movements({ store, detours }: OfDetours): JSX.Element {
  const past = new Map(detours.other_ways.map((ways) => [ways.movement, ways]));
  const { movements } = detours.general;
  return (
    <Section title={`Movements that are cut (${movements.length})`} id="detour-movements" open>
      <Items label="Movements that are cut">
        {movements.map((movement) => (
          <MovementItem
            key={movement.number}
            store={store}
            whom="general"
            movement={movement}
            past={past.get(movement.number)}
          />
        ))}
      </Items>
      <div class="files">
        <button type="button" onClick={() => save("detours.csv", "text/csv", detourCsv(detours))}>
          Save the table (CSV)
        </button>
      </div>
    </Section>
  );
}

const Heavy = ({ store, detours }: OfDetours): JSX.Element => (
  <Section title="Heavy vehicles" id="detour-heavy">
    <p>{heavyWords(detours)}</p>
    {detours.heavy && detours.heavy.movements.length > 0 && (
      <Items label="Movements that are cut for heavy vehicles">
        {detours.heavy.movements.map((movement) => (
          <MovementItem key={movement.number} store={store} whom="heavy" movement={movement} past={undefined} />
        ))}
      </Items>
    )}
  </Section>
);

type ListProps<T> = {
  readonly title: string;
  readonly id: string;
  readonly all: readonly T[];
  readonly children: (one: T) => ComponentChildren;
};

const List = <T,>({ title, id, all, children }: ListProps<T>): JSX.Element | null =>
  all.length === 0 ? null : (
    <Section title={`${title} (${all.length})`} id={id}>
      <ul class="sentences">
        {all.map((one, index) => (
          <li key={index}>{children(one)}</li>
        ))}
      </ul>
    </Section>
  );

function Answer({ store, detours }: OfDetours): JSX.Element {
  const { general, places, traffic, warnings } = detours;
  return (
    <>
      {general.movements.length > 0 && <Movements store={store} detours={detours} />}
      <List title="Where to warn drivers" id="detour-warn" all={general.warn}>
        {(warn) => (
          <>
            <strong>{warn.where}</strong>
            {`: ${warnWords(warn)}`}
          </>
        )}
      </List>
      {general.movements.length > 0 && <Heavy store={store} detours={detours} />}
      <List title="Nobody can drive there any more" id="detour-cut-off" all={general.cut_off}>
        {(street) => street}
      </List>
      <List title="Schools, stations, hospitals near by" id="detour-places" all={places}>
        {(place) => place.tell}
      </List>
      <Section title="What to know" id="detour-notes">
        <Sentences texts={[...warnings, ...(traffic ? [`Loads: ${traffic}`] : [])]} />
      </Section>
    </>
  );
}

export function DetourPanel({ store }: Props): JSX.Element {
  const detours = store.get().known?.answer.detours;
  return (
    <>
      <AskingHead
        name="detours"
        title="Detours"
        by={store.by}
        store={store}
        asking={store.asking}
        question={ASK}
        sentence={({ detours: { summary } }) => summary[0] ?? ""}
        more={({ detours: { summary } }) => summary.slice(1).join(" ")}
        doing="Working out the detours"
        button="Work out the detours"
      >
        <Fields store={store} />
      </AskingHead>
      {detours && <Answer store={store} detours={detours} />}
    </>
  );
}
