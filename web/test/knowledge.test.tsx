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
import { goToFact, isNotHadYet, knowAs, type PictureStore, whenOf } from "../src/desks/picture/store.ts";
import { momentWords } from "../src/desks/picture/summary.ts";
import { TimeBar } from "../src/desks/picture/timebar.tsx";
import { pairsOf, readHash, writeHash } from "../src/frame/link.ts";
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
    store.set({ operation: { ...operation, last_known: "2022-02-17T01:00:00Z" } });
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

test("of an operation that goes on, the server says when an entry was known", async () => {
  const kinds = check(contract.kindsAnswer, snapshot("kinds"));
  assert.ok(kinds.ok);
  const kind = kinds.value.kinds.find(({ name }) => name === "remark");
  assert.ok(kind);
  const store = storeAt(MOMENT);
  const first = { id: "a", where: "", when: "", body: {}, who: "", organisation: "", medium: "radio", grade: "B2" };
  const asked = async (): Promise<unknown> => {
    const question = await questionOf({ state: store.get(), wish: {}, kind, first }, (name) =>
      name === "grade" ? "B2" : name.startsWith("body-") ? "Seen" : "",
    );
    return question.ok && question.value.known;
  };
  assert.equal(await asked(), "2022-02-17T12:30+13:00");
  const { operation } = store.get();
  assert.ok(operation);
  store.set({ operation: { ...operation, last_known: new Date().toISOString() } });
  assert.equal(await asked(), undefined);
});
