/** How help gets there: longest waits, streets on which addresses depend, and a car across each street in turn. */
import type { ComponentChildren, JSX } from "preact";
import type {
  BlockedStreet,
  Engines,
  ServiceAccess,
  SingleStreet,
  Trip,
  WorstAddress,
} from "../../../contract/index.ts";
import { Item, Items } from "../../../lib/items.tsx";
import { Section } from "../../../lib/parts.tsx";
import { capital, count, counted, delay, minutes, percent } from "../../../lib/units.ts";
import { addressesWord, addressWord } from "../../../lib/words.ts";
import { type PlanStore, type Selection, type State, select } from "../store.ts";

type Row = {
  readonly key: string;
  readonly title: string;
  readonly text: string;
  readonly note: string;
  readonly selection: Selection;
};

const isCurrent = ({ selection }: State, row: Row): boolean =>
  (selection?.kind === "address" && row.selection.kind === "address" && selection.address === row.selection.address) ||
  (selection?.kind === "streets" && selection.key === row.key);

const worstRow = ({ address, label, lon, lat, station, seconds_before, seconds_after }: WorstAddress): Row => ({
  key: `worst-${address}`,
  title: label || `Point ${address}`,
  text: [station && `from ${station}`, delay(seconds_before, seconds_after)].filter(Boolean).join(", "),
  note: minutes(seconds_after),
  selection: { kind: "address", address, label, spot: { lon, lat } },
});

const streetSelection = (key: string, ways: readonly number[]): Selection => ({ kind: "streets", key, ways });

const singleRow =
  (word: string) =>
  (street: SingleStreet, index: number): Row => ({
    key: `single-${index}`,
    title: street.street,
    text: `blocked, ${counted(street.addresses, word, `${word}${word.endsWith("s") ? "es" : "s"}`)} cannot be reached`,
    note: count(street.addresses),
    selection: streetSelection(`single-${index}`, street.way_indexes),
  });

const blockedRow =
  (words: string) =>
  (street: BlockedStreet, index: number): Row => ({
    key: `blocked-${index}`,
    title: street.street,
    text: `${count(street.addresses)} ${words} wait longer${street.cut_off ? `, ${count(street.cut_off)} cut off` : ""}`,
    note: street.added_seconds > 0 ? `+${minutes(street.added_seconds)}` : "cut off",
    selection: streetSelection(`blocked-${index}`, street.way_indexes),
  });

type Part = {
  readonly title: string;
  readonly id: string;
  readonly teach: string;
  readonly none: string;
  readonly rows: (state: State) => readonly Row[];
  readonly extra?: (state: State) => string;
  readonly words?: readonly string[];
};

const PARTS: readonly Part[] = [
  {
    title: "Longest waits near the plan",
    id: "worst",
    teach: "Where help takes longest within 600 m of the site and of what is closed, the longest of each street.",
    none: "No reached point near the plan waits for help.",
    rows: ({ answer }) => (answer?.access?.worst ?? []).map(worstRow),
    extra: ({ answer }) => ` In the whole network the longest takes ${minutes(answer?.access?.after.max ?? null)}.`,
  },
  {
    title: "One street in only",
    id: "single",
    words: ["single street", "two approaches"],
    teach: "Blocked, these streets leave no other way in.",
    none: "No street near the plan is the only way in.",
    rows: ({ answer, network }) => (answer?.access?.single_street ?? []).map(singleRow(addressWord(network))),
    extra: ({ answer, network }) => {
      const two = answer?.access?.two_approaches ?? null;
      return two === null
        ? ""
        : ` ${count(two)} ${addressesWord(network)} can be reached by two paths that share no street.`;
    },
  },
  {
    title: "A car across one street",
    id: "blocked",
    words: ["N-1"],
    teach: "Each street blocked in turn: the ones that delay help most.",
    none: "No single blocked street near the plan delays help.",
    rows: ({ answer, network }) => (answer?.access?.n_minus_1 ?? []).map(blockedRow(addressesWord(network))),
  },
];

type PartProps = { readonly store: PlanStore; readonly part: Part };

function AccessPart({ store, part: { title, id, teach, none, rows, extra, words } }: PartProps): JSX.Element {
  const state = store.get();
  const listed = rows(state);
  return (
    <Section title={listed.length ? `${title} (${listed.length})` : title} id={id} words={words}>
      <p>
        {teach}
        {extra?.(state)}
      </p>
      {listed.length ? (
        <Items label={title}>
          {listed.map((row) => (
            <Item
              key={row.key}
              isCurrent={isCurrent(state, row)}
              act={() => select(store, isCurrent(store.get(), row) ? null : row.selection)}
              text={
                <>
                  <strong>{row.title}</strong>
                  <small>{row.text}</small>
                </>
              }
              note={row.note}
            />
          ))}
        </Items>
      ) : (
        <p>{none}</p>
      )}
    </Section>
  );
}

/** From the call to the hospital's door, before and after. */
export function tripWords({ hospitals, before, after }: Trip, words: string): string {
  const lost = before.reached - after.reached;
  const slowest = after.max === null ? "" : `; the slowest in ${minutes(after.max)}`;
  const fewer = lost > 0 ? `, ${count(lost)} fewer than before` : ", as many as before";
  const nearest =
    hospitals.length === 1 ? `to ${hospitals[0]?.name}` : `to the nearest of ${count(hospitals.length)} hospitals`;
  return `The whole trip, to the patient and on ${nearest}: from ${count(after.reached)} ${words}${fewer}${slowest}.`;
}

/** How many vehicles reach an address in time. */
function enginesWords({ seconds, after }: Engines, words: string): string {
  const within = `Two vehicles or more within ${minutes(seconds)}: ${count(after.two_or_more)} ${words}`;
  return `${within}; one: ${count(after.one)}; none: ${count(after.none)}.`;
}

/** One service: whom it reaches, how soon, and what must be known of its stations. */
function ServiceRow({ service, words }: { readonly service: ServiceAccess; readonly words: string }): JSX.Element {
  const { after, before, within } = service;
  const lost = before.reached - after.reached;
  const stations = counted(service.stations.length, "station", "stations");
  const turnout = Math.max(0, ...service.turnout_seconds);
  return (
    <li class={lost > 0 ? "service lost" : "service"}>
      <p>
        <strong>{capital(service.service)}</strong>
        {` (${stations}${turnout ? ", turnout included" : ", driving time"})`}
      </p>
      <p>
        {`Reaches ${count(after.reached)} ${words}`}
        {lost > 0 ? `, ${count(lost)} fewer than before` : ", as many as before"}
        {after.unreached_count > 0 && `; ${count(after.unreached_count)} not reached`}
        {service.on_foot_count > 0 &&
          ` (${count(service.on_foot_count)} of them at most 45 m on foot from the vehicle)`}
        {after.max !== null && `; the slowest in ${minutes(after.max)}`}
        {`; ${count(within.after)} within ${minutes(within.seconds)}.`}
      </p>
      {service.standard && (
        <p>{`Standard of ${percent(service.standard.share, 1)}: ${service.standard.met_after ? "met" : "not met"}.`}</p>
      )}
      {service.trip && <p>{tripWords(service.trip, words)}</p>}
      {service.engines && <p>{enginesWords(service.engines, words)}</p>}
      {service.notes.map((note) => (
        <p key={note} class="warning">
          {note}
        </p>
      ))}
    </li>
  );
}

function Services({ store }: { readonly store: PlanStore }): JSX.Element {
  const { answer, network } = store.get();
  const services = answer?.access?.services ?? [];
  const words = addressesWord(network);
  return (
    <Section title={`Services (${services.length})`} id="services">
      <p>{`Each service by its own stations. The plan calls ${addressesWord(network)} reached where every service reaches them.`}</p>
      <ul class="services" aria-label="Services">
        {services.map((service) => (
          <ServiceRow key={service.service} service={service} words={words} />
        ))}
      </ul>
    </Section>
  );
}

export const AccessParts = ({ store }: { readonly store: PlanStore }): ComponentChildren =>
  store.get().answer?.access
    ? [
        <Services key="services" store={store} />,
        ...PARTS.map((part) => <AccessPart key={part.id} store={store} part={part} />),
      ]
    : null;
