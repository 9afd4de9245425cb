import assert from "node:assert/strict";
import { test } from "node:test";
import { amountShown } from "../src/desks/picture/amount.ts";
import { sentOf, typedOf } from "../src/desks/picture/typed.ts";

test("an amount is shown as it would be typed", () => {
  assert.equal(amountShown({ low: 450, high: 450 }), "450");
  assert.equal(amountShown({ low: 450, high: 450, about: true }), "about 450");
  assert.equal(amountShown({ low: 300, high: 3000 }), "300-3000");
  assert.equal(amountShown({ low: 20 }), "at least 20");
  assert.equal(amountShown({ high: 40 }), "up to 40");
});

test("words are sent as they are typed, a list too, a number as a number where it is one", () => {
  assert.equal(sentOf("about a dozen", "amount"), "about a dozen");
  assert.equal(sentOf("tomorrow noon", "time"), "tomorrow noon");
  assert.equal(sentOf("Concrete blocks", "name"), "Concrete blocks");
  assert.equal(sentOf("residents, workers", "list"), "residents, workers");
  assert.equal(sentOf("Hill St, even side; 58 Aitken St", "places"), "Hill St, even side; 58 Aitken St");
  assert.equal(sentOf("12.5", "number"), 12.5);
  assert.equal(sentOf("ten", "number"), "ten");
  assert.equal(sentOf("true", "yes-no"), true);
});

test("a list of one that holds a comma is typed so that it stays one", () => {
  assert.equal(typedOf(["Masks, indoors"], "list", "UTC"), "Masks, indoors;");
  assert.equal(typedOf(["Hill Street, even side"], "places", "UTC"), "Hill Street, even side");
});

test("a stored time is typed in the operation's own zone", () => {
  assert.equal(typedOf("2022-02-18T06:05:00Z", "time", "Pacific/Auckland"), "2022-02-18 19:05");
});
