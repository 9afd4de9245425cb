import assert from "node:assert/strict";
import { test } from "node:test";
import type { Barrier, Position } from "../src/contract/index.ts";
import { AT_THE_SPOT, apart, numberSides, spread } from "../src/desks/plan/map/numbers.ts";

const across = (lon: number, lat: number, lines = 1): Barrier => ({
  number: 1,
  place: "street",
  street: "",
  between: [],
  side: "",
  lon,
  lat,
  ways: [],
  way_indexes: [],
  cost: 1,
  spots: [],
  origin: "added",
  at_corner: true,
  at_m: [],
  kind: "gate",
  width_m: 6,
  width_known: true,
  today: "",
  passes: [],
  shuts: [],
  lines: Array.from({ length: lines }, () => [
    [lon - 0.0001, lat],
    [lon + 0.0001, lat],
  ]),
});

test("numbers stand at the bars' ends, away from the middle of the plan", () => {
  assert.deepEqual(numberSides([across(0, 0), across(0.01, 0)]), [8, 0]);
});

test("two barriers side by side do not cover each other's numbers", () => {
  const [first, second] = numberSides([across(0, 0), across(0, 0.00002), across(-0.01, 0)]);
  assert.notEqual(first, second);
});

test("a barrier of several bars has its number at the spot", () => {
  assert.deepEqual(numberSides([across(0, 0, 3)]), [AT_THE_SPOT]);
  assert.deepEqual(numberSides([]), []);
});

test("north is up: metres run east and south", () => {
  const [east, south] = apart([0, 0], [0, 0.001]);
  assert.ok(Math.abs(east) < 1e-9 && Math.abs(south + 111.32) < 0.01);
});

test("signs at one corner stand side by side, the first of them at its spot, and those with room stay where they are", () => {
  const corner: Position = [174.7772, -41.2785];
  const far: Position = [174.7812, -41.2785];
  const spots = [corner, corner, [174.77721, -41.27851], far, corner] as Position[];
  const placed = spread(spots, 28);
  assert.deepEqual([placed[0], placed[3]], [corner, far]);
  for (const [at, one] of placed.entries()) {
    for (const other of placed.slice(at + 1)) assert.ok(Math.hypot(...apart(one, other)) >= 22);
    assert.ok(Math.hypot(...apart(one, spots[at] as Position)) <= 46);
  }
  assert.deepEqual(spread([], 28), []);
});
