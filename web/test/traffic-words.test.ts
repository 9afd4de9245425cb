import assert from "node:assert/strict";
import { test } from "node:test";
import {
  about,
  answerWords,
  bare,
  between,
  full,
  hourWords,
  moreBare,
  moreCount,
  moreMinutes,
  parted,
} from "../src/desks/traffic/words.ts";
import { leftWords } from "../src/lib/units.ts";
import { range, STREET, withHours } from "./traffic.fixture.ts";

test("the answer is one sentence with its range and that the demand is synthetic", () => {
  const answer = withHours(412.4, range(300, 560), { streets: [STREET] });
  assert.equal(
    answerWords(answer),
    "Between 8:00 and 9:00 the city's traffic loses about 410 vehicle hours (300 to 560 over 20 draws of a synthetic demand), most of all on Hill Street.",
  );
});

test("own trips are called so", () => {
  assert.match(answerWords(withHours(10, range(9, 12)), true), /\(9 to 12 over 20 draws of your own trips\)\.$/);
  assert.match(answerWords(withHours(10, null), true), /\(your own trips, no draws yet\)\.$/);
});

test("before the draws are in, the sentence says that there are none", () => {
  assert.equal(
    answerWords(withHours(77.9, null)),
    "Between 8:00 and 9:00 the city's traffic loses about 78 vehicle hours (one synthetic demand, no draws yet).",
  );
});

test("traffic that gets easier, and traffic that stays as it is, are said so", () => {
  assert.match(
    answerWords(withHours(-31, range(-50, 4), { streets: [STREET] })),
    /gains about 31 vehicle hours \(−50 to 4 over 20 draws of a synthetic demand\)\.$/,
  );
  assert.equal(
    answerWords(withHours(0.3, range(0, 1))),
    "Between 8:00 and 9:00 the city's traffic stays much as it is.",
  );
});

test("trips that are cut off are part of the answer", () => {
  const answer = withHours(10, null);
  const cut = {
    ...answer,
    hour: 23,
    impact: { ...answer.impact, totals: { ...answer.impact.totals, trips_lost_per_hour: 1234 } },
  };
  assert.match(answerWords(cut), /^Between 23:00 and 0:00 .* About 1,200 trips no longer have a route\.$/);
});

test("figures have two digits that count", () => {
  assert.deepEqual([0, 4.4, 78.2, 412, 1234, -87_654].map(about), ["0", "4", "78", "410", "1,200", "-88,000"]);
});

test("minutes are told in minutes and seconds, with a sign where they are a difference", () => {
  assert.deepEqual(
    [bare(13.66), moreMinutes(0.17), moreBare(-0.4), moreMinutes(0.001), bare(null)],
    ["13:40", "+0:10 min", "\u22120:24", "0:00 min", "\u2013"],
  );
  assert.deepEqual(
    [moreCount(449.6), moreCount(-1200), moreCount(0.2), moreCount(null)],
    ["+450", "\u22121,200", "0", "\u2013"],
  );
});

test("a range has two ends, and none where there were no draws", () => {
  assert.equal(between(range(0.2, 4.17)), "0:12 to 4:10");
  assert.equal(between(range(-0.05, 0.43)), "\u22120:03 to 0:26");
  assert.equal(between(null), "");
  assert.equal(between({ ...range(0, 1), high: null }), "");
});

test("fullness, hours and what is left are said with their units", () => {
  assert.equal(full(1.113), "111 % full");
  assert.equal(full(null), "");
  assert.equal(hourWords(23), "23:00\u20130:00");
  assert.deepEqual([1, 7, 44, 200, null].map(leftWords), [
    "nearly done",
    "about 5 s left",
    "about 45 s left",
    "about 3 min left",
    "",
  ]);
});

test("of a long statement the first sentence and the last two stay in view", () => {
  const statement =
    "Synthetic demand: made up. It rests on 1.5 trips. 26,310 trips begin at 8:00. It has a mean. Nothing corrected it. Do not rely on it.";
  assert.deepEqual(parted(statement), {
    seen: "Synthetic demand: made up. Nothing corrected it. Do not rely on it.",
    folded: "It rests on 1.5 trips. 26,310 trips begin at 8:00. It has a mean.",
  });
  assert.deepEqual(parted("Counted. By hand."), { seen: "Counted. By hand.", folded: "" });
});
