import assert from "node:assert/strict";
import { test } from "node:test";
import type { Means, StagePlan } from "../src/contract/index.ts";
import { rowsOf } from "../src/desks/plans/panel/gantt.tsx";
import { crewOf, rowAt, withMinutes, withUnits } from "../src/desks/plans/stages.ts";

const unit = (id: string) => ({ id, depot: "D1", vehicle_class: "service", speed_kmh: 20, assumed: true }) as const;
const MEANS = {
  depots: [{ id: "D1", place: "Here", kit: [], assumed: true }],
  crews: [unit("crew 2")],
  trucks: [{ ...unit("truck 1"), carries: 4 }],
  forklifts: [],
  rates: [{ structure: "fence", minutes_each: 2, metres_each: null, lifted: null, brought: null }],
  pieces: {},
  place_minutes: null,
  load_minutes: null,
} as unknown as Means;

test("more crews start where the first does, under names that none has, and are no longer assumed", () => {
  const crews = withUnits(MEANS, "crews", 3).crews;
  assert.deepEqual(
    crews.map(({ id, depot, speed_kmh, assumed }) => [id, depot, speed_kmh, assumed]),
    [
      ["crew 2", "D1", 20, false],
      ["crew 1", "D1", 20, false],
      ["crew 3", "D1", 20, false],
    ],
  );
  assert.equal(withUnits(MEANS, "trucks", 2).trucks[1]?.carries, 4);
  assert.deepEqual(withUnits(MEANS, "trucks", 0).trucks, []);
  assert.deepEqual(withUnits(MEANS, "forklifts", 1).forklifts[0]?.id, "forklift 1");
});

test("minutes of a piece are those of its structure alone, and none are assumed again", () => {
  const changed = withMinutes(MEANS, "concrete_block", 7);
  assert.deepEqual(
    changed.rates.map(({ structure, minutes_each }) => [structure, minutes_each]),
    [
      ["fence", 2],
      ["concrete_block", 7],
    ],
  );
  assert.equal(
    withMinutes(changed, "fence", null).rates.find(({ structure }) => structure === "fence")?.minutes_each,
    null,
  );
});

const task = (number: number, id: string, crew: string, starts: number, ends: number) => ({
  number,
  id,
  crew,
  truck: "truck 1",
  forklift: null,
  starts,
  ends,
});
const leg = (
  name: string,
  kind: string,
  start: string,
  end: string,
  leaves: number,
  arrives: number,
  loads = false,
) => ({
  unit: name,
  kind,
  start,
  end,
  leaves,
  arrives,
  loads,
});
const STAGE = {
  tasks: [task(1, "B1", "crew 2", 12, 20), task(2, "B2", "crew 1", 22, 30)],
  legs: [
    leg("truck 1", "truck", "D1", "D1", 0, 0, true),
    leg("truck 1", "truck", "D1", "B1", 10, 12),
    leg("truck 1", "truck", "B1", "B2", 20, 22),
    leg("crew 2", "crew", "D1", "B1", 11, 12),
    leg("crew 1", "crew", "D1", "B2", 20, 22),
  ],
  open: [
    { minute: 0, open: ["B1", "B2"] },
    { minute: 12, open: ["B2"] },
    { minute: 20, open: [] },
  ],
} as unknown as StagePlan;

test("each unit has its work, its drives and its loading, crews first", () => {
  const rows = rowsOf(STAGE);
  assert.deepEqual(
    rows.map(({ unit: name }) => name),
    ["crew 1", "crew 2", "truck 1"],
  );
  assert.deepEqual(
    rows[2]?.bars.map(({ from, to, what }) => [from, to, what]),
    [
      [0, 10, "load"],
      [10, 12, "drive"],
      [12, 20, "work"],
      [20, 22, "drive"],
      [22, 30, "work"],
    ],
  );
});

test("what is open is the last row that has begun; colours go by the names of crews", () => {
  assert.deepEqual(
    [0, 11, 12, 19, 99].map((minute) => rowAt(STAGE, minute)?.minute),
    [0, 0, 12, 12, 20],
  );
  assert.deepEqual([crewOf(STAGE, "crew 1"), crewOf(STAGE, "crew 2")], [0, 1]);
});
