import assert from "node:assert/strict";
import { test } from "node:test";
import * as contract from "../src/contract.ts";
import * as v from "../src/validate.ts";
import { QUESTION } from "./question.fixture.ts";

test("a refusal names the field by its path", () => {
  const people = v.array(v.object({ name: v.string, at: v.position }));
  assert.deepEqual(people([{ name: "A", at: [1, 2, 3] }]), { ok: true, value: [{ name: "A", at: [1, 2] }] });
  assert.deepEqual(people([{ name: "A", at: [1, "2"] }]), { ok: false, error: "[0].at is not a position" });
  assert.deepEqual(people([{ at: [1, 2] }]), { ok: false, error: "[0].name is not text" });
});

test("numbers are finite, and words one of those allowed", () => {
  assert.ok(!v.number(Number.NaN).ok && !v.number("1").ok && !v.literal("a", "b")("c").ok);
});

test("a missing field takes its default; a wrong one is refused all the same", () => {
  const field = v.withDefault(v.number, 7);
  assert.deepEqual(field(undefined), { ok: true, value: 7 });
  assert.ok(!field("7").ok);
});

test("fields that a newer server adds are left alone", () => {
  assert.deepEqual(v.object({ a: v.number })({ a: 1, b: 2 }), { ok: true, value: { a: 1 } });
});

test("what a link can say is a question that the contract knows", () => {
  assert.deepEqual(contract.planQuestion(structuredClone(QUESTION)), { ok: true, value: QUESTION });
});
