import assert from "node:assert/strict";
import { test } from "node:test";
import { ageWords, isoIn, midnight, timeWords, whenWords } from "../src/lib/times.ts";

const ZONE = "Pacific/Auckland";
const FRIDAY = Date.parse("2022-02-18T19:05:00+13:00");

test("times are told in the operation's own zone, with the day", () => {
  assert.equal(timeWords(FRIDAY, ZONE), "Fri 18 Feb 19:05");
  assert.equal(isoIn(FRIDAY, ZONE), "2022-02-18T19:05+13:00");
  assert.equal(isoIn(FRIDAY, "America/St_Johns"), "2022-02-18T02:35-03:30");
});

test("midnight is the zone's own, also on days when clocks change", () => {
  assert.equal(midnight(FRIDAY, ZONE), Date.parse("2022-02-18T00:00:00+13:00"));
  assert.equal(midnight(Date.parse("2022-04-03T12:00:00+12:00"), ZONE), Date.parse("2022-04-03T00:00:00+13:00"));
});

test("when something happened is told as precisely as it was said", () => {
  const when = (start: string, end: string, said = "") => whenWords({ start, end, said }, ZONE);
  assert.equal(when("2022-02-18T06:05:00Z", "2022-02-18T06:05:00Z"), "Fri 18 Feb 19:05");
  assert.equal(when("2022-02-17T11:00:00Z", "2022-02-18T11:00:00Z"), "Fri 18 Feb");
  assert.equal(when("2022-02-18T05:30:00Z", "2022-02-18T06:30:00Z", "day 11 about 7pm"), "Fri 18 Feb about 19:00");
  assert.equal(when("2022-02-17T17:00:00Z", "2022-02-17T23:00:00Z"), "Fri 18 Feb 06:00 to 12:00");
  assert.equal(when("2022-02-07T11:00:00Z", "2022-02-14T11:00:00Z"), "Tue 8 Feb to Mon 14 Feb");
  assert.equal(when("2022-02-18T09:00:00Z", "2022-02-18T17:30:00Z"), "Fri 18 Feb 22:00 to Sat 19 Feb 06:30");
  assert.equal(when("2022-02-18T09:00:00Z", "2022-02-19T09:00:00Z"), "Fri 18 Feb 22:00 to Sat 19 Feb 22:00");
});

test("ages are those of the record", () => {
  assert.deepEqual([5, 150, 7200, 200_000].map(ageWords), ["less than a minute", "2 min", "2 h", "2 days"]);
});
