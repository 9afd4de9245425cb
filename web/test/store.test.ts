import assert from "node:assert/strict";
import { test } from "node:test";
import { effect } from "@preact/signals";
import { createStore, onChange } from "../src/lib/store.ts";

type Now = { readonly a: number; readonly b: string };

test("an effect follows the parts that it reads, and no other", () => {
  const store = createStore<Now>({ a: 1, b: "x" });
  const seen: number[] = [];
  const end = effect(() => void seen.push(store.get().a));
  store.set({ b: "y" });
  store.set({ a: 2, b: "z" });
  end();
  store.set({ a: 3 });
  assert.deepEqual(seen, [1, 2]);
});

test("a change is told when a part has become another, with all changes made, until it is ended", () => {
  const store = createStore<Now>({ a: 1, b: "x" });
  const seen: string[] = [];
  const end = onChange(store, ["a"], ({ a, b }) => void seen.push(`${a}${b}`));
  store.set({ a: 1 });
  store.set({ b: "y" });
  store.set({ a: 2, b: "z" });
  end();
  store.set({ a: 3 });
  assert.deepEqual(seen, ["2z"]);
});

test("what a change sets off may change the store again", () => {
  const store = createStore<Now>({ a: 1, b: "" });
  onChange(store, ["a"], ({ a }) => store.set({ b: `b${a}` }));
  const seen: string[] = [];
  onChange(store, ["b"], ({ b }) => void seen.push(b));
  store.set({ a: 2 });
  assert.deepEqual([store.get().b, ...seen], ["b2", "b2"]);
});

test("a store of a desk reads and sets what is the frame's", () => {
  const above = createStore<{ readonly desk: string }>({ desk: "plan" });
  const store = createStore<Now, { readonly desk: string }>({ a: 1, b: "x" }, above);
  const seen: string[] = [];
  onChange(store, ["desk"], ({ desk }) => void seen.push(desk));
  above.set({ desk: "read" });
  store.set({ desk: "picture", a: 2 });
  assert.deepEqual(seen, ["read", "picture"]);
  assert.deepEqual({ ...store.get() }, { desk: "picture", a: 2, b: "x" });
  assert.equal(above.get().desk, "picture");
});
