import assert from "node:assert/strict";
import { test } from "node:test";
import { check } from "../src/contract/check.ts";
import type { VariantImpact } from "../src/contract/index.ts";
import * as contract from "../src/contract/index.ts";
import { bestOf, difference, drawByDraw, MEASURES, type Measure } from "../src/desks/traffic/measures.ts";
import { alike, figuresOf, ordered } from "../src/desks/traffic/orders.ts";
import { byRoute } from "../src/desks/traffic/routes.ts";
import { askForDraws, createTrafficStore, isPinned, keyOf, remembered } from "../src/desks/traffic/store.ts";
import { QUESTION } from "./question.fixture.ts";
import { ANSWER, bus, changed, range, withHours } from "./traffic.fixture.ts";

const measure = (title: string): Measure => {
  const found = MEASURES.find((one) => one.title === title);
  assert.ok(found, title);
  return found;
};
const HOURS = measure("Extra vehicle hours");

test("the least is best, and nobody where all look alike", () => {
  const [few, same, many] = [withHours(10, null), withHours(10.3, null), withHours(64, null)];
  assert.deepEqual(bestOf(HOURS, [many, few, same]), [false, true, true]);
  assert.deepEqual(bestOf(HOURS, [few, same]), [false, false]);
  assert.deepEqual(bestOf(HOURS, [few, null]), [false, false]);
});

test("differences are those of the figures as they are shown", () => {
  assert.equal(difference(HOURS, withHours(78.4, null), withHours(92.5, null)), "+15");
  assert.equal(difference(HOURS, withHours(92, null), withHours(78, null)), "\u221214");
  assert.equal(difference(HOURS, withHours(78.1, null), withHours(78.2, null)), "");
  assert.equal(difference(HOURS, null, withHours(78, null)), "");
});

test("buses count by what all their trips lose, and by those that cannot drive through", () => {
  const answer = changed({
    buses: [bus("1", "a", 100, "way round", 2), bus("1", "b", 50, "own line", -1), bus("2", "c", 10, "stopped", null)],
  });
  assert.equal(measure("Bus minutes a day").of(answer), 200);
  assert.equal(measure("Bus directions cut").of(answer), 1);
  assert.equal(measure("Bus minutes a day").of(changed({ buses: null })), null);
});

test("two plans of one hour are compared draw by draw, of two hours not at all", () => {
  const drawn = (hours: number[]) =>
    changed({ how_sure: { ...ANSWER.impact.how_sure, draw_extra_vehicle_hours: hours } });
  assert.deepEqual(drawByDraw(drawn([5, 5, 5, 5]), drawn([4, 6, 4, 5.01])), { fewer: 2, same: 1, draws: 4 });
  assert.equal(drawByDraw(drawn([5]), { ...drawn([4]), hour: 17 }), null);
  assert.equal(drawByDraw(drawn([]), drawn([])), null);
});

test("directions of one route are put together, stopped ones first, then by what passengers lose", () => {
  const routes = byRoute([
    bus("14", "Wilton", 10, "own line", 1),
    bus("1", "Island Bay", 90, "own line", 1),
    bus("1", "Churton Park", 100, "way round", 3),
    bus("25", "Khandallah", 5, "stopped", null),
  ]);
  assert.deepEqual(
    routes.map(({ route }) => route),
    ["25", "1", "14"],
  );
  const one = routes[1];
  assert.deepEqual(
    [one?.state, one?.trips, one?.minutesADay, one?.towards],
    ["way round", 190, 390, ["Churton Park", "Island Bay"]],
  );
  assert.equal(routes[0]?.extraMinutes, null);
});

const VARIANT: VariantImpact = {
  name: "cordon 1",
  places: ["Hill Street, north side"],
  spots: [{ lon: 1, lat: 2 }],
  cost_points: 110.4,
  extra_vehicle_hours: 78,
  trips_lost_per_hour: 0,
  help_worst_minutes: 36.3,
  help_beyond: 4,
  help_unreached: 0,
  bus_vehicle_minutes_per_hour: 92,
  bus_lines_cut: 45,
  burden_vehicle_hours: 256,
  unbeaten: true,
};

test("variants are ranked by any figure, what is not known last", () => {
  const list = [
    { ...VARIANT, name: "a", cost_points: null },
    { ...VARIANT, name: "b", cost_points: 120 },
    { ...VARIANT, name: "c", burden_vehicle_hours: 12 },
  ];
  assert.deepEqual(
    ordered(list, "cost").map(({ name }) => name),
    ["c", "b", "a"],
  );
  assert.deepEqual(
    ordered(list, "burden").map(({ name }) => name),
    ["c", "a", "b"],
  );
  assert.deepEqual(figuresOf(VARIANT, "help").main, { value: "36:18", unit: "minutes" });
  assert.ok(figuresOf(VARIANT, "help").rest.includes("0 trips cut off"));
});

test("variants that do the same are told once, by the cheapest", () => {
  const list = [
    { ...VARIANT, name: "dear", cost_points: 120 },
    { ...VARIANT, name: "other", extra_vehicle_hours: 90 },
    VARIANT,
  ];
  assert.deepEqual(
    alike(list).map(({ variant, others }) => [variant.name, others]),
    [
      ["cordon 1", 1],
      ["other", 0],
    ],
  );
});

test("a plan is known by its question and hour, whatever else was looked for", () => {
  const kept = { question: QUESTION, hour: 8 };
  assert.equal(keyOf(kept), keyOf({ question: { ...QUESTION, alternatives: 3 }, hour: 8 }));
  assert.notEqual(keyOf(kept), keyOf({ ...kept, hour: 9 }));
  assert.ok(isPinned([kept], kept) && !isPinned([kept], { ...kept, hour: 9 }));
});

test("old answers are forgotten, those of pinned plans are not", () => {
  const pinned = { question: QUESTION, hour: 0 };
  const traffic = createTrafficStore({ hour: null, draws: null, pins: [pinned] });
  for (let hour = 0; hour < 24; hour++)
    traffic.set({
      known: remembered(traffic.get(), keyOf({ question: QUESTION, hour }), { answer: ANSWER, whole: true }),
    });
  const { known } = traffic.get();
  assert.ok(known.size <= 12 && known.has(keyOf(pinned)) && known.has(keyOf({ question: QUESTION, hour: 23 })));
});

test("the town's variants and its impact can be compared", () => {
  assert.ok(check(contract.impactAnswer, ANSWER).ok);
  assert.equal(HOURS.range?.(withHours(1, range(3, 9))), "3 to 9");
});

test("another number of draws makes every answer another one", () => {
  const traffic = createTrafficStore({ hour: 8, draws: 5, pins: [] });
  traffic.set({ known: remembered(traffic.get(), "a", { answer: ANSWER, whole: true }), shown: "a" });
  askForDraws(traffic, 5);
  assert.equal(traffic.get().shown, "a");
  askForDraws(traffic, 60);
  assert.deepEqual([traffic.get().draws, traffic.get().shown, traffic.get().known.size], [60, null, 0]);
});
