/** The Log desk: what its address says, and what is asked of the server. */
import assert from "node:assert/strict";
import { test } from "node:test";
import * as api from "../src/contract/api.ts";
import { log } from "../src/desks/log/index.tsx";
import { ALL, isFiltered, sortBy, want } from "../src/desks/log/store.ts";
import { pairsOf, writeHash } from "../src/frame/link.ts";
import { opened } from "./frame.fixture.ts";

const LINK =
  "#desk=log&log-words=bus%20horn&log-kind=incident&log-place=Bowen%20St&log-from=day%209&log-to=day%2011&log-release=public&log-holds=in_force&log-sort=who&log-page=3";

test("the address of the log holds what is wanted, and opens the same", () => {
  const frame = opened(LINK);
  const store = frame.storeOf(log);
  assert.deepEqual(store.get().wanted, {
    words: "bus horn",
    kind: "incident",
    place: "Bowen St",
    who: "",
    since: "day 9",
    until: "day 11",
    release: "public",
    standing: "in_force",
    sort: "who",
    descending: false,
    page: 2,
  });
  const written = writeHash(pairsOf(frame, null));
  assert.deepEqual(opened(`#${written}`).storeOf(log).get().wanted, store.get().wanted);
});

test("a log that leaves nothing out has a short address, and other desks none of it", () => {
  assert.doesNotMatch(writeHash(pairsOf(opened("#desk=log"), null)), /log-/);
  assert.doesNotMatch(writeHash(pairsOf(opened(LINK.replace("desk=log", "desk=picture")), null)), /log-/);
});

test("what an address says that the log does not know is passed over", () => {
  const { wanted } = opened("#desk=log&log-sort=beauty&log-page=-4").storeOf(log).get();
  assert.deepEqual(wanted, ALL);
});

test("another filter begins at the first page, and a column that is chosen again turns round", () => {
  const store = opened(LINK).storeOf(log);
  want(store, { who: "Police" });
  assert.equal(store.get().wanted.page, 0);
  assert.ok(isFiltered(store.get().wanted));
  assert.ok(!isFiltered({ ...ALL, sort: "who" }));
  sortBy(store, "happened");
  assert.deepEqual([store.get().wanted.sort, store.get().wanted.descending], ["happened", true]);
  sortBy(store, "happened");
  assert.equal(store.get().wanted.descending, false);
  sortBy(store, "place");
  assert.deepEqual([store.get().wanted.sort, store.get().wanted.descending], ["place", false]);
});

test("the CSV asks for all that fits, in the same order", () => {
  const { wanted } = opened(LINK).storeOf(log).get();
  const url = new URL(api.logCsvUrl("square", wanted, "2022-02-18T00:00:00.000Z"), "http://x");
  assert.equal(url.pathname, "/api/operations/square/log.csv");
  assert.equal(
    url.searchParams.toString(),
    "q=bus+horn&kind=incident&place=Bowen+St&since=day+9&until=day+11&release=public&standing=in_force&near=2022-02-18T00%3A00%3A00.000Z&sort=who&descending=false",
  );
});
