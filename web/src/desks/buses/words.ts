/** Routes, stops and detours in words. Pure functions. */
import type { BusChanges, MissedStop, NearestStop, RouteChange, Variation } from "../../contract/index.ts";
import { counted } from "../../lib/units.ts";
import { minutesWords } from "../plan/legs.tsx";

export const rowKey = ({ route_id, direction }: RouteChange): string => `${route_id}/${direction}`;

export const towards = ({ towards: end, direction }: RouteChange): string =>
  end ? `to ${end}` : direction ? `direction ${direction}` : "";

const STATES = { detour: "detour", cut_short: "cut short", stopped: "cannot run" } as const;

/** Every way in which trips of a route change, each once. */
export const stateWords = ({ variations }: RouteChange): string =>
  [...new Set(variations.map(({ state }) => STATES[state]))].join(", ");

export const runWords = (minutes: number | null): string => minutesWords(minutes, "not run");

export function whatWords({ state, minutes_added, starts_at, ends_at, leaves, joins }: Variation): string {
  if (state === "stopped") return "No part of the trip can be driven.";
  const ends = [starts_at && `begins at stop ${starts_at}`, ends_at && `ends at stop ${ends_at}`].filter(Boolean);
  const short = state === "cut_short" ? `Cut short: it ${ends.join(" and ") || "serves no stop"}. ` : "";
  const round = leaves || joins ? `Leave at ${leaves || "the start"}, join at ${joins || "the end"}. ` : "";
  return `${short}${round}${runWords(minutes_added)} on empty streets.`;
}

export function nearestWords(nearest: NearestStop | null): string {
  if (!nearest) return "none";
  const far = nearest.metres === null ? "how far on foot is not known" : `${Math.round(nearest.metres)} m on foot`;
  const steps = nearest.steps_on_the_way ? ", steps on the way" : "";
  return `${nearest.name} (${nearest.stop_id}), ${far}${steps}; step-free: ${nearest.step_free}`;
}

export const stopsOf = ({ stops }: BusChanges, { stops_missed }: RouteChange): MissedStop[] =>
  stops.filter(({ stop_id }) => stops_missed.includes(stop_id));

/** A service day, "Thu, 20 Feb 2020". */
export const dayWords = (day: string): string =>
  new Date(`${day}T12:00:00Z`).toLocaleDateString("en-NZ", {
    weekday: "short",
    day: "numeric",
    month: "short",
    year: "numeric",
    timeZone: "UTC",
  });

export function leadWords({ trips, trips_cut, routes_cut, stops, calls_missed, day, feed }: BusChanges): string {
  const of = `of ${trips.toLocaleString("en-NZ")} on ${day ? dayWords(day) : `a day of ${feed}`}`;
  if (!trips_cut) return `None ${of} meets a closure.`;
  const missed = stops.length
    ? `${counted(stops.length, "stop")} missed, ${counted(calls_missed, "call")} in all`
    : "no stop is missed";
  return `${counted(trips_cut, "bus trip")} ${of} ${trips_cut === 1 ? "meets" : "meet"} a closure, on ${counted(routes_cut, "route")}; ${missed}.`;
}
