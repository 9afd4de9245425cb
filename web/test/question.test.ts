import assert from "node:assert/strict";
import { test } from "node:test";
import * as question from "../src/desks/plan/question.ts";
import { QUESTION } from "./question.fixture.ts";

const HERE = { lon: 174.777, lat: -41.278 };
const CLOSE_BY = { lon: 174.77702, lat: -41.27801 };
const THERE = { lon: 174.78, lat: -41.28 };

test("pinning a forbidden spot takes the ban away, and the other way round", () => {
  const pinned = question.pinned(question.forbidden(QUESTION, HERE), CLOSE_BY);
  assert.deepEqual([pinned.pins, pinned.never], [[CLOSE_BY], []]);
  const banned = question.forbidden(pinned, HERE);
  assert.deepEqual([banned.pins, banned.never], [[], [HERE]]);
});

test("the same spot is pinned once", () => {
  assert.equal(question.pinned(question.pinned(QUESTION, HERE), CLOSE_BY).pins.length, 1);
});

test("a barrier dragged to another street is pinned there and forbidden where it stood", () => {
  const moved = question.moved(question.pinned(QUESTION, CLOSE_BY), HERE, THERE, [HERE], false);
  assert.deepEqual([moved.pins, moved.never], [[THERE], [HERE]]);
});

test("a barrier dragged along its own street leaves no ban", () => {
  const moved = question.moved(question.pinned(QUESTION, HERE), HERE, THERE, [HERE], true);
  assert.deepEqual([moved.pins, moved.never], [[THERE], []]);
});

test("other cordons are looked for once, not again with the next change", () => {
  const looking = { ...QUESTION, alternatives: 3 };
  assert.equal(question.lookingOnce(QUESTION, looking).alternatives, 3);
  assert.equal(question.lookingOnce(looking, question.pinned(looking, HERE)).alternatives, 0);
});

test("a pin holds the barrier nearest to it, within reach", () => {
  const pinned = question.pinned(QUESTION, CLOSE_BY);
  assert.ok(question.isPinned(pinned, HERE, [THERE, HERE]));
  assert.ok(!question.isPinned(pinned, THERE, [THERE, HERE]));
  assert.equal(question.heldBy(CLOSE_BY, [THERE]), undefined);
  assert.deepEqual(question.unpinned(pinned, HERE, [THERE, HERE]).pins, []);
});

test("a street is closed, kept open or occupied, never two of them", () => {
  const closed = question.closed(QUESTION, 7, ["general"]);
  assert.deepEqual(question.closureOf(closed, 7)?.shuts, ["general"]);
  const open = question.toggleOpen(closed, 7);
  assert.deepEqual([open.keep_open, open.closures], [[7], []]);
  const occupied = question.toggleStretch(open, 7);
  assert.deepEqual([occupied.stretches.at(-1), occupied.keep_open], [7, []]);
});

test("closed to nobody is open", () => {
  assert.deepEqual(question.closed(question.closed(QUESTION, 7, ["bus"]), 7, []).closures, []);
});

test("changes leave the old question as it was", () => {
  const before = structuredClone(QUESTION);
  question.closed(question.pinned(QUESTION, HERE), 1, ["bus"]);
  assert.deepEqual(QUESTION, before);
  assert.ok(question.same(before, QUESTION));
});
