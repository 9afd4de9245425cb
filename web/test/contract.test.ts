import assert from "node:assert/strict";
import { test } from "node:test";
import * as v from "valibot";
import { check } from "../src/contract/check.ts";
import * as contract from "../src/contract/index.ts";
import { QUESTION } from "./question.fixture.ts";

test("a refusal names the field by its path", () => {
  const people = v.array(v.object({ name: v.string(), at: v.tuple([v.number(), v.number()]) }));
  assert.deepEqual(check(people, [{ name: "A", at: [1, 2] }]), { ok: true, value: [{ name: "A", at: [1, 2] }] });
  const refused = check(people, [{ name: "A", at: [1, "2"] }]);
  assert.ok(!refused.ok && refused.error.startsWith("0.at.1: "), JSON.stringify(refused));
});

test("a position may carry a height, which is dropped", () => {
  const found = check(contract.polygon, {
    type: "Polygon",
    coordinates: [
      [
        [1, 2, 30],
        [3, 4],
        [5, 6],
        [1, 2],
      ],
    ],
  });
  assert.ok(found.ok);
  assert.deepEqual(found.value.coordinates[0]?.[0], [1, 2]);
});

test("fields that a newer server adds are left alone", () => {
  const found = check(contract.accessSide, { reached: 1, unreached_count: 0, p50: 1, p90: 2, max: null, new: "x" });
  assert.deepEqual(found, { ok: true, value: { reached: 1, unreached_count: 0, p50: 1, p90: 2, max: null } });
});

test("what a link can say is a question that the contract knows", () => {
  assert.deepEqual(check(contract.planQuestion, structuredClone(QUESTION)), { ok: true, value: QUESTION });
});

test("the page knows every vehicle class of the contract, and no other", () => {
  assert.deepEqual([...contract.planQuestion.entries.access_class.wrapped.options], contract.VEHICLE_CLASSES);
});
