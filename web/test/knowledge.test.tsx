/** What "known" means: the switch, the link, the words, and how an entry that was learnt late is found. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { renderToString } from "preact-render-to-string";
import { check } from "../src/contract/check.ts";
import * as contract from "../src/contract/index.ts";
import { cameWords } from "../src/desks/picture/entry-card.tsx";
import { picture } from "../src/desks/picture/index.tsx";
import { questionOf } from "../src/desks/picture/new-entry.ts";
import {
  goToFact,
  isGoingOn,
  isNotHadYet,
  knowAs,
  knowAt,
  lookAt,
  MINUTE_MS,
  type PictureStore,
  spanOf,
  toTheEnd,
  whenOf,
} from "../src/desks/picture/store.ts";
import { momentWords } from "../src/desks/picture/summary.ts";
import { TimeBar } from "../src/desks/picture/timebar.tsx";
import { pairsOf, readHash, writeHash } from "../src/frame/link.ts";
import { HOUR_MS } from "../src/lib/times.ts";
import { opened } from "./frame.fixture.ts";

const snapshot = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`../../tests/snapshots/${name}.json`, import.meta.url), "utf8"));

const ENTRY = check(contract.entryAnswer, snapshot("entry"));
assert.ok(ENTRY.ok);
const IMPORTED = ENTRY.value.fact;
const LATE: contract.Fact = {
  ...IMPORTED,
  came: "late",
  known: "2022-02-16T23:00:00.000000Z",
  written: "2022-02-17T00:05:00.000000Z",
  had_from: "2022-02-17T00:05:00.000000Z",
};
const ZONE = "Pacific/Auckland";
const MOMENT = "#desk=picture&at=2022-02-16T23:30Z";

const storeAt = (hash: string): PictureStore => opened(hash).storeOf(picture);

test("the picture is shown as the room had it, and the other way by the link alone", () => {
  const frame = opened(MOMENT);
  const store = frame.storeOf(picture);
  assert.equal(whenOf(store.get()).knowledge, "had");
  assert.doesNotMatch(writeHash(pairsOf(frame, null)), /knowledge/);
  knowAs(store, "could");
  assert.match(writeHash(pairsOf(frame, null)), /knowledge=could/);
  assert.equal(storeAt(`${MOMENT}&knowledge=could`).get().knowledge, "could");
  picture.link?.read(readHash(MOMENT), { store, frame });
  assert.equal(store.get().knowledge, "had");
});

test("the time bar offers both in plain words and draws the hours of the one chosen", () => {
  const store = storeAt(MOMENT);
  const { operation } = store.get();
  assert.ok(operation);
  const timeline = [
    { start: "2022-02-16T23:00:00Z", entries: 0, could_be_known: 1 },
    { start: "2022-02-17T00:00:00Z", entries: 2, could_be_known: 1 },
    { start: "2026-01-01T00:00:00Z", entries: 1, could_be_known: 0 },
  ];
  store.set({ operation: { ...operation, timeline } });
  const bars = (): number => renderToString(<TimeBar store={store} />).split("<i style").length - 1;
  assert.match(renderToString(<TimeBar store={store} />), /<option selected value="had">as the room had it<\/option>/);
  assert.equal(bars(), 1);
  knowAs(store, "could");
  assert.match(renderToString(<TimeBar store={store} />), /selected value="could">as it could have been known</);
  assert.equal(bars(), 2);
});

test("an entry says how it came in, and a live one does not", () => {
  assert.equal(cameWords(IMPORTED, ZONE), "Imported: it counts from when it was known.");
  assert.equal(cameWords(LATE, ZONE), "Learnt late: known 12:00, written 13:05.");
  const later = { ...LATE, written: "2022-02-19T00:05:00Z" };
  assert.equal(cameWords(later, ZONE), "Learnt late: known Thu 17 Feb 2022 12:00, written Sat 19 Feb 2022 13:05.");
  for (const came of ["live", null] as const) assert.equal(cameWords({ ...LATE, came }, ZONE), "");
});

test("an entry that the room had not got yet is said to be missing, until it is asked for", () => {
  const store = storeAt(MOMENT);
  assert.ok(isNotHadYet(store.get(), LATE));
  assert.ok(!isNotHadYet(store.get(), IMPORTED));
  assert.ok(!isNotHadYet(storeAt("#desk=picture&at=2022-02-17T00:05Z").get(), LATE));
  knowAs(store, "could");
  assert.ok(!isNotHadYet(store.get(), LATE));
});

test("a way to a late entry leads to when the room had it, or to when it was known", () => {
  const atFact = (hash: string, fact: contract.Fact): string => {
    const store = storeAt(hash);
    const { operation } = store.get();
    assert.ok(operation);
    store.set({ operation: { ...operation, last_happened: "2022-02-17T01:00:00Z" } });
    goToFact(store, fact);
    return new Date(store.get().knownAt).toISOString().slice(0, 16);
  };
  const early = "#desk=picture&at=2022-02-16T22:30Z";
  assert.equal(atFact(early, LATE), "2022-02-17T00:05");
  assert.equal(atFact(`${early}&knowledge=could`, LATE), "2022-02-16T23:00");
  assert.equal(atFact(early, { ...LATE, had_from: "2026-01-01T00:00:00Z" }), "2022-02-16T23:00");
});

test("the summary says when it is what could have been known", () => {
  const said = check(contract.pictureAnswer, snapshot("picture"));
  assert.ok(said.ok);
  assert.doesNotMatch(momentWords(said.value), /known/);
  assert.match(momentWords({ ...said.value, knowledge: "could" }), /, as it could have been known$/);
});

test("an entry is known now, whatever moment is shown; its words are read from that moment", async () => {
  const kinds = check(contract.kindsAnswer, snapshot("kinds"));
  assert.ok(kinds.ok);
  const kind = kinds.value.kinds.find(({ name }) => name === "remark");
  assert.ok(kind);
  const store = storeAt(MOMENT);
  const first = {
    id: "a",
    where: "",
    when: "",
    learnt: "",
    places: {},
    body: {},
    who: "",
    organisation: "",
    medium: "radio",
    grade: "B2",
  };
  const asked = async (when: string): Promise<readonly unknown[]> => {
    const question = await questionOf({ state: store.get(), wish: {}, kind, first, names: null }, (name) =>
      name === "grade" ? "B2" : name === "when" ? when : name.startsWith("body-") ? "Seen" : "",
    );
    assert.ok(question.ok);
    const { known, read_at, happened } = question.value.question;
    return [known, read_at, happened];
  };
  const shown = "2022-02-17T12:30+13:00";
  assert.deepEqual(await asked(""), [undefined, shown, shown]);
  assert.deepEqual(await asked("this morning"), [undefined, shown, "this morning"]);
});

test("the time bar spans what happened; what is learnt years later shows at its end and nowhere before", () => {
  const store = storeAt(MOMENT);
  const { operation } = store.get();
  assert.ok(operation);
  const [first, last] = ["2022-02-15T11:00:00Z", "2022-02-17T01:00:00Z"];
  const timeline = [...operation.timeline, { start: "2025-06-01T03:00:00Z", entries: 1, could_be_known: 1 }];
  const over = {
    ...operation,
    first_happened: first,
    last_happened: last,
    last_known: "2025-06-01T03:20:00Z",
    timeline,
  };
  store.set({ operation: over });
  assert.deepEqual(spanOf(over), [first, last].map(Date.parse));
  assert.ok(!isGoingOn(over));
  lookAt(store, Date.parse(last) - HOUR_MS);
  assert.equal(whenOf(store.get()).knownAt, whenOf(store.get()).at);
  toTheEnd(store);
  assert.equal(Date.parse(whenOf(store.get()).at), Date.parse(last));
  assert.equal(whenOf(store.get()).knownAt, "2025-06-01T04:00:00.000Z");
  knowAt(store, Date.parse(last) - HOUR_MS);
  assert.equal(Date.parse(whenOf(store.get()).knownAt), Date.parse(last) - HOUR_MS);
});

test("the time bar of what goes on ends now, and one without entries is of today", () => {
  const { operation } = storeAt(MOMENT).get();
  assert.ok(operation);
  const now = Date.now();
  const lately = { ...operation, last_happened: new Date(now - HOUR_MS).toISOString() };
  for (const going of [lately, { ...operation, first_happened: null, last_happened: null }]) {
    assert.ok(isGoingOn(going));
    assert.ok(Math.abs(spanOf(going)[1] - now) <= 2 * MINUTE_MS);
  }
});
