/** The bar of time: what its track shows, where its handles may stand, and the number of the day beside it. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { renderToString } from "preact-render-to-string";
import { picture } from "../src/desks/picture/index.tsx";
import {
  goToMoment,
  isAtTheEnd,
  isWhole,
  knowAt,
  lookAt,
  type PictureStore,
  showOnTrack,
  showWhole,
  spanOf,
  trackOf,
  zoom,
} from "../src/desks/picture/store.ts";
import { TimeBar } from "../src/desks/picture/timebar.tsx";
import { pairsOf, writeHash } from "../src/frame/link.ts";
import { DAY_MS, dayOf, HOUR_MS } from "../src/lib/times.ts";
import { opened } from "./frame.fixture.ts";

const FIRST = Date.parse("2022-02-08T11:00:00Z");
const LAST = Date.parse("2022-02-21T07:30:00Z");

function storeOver(hash = "#desk=picture"): PictureStore {
  const store = opened(hash).storeOf(picture);
  const { operation } = store.get();
  assert.ok(operation);
  const [first_happened, last_happened] = [FIRST, LAST].map((moment) => new Date(moment).toISOString()) as [
    string,
    string,
  ];
  store.set({ operation: { ...operation, first_happened, last_happened }, at: LAST, knownAt: LAST });
  return store;
}

const hoursShown = (store: PictureStore): number => {
  const [first, last] = trackOf(store.get());
  return (last - first) / HOUR_MS;
};

test("the day of the operation stands beside the time, and none where the first day is unknown", () => {
  const noon = Date.parse("2022-02-17T23:00:00Z");
  assert.equal(dayOf(noon, "Pacific/Auckland", "2022-02-08"), 11);
  assert.equal(dayOf(noon, "UTC", "2022-02-08"), 10);
  assert.equal(dayOf(noon, "UTC", null), null);
  const store = storeOver();
  const { operation } = store.get();
  assert.ok(operation);
  assert.match(renderToString(<TimeBar store={store} />), /Day 14</);
  store.set({ operation: { ...operation, first_day: null } });
  assert.doesNotMatch(renderToString(<TimeBar store={store} />), /Day 14</);
});

test("a part of the bar is shown round the moment, moves with it, and the whole comes back", () => {
  const store = storeOver();
  assert.ok(isWhole(store.get()));
  showOnTrack(store, 2 * DAY_MS);
  assert.deepEqual(trackOf(store.get()), [LAST - 2 * DAY_MS, LAST]);
  lookAt(store, LAST - 5 * DAY_MS);
  assert.deepEqual(trackOf(store.get()), [LAST - 6 * DAY_MS, LAST - 4 * DAY_MS]);
  lookAt(store, LAST - 5 * DAY_MS + HOUR_MS);
  assert.deepEqual(trackOf(store.get()), [LAST - 6 * DAY_MS, LAST - 4 * DAY_MS]);
  zoom(store, 1 / 4);
  assert.equal(hoursShown(store), 12);
  zoom(store, 1 / 100);
  assert.equal(hoursShown(store), 2);
  zoom(store, 1000);
  assert.ok(isWhole(store.get()));
  showOnTrack(store, DAY_MS);
  showWhole(store);
  assert.deepEqual(trackOf(store.get()), [FIRST, LAST]);
});

test("a moment that is named beyond what happened is looked at, and one far outside is not", () => {
  const store = storeOver();
  const tomorrow = LAST + DAY_MS;
  assert.ok(goToMoment(store, tomorrow, "at"));
  assert.deepEqual([store.get().at, store.get().knownAt, store.get().linked], [tomorrow, tomorrow, true]);
  assert.deepEqual(trackOf(store.get()), [FIRST, tomorrow]);
  assert.ok(!isAtTheEnd(store.get()));
  assert.ok(!isWhole(store.get()));
  showWhole(store);
  assert.ok(isAtTheEnd(store.get()));
  assert.ok(!goToMoment(store, Date.parse("2026-11-29T00:00:00Z"), "at"));
  assert.equal(store.get().at, LAST);
});

test("what was known is typed apart from what is looked at", () => {
  const store = storeOver();
  assert.ok(goToMoment(store, LAST - DAY_MS, "known"));
  assert.deepEqual([store.get().at, store.get().knownAt, store.get().linked], [LAST, LAST - DAY_MS, false]);
  knowAt(store, LAST + DAY_MS);
  assert.deepEqual([store.get().knownAt, store.get().linked], [LAST, true]);
});

test("a moment beyond the end is written into the link, the end is not", () => {
  const frame = opened("#desk=picture");
  const store = frame.storeOf(picture);
  const { operation } = store.get();
  assert.ok(operation);
  const [, end] = spanOf({ ...operation, last_happened: new Date(LAST).toISOString() });
  store.set({ operation: { ...operation, last_happened: new Date(LAST).toISOString() }, at: end, knownAt: end });
  assert.doesNotMatch(writeHash(pairsOf(frame, null)), /at=/);
  goToMoment(store, end + HOUR_MS, "at");
  assert.match(writeHash(pairsOf(frame, null)), /at=2022-02-21T08:30Z/);
});
