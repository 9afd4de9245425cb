/** The Buses part of the Plan panel: the answer, the table of routes, stops and where riders go, what to know. */
import type { JSX, TargetedEvent } from "preact";
import type { BusChanges, MissedStop, RouteChange, Variation } from "../../contract/index.ts";
import { Item, Items, Sentences } from "../../lib/items.tsx";
import { Section } from "../../lib/parts.tsx";
import { save } from "../../lib/save.ts";
import { counted } from "../../lib/units.ts";
import { Legs } from "../plan/legs.tsx";
import { AskingHead } from "../plans/asking.tsx";
import { planShut } from "../plans/shut.ts";
import { operatorCsv } from "./features.ts";
import { type BusDesk, isDay } from "./store.ts";
import { leadWords, nearestWords, rowKey, runWords, stateWords, towards, whatWords } from "./words.ts";

type Props = { readonly store: BusDesk };
type OfChanges = Props & { readonly changes: BusChanges };

const ASK = "Which buses do these closures cut, how do they drive, and where do riders go?";
const NO_TIMETABLE =
  "This server knows no timetable of the city\u2019s buses. Start it with clearway serve CITY.clearway --gtfs FEED.zip.";

function ServiceDay({ store }: Props): JSX.Element {
  const { day } = store.get();
  const choose = ({ currentTarget }: TargetedEvent<HTMLInputElement>): void => {
    const text = currentTarget.value;
    if (!text || isDay(text)) store.set({ day: text });
  };
  const usual = planShut(store.by) ? "the day of the plan with most trips" : "the busiest day of the timetable";
  return (
    <>
      <label class="field">
        <span>Service day</span>
        <input type="date" value={day} onChange={choose} />
      </label>
      {!day && <p class="quiet">{`Left empty, it is ${usual}.`}</p>}
    </>
  );
}

const How = ({ one }: { readonly one: Variation }): JSX.Element => (
  <div class="how">
    <p>{`${counted(one.trips, "trip")}, ${one.first} to ${one.last}, cut by ${one.closures.join(", ") || "a closure"}. ${whatWords(one)}`}</p>
    <Legs legs={one.legs} />
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
      note={<strong>{runWords(row.minutes_added)}</strong>}
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
  `${Math.round(matching.off_km)} of ${Math.round(matching.km)} km of the timetable\u2019s paths are on no street of the network; ` +
    "nothing is said of closures there.",
  ...forbidden.map(
    ({ where, why, routes }) =>
      `The map forbids what the timetable drives: ${where}, ${why} (routes ${routes.join(", ")}).`,
  ),
  ...left_out.map(({ what, why, count }) => `Left out: ${counted(count, what, what.replace(/^\w+/, "$&s"))}: ${why}.`),
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
          <div class="files">
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
  if (!store.by.cordon.get().network.timetable) return <p class="lead">{NO_TIMETABLE}</p>;
  const changes = store.get().known?.answer.changes;
  return (
    <>
      <AskingHead
        name="buses"
        title="Buses"
        by={store.by}
        store={store}
        asking={store.asking}
        question={ASK}
        sentence={(answer) => leadWords(answer.changes)}
        doing="Working out the detours of buses"
        button="Work out the detours"
      >
        <ServiceDay store={store} />
      </AskingHead>
      {changes && <Answer store={store} changes={changes} />}
    </>
  );
}
