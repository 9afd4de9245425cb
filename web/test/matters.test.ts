/** What of a picture comes first in its panel, and its headline. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { check } from "../src/contract/check.ts";
import * as contract from "../src/contract/index.ts";
import { changedIn, countOf, dueOf, settledOf } from "../src/desks/picture/matters.ts";
import { happenedOf, leadOf } from "../src/desks/picture/summary.ts";

const said = check(
  contract.pictureAnswer,
  JSON.parse(readFileSync(new URL("../../tests/snapshots/picture.json", import.meta.url), "utf8")),
);
assert.ok(said.ok);
const PICTURE = said.value;
const [INCIDENT] = PICTURE.events.filter(({ kind }) => kind === "incident");
assert.ok(INCIDENT);
const NIGHT = { start: "2022-02-17T09:00:00Z", end: "2022-02-17T09:00:00Z", said: "" };

test("each promise, plan, request and condition is either due or settled, and never both", () => {
  const { promises, intents, requests, conditions } = PICTURE;
  const all = countOf({ promises, intents, requests, conditions });
  assert.equal(countOf(dueOf(PICTURE)) + countOf(settledOf(PICTURE)), all);
  const kept = { ...PICTURE, promises: promises.map((one) => ({ ...one, overdue: false })) };
  assert.deepEqual(dueOf(kept).promises, []);
  assert.equal(settledOf(kept).promises.length, promises.length);
});

test("what joined the picture in the last six hours has changed, once, the newest first; what is older has not", () => {
  const at = "2022-02-17T10:00:00Z";
  const event = (id: string, had: string) => ({ ...INCIDENT, id, had_from: had, happened: { ...NIGHT, start: had } });
  const events = [
    event("old", "2022-02-17T04:00:00Z"),
    event("new", "2022-02-17T04:00:01Z"),
    event("newest", "2022-02-17T09:59:00Z"),
  ];
  const picture = { ...PICTURE, at, counts: [], states: [], flows: [], events: [...events, ...events.slice(1)] };
  assert.deepEqual(
    changedIn(picture).map(({ id }) => id),
    ["newest", "new"],
  );
});

test("the headline names places and drops no figure that is estimated", () => {
  const [count] = PICTURE.counts;
  assert.ok(count?.latest[0]);
  const estimate = { at: PICTURE.at, low: 10, likely: 15, high: 20 };
  const figure = (where: string, says: string, of: string | null) => ({
    ...count,
    where,
    group: null,
    part_of: of,
    estimate,
    latest: [{ ...(count.latest[0] as contract.Fact), id: says, says }],
  });
  const counts = [
    figure("Parliament grounds", "About 800 people", null),
    figure("Hill Street", "About 30 people", null),
    figure("", "450 vehicles", null),
    figure("Hill Street", "Two police", "whole"),
  ];
  assert.equal(
    leadOf({ ...PICTURE, counts, contested: [] }),
    "Parliament grounds: about 800 people, probably 10 to 20. Hill Street: about 30 people, probably 10 to 20. 450 vehicles, probably 10 to 20.",
  );
  assert.equal(leadOf({ ...PICTURE, counts: [] }), "No people counted yet.");
});

test("what happened last is told with its place and time, and what is shut by its streets", () => {
  const [road] = PICTURE.states.filter(({ kind }) => kind === "road_state");
  assert.ok(road);
  const events = [{ ...INCIDENT, says: "Noise: horns.", where: "Third Street", happened: NIGHT }];
  const shut = { ...road, body: { state: "shut" }, where: "Bowen Street" };
  const states = [shut, { ...shut, id: "other" }, { ...shut, body: { state: "open" }, where: "Hill Street" }];
  assert.equal(
    happenedOf({ ...PICTURE, zone: "Pacific/Auckland", events, states }),
    "Noise: horns (Third Street, Thu 17 Feb 22:00). Shut: Bowen Street.",
  );
  assert.equal(happenedOf({ ...PICTURE, events: [], states: [] }), "");
});
