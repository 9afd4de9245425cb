/** The Buses part: words, what is drawn, the operator's table. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { BusChanges, MissedStop, RouteChange, Variation } from "../src/contract/index.ts";
import { busBounds, busFeatures, operatorCsv } from "../src/desks/buses/features.ts";
import { isDay } from "../src/desks/buses/store.ts";
import { leadWords, nearestWords, rowKey, runWords, whatWords } from "../src/desks/buses/words.ts";
import { legWords } from "../src/desks/plan/legs.tsx";

const detour: Variation = {
  state: "detour",
  trips: 2,
  trip_ids: ["a", "b"],
  first: "08:00",
  last: "25:10",
  closures: ["Works"],
  leaves: "Main St at First St",
  joins: "Main St at Second St",
  legs: [
    { turn: "from", street: "Main St", metres: 0 },
    { turn: "left into", street: "First St", metres: 99.6 },
  ],
  minutes_added: 1.25,
  metres_added: 200,
  stops_missed: ["5111"],
  starts_at: "",
  ends_at: "",
  bays: [],
  lines: [
    [
      [174.77, -41.28],
      [174.78, -41.27],
    ],
  ],
  way_indexes: [3],
  notes: ['The turn from "Main St" is tight.'],
};

const row = (route_id: string, more: Partial<RouteChange> = {}): RouteChange => ({
  route_id,
  route: route_id,
  direction: "0",
  towards: "East",
  trips: 9,
  trips_cut: 2,
  minutes_added: 1.25,
  stops_missed: ["5111"],
  variations: [detour],
  ...more,
});

const stop: MissedStop = {
  stop_id: "5111",
  name: "Molesworth Street",
  lon: 174.775,
  lat: -41.29,
  step_free: "not known",
  calls: 2,
  calls_that_day: 2,
  first: "08:04",
  last: "25:14",
  routes: [],
  nearest_open: null,
  moved_to: "",
  tell: ["No bus of 7 here."],
};

const changes: BusChanges = {
  feed: "feed.zip",
  day: "2020-02-20",
  stands_in_for: null,
  trips: 1797,
  trips_cut: 2,
  routes_cut: 1,
  calls_missed: 2,
  closures: [],
  routes: [row("7")],
  stops: [stop],
  temporary_stops: [],
  interchanges: [],
  forbidden: [],
  matching: { paths: 1, assumed: 0, km: 1, off_km: 0, stops_off: 0 },
  left_out: [],
  summary: [],
  warnings: [],
};

test("the answer is one sentence with day, routes and stops", () => {
  assert.equal(
    leadWords(changes),
    "2 bus trips of 1,797 on Thu, 20 Feb 2020 meet a closure, on 1 route; 1 stop missed, 2 calls in all.",
  );
  assert.equal(
    leadWords({ ...changes, trips_cut: 0, day: null }),
    "None of 1,797 on a day of feed.zip meets a closure.",
  );
});

test("legs say the turn, the street and the metres; a street that is only met has none", () => {
  assert.deepEqual(detour.legs.map(legWords), ["from Main St", "left into First St, 100 m"]);
});

test("what becomes of a trip is said with where it ends, and minutes that nobody drives are not a number", () => {
  assert.equal(
    whatWords(detour),
    "Leave at Main St at First St, join at Main St at Second St. +1.3 min on empty streets.",
  );
  const short: Variation = { ...detour, state: "cut_short", leaves: "", joins: "", ends_at: "5014", minutes_added: -2 };
  assert.equal(whatWords(short), "Cut short: it ends at stop 5014. \u22122.0 min on empty streets.");
  assert.equal(whatWords({ ...detour, state: "stopped", minutes_added: null }), "No part of the trip can be driven.");
  assert.equal(runWords(null), "not run");
});

test("the nearest open stop says how far, or that it is not known", () => {
  const near = {
    stop_id: "5014",
    name: "Lambton",
    metres: 234.6,
    step_free: "not known",
    steps_on_the_way: true,
  } as const;
  assert.equal(nearestWords(near), "Lambton (5014), 235 m on foot, steps on the way; step-free: not known");
  assert.match(nearestWords({ ...near, metres: null }), /how far on foot is not known/);
  assert.equal(nearestWords(null), "none");
});

test("the map shows all routes, or the chosen one with its own stops alone", () => {
  const two = {
    ...changes,
    routes: [row("7"), row("8", { stops_missed: [], variations: [{ ...detour, lines: [] }] })],
  };
  const kinds = (chosen: string) => busFeatures(two, chosen).features.map(({ properties }) => properties?.["kind"]);
  assert.deepEqual(kinds(""), ["detour", "missed"]);
  assert.deepEqual(kinds(rowKey(row("7"))), ["detour", "missed"]);
  assert.deepEqual(kinds(rowKey(row("8"))), []);
  assert.deepEqual(busBounds(two), [174.77, -41.29, 174.78, -41.27]);
  assert.equal(busBounds(two, rowKey(row("8"))), null);
  assert.deepEqual(busFeatures(null).features, []);
});

test("the operator's table has a line for each way in which trips change, and no cell that a spreadsheet runs", () => {
  const [head, line] = operatorCsv({ ...changes, routes: [row("=7")] }).split("\r\n");
  assert.match(head ?? "", /^route,towards,trips,first,last,what,leave at,join at,turn by turn,/);
  assert.equal(
    line,
    `'=7,to East,2,08:00,25:10,detour,Main St at First St,Main St at Second St,"from Main St; left into First St, 100 m",1.3,5111,"The turn from ""Main St"" is tight."`,
  );
});

test("a service day is a day of the calendar", () => {
  assert.deepEqual(["2020-02-20", "2020-13-20", "20 Feb", ""].map(isDay), [true, false, false, false]);
});
