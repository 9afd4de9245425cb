/** The Buses part of the Plan panel: the answer, the table of routes, stops and where riders go, what to know. */
import type { JSX, TargetedEvent } from "preact";
import type { BusChanges, MissedStop, RouteChange, Variation } from "../../contract/index.ts";
import { Item, Items, Sentences } from "../../lib/items.tsx";
import { Section } from "../../lib/parts.tsx";
import { save } from "../../lib/save.ts";
import { counted } from "../../lib/units.ts";
import { WorkBlock } from "../../lib/work.tsx";
import { operatorCsv } from "./features.ts";
import { type BusDesk, closesAnything, isDay, isPresent, presentOf } from "./store.ts";
import { leadWords, legWords, minutesWords, nearestWords, rowKey, stateWords, towards, whatWords } from "./words.ts";

type Props = { readonly store: BusDesk };
type OfChanges = Props & { readonly changes: BusChanges };

const NOTHING =
  "Nothing is closed yet, so buses drive as they do. Draw the ground that people hold, or close a street.";
const ASK = "Which buses do these closures cut, how do they drive, and where do riders go?";
const NO_TIMETABLE =
  "This server knows no timetable of the city\u2019s buses. Start it with clearway serve CITY.clearway --gtfs FEED.zip.";

function Form({ store }: Props): JSX.Element | null {
  const { day, work, known, failure } = store.get();
  if (work || !closesAnything(presentOf(store.plan, store.get()))) return null;
  const choose = ({ currentTarget }: TargetedEvent<HTMLInputElement>): void => {
    const text = currentTarget.value;
    if (!text || isDay(text)) store.set({ day: text });
  };
  const again = failure ? "Try again" : "Work out the detours";
  return (
    <div class="bus-doing">
      <label class="field">
        <span>Service day</span>
        <input type="date" value={day} onChange={choose} />
      </label>
      {!day && <p class="quiet">Left empty, it is the busiest day of the timetable.</p>}
      {!(known && isPresent(store.plan, store.get())) && (
        <button type="button" class="primary wide" onClick={store.runner.ask}>
          {again}
        </button>
      )}
    </div>
  );
}

function Lead({ store }: Props): JSX.Element {
  const { known, work, failure } = store.get();
  const asked = closesAnything(presentOf(store.plan, store.get())) ? ASK : NOTHING;
  return (
    <section class="bus-lead" aria-label="Buses">
      <div role="status" aria-live="polite">
        <p class="lead">{known ? leadWords(known.answer.changes) : asked}</p>
      </div>
      {known && !isPresent(store.plan, store.get()) && (
        <p class="warning">The plan or the day has changed since: these detours are for the one before.</p>
      )}
      {work && <WorkBlock work={work} label="Working out the detours of buses" cancel={store.runner.cancel} />}
      {failure && (
        <p class="warning" role="alert">
          {failure}
        </p>
      )}
      <Form store={store} />
    </section>
  );
}

const How = ({ one }: { readonly one: Variation }): JSX.Element => (
  <div class="bus-variation">
    <p>{`${counted(one.trips, "trip")}, ${one.first} to ${one.last}, cut by ${one.closures.join(", ") || "a closure"}. ${whatWords(one)}`}</p>
    {one.legs.length > 0 && (
      <ol class="legs">
        {one.legs.map((leg, index) => (
          <li key={index}>{legWords(leg)}</li>
        ))}
      </ol>
    )}
    {one.stops_missed.length > 0 && <p>{`Misses stop ${one.stops_missed.join(", ")}.`}</p>}
    <Sentences texts={one.notes} />
  </div>
);

function RouteItem({ store, row }: Props & { readonly row: RouteChange }): JSX.Element {
  const key = rowKey(row);
  const isCurrent = store.get().chosen === key;
  return (
    <Item
      isCurrent={isCurrent}
      act={() => store.set({ chosen: isCurrent ? "" : key })}
      text={
        <>
          <strong>{`${row.route} ${towards(row)}`}</strong>
          <small>{`${stateWords(row)}; ${row.trips_cut} of ${counted(row.trips, "trip")}`}</small>
          {row.stops_missed.length > 0 && <small>{`misses ${counted(row.stops_missed.length, "stop")}`}</small>}
        </>
      }
      note={<strong>{minutesWords(row.minutes_added)}</strong>}
    >
      {isCurrent && row.variations.map((one, index) => <How key={index} one={one} />)}
    </Item>
  );
}

const Stop = ({ stop }: { readonly stop: MissedStop }): JSX.Element => (
  <li>
    <strong>{`${stop.name} (${stop.stop_id})`}</strong>
    {`: ${stop.calls} of ${counted(stop.calls_that_day, "call")} missed, ${stop.first} to ${stop.last}. Nearest open stop: ${nearestWords(stop.nearest_open)}.`}
    <Sentences texts={stop.tell} />
  </li>
);

function Moved({ changes: { temporary_stops, interchanges } }: { readonly changes: BusChanges }): JSX.Element {
  const bays = interchanges.flatMap(({ bays: placed }) => placed);
  const none = interchanges.flatMap(({ not_placed }) => not_placed);
  const far = (metres: number | null): string =>
    metres === null ? "how far on foot is not known" : `${Math.round(metres)} m on foot`;
  return (
    <Sentences
      texts={[
        ...temporary_stops.map(
          (one) => `Temporary stop, ${one.where}, for stop ${one.instead_of.join(", ")}: ${far(one.metres)}.`,
        ),
        ...bays.map(
          (bay) =>
            `${bay.name} (${bay.stop_id}) moves to ${bay.where}: ${far(bay.metres)}, up to ${counted(bay.most_an_hour, "bus", "buses")} an hour.`,
        ),
        ...(none.length ? [`No kerb was found for stop ${none.join(", ")}.`] : []),
      ]}
    />
  );
}

const notesOf = ({ warnings, matching, forbidden, left_out }: BusChanges): string[] => [
  ...warnings,
  `${Math.round(matching.off_km)} of ${Math.round(matching.km)} km of the timetable\u2019s paths are on no street of the network; nothing is said of closures there.`,
  ...forbidden.map(
    ({ where, why, routes }) =>
      `The map forbids what the timetable drives: ${where}, ${why} (routes ${routes.join(", ")}).`,
  ),
  ...left_out.map(({ what, why, count }) => `Left out: ${counted(count, what)}: ${why}.`),
];

function Answer({ store, changes }: OfChanges): JSX.Element {
  const moved = changes.temporary_stops.length + changes.interchanges.length;
  return (
    <>
      {changes.routes.length > 0 && (
        <Section title={`Routes (${changes.routes.length})`} id="bus-detour-routes" open>
          <Items label="Routes that are cut">
            {changes.routes.map((row) => (
              <RouteItem key={rowKey(row)} store={store} row={row} />
            ))}
          </Items>
          <div class="bus-files">
            <button type="button" onClick={() => save("bus-routes.csv", "text/csv", operatorCsv(changes))}>
              Save the table (CSV)
            </button>
          </div>
        </Section>
      )}
      {changes.stops.length > 0 && (
        <Section title={`Stops missed (${changes.stops.length})`} id="bus-missed-stops">
          <ul class="sentences">
            {changes.stops.map((stop) => (
              <Stop key={stop.stop_id} stop={stop} />
            ))}
          </ul>
        </Section>
      )}
      {moved > 0 && (
        <Section title="Temporary stops and moved bays" id="bus-moved">
          <Moved changes={changes} />
        </Section>
      )}
      <Section title="What to know" id="bus-notes">
        <Sentences texts={notesOf(changes)} />
      </Section>
    </>
  );
}

export function BusPanel({ store }: Props): JSX.Element {
  if (!store.plan.get().network.timetable) return <p class="lead">{NO_TIMETABLE}</p>;
  const changes = store.get().known?.answer.changes;
  return (
    <div class="bus-part">
      <Lead store={store} />
      {changes && <Answer store={store} changes={changes} />}
    </div>
  );
}
