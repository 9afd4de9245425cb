import assert from "node:assert/strict";
import { test } from "node:test";
import type { TrafficPlan } from "../src/contract/index.ts";
import {
  added,
  changed,
  emptyPlan,
  freeId,
  freeName,
  momentsOf,
  placeWords,
  removed,
  saysTheSame,
  usualMoment,
} from "../src/desks/plans/document.ts";
import { KINDS } from "../src/desks/plans/fields.ts";
import { takeOver } from "../src/desks/plans/gates.ts";
import { plans } from "../src/desks/plans/index.tsx";
import { signFeatures, touchedFeatures } from "../src/desks/plans/map/features.ts";
import { currentOf, lastOf } from "../src/desks/plans/record.ts";
import { edit, inHand, isNow, isUnsaved, open, planOf, stepBack, stepForward } from "../src/desks/plans/store.ts";
import { opened } from "./frame.fixture.ts";

const GATE = {
  id: "B1",
  place: { type: "junction", streets: ["Hill Street", "Molesworth Street"], side: "west", locality: null },
  structure: "barrier",
  opens: "staffed",
  opening_seconds: 30,
  starts: null,
  ends: null,
} as const;
const RULE = { who: ["residents"], may: "enter", gates: ["B1"], proof: null, starts: null, ends: null };
const EMPTY = emptyPlan("tmp", "A square");
const PLAN = [
  ["barriers", GATE],
  ["barriers", { ...GATE, id: "B2" }],
  ["passages", RULE],
].reduce((plan, [part, item]) => added(plan, part as "barriers", item as never), EMPTY);
const saved = (plan: string, version: number, in_force: boolean) => ({
  plan,
  version,
  in_force,
  entry: `${plan}${version}`,
  title: "A square",
  change: null,
  saved: "2022-02-21T00:00:00Z",
  by: "planner, Council",
  sha256: "",
  adopted_by: null,
  override: null,
});

test("a change gives a new plan and leaves the old one as it was", () => {
  const before = structuredClone(PLAN);
  const after = changed(PLAN, "barriers", 1, "opening_seconds", 90);
  assert.deepEqual(PLAN, before);
  assert.equal(after.barriers[1]?.opening_seconds, 90);
  assert.equal(after.barriers[0], PLAN.barriers[0]);
});

test("the rules of a gate follow its name", () => {
  assert.deepEqual(changed(PLAN, "barriers", 0, "id", "Hill gate").passages[0]?.gates, ["Hill gate"]);
});

test("a rule for a gate that is gone, or that only a machine opens, never becomes one for every gate", () => {
  assert.deepEqual(removed(PLAN, "barriers", 0).passages, []);
  assert.deepEqual(changed(PLAN, "barriers", 0, "opens", "machine").passages, []);
  const both = changed(PLAN, "passages", 0, "gates", ["B1", "B2"]);
  assert.deepEqual(removed(both, "barriers", 0).passages[0]?.gates, ["B2"]);
  const every = changed(PLAN, "passages", 0, "gates", []);
  assert.deepEqual(removed(every, "barriers", 0).passages[0]?.gates, []);
});

test("a new name is one that nothing has", () => {
  assert.equal(freeId(PLAN, "barriers", "B"), "B3");
  assert.equal(freeId(changed(PLAN, "barriers", 0, "id", "b3"), "barriers", "B"), "B4");
  assert.equal(freeName([]), "tmp");
  assert.equal(freeName(["tmp", "tmp-2"]), "tmp-3");
});

test("each list of a plan has its fields, and a new item is named by one", () => {
  for (const { part, fields, fresh, says } of KINDS) {
    const item = fresh ? fresh(PLAN) : GATE;
    assert.ok(says(item as never), part);
    for (const { name } of fields) assert.ok(name in item, `${part}: ${name}`);
  }
});

test("a place is said in words that read as the same place", () => {
  assert.equal(placeWords(GATE.place as never), "Hill Street at Molesworth Street, west side");
  assert.equal(placeWords({ type: "point", at: [174.77, -41.28], label: null }), "-41.28000, 174.77000");
  const street = {
    type: "street",
    street: "Hill Street",
    between: ["A St", "B St"],
    side: null,
    locality: null,
  } as const;
  assert.equal(placeWords(street as never), "Hill Street between A St and B St");
});

test("a plan is looked at now while it lasts, else at its beginning", () => {
  const timed: TrafficPlan = { ...EMPTY, starts: "2022-02-20T14:30:00Z", ends: "2022-02-21T14:30:00Z" };
  const [starts, inside] = [Date.parse("2022-02-20T14:30:00Z"), Date.parse("2022-02-21T00:00:00Z")];
  assert.equal(usualMoment(timed, inside), inside);
  assert.equal(usualMoment(timed, starts), starts);
  assert.equal(usualMoment(timed, Date.parse(timed.ends as string)), starts);
  assert.equal(usualMoment(timed, 0), starts);
  assert.equal(usualMoment(EMPTY, inside), inside);
  assert.deepEqual(momentsOf(timed), [starts, starts + 86_400_000]);
});

test("two plans say the same whatever their number", () => {
  assert.ok(saysTheSame(PLAN, { ...PLAN, version: 7 }));
  assert.ok(!saysTheSame(PLAN, { ...PLAN, title: "Another" }));
});

test("the version in force is shown first, else the last one", () => {
  const [first, second, other] = [saved("tmp", 1, true), saved("tmp", 2, false), saved("other", 1, false)];
  assert.equal(currentOf([first, second, other]), first);
  assert.equal(currentOf([{ ...first, in_force: false }, second]), second);
  assert.equal(lastOf([first, second, other], "tmp"), second);
  assert.equal(currentOf([]), undefined);
});

test("to open another plan is a step that undo takes back, with what was not saved", () => {
  const store = opened("#desk=plan&part=plans").storeOf(plans);
  open(store, EMPTY, null);
  edit(store, PLAN);
  open(store, { ...EMPTY, plan: "other" }, null);
  stepBack(store);
  assert.equal(planOf(store.get()), PLAN);
  stepBack(store);
  assert.equal(planOf(store.get()), EMPTY);
  stepForward(store);
  assert.equal(planOf(store.get()), PLAN);
});

test("what was saved is no step of undo, and what was changed since is not saved", () => {
  const store = opened("#desk=plan&part=plans").storeOf(plans);
  open(store, PLAN, null);
  assert.ok(isUnsaved(store.get()));
  const steps = store.get().history.past.length;
  isNow(store, { saved: saved("tmp", 1, false), document: PLAN });
  assert.equal(store.get().history.past.length, steps);
  assert.ok(!isUnsaved(store.get()));
  edit(store, { ...PLAN, title: "Another" });
  assert.ok(isUnsaved(store.get()));
  assert.equal(inHand(store.get()).from?.saved.version, 1);
});

test("chosen gates are taken over as one step, and only by the plan that they were chosen for", () => {
  const store = opened("#desk=plan&part=plans").storeOf(plans);
  open(store, EMPTY, null);
  edit(store, PLAN);
  const gates = PLAN.barriers.map((one) => ({ ...one, opens: "staffed" as const, opening_seconds: 20 }));
  store.set({ choice: { of: PLAN, at: 0, said: { choice: {}, document: { ...PLAN, barriers: gates } } } as never });
  edit(store, { ...PLAN, title: "Another" });
  takeOver(store);
  assert.deepEqual(planOf(store.get())?.barriers, PLAN.barriers);
  stepBack(store);
  takeOver(store);
  assert.deepEqual(planOf(store.get()), { ...PLAN, barriers: gates });
  stepBack(store);
  assert.equal(planOf(store.get()), PLAN);
});

test("what is compared is drawn: new barriers, and addresses newly inside and newly outside", () => {
  const store = opened("#desk=plan&part=plans").storeOf(plans);
  const at = (id: string) => ({ ...GATE, id, place: { type: "point", at: [174.7, -41.2], label: null } });
  const document = { ...EMPTY, barriers: [at("B1"), at("B2")] } as unknown as TrafficPlan;
  open(store, document, null);
  const first = { ...document, barriers: document.barriers.slice(0, 1) };
  const diff = { spots_inside: [[1, 2]], spots_outside: [[3, 4]] };
  store.set({ compared: { first, second: document, diff, before: null } as never });
  assert.deepEqual(
    signFeatures(store.get(), 0).features.map(({ properties }) => [properties?.["name"], properties?.["added"]]),
    [
      ["B1", false],
      ["B2", true],
    ],
  );
  assert.deepEqual(
    touchedFeatures(store.get()).features.map(({ geometry, properties }) => [geometry, properties?.["inside"]]),
    [
      [{ type: "Point", coordinates: [1, 2] }, true],
      [{ type: "Point", coordinates: [3, 4] }, false],
    ],
  );
});
