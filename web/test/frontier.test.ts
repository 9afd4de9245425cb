import assert from "node:assert/strict";
import { test } from "node:test";
import { entryOf } from "../src/desks/plan/frontier-entry.ts";

const point = (barrier_cost: number, enclosed: number, address_cost: number) => ({
  cost: barrier_cost,
  barrier_cost,
  places: 1,
  barrier_count: 1,
  corner_count: 1,
  mid_block_count: 0,
  enclosed,
  address_cost,
});
const FRONTIER = [point(70, 71, 0), point(75, 53, 0.4), point(81, 45, 0.9)];
const cordon = (barrier_cost: number, addresses: number) => ({ barrier_cost, enclosed: { addresses } });

test("the entry with the answer's own figures is the one", () => {
  assert.equal(entryOf(FRONTIER, cordon(75, 53), 0), 1);
});

test("an answer off the frontier stands at the last weight that is not above its own", () => {
  assert.equal(entryOf(FRONTIER, cordon(99, 50), 0.5), 1);
  assert.equal(entryOf(FRONTIER, cordon(99, 50), 0), 0);
});
