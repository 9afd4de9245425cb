/** What the Plan desk says of barriers, corners, pins and bans. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { renderToString } from "preact-render-to-string";
import type { PlanAnswer, PlanQuestion } from "../src/contract/index.ts";
import { plan } from "../src/desks/plan/index.tsx";
import { markFeatures } from "../src/desks/plan/map/features.ts";
import { FORBIDDEN, PINNED } from "../src/desks/plan/map/signs.ts";
import { Barriers, countsWords, placesWords } from "../src/desks/plan/panel/barriers.tsx";
import { ask, type PlanStore, questionOf } from "../src/desks/plan/store.ts";
import { opened } from "./frame.fixture.ts";

const SNAPSHOT = new URL("../../tests/snapshots/plan.json", import.meta.url);
const ANSWER: PlanAnswer = JSON.parse(readFileSync(SNAPSHOT, "utf8"));
const CORDON = ANSWER.cordon;
assert.ok(CORDON);
const [FIRST, SECOND] = CORDON.barriers;
assert.ok(FIRST && SECOND);

const AWAY = { lon: 174.7, lat: -41.2, moved_m: 31.4, why: "the site leaves no room there", numbers: [] };
const WISHES = {
  pinned: [{ ...AWAY, asked: { lon: FIRST.lon, lat: FIRST.lat }, place: FIRST.street, numbers: [FIRST.number] }],
  forbidden: [{ ...AWAY, asked: { lon: 174.71, lat: -41.21 }, moved_m: 0, why: "", place: "Elm Street" }],
  forbidden_streets: ["Oak Street"],
  kept_open: ["Ash Street"],
};

function planned(): PlanStore {
  const store = opened("").storeOf(plan);
  const question: PlanQuestion = {
    ...questionOf(store.get()),
    pins: [{ lon: 1, lat: 1 }],
    never: [{ lon: 2, lat: 2 }],
  };
  ask(store, question);
  const barriers = CORDON?.barriers.map((one) => ({ ...one, origin: one === FIRST ? "pinned" : "added" })) ?? [];
  const answer = { ...ANSWER, cordon: { ...CORDON, barriers, wishes: WISHES } } as PlanAnswer;
  store.set({ answer, answered: questionOf(store.get()), status: "idle", when: "after" });
  return store;
}

test("barriers and the places where crews stand are counted apart", () => {
  const counts = { barrier_count: 9, corner_count: 6, mid_block_count: 0 };
  assert.equal(countsWords(counts), "9 barriers at 6 corners");
  assert.equal(countsWords({ ...counts, mid_block_count: 1 }), "9 barriers at 6 corners and 1 mid-block place");
  assert.equal(placesWords({ ...counts, corner_count: 0 }), "");
});

test("the list says what is pinned, added, forbidden and kept open, and how far a pin moved and why", () => {
  const said = renderToString(<Barriers store={planned()} />);
  assert.match(said, new RegExp(`${countsWords(CORDON)}`));
  assert.match(said, /pinned/);
  assert.match(
    said,
    new RegExp(`Pinned: barrier ${FIRST.number}, .*31 m from the point you gave: the site leaves no room`),
  );
  assert.match(said, /Forbidden: Elm Street\./);
  assert.match(said, /Forbidden along Oak Street\./);
  assert.match(said, /Kept open: Ash Street\./);
});

test("the map marks the barrier that a pin holds and the place that a ban holds", () => {
  const marks = markFeatures(planned().get()).features;
  const at = (sign: string) =>
    marks
      .filter(({ properties }) => properties?.["sign"] === sign)
      .map(({ geometry }) => (geometry.type === "Point" ? geometry.coordinates : []));
  assert.deepEqual(at(PINNED), [[FIRST.lon, FIRST.lat]]);
  assert.deepEqual(at(FORBIDDEN), [[AWAY.lon, AWAY.lat]]);
});
