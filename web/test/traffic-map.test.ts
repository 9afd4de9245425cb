import assert from "node:assert/strict";
import { test } from "node:test";
import { boundsOfWays, disagrees, effectBounds, flowFeatures, trafficOf } from "../src/desks/traffic/flows.ts";
import { flowClass, stepWords } from "../src/desks/traffic/scale.ts";
import { changed } from "./traffic.fixture.ts";

const WAYS = {
  way: [7, 8, 9, 12],
  flow_before_per_hour: [100, 500, 900, 0],
  flow_change_per_hour: [60, -420, 5, 180],
  saturation_before: [0.1, 0.9, 1.2, null],
  saturation_after: [0.2, 0.1, 1.2, 0.3],
  extra_minutes: [0.5, -1, 0, null],
  shut: [false, true, false, false],
  agreement: [0.5, 1, null, 0.8],
};
const LINES: [number, number][][] = [
  [
    [174.1, -41],
    [174.2, -41],
  ],
  [
    [174.3, -41.1],
    [174.3, -41.2],
  ],
  [
    [175, -42],
    [175, -43],
  ],
  [
    [174.3, -41.2],
    [174.4, -41.3],
  ],
];
const ANSWER = changed({ ways: WAYS }, { lines: LINES });

test("changes are drawn by class, more and less apart, those whose draws disagree marked", () => {
  const drawn = flowFeatures(ANSWER).features.map(({ id, properties }) => [
    id,
    properties?.["size"],
    properties?.["more"],
    properties?.["unsure"],
  ]);
  assert.deepEqual(drawn, [
    [7, 1, true, true],
    [8, 3, false, false],
    [12, 2, true, false],
  ]);
});

test("a change of the same size looks the same on either side", () => {
  assert.deepEqual([9.9, 10, -49, 50, -150, 399, -400, 5000].map(flowClass), [-1, 0, 0, 1, 2, 2, 3, 3]);
  assert.deepEqual([0, 3].map(stepWords), ["10\u201350", "over 400"]);
});

test("a way without a line and an answer that is not there draw nothing", () => {
  assert.deepEqual(flowFeatures(null).features, []);
  assert.deepEqual(flowFeatures(changed({ ways: WAYS }, { lines: [[], [], [], []] })).features, []);
});

test("the effect's bounds hold what changes much", () => {
  assert.deepEqual(effectBounds(ANSWER), [174.3, -41.3, 174.4, -41.1]);
  assert.equal(
    effectBounds(changed({ ways: { ...WAYS, flow_change_per_hour: [1, 2, 3, 4] } }, { lines: LINES })),
    null,
  );
  assert.deepEqual(boundsOfWays(ANSWER, [7, 8]), [174.1, -41.2, 174.3, -41]);
  assert.equal(boundsOfWays(ANSWER, [99]), null);
});

test("what is known of one way is found, and nothing of others", () => {
  assert.deepEqual(trafficOf(ANSWER, 8), {
    before: 500,
    change: -420,
    fullBefore: 0.9,
    fullAfter: 0.1,
    extraMinutes: -1,
    shut: true,
    agreement: 1,
  });
  assert.equal(trafficOf(ANSWER, 99), null);
});

test("without draws nobody disagrees", () => {
  assert.deepEqual([null, 0.79, 0.8, 1].map(disagrees), [false, true, false, false]);
});
