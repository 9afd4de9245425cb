import assert from "node:assert/strict";
import { test } from "node:test";
import { amountOf, amountShown } from "../src/desks/picture/amount.ts";

const READ: readonly (readonly [string, object])[] = [
  ["450", { low: 450, high: 450 }],
  ["about 450", { low: 450, high: 450, about: true }],
  ["~1,200", { low: 1200, high: 1200, about: true }],
  ["300-3000", { low: 300, high: 3000 }],
  ["between 300 and 3000", { low: 300, high: 3000 }],
  ["at least 20", { low: 20 }],
  ["2500+", { low: 2500 }],
  ["more than 2k", { low: 2000 }],
  ["up to 40", { high: 40 }],
  ["<5", { high: 5 }],
  ["0", { low: 0, high: 0 }],
];

for (const [text, amount] of READ) {
  test(`'${text}' is read as it is meant`, () => {
    assert.deepEqual(amountOf(text), { ok: true, value: amount });
  });
}

for (const text of ["", "many", "3000-300", "about", "-5", "1 2 3 -"]) {
  test(`'${text}' is refused with a sentence`, () => {
    const found = amountOf(text);
    assert.ok(!found.ok && found.error.endsWith("."));
  });
}

test("an amount that is shown can be typed again", () => {
  for (const text of ["450", "about 450", "300-3000", "at least 20", "up to 40"]) {
    const read = amountOf(text);
    assert.ok(read.ok);
    assert.equal(amountShown(read.value), text);
  }
});
