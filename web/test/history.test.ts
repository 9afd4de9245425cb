import assert from "node:assert/strict";
import { test } from "node:test";
import { amend, begin, canRedo, canUndo, record, redo, undo } from "../src/lib/history.ts";

test("undo goes back step by step and redo goes forward again", () => {
  const written = record(record(begin("a"), "b"), "c");
  assert.equal(undo(written).present, "b");
  assert.equal(undo(undo(written)).present, "a");
  assert.equal(redo(undo(undo(written))).present, "b");
  assert.deepEqual(redo(redo(undo(undo(written)))), written);
});

test("at either end nothing changes", () => {
  const start = begin(1);
  assert.equal(undo(start), start);
  assert.equal(redo(start), start);
  assert.ok(!canUndo(start) && !canRedo(start));
});

test("a new step drops what had been undone", () => {
  const changed = record(undo(record(begin(1), 2)), 3);
  assert.ok(!canRedo(changed));
  assert.equal(undo(changed).present, 1);
});

test("a slider on its way is one step", () => {
  const slid = amend(amend(record(begin(0), 1), 2), 3);
  assert.equal(slid.present, 3);
  assert.equal(undo(slid).present, 0);
});

test("only the last two hundred steps are kept", () => {
  let history = begin(0);
  for (let step = 1; step <= 300; step++) history = record(history, step);
  assert.equal(history.past.length, 200);
  assert.equal(history.past[0], 100);
});
