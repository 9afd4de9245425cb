/** The Detours part: what it asks, words, what is drawn, the table, the sheet; on an answer that a server gave. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { renderToString } from "preact-render-to-string";
import { check } from "../src/contract/check.ts";
import type { Detours, DetoursAnswer, PlannedBarrier } from "../src/contract/index.ts";
import * as contract from "../src/contract/index.ts";
import { buses } from "../src/desks/buses/index.tsx";
import { detourCsv, detourFeatures, detourFile } from "../src/desks/detours/features.ts";
import { detours } from "../src/desks/detours/index.tsx";
import { DetourPanel } from "../src/desks/detours/panel.tsx";
import { detourSheet } from "../src/desks/detours/sheet.tsx";
import {
  cutByWords,
  fullWords,
  heavyWords,
  howWords,
  loadWords,
  metresMore,
  minutesMore,
  pastWords,
  warnWords,
} from "../src/desks/detours/words.ts";
import { plan } from "../src/desks/plan/index.tsx";
import { emptyPlan } from "../src/desks/plans/document.ts";
import { plans } from "../src/desks/plans/index.tsx";
import { closesAnything, restsOn, shutOf } from "../src/desks/plans/shut.ts";
import { type Asked, createAsking, NOT_ASKED } from "../src/lib/asking.ts";
import { createStore } from "../src/lib/store.ts";
import { opened } from "./frame.fixture.ts";

Object.assign(globalThis, { innerWidth: 1440 });

function answered(): DetoursAnswer {
  const text = readFileSync(new URL("../../tests/snapshots/detours.json", import.meta.url), "utf8");
  const job = check(contract.detoursJob, JSON.parse(text));
  if (!job.ok || !job.value.answer) throw new Error("tests/snapshots/detours.json holds no answer");
  return job.value.answer;
}

const ANSWER = answered();
const FOUND: Detours = ANSWER.detours;
const [first, second] = FOUND.general.movements;
if (!first || !second) throw new Error("the snapshot cuts two movements");
const [way] = first.detours;
if (!way) throw new Error("a movement has a detour");

const barrier: PlannedBarrier = {
  id: "B1",
  place: { type: "point", at: [174.776, -41.278], label: null },
  structure: "barrier",
  opens: "machine",
  opening_seconds: null,
  starts: "2022-02-21T03:30:00+13:00",
  ends: null,
};
const DOCUMENT = { ...emptyPlan("tmp", "A plan"), barriers: [barrier] };

/** The Detours tab with a plan open that shuts a street from 3:30. */
function withPlan() {
  const frame = opened("#desk=plan&part=detours");
  const store = frame.storeOf(plans);
  store.set({ history: { past: [], present: { document: DOCUMENT, from: null }, future: [] } });
  return { frame, plans: store, store: frame.storeOf(detours) };
}

test("minutes and metres are told as more or less, and what there is none of in words", () => {
  assert.deepEqual([metresMore(320.4), metresMore(-80), metresMore(0)], ["+320 m", "\u221280 m", "+0 m"]);
  assert.equal(minutesMore(1.26), "+1.3 min");
  const none = { ...way, legs: [], metres_added: null, minutes_added: null };
  assert.equal(howWords(none), `From ${way.coming_from}: this map has no detour.`);
  assert.equal(fullWords(none), "");
  assert.match(
    howWords(way),
    /^From Third Street: leave at .+, join at .+\. [+\u2212][\d,]+ m, [+\u2212]\d+\.\d min on empty streets\.$/,
  );
  assert.match(howWords({ ...way, minutes_added_in_traffic: 2.04 }), /on empty streets, \+2\.0 min in traffic\.$/);
});

test("how full a detour gets is not known without trips, and named piece by piece with them", () => {
  assert.equal(fullWords({ ...way, overloaded: null }), "How full it gets is not known.");
  assert.equal(fullWords({ ...way, overloaded: [] }), "Nowhere beyond capacity in that hour.");
  assert.equal(fullWords({ ...way, overloaded: ["A", "B"] }), "Beyond capacity: A; B.");
  const load = { flow_per_hour: 450, share_of_capacity: 1.2, share_before: 0.6, where: "A" };
  assert.equal(
    loadWords({ turn: "from", street: "A", metres: 1, load }),
    "450 vehicles an hour, 120 % full (60 % before)",
  );
  assert.equal(loadWords({ turn: "from", street: "A", metres: 1, load: null }), "");
});

test("lorries, ways past and warnings say what is not known and what traps", () => {
  assert.match(heavyWords(FOUND), /is not known: the network records no limit of size/);
  const heavy = { ...FOUND.general, vehicle: "lorries", movements: [first] };
  assert.equal(
    heavyWords({ ...FOUND, heavy }),
    `For lorries: 1 movement cut, ${FOUND.general.movements.length} for cars.`,
  );
  const open = { metres: 400, metres_added: 0.4, line: null };
  const past = { movement: 1, on_foot: open, step_free: { ...open, metres_added: 120 }, cycle: null };
  assert.deepEqual(pastWords(past), [
    "On foot: 400 m, as before.",
    "Without steps: 400 m (+120 m).",
    "By bicycle: no open way is known.",
  ]);
  const [warn] = FOUND.general.warn;
  assert.ok(warn);
  assert.equal(
    warnWords({ ...warn, street: "Main St", traps: true, metres: 149.6, arms: ["A", "B"], closures: ["Works"] }),
    "Main St is closed 150 m on (Works), with no room to turn off. Drivers come by A and B.",
  );
  assert.match(warnWords({ ...warn, traps: false, closures: [] }), /is closed at the junction\. Drivers/);
  assert.equal(cutByWords(first), "cut by Works");
});

test("the map has each movement with its main detour, or the chosen one with all of its own and the ways past it", () => {
  const kinds = (chosen: string) => {
    const all = detourFeatures(FOUND, chosen).features.map(({ properties }) => String(properties?.["kind"]));
    return ["cut", "detour", "past", "warn"].map((kind) => all.filter((one) => one === kind).length);
  };
  const { movements, warn } = FOUND.general;
  assert.deepEqual(kinds(""), [movements.length, movements.length, 0, warn.length]);
  assert.deepEqual(kinds("general/1"), [1, first.detours.length, 3, warn.length]);
  assert.deepEqual(kinds("heavy/1"), [0, 0, 0, warn.length]);
  const heavy = { ...FOUND, heavy: FOUND.general };
  assert.deepEqual(
    detourFeatures(heavy, "heavy/2")
      .features.map(({ properties }) => properties?.["whom"])
      .slice(0, 2),
    ["heavy", "heavy"],
  );
  assert.deepEqual(detourFeatures(null).features, []);
  const place = { ...FOUND.general.warn[0], name: "School", kind: "school", tell: "It can be driven to." } as never;
  const withPlace = { ...FOUND, places: [place] };
  for (const drawn of [detourFeatures(withPlace), detourFile(withPlace, ""), detourFile(withPlace, "general/1")]) {
    const told = drawn.features.flatMap(({ properties }) =>
      properties?.["kind"] === "place" ? [properties["tell"]] : [],
    );
    assert.deepEqual(told, ["It can be driven to."]);
  }
  assert.ok(
    detourFeatures(withPlace, "general/1").features.every(({ properties }) => properties?.["kind"] !== "place"),
  );
});

test("the table has a line for each street by which traffic comes, and says not known", () => {
  const [head, ...lines] = detourCsv(FOUND).trim().split("\r\n");
  assert.match(head ?? "", /^for,movement,along,from,to,cut by,.*turn by turn,metres added,minutes added,/);
  assert.equal(lines.length, FOUND.general.movements.flatMap((one) => one.detours).length);
  assert.match(lines[0] ?? "", /^general traffic,1,Third Street,.*,Works,.*,not known,/);
});

test("the panel lists each movement, and tells the chosen one turn by turn; the sheet has them all", () => {
  const { store } = withPlan();
  store.set({ known: { key: "", answer: ANSWER, on: "the cordon, all day" } });
  const shut = renderToString(<DetourPanel store={store} />);
  assert.equal(shut.split('class="item"').length - 1, FOUND.general.movements.length);
  assert.ok(shut.includes("Rests on the cordon, all day."));
  assert.ok(!shut.includes('class="legs"'));
  store.set({ chosen: "general/1" });
  const open = renderToString(<DetourPanel store={store} />);
  for (const leg of way.legs) assert.ok(open.includes(leg.street));
  assert.equal(open.split('class="legs"').length - 1, first.detours.length);
  assert.ok(open.includes("How full it gets is not known."));
  assert.ok(open.includes("Whether heavy vehicles fit along the detours is not known"));
  const sheet = renderToString(<div>{detourSheet(store)?.rest}</div>);
  assert.ok(sheet.includes("Where to warn drivers") && sheet.includes("On foot:"));
  for (const text of FOUND.warnings) assert.equal(sheet.split(text).length, 2, "each warning is printed once");
  assert.equal(detourSheet(opened("#desk=plan").storeOf(detours)), null);
});

test("traffic is sent round the plan that is open, at a moment of its own; or round the cordon", () => {
  const { plans: store, store: here, frame } = withPlan();
  const { by } = here;
  assert.deepEqual(shutOf(by), { plan: null, document: DOCUMENT, zone: "Pacific/Auckland" });
  assert.equal(restsOn(by), "plan tmp, not saved yet, with its hours and rules");
  here.set({ at: Date.parse("2022-02-20T14:30:00Z") });
  assert.equal(here.asking.on(), `${restsOn(by)}: what it shuts from Mon 21 Feb 2022 03:30`);
  const from = { saved: { version: 2 }, document: DOCUMENT } as never;
  store.set({ history: { past: [], present: { document: DOCUMENT, from }, future: [] } });
  assert.equal(restsOn(by), "plan tmp, version 2, with its hours and rules");
  const edited = { ...DOCUMENT, title: "Another" };
  store.set({ history: { past: [], present: { document: edited, from }, future: [] } });
  assert.equal(restsOn(by), "plan tmp, version 2, with changes that are not saved, with its hours and rules");
  assert.ok(
    frame
      .storeOf(plan)
      .get()
      .tabs.find(({ id }) => id === "buses")
      ?.showsPlan?.(),
  );
  store.set({ shutBy: "cordon" });
  assert.equal(here.asking.on(), "the cordon, all day");
  assert.deepEqual([shutOf(by).document, shutOf(by).plan?.alternatives], [null, 0]);
  assert.equal(
    frame
      .storeOf(plan)
      .get()
      .tabs.find(({ id }) => id === "buses")
      ?.showsPlan?.(),
    false,
  );
  assert.equal(frame.storeOf(buses).asking.on(), "the cordon, all day");
});

test("nothing is asked where nothing is shut; a plan of another network does not count", () => {
  const { plans: store, store: here } = withPlan();
  assert.equal(closesAnything({ plan: null, document: { ...DOCUMENT, barriers: [] }, zone: null }), false);
  assert.equal(here.asking.worthIt(), true);
  const operation = store.get().operation;
  store.set({ operation: operation && { ...operation, network: "elsewhere" } });
  assert.equal(shutOf(here.by).document, null);
  const alone = opened("#desk=plan&part=detours", { hasOperation: false }).storeOf(detours);
  assert.deepEqual([alone.by.plans, alone.asking.on()], [null, "the cordon, all day"]);
});

test("the last question alone is answered, with what it rests on; what changed since is seen", async () => {
  const store = createStore<Asked<string>>({ ...NOT_ASKED });
  let question = "one";
  const told = new Map<string, (answer: string | null) => void>();
  const asking = createAsking<string, string>({
    store,
    question: () => question,
    on: () => `on ${question}`,
    worthIt: (asked) => asked !== "",
    follow: async (asked, signal, tell) => {
      await new Promise<void>((done) => {
        told.set(asked, (answer) => {
          tell({ doing: asked, share: 0.5, seconds_left: 3, answer });
          done();
        });
      });
      return asked === "wrong" && !signal.aborted
        ? { ok: false, error: { kind: "refused", message: "No." } }
        : { ok: true, value: null };
    },
  });
  const turn = () => new Promise((done) => setTimeout(done));
  asking.ask();
  question = "two";
  asking.ask();
  told.get("one")?.("old");
  told.get("two")?.("new");
  await turn();
  assert.deepEqual(store.get().known, { key: '"two"', answer: "new", on: "on two" });
  assert.deepEqual([store.get().work, asking.isPresent()], [null, true]);
  question = "wrong";
  assert.equal(asking.isPresent(), false);
  asking.ask();
  assert.equal(store.get().work?.doing, "");
  told.get("wrong")?.(null);
  await turn();
  assert.deepEqual([store.get().failure, store.get().known?.answer], ["No.", "new"]);
  asking.ask();
  asking.cancel();
  told.get("wrong")?.("late");
  await turn();
  assert.deepEqual([store.get().work, store.get().known?.answer, store.get().failure], [null, "new", ""]);
  question = "";
  assert.equal(asking.worthIt(), false);
});
