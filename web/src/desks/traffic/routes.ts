/** Bus directions put together by the number that people know. Pure functions. */
import type { BusImpact } from "../../contract/index.ts";

export type Route = {
  readonly route: string;
  /** Where its directions go, those that run most first. */
  readonly towards: readonly string[];
  readonly trips: number;
  readonly directions: readonly BusImpact[];
  /** The worst state of any direction. */
  readonly state: string;
  /** What all its trips of a day take longer. */
  readonly minutesADay: number;
  /** The mean trip that still runs; null where none does. */
  readonly extraMinutes: number | null;
};

/** Worst first. */
export const STATES = ["stopped", "cut short", "way round", "own line"] as const;

/** A state as a reader knows it. */
export const stateWord = (state: string): string =>
  state === "way round" ? "detour" : state === "own line" ? "usual line" : state;

const worse = (state: string): number => {
  const at = (STATES as readonly string[]).indexOf(state);
  return at < 0 ? STATES.length : at;
};

function routeOf(route: string, all: readonly BusImpact[]): Route {
  const directions = all.toSorted((a, b) => b.trips_per_day - a.trips_per_day);
  const running = directions.filter((bus) => bus.extra_minutes !== null);
  const minutesADay = running.reduce((sum, bus) => sum + (bus.extra_minutes ?? 0) * bus.trips_per_day, 0);
  const runs = running.reduce((sum, bus) => sum + bus.trips_per_day, 0);
  const state = directions.map((bus) => bus.state).toSorted((a, b) => worse(a) - worse(b))[0] ?? "";
  return {
    route,
    directions,
    state,
    minutesADay,
    towards: [...new Set(directions.map((bus) => bus.towards).filter(Boolean))],
    trips: directions.reduce((sum, bus) => sum + bus.trips_per_day, 0),
    extraMinutes: runs ? minutesADay / runs : null,
  };
}

/** Routes by their state, the worst first, and within it those whose passengers lose most in a day. */
export function byRoute(buses: readonly BusImpact[]): Route[] {
  const names = [...new Set(buses.map((bus) => bus.route))];
  return names
    .map((name) =>
      routeOf(
        name,
        buses.filter((bus) => bus.route === name),
      ),
    )
    .toSorted(
      (a, b) =>
        Math.min(worse(a.state), 1) - Math.min(worse(b.state), 1) || b.minutesADay - a.minutesADay || b.trips - a.trips,
    );
}
