/** What the page says of the trip to hospital. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Trip } from "../src/contract/index.ts";
import { tripWords } from "../src/desks/plan/panel/access.tsx";

const side = (reached: number, max: number | null) => ({ reached, unreached_count: 0, p50: max, p90: max, max });
const mercy = { name: "Mercy", lon: 0, lat: 0, addresses_before: 7, addresses_after: 7 };
const trip = (before: number, after: number, max: number | null): Trip => ({
  hospitals: [mercy],
  before: side(before, 60),
  after: side(after, max),
});

test("a trip that is as possible as before says so, with the slowest", () => {
  assert.equal(
    tripWords(trip(7, 7, 90), "addresses"),
    "The whole trip, to the patient and on to Mercy: from 7 addresses, as many as before; the slowest in 1:30 min.",
  );
});

test("addresses whose patients come to no hospital any more are counted", () => {
  assert.match(tripWords(trip(7, 5, 90), "addresses"), /from 5 addresses, 2 fewer than before/);
  assert.match(tripWords(trip(7, 0, null), "addresses"), /from 0 addresses, 7 fewer than before\.$/);
});
