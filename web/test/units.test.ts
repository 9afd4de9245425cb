import assert from "node:assert/strict";
import { test } from "node:test";
import { counted, delay, metres, minutes, minutesRange, percent } from "../src/lib/units.ts";

test("seconds are read as minutes", () => {
  assert.equal(minutes(245), "4:05 min");
  assert.equal(minutes(59.6), "1:00 min");
  assert.equal(minutes(null), "not reached");
  assert.equal(minutes(-1), "not reached");
});

test("a delay has its sign, and none is said in a word", () => {
  assert.equal(delay(60, 100), "+0:40 min");
  assert.equal(delay(100, 60), "\u22120:40 min");
  assert.equal(delay(60, 60.2), "same");
  assert.equal(delay(null, 60), "");
});

test("several waits are a range; what is not reached is counted apart", () => {
  assert.equal(minutesRange([70, 90, -1]), "1:10\u20131:30 min; 1 not reached");
  assert.equal(minutesRange([70]), "1:10 min");
  assert.equal(minutesRange([-1]), "not reached");
  assert.equal(minutesRange([]), "");
});

test("nearly all is not said to be all", () => {
  assert.equal(percent(9999, 10000), "99.9 %");
  assert.equal(percent(10000, 10000), "100 %");
});

test("one of a thing is named in the singular", () => {
  assert.equal(counted(1, "barrier"), "1 barrier");
  assert.equal(counted(1200, "address", "addresses"), "1,200 addresses");
  assert.equal(metres(1432), "1.4 km");
});
