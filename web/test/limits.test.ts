import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { COSTS, QUANTITIES, type Quantity } from "../src/desks/plan/panel/quantities.ts";
import { type Limits, numberFault } from "../src/lib/limits.ts";

const ABOVE: Limits = { above: 0, most: 20_000 };
const WHOLE: Limits = { least: 1, most: 9, whole: true };

test("a number within its limits has no fault, at the limits too", () => {
  for (const [text, limits] of [
    ["0.01", ABOVE],
    ["20000", ABOVE],
    ["1", WHOLE],
    ["9", WHOLE],
    ["0", { least: 0 }],
  ] as const)
    assert.equal(numberFault(text, limits, "m"), "");
});

test("one beyond them gets a sentence that says what fits, with the unit", () => {
  for (const text of ["0", "-1", "20000.5", "", "far", "Infinity"])
    assert.equal(numberFault(text, ABOVE, "m"), "Give a number above 0 and up to 20,000\u00a0m.");
  for (const text of ["0", "10", "2.5"]) assert.equal(numberFault(text, WHOLE, ""), "Give a whole number from 1 to 9.");
  assert.equal(numberFault("-0.1", { least: 0 }, "points"), "Give a number of at least 0\u00a0points.");
  assert.equal(numberFault("101", { least: 0, most: 100 }, "%"), "Give a number from 0 to 100\u00a0%.");
});

type Schema = {
  readonly type?: string;
  readonly minimum?: number;
  readonly exclusiveMinimum?: number;
  readonly maximum?: number;
  readonly anyOf?: readonly Schema[];
};
const { schemas } = JSON.parse(readFileSync(new URL("../../docs/reference/openapi.json", import.meta.url), "utf8"))
  .components as { schemas: Record<string, { properties: Record<string, Schema> }> };

/** The limits that the API has, in the unit that the page shows. */
function limitsIn(schema: string, name: string, { scale }: Quantity): Limits {
  const field = schemas[schema]?.properties[name];
  const { type, minimum, exclusiveMinimum, maximum } = field?.anyOf?.[0] ?? field ?? {};
  return {
    ...(minimum === undefined ? {} : { least: minimum / scale }),
    ...(exclusiveMinimum === undefined ? {} : { above: exclusiveMinimum / scale }),
    ...(maximum === undefined ? {} : { most: maximum / scale }),
    ...(type === "integer" ? { whole: true } : {}),
  };
}

for (const [schema, table] of [
  ["PlanQuestion", QUANTITIES],
  ["BarrierCosts", COSTS],
] as const)
  test(`the page takes what the API takes: ${schema}`, () => {
    for (const [name, quantity] of Object.entries(table) as [string, Quantity][])
      assert.deepEqual(quantity.limits, limitsIn(schema, name, quantity), name);
  });
