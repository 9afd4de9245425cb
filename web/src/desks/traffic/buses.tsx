/** What becomes of the bus routes: each with its directions, which are told apart when it is chosen. */
import type { JSX } from "preact";
import type { BusImpact, ImpactAnswer } from "../../contract/index.ts";
import { Item, Items } from "../../lib/items.tsx";
import { counted } from "../../lib/units.ts";
import { listed } from "../../lib/words.ts";
import { type PlanStore, select } from "../plan/store.ts";
import { byRoute, type Route, STATES, stateWord } from "./routes.ts";
import { min, moreMinutes } from "./words.ts";

const FIRST = 10;
const NAMED = 3;
const SAID: Readonly<Record<string, readonly [one: string, many: string]>> = {
  stopped: ["is stopped", "are stopped"],
  "cut short": ["is cut short", "are cut short"],
  "way round": ["drives a detour", "drive a detour"],
  "own line": ["only gets slower", "only get slower"],
};

/** The first few of many. */
const someOf = (names: readonly string[], more: string): string =>
  names.length > NAMED + 1 ? `${names.slice(0, NAMED).join(", ")} and ${names.length - NAMED} ${more}` : listed(names);

function where(bus: BusImpact): string {
  const shut = bus.blocked_at.length ? `shut at ${someOf(bus.blocked_at, "more streets")}` : "";
  const round = bus.way_round.length ? ` by ${someOf(bus.way_round, "more streets")}` : "";
  return [bus.state === "own line" ? "on its usual line" : `${stateWord(bus.state)}${round}`, shut]
    .filter(Boolean)
    .join("; ");
}

function Direction({ bus }: { readonly bus: BusImpact }): JSX.Element {
  const after = bus.minutes_after === null ? "not run" : `${min(bus.minutes_after)} after`;
  const trips = counted(bus.trips_per_day, "trip");
  return (
    <li>
      <strong>{bus.towards ? `To ${bus.towards}` : "One direction"}</strong>
      {`: ${where(bus)}. ${min(bus.minutes_before)} before, ${after}; ${trips} a day.`}
    </li>
  );
}

type RouteProps = { readonly plan: PlanStore; readonly route: Route };

function RouteItem({ plan, route }: RouteProps): JSX.Element {
  const key = `bus-${route.route}`;
  const { selection } = plan.get();
  const isCurrent = selection?.kind === "streets" && selection.key === key;
  const ways = [...new Set(route.directions.flatMap((bus) => bus.way_round_indexes))];
  const isStopped = route.state === "stopped" && route.extraMinutes === null;
  return (
    <Item
      isCurrent={isCurrent}
      act={() => select(plan, isCurrent ? null : { kind: "streets", key, ways })}
      text={
        <>
          <strong>{route.route}</strong>
          <small>{someOf(route.towards, "other ends")}</small>
          <small>{`${stateWord(route.state)}; ${counted(route.trips, "trip")} a day`}</small>
        </>
      }
      note={<strong>{isStopped ? "stopped" : moreMinutes(route.extraMinutes)}</strong>}
    >
      {isCurrent && (
        <ul class="sentences directions">
          {route.directions.map((bus, index) => (
            <Direction key={index} bus={bus} />
          ))}
        </ul>
      )}
    </Item>
  );
}

function summary(routes: readonly Route[]): string {
  const many = STATES.map((state) => [state, routes.filter((route) => route.state === state).length] as const);
  return listed(
    many
      .filter(([, count]) => count > 0)
      .map(([state, count]) => `${counted(count, "route")} ${SAID[state]?.[count === 1 ? 0 : 1] ?? state}`),
  );
}

type ListProps = { readonly plan: PlanStore; readonly label: string; readonly routes: readonly Route[] };

const Routes = ({ plan, label, routes }: ListProps): JSX.Element => (
  <Items label={label}>
    {routes.map((route) => (
      <RouteItem key={route.route} plan={plan} route={route} />
    ))}
  </Items>
);

type Props = { readonly plan: PlanStore; readonly answer: ImpactAnswer };

export function BusRoutes({ plan, answer: { impact } }: Props): JSX.Element {
  const { buses } = impact;
  if (buses === null) return <p>No bus lines are known in this network, so effects on buses are unknown.</p>;
  if (!buses.length) return <p>No bus route meets a closure or a street that slows.</p>;
  const routes = byRoute(buses);
  const rest = routes.slice(FIRST);
  return (
    <>
      <p>
        {`${summary(routes)}, in at least one direction. Minutes of a mean trip, stops not counted; choose a route to see its detour.`}
      </p>
      <Routes plan={plan} label="Bus routes" routes={routes.slice(0, FIRST)} />
      {rest.length > 0 && (
        <details class="more">
          <summary>{`The other ${rest.length}`}</summary>
          <Routes plan={plan} label="More bus routes" routes={rest} />
        </details>
      )}
    </>
  );
}
