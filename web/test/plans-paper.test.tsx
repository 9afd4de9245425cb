/** The management plan in a link and on paper. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { renderToString } from "preact-render-to-string";
import { added, emptyPlan } from "../src/desks/plans/document.ts";
import { plans } from "../src/desks/plans/index.tsx";
import { linkOf, open } from "../src/desks/plans/store.ts";
import type { Frame } from "../src/frame/desk.ts";
import { pairsOf, readHash, unopenedIn } from "../src/frame/link.ts";
import { opened } from "./frame.fixture.ts";

const GATE = {
  id: "B1",
  place: { type: "junction", streets: ["Hill Street", "Molesworth Street"], side: "west", locality: null },
  structure: "concrete_block",
  opens: "staffed",
  opening_seconds: 30,
  starts: "2022-02-20T14:30:00Z",
  ends: null,
};
const RULE = { who: ["residents"], may: "enter_and_leave", gates: ["B1"], proof: null, starts: null, ends: null };
const PLAN = added(added(emptyPlan("square", "A square"), "barriers", GATE), "passages", RULE);
const SAVED = { plan: "square", version: 2, entry: "e2", by: "planner, Council", in_force: true, adopted_by: "Police" };

const linked = (frame: Frame): string =>
  pairsOf(frame, null)
    .filter(([name]) => name.startsWith("tmp"))
    .map((pair) => pair.join("="))
    .join("&");

test("a link names the version in hand and the one beside it, and keeps what is still on its way", () => {
  const frame = opened("#desk=plan&part=plans&tmp=a:b:2&tmp-beside=a:b:1");
  const store = frame.storeOf(plans);
  assert.deepEqual(store.get().wanted, { version: "a:b:2", beside: "a:b:1" });
  assert.equal(linked(frame), "tmp=a:b:2&tmp-beside=a:b:1");
  store.set({ wanted: { version: "", beside: "" } });
  assert.equal(linked(frame), "");
  open(store, { ...PLAN, version: 2 }, { saved: SAVED, document: PLAN } as never);
  store.set({ compared: { first: PLAN } as never });
  assert.deepEqual(linkOf(store.get()), { version: "square:2", beside: "square:1" });
  assert.equal(linked(frame), "tmp=square:2&tmp-beside=square:1");
  frame.state.set({ part: "" });
  assert.equal(linked(frame), "");
});

test("of a link what cannot be read is said", () => {
  const frame = opened("#desk=plan&part=plans");
  const faults = (hash: string): readonly string[] => unopenedIn(readHash(hash), frame);
  assert.deepEqual(faults("#tmp=square"), ["which management plan"]);
  assert.deepEqual(faults("#tmp=square:2&tmp-beside=0"), ["which version the management plan is compared with"]);
  assert.deepEqual(faults("#tmp=square:2&tmp-beside=square:1"), []);
});

test("the sheet holds the whole document, and says whether it holds", () => {
  const frame = opened("#desk=plan&part=plans");
  const here = { store: frame.storeOf(plans), frame };
  assert.equal(plans.print?.(here), null);
  open(here.store, PLAN, { saved: SAVED, document: PLAN } as never);
  const words = (): string => {
    const sheet = plans.print?.(here);
    return renderToString(
      <>
        {sheet?.head}
        {sheet?.rest}
      </>,
    ).replace(/<[^>]*>/g, " ");
  };
  for (const said of ["A square: plan \u201csquare\u201d, version 1", "In force: adopted by Police.", "Who may pass"])
    assert.ok(words().includes(said), said);
  assert.match(words(), /B1\s+Hill Street at Molesworth Street, west side\s+Staff open it\s+30 s\s+concrete block/);
  assert.match(words(), /residents\s+may go in and out\s+B1/);
  assert.ok(!words().includes("Contacts by office"), "an empty list has no table");
  open(here.store, { ...PLAN, title: "Another" }, { saved: SAVED, document: PLAN } as never);
  assert.ok(words().includes("A draft: not in the record"));
});
