/** A cordon as given: what is asked of the server, what the map shows of the verdict, and what the panel says. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { beforeEach, test } from "node:test";
import { renderToString } from "preact-render-to-string";
import type { PlanAnswer, Seal } from "../src/contract/index.ts";
import { plan } from "../src/desks/plan/index.tsx";
import { showsPlanLayer } from "../src/desks/plan/map/layers.ts";
import { leakFeatures, PLANNED, ringFeatures } from "../src/desks/plan/map/ring.ts";
import { RingPart } from "../src/desks/plan/panel/ring.tsx";
import {
  drop,
  hasRing,
  isFresh,
  loadFile,
  lookAt,
  putOnMap,
  sealQuestion,
  takePlan,
  type,
} from "../src/desks/plan/ring.ts";
import { ask, type PlanStore, questionOf } from "../src/desks/plan/store.ts";
import { opened } from "./frame.fixture.ts";
import { press } from "./parts.fixture.tsx";

const read = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`../../tests/snapshots/${name}.json`, import.meta.url), "utf8"));
const SEAL = read("seal") as Seal;
const ANSWER = read("plan") as PlanAnswer;

let store: PlanStore;

beforeEach(() => {
  const frame = opened("");
  frame.state.set({ desk: "plan", part: "plan" });
  store = frame.storeOf(plan);
});

/** As if the server had answered. */
function answered(seal: Seal = SEAL): void {
  const asked = JSON.stringify(sealQuestion(questionOf(store.get()), store.get().ring));
  store.set({ ring: { ...store.get().ring, seal, asked } });
}

const shown = (): string => renderToString(<RingPart store={store} />);

test("barriers put on the map, typed and loaded are asked about together, with the plan's own site", async () => {
  putOnMap(store, { lon: 174.78, lat: -41.28 });
  type(store, "\n Hill Street at Quay \n");
  await loadFile(store, new File(["174.77,-41.28"], "ring.txt"));
  const { site, barriers, file, ...rest } = sealQuestion(questionOf(store.get()), store.get().ring);
  assert.deepEqual(site, questionOf(store.get()).site);
  assert.deepEqual(barriers, [
    { lon: 174.78, lat: -41.28 },
    { words: "Hill Street at Quay", label: "Hill Street at Quay" },
  ]);
  assert.equal(file, "174.77,-41.28");
  assert.ok(!("radius_m" in rest), "the radius is for the server to choose: far enough for the barriers");
});

test("a plan's barriers are taken at the very metre where they stand", () => {
  store.set({ answer: ANSWER });
  takePlan(store);
  const { given } = store.get().ring;
  assert.deepEqual(
    given.map(({ way_indexes, at_m }) => [way_indexes, at_m]),
    ANSWER.cordon?.barriers.map(({ way_indexes, at_m }) => [way_indexes, at_m]),
  );
});

test("the map shows the barriers as given instead of the plan's, and the plan's again once they are dropped", () => {
  assert.ok(showsPlanLayer(store.get(), "barriers"));
  putOnMap(store, { lon: 174.78, lat: -41.28 });
  for (const layer of PLANNED) assert.ok(!showsPlanLayer(store.get(), layer));
  assert.deepEqual(ringFeatures(store.get()).features[0]?.properties, { sign: "1", idle: false, note: "" });
  drop(store);
  assert.ok(showsPlanLayer(store.get(), "barriers"));
  assert.deepEqual(ringFeatures(store.get()).features, []);
  assert.ok(!hasRing(store.get().ring));
});

test("leaks are drawn as paths with what stops each, idle barriers are marked and named", () => {
  putOnMap(store, { lon: 174.78, lat: -41.28 });
  answered();
  const lines = leakFeatures(store.get()).features.filter(({ geometry }) => geometry.type === "LineString");
  assert.deepEqual(
    lines.map(({ geometry }) => "coordinates" in geometry && geometry.coordinates),
    SEAL.leaks.map(({ path }) => path),
  );
  const idle = ringFeatures(store.get()).features.filter(({ properties }) => properties?.["idle"]);
  assert.deepEqual(
    idle.map(({ properties }) => [properties?.["sign"], properties?.["note"]]),
    SEAL.idle.map((number) => [`${number}`, "stops nothing"]),
  );
  lookAt(store, 1);
  const [first, second] = leakFeatures(store.get()).features;
  assert.deepEqual([first?.properties?.["picked"], second?.properties?.["dimmed"] ?? true], [true, true]);
});

test("the verdict, the streets of each leak and its cheapest barrier are said in words", () => {
  putOnMap(store, { lon: 174.78, lat: -41.28 });
  answered();
  const text = shown();
  assert.match(text, /Not sealed: \d+ ways? in (is|are) left/);
  for (const { streets, barrier } of SEAL.leaks) {
    assert.ok(text.includes(streets.join(" \u2192 ")));
    assert.ok(barrier && text.includes(`Stop it: ${barrier.street}`));
  }
  lookAt(store, 1);
  assert.match(shown(), /It starts outside: /);
});

test("a verdict about other barriers or another site is not shown", () => {
  putOnMap(store, { lon: 174.78, lat: -41.28 });
  answered();
  assert.ok(isFresh(store.get()));
  putOnMap(store, { lon: 174.79, lat: -41.28 });
  assert.match(shown(), /have changed since\. Check again\./);
  drop(store);
  putOnMap(store, { lon: 174.78, lat: -41.28 });
  answered();
  ask(store, { ...questionOf(store.get()), trust_signs: true });
  assert.ok(!isFresh(store.get()));
  assert.ok(!shown().includes("Not sealed"));
});

test("sealed, in doubt and leaking look different, not by colour alone", () => {
  putOnMap(store, { lon: 174.78, lat: -41.28 });
  for (const [sealed, certain, look] of [
    [true, true, "verdict sealed"],
    [true, false, "verdict doubted"],
    [false, true, "verdict leaking"],
  ] as const) {
    answered({ ...SEAL, sealed, certain });
    assert.ok(shown().includes(look));
  }
});

test("the barriers on the map are removed by a button, and the tool is taken by one", () => {
  putOnMap(store, { lon: 174.78, lat: -41.28 });
  press(<RingPart store={store} />, "Remove 1 barrier on the map");
  assert.deepEqual(store.get().ring.given, []);
  press(<RingPart store={store} />, "Put on the map");
  assert.equal(store.get().tool, "put-barrier");
});
