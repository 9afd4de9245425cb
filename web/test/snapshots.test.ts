import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { check, type Validator } from "../src/contract/check.ts";
import * as contract from "../src/contract/index.ts";

/** What the server really answered, written by tests/server/test_snapshots.py. */
const FOLDER = new URL("../../tests/snapshots/", import.meta.url);

const VALIDATORS: Readonly<Record<string, Validator<unknown>>> = {
  networks: contract.networkList,
  network: contract.networkDetails,
  way: contract.wayDetails,
  nearest: contract.nearestWay,
  search: contract.searchHits,
  plan: contract.planAnswer,
  "plan-nothing-closed": contract.planAnswer,
  seal: contract.seal,
  impact: contract.impactJob,
  variants: contract.variantsJob,
  detours: contract.detoursJob,
  operations: contract.operationList,
  operation: contract.operationDetails,
  picture: contract.pictureAnswer,
  map: contract.markCollection,
  entry: contract.entryAnswer,
  entries: contract.factList,
  kinds: contract.kindsAnswer,
  error: contract.errorAnswer,
};

const read = (name: string): unknown => JSON.parse(readFileSync(new URL(`${name}.json`, FOLDER), "utf8"));

test("every snapshot has a validator, and every validator a snapshot", () => {
  const names = readdirSync(FOLDER).map((file) => file.replace(/\.json$/, ""));
  assert.deepEqual(names.toSorted(), Object.keys(VALIDATORS).toSorted());
});

for (const [name, validator] of Object.entries(VALIDATORS)) {
  test(`the server's answer '${name}' is what the page expects`, () => {
    const found = check(validator, read(name));
    assert.ok(found.ok, found.ok ? "" : found.error);
  });
}

test("a plan holds barriers and a network its question", () => {
  const plan = check(contract.planAnswer, read("plan"));
  assert.ok(plan.ok && (plan.value.cordon?.barriers.length ?? 0) > 0);
  const network = check(contract.networkDetails, read("network"));
  assert.ok(network.ok && network.value.scenario.question.site);
});

test("a picture holds one of everything", () => {
  const found = check(contract.pictureAnswer, read("picture"));
  assert.ok(found.ok);
  const { counts, states, events, promises, requests, conditions, contested } = found.value;
  for (const list of [counts, states, events, promises, requests, conditions, contested]) assert.ok(list.length > 0);
  assert.ok(counts[0]?.estimate && counts[0].band.length > 10);
});
