import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { emptyPlan } from "../src/desks/plans/document.ts";
import { plans } from "../src/desks/plans/index.tsx";
import { choose, marchesOf, marchOf, startRolling } from "../src/desks/plans/rolling.ts";
import { open } from "../src/desks/plans/store.ts";
import { opened } from "./frame.fixture.ts";

const march = (id: string, starts: string | null = "2022-02-20T00:00:00Z") => ({
  id,
  along: [{ type: "street", street: "High Street" }],
  line: [],
  starts,
});
const PLAN = { ...emptyPlan("tmp", "Marches"), marches: [march("M0", null), march("M1"), march("M2")] } as never;
const LONGER_THAN_ITS_PAUSE_MS = 200;

test("of several marches the first that can roll is shown until another is chosen, and a plan opened anew begins so", () => {
  const store = opened("#desk=plan&part=plans").storeOf(plans);
  open(store, PLAN, null);
  assert.deepEqual(
    marchesOf(store.get()).map(({ id }) => id),
    ["M1", "M2"],
  );
  assert.equal(marchOf(store.get())?.id, "M1");
  store.set({ late: 12 });
  choose(store, "M2");
  assert.deepEqual([marchOf(store.get())?.id, store.get().late], ["M2", 0]);
  open(store, PLAN, null);
  assert.equal(marchOf(store.get())?.id, "M1");
});

test("a plan that is opened anew rolls again, though its march is the same", async (t) => {
  const asked: string[] = [];
  t.mock.method(globalThis, "fetch", async (path: string) => {
    asked.push(path);
    throw new TypeError("away");
  });
  Object.assign(globalThis, { window: globalThis });
  const store = opened("#desk=plan&part=plans").storeOf(plans);
  open(store, PLAN, null);
  const end = startRolling(store);
  const rolls = async (): Promise<number> => {
    await pause(LONGER_THAN_ITS_PAUSE_MS);
    return asked.filter((path) => path.endsWith("/march")).length;
  };
  const first = await rolls();
  assert.ok(first > 0);
  assert.equal(await rolls(), first, "what failed is not asked again by itself");
  open(store, PLAN, null);
  assert.ok((await rolls()) > first);
  end();
});
