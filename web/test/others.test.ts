import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import type { OthersAnswer, OthersJob, PlanQuestion } from "../src/contract/index.ts";
import { plan } from "../src/desks/plan/index.tsx";
import { startOthers } from "../src/desks/plan/others.ts";
import { wishOf } from "../src/desks/plan/question.ts";
import { ask, lookAgain, type PlanStore, questionOf, stopLooking } from "../src/desks/plan/store.ts";
import type { Dispose } from "../src/lib/store.ts";
import { opened } from "./frame.fixture.ts";
import { QUESTION } from "./question.fixture.ts";

const COUNTS = { places: 9, barrier_count: 12, corner_count: 9, mid_block_count: 0 };
const POINT = { ...COUNTS, cost: 70, barrier_cost: 70, enclosed: 71, address_cost: 0 };
const FOUND: OthersAnswer = { frontier: [POINT], alternatives: [], notes: ["The frontier stops at 9 barriers."] };
const HALF: OthersJob = {
  id: "job",
  state: "working",
  doing: "Following the frontier",
  share: 0.4,
  seconds_left: null,
  answers: 0,
  answer: null,
  error: null,
};

type Call = { readonly method: string; readonly path: string; readonly body: PlanQuestion | null };

/** A server whose answers the test gives one by one. */
let calls: Call[] = [];
let replies: ((job: OthersJob) => void)[] = [];
let ends: Dispose = () => undefined;
const real = globalThis.fetch;

beforeEach(() => {
  calls = [];
  replies = [];
  globalThis.fetch = (path, init) => {
    const body = typeof init?.body === "string" ? (JSON.parse(init.body) as PlanQuestion) : null;
    calls.push({ method: init?.method ?? "GET", path: String(path), body });
    return new Promise((resolve, reject) => {
      init?.signal?.addEventListener("abort", () => reject(new DOMException("", "AbortError")));
      replies.push((job) => resolve(Response.json(job)));
    });
  };
});

afterEach(() => {
  ends();
  globalThis.fetch = real;
});

const answered = (store: PlanStore): void => store.set({ status: "idle", answered: questionOf(store.get()) });

function planned(): PlanStore {
  const store = opened("#desk=plan").storeOf(plan);
  ends = startOthers(store);
  assert.deepEqual(calls, [], "the cordon comes first");
  answered(store);
  return store;
}

async function reply(job: Partial<OthersJob>): Promise<void> {
  replies.shift()?.({ ...HALF, ...job });
  await pause(5);
}

const steps = (): string[] => calls.map(({ method }) => method);

test("the frontier is asked for once the cordon is there, followed, and put beside the plan", async () => {
  const store = planned();
  assert.deepEqual(calls[0]?.body, wishOf("frontier", QUESTION));
  const { answer } = store.get();
  await reply({});
  assert.equal(store.get().frontier.work?.doing, "Following the frontier, 40 %");
  await reply({ state: "done", share: 1, answers: 1, answer: FOUND });
  assert.deepEqual(store.get().frontier.answer, FOUND);
  assert.equal(store.get().frontier.work, null);
  assert.equal(store.get().answer, answer, "the plan is not drawn again");
  assert.deepEqual(steps(), ["POST", "GET"]);
});

test("the frontier is one for every size that it offers, and for what is shut by hand", () => {
  const closures = [{ way: 3, at_m: null, shuts: ["general" as const], label: "" }];
  for (const change of [{ address_cost: 0.4 }, { at_most: 5 }, { closures }, { alternatives: 3 }])
    assert.deepEqual(wishOf("frontier", { ...QUESTION, ...change }), wishOf("frontier", QUESTION));
  assert.notDeepEqual(wishOf("frontier", { ...QUESTION, radius_m: 500 }), wishOf("frontier", QUESTION));
  assert.equal(wishOf("frontier", { ...QUESTION, frontier: false }), null);
  assert.equal(wishOf("frontier", { ...QUESTION, site: null, stretches: [] }), null);
  assert.equal(wishOf("alternatives", QUESTION), null);
});

test("moving along the frontier does not look for it again", async () => {
  const store = planned();
  await reply({ state: "done", answers: 1, answer: FOUND });
  ask(store, { ...questionOf(store.get()), address_cost: 0.4 });
  store.set({ status: "working" });
  answered(store);
  assert.deepEqual(steps(), ["POST"]);
  assert.deepEqual(store.get().frontier.answer, FOUND);
});

test("another plan stops the search for this one, and comes back to what is known", async () => {
  const store = planned();
  await reply({ state: "done", answers: 1, answer: FOUND });
  const first = questionOf(store.get());
  ask(store, { ...first, radius_m: 500 });
  answered(store);
  await reply({});
  ask(store, { ...first, radius_m: 600 });
  await pause(5);
  assert.equal(store.get().frontier.work, null);
  assert.deepEqual(steps(), ["POST", "POST", "GET", "DELETE"]);
  ask(store, first);
  answered(store);
  assert.deepEqual(store.get().frontier.answer, FOUND);
});

test("a search that is cancelled ends on the server and begins again only when somebody asks", async () => {
  const store = planned();
  await reply({});
  stopLooking(store, "frontier");
  await pause(5);
  assert.deepEqual(steps(), ["POST", "GET", "DELETE"]);
  assert.equal(store.get().frontier.stopped, true);
  ask(store, { ...questionOf(store.get()), address_cost: 0.4 });
  answered(store);
  assert.deepEqual(steps(), ["POST", "GET", "DELETE"]);
  lookAgain(store, "frontier");
  assert.deepEqual(steps(), ["POST", "GET", "DELETE", "POST"]);
});

test("leaving the desk stops the search; who comes back has it again", async () => {
  const store = planned();
  await reply({});
  store.set({ desk: "picture" });
  await pause(5);
  assert.deepEqual(steps(), ["POST", "GET", "DELETE"]);
  store.set({ desk: "plan" });
  assert.deepEqual(steps(), ["POST", "GET", "DELETE", "POST"]);
});

test("what the server cannot answer is said in its words", async () => {
  const store = planned();
  await reply({ state: "failed", error: { kind: "TooLong", message: "No cordon was found. Allow 9." } });
  const { failure, stopped, work, answer } = store.get().frontier;
  assert.deepEqual(
    { failure, stopped, work, answer },
    { failure: "No cordon was found. Allow 9.", stopped: true, work: null, answer: null },
  );
});

test("other cordons are looked for when they are wanted, beside the frontier", async () => {
  const store = planned();
  await reply({ state: "done", answers: 1, answer: FOUND });
  ask(store, { ...questionOf(store.get()), alternatives: 3 });
  answered(store);
  assert.deepEqual(calls[1]?.body, wishOf("alternatives", questionOf(store.get())));
  assert.equal(calls[1]?.body?.frontier, false);
  await reply({ state: "done", answers: 1, answer: { ...FOUND, frontier: [] } });
  assert.deepEqual(store.get().alternatives.answer?.notes, FOUND.notes);
  assert.deepEqual(store.get().frontier.answer, FOUND);
});
