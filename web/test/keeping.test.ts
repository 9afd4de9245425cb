/** What was brought in and typed at the Decide desk comes back after a reload, and goes once it is left out or sent. */
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import type { OptionsSeen } from "../src/contract/index.ts";
import { emptyForm } from "../src/desks/decide/form.ts";
import { keepTyped } from "../src/desks/decide/keeping.ts";
import type { DecideStore } from "../src/desks/decide/store.ts";
import type { PictureStore } from "../src/desks/picture/store.ts";
import { createStore } from "../src/lib/store.ts";

const kept = new Map<string, string>();
let room = Number.POSITIVE_INFINITY;
Object.assign(globalThis, {
  sessionStorage: {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => {
      if (value.length > room) throw new Error("QuotaExceededError");
      kept.set(key, value);
    },
    removeItem: (key: string) => void kept.delete(key),
  },
});
beforeEach(() => {
  kept.clear();
  room = Number.POSITIVE_INFINITY;
});

/** A page that was loaded, at an operation. */
function page(operation: string) {
  const brought = { says: "digest", options: [], faults: [] } as unknown as OptionsSeen;
  const first = { files: [], brought, broughtFailure: "", isKept: true, form: emptyForm(), completing: "" };
  const store = createStore({ ...first, operation: { id: operation } }) as unknown as DecideStore;
  const watch = createStore({ picture: null }) as unknown as PictureStore;
  return { store, end: keepTyped(store, watch) };
}

const file = (name: string, text = "{}") => ({ name, text });

test("files and a form come back after a reload, each at its own operation", () => {
  const before = page("square");
  before.store.set({ files: [file("wait.json"), file("tow.json")], form: { ...emptyForm(), what: "Wait and talk" } });
  before.end();
  const { store } = page("square");
  assert.deepEqual(
    store.get().files.map(({ name }) => name),
    ["wait.json", "tow.json"],
  );
  assert.equal(store.get().form.what, "Wait and talk");
  assert.equal(store.get().brought, null);
  assert.deepEqual(page("harbour").store.get().files, []);
});

test("what was left out or sent is gone after a reload", () => {
  const { store } = page("square");
  store.set({ files: [file("wait.json")], form: { ...emptyForm(), by: "Controller" } });
  store.set({ files: [], form: emptyForm() });
  assert.equal(kept.size, 0);
});

test("files that the browser has no room for are said not to be kept, and none of them comes back by half", () => {
  const { store } = page("square");
  store.set({ files: [file("wait.json")] });
  room = 100;
  store.set({ files: [file("wait.json"), file("large.json", "x".repeat(200))] });
  assert.equal(store.get().isKept, false);
  assert.deepEqual(page("square").store.get().files, []);
  store.set({ files: [file("wait.json")] });
  assert.equal(store.get().isKept, true);
});
