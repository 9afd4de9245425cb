/** New ground from its corners: a site in place of the old, or one more area that must stay outside. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Position } from "../src/contract/index.ts";
import { askForDrawn } from "../src/desks/plan/edit/outline.ts";
import { addStation } from "../src/desks/plan/edit/stations.ts";
import { plan } from "../src/desks/plan/index.tsx";
import { isChanged, stationsOf } from "../src/desks/plan/stations.ts";
import { questionOf, stepBack } from "../src/desks/plan/store.ts";
import { opened } from "./frame.fixture.ts";
import { QUESTION } from "./question.fixture.ts";

const CORNERS: Position[] = [
  [174.77, -41.27],
  [174.78, -41.27],
  [174.78, -41.28],
];

test("a drawn site replaces the old one and its stretches", () => {
  const store = opened("").storeOf(plan);
  askForDrawn(store, "site", CORNERS);
  const { site, stretches } = questionOf(store.get());
  assert.deepEqual([site?.coordinates, stretches], [[[...CORNERS, CORNERS[0]]], []]);
});

test("a drawn area stays outside beside those drawn before, and the site is as it was", () => {
  const store = opened("").storeOf(plan);
  askForDrawn(store, "outside", CORNERS);
  askForDrawn(store, "outside", CORNERS);
  const { site, outside } = questionOf(store.get());
  assert.deepEqual([outside?.type, site], ["MultiPolygon", QUESTION.site]);
  stepBack(store);
  assert.equal(questionOf(store.get()).outside?.type, "Polygon");
});

test("an outline that crosses itself is refused in a sentence", () => {
  const store = opened("").storeOf(plan);
  askForDrawn(store, "outside", [...CORNERS, [174.77, -41.265], [174.79, -41.275]]);
  assert.equal(questionOf(store.get()).outside, null);
  assert.match(store.get().notice, /^The outline would cross itself\./);
});

test("a new station has a name that is free, is selected, and is not the scenario's", () => {
  const store = opened("").storeOf(plan);
  const scenario = stationsOf(store.get());
  addStation(store, [174.7771234567, -41.28]);
  addStation(store, [174.778, -41.28]);
  const stations = stationsOf(store.get());
  assert.deepEqual(
    stations.map(({ properties }) => properties.name),
    ["Corner Fire Station", "Station 2", "Station 3"],
  );
  assert.deepEqual(stations[1]?.geometry.coordinates, [174.777123, -41.28]);
  assert.deepEqual(store.get().selection, { kind: "station", index: 2 });
  assert.deepEqual(
    stations.map((station) => isChanged(station, scenario)),
    [false, true, true],
  );
});
