/** The Vehicles desk: tallies that wait are sent once, in their order, and what is counted is said as it was. */
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import type { Failure } from "../src/contract/api.ts";
import type { Cleared, EntryQuestion, StretchCounted } from "../src/contract/index.ts";
import { createOutbox } from "../src/desks/vehicles/outbox.ts";
import { tallyOf } from "../src/desks/vehicles/panel/counting.tsx";
import { hours } from "../src/desks/vehicles/panel/trucks.tsx";
import {
  ageOf,
  kindsOf,
  lanesWords,
  needsPower,
  placesOffered,
  proofWords,
  STEPS,
  totalOf,
  wishWords,
} from "../src/desks/vehicles/words.ts";
import { err, ok } from "../src/lib/result.ts";

const kept = new Map<string, string>();
Object.assign(globalThis, {
  localStorage: {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
  },
});
beforeEach(() => kept.clear());

/** A server that answers as it is told, and what it was sent. */
function server() {
  const sent: EntryQuestion[] = [];
  const state = { answers: "ok" as "ok" | Failure["kind"] };
  const send = async (_: string, question: EntryQuestion) => {
    sent.push(question);
    const { answers } = state;
    return answers === "ok" ? ok({} as never) : err({ kind: answers, message: "No such street." });
  };
  return { sent, state, send };
}

const question = (place: string): Omit<EntryQuestion, "id"> => ({
  kind: "vehicle_tally",
  body: {},
  happened: "12:00",
  place,
});

test("a tally is sent at once and forgotten when it is acknowledged", async () => {
  const { sent, send } = server();
  const box = createOutbox("square", send);
  box.add(question("Hill Street"));
  await box.send();
  await new Promise((done) => setTimeout(done));
  assert.equal(sent.length, 1);
  assert.deepEqual(box.waiting.value, []);
});

test("without a network it waits through a reload and is sent later under the same id, in order", async () => {
  const { sent, state, send } = server();
  state.answers = "offline";
  const box = createOutbox("square", send);
  box.add(question("Hill Street"));
  await new Promise((done) => setTimeout(done));
  box.add(question("Bay Road"));
  await new Promise((done) => setTimeout(done));
  assert.equal(box.waiting.value.length, 2);
  state.answers = "ok";
  const after = createOutbox("square", send);
  assert.equal(after.waiting.value.length, 2);
  const before = sent.length;
  await after.send();
  assert.deepEqual(
    sent.slice(before).map(({ place }) => place),
    ["Hill Street", "Bay Road"],
  );
  assert.equal(sent[before]?.id, sent[0]?.id);
  assert.notEqual(sent[before]?.id, sent[before + 1]?.id);
  assert.deepEqual(after.waiting.value, []);
});

test("what the server refuses is kept with the reason, and holds nothing else back", async () => {
  const { state, send } = server();
  state.answers = "refused";
  const box = createOutbox("square", send);
  box.add(question("Nowhere"));
  await new Promise((done) => setTimeout(done));
  assert.deepEqual(
    box.waiting.value.map(({ refused }) => refused),
    ["No such street."],
  );
  state.answers = "ok";
  box.add(question("Hill Street"));
  await new Promise((done) => setTimeout(done));
  assert.deepEqual(
    box.waiting.value.map(({ question: { place } }) => place),
    ["Nowhere"],
  );
  box.drop(box.waiting.value[0]?.question.id ?? "");
  assert.deepEqual(box.waiting.value, []);
});

test("tallies of one operation are not sent to another", async () => {
  const { state, sent, send } = server();
  state.answers = "offline";
  createOutbox("square", send).add(question("Hill Street"));
  await new Promise((done) => setTimeout(done));
  state.answers = "ok";
  const before = sent.length;
  await createOutbox("bridge", send).send();
  assert.equal(sent.length, before);
});

const NUMBERS = { car: 3, van: 0, camper: 0, truck: 1, bus: 0, trailer: 0 };

test("a tally says every type, how many stand across, and a lane only where somebody saw one", () => {
  const made = tallyOf(
    { stretch: "Hill Street", numbers: NUMBERS, across: 2, laneLeft: false },
    "warden, Council",
    "12:00",
  );
  assert.deepEqual(made.body["van"], { low: 0, high: 0 });
  assert.deepEqual([made.body["across"], made.body["lanes_left"]], [2, 0]);
  assert.equal(
    tallyOf({ stretch: "A", numbers: NUMBERS, across: 2, laneLeft: true }, "w", "12:00").body["lanes_left"],
    1,
  );
  assert.equal(
    "lanes_left" in tallyOf({ stretch: "A", numbers: NUMBERS, across: 0, laneLeft: false }, "w", "12:00").body,
    false,
  );
});

const STRETCH: StretchCounted = {
  ...NUMBERS,
  stretch: "Hill Street",
  across: 2,
  lanes_left: 0,
  lane_moves: 1,
  assumed: true,
  lines: [],
  says: "",
  entry: null,
  counted: null,
  age_s: null,
  speaker: null,
};

test("a stretch is told with its types, its lanes and that it is assumed", () => {
  assert.equal(totalOf(STRETCH), 4);
  assert.equal(kindsOf(STRETCH), "3 cars, 1 truck");
  assert.equal(lanesWords(STRETCH), "2 across the road, no lane for a fire engine");
  assert.equal(
    lanesWords({ ...STRETCH, across: null, lanes_left: 1 }),
    "how many stand across nobody said, 1 lane left",
  );
  assert.equal(ageOf(STRETCH), "assumed, not counted");
  assert.equal(ageOf({ ...STRETCH, assumed: false }), "of a file; nobody said when");
  assert.equal(ageOf({ ...STRETCH, assumed: false, age_s: 7200, speaker: "warden" }), "counted 2 h ago, warden");
});

test("a law is asked for from a ticket on", () => {
  assert.deepEqual(STEPS.filter(needsPower), ["ticket", "push_aside", "tow_to_legal_place", "tow_to_storage"]);
});

test("a step of the staircase promises nothing that is not proved", () => {
  const step = { wish: "help_in_time", of: "", proven: false, at_least: 7, vehicles: 9 } as Cleared["steps"][number];
  assert.equal(wishWords(step), "Help within its standard, where it can be");
  assert.equal(proofWords(step), "not proved: 7 at least, 9 found");
  assert.equal(proofWords({ ...step, proven: true }), "proved");
});

test("hours of trucks", () => {
  assert.deepEqual([hours(null), hours(3660), hours(59), hours(3599)], ["none towed", "1:01 h", "0:01 h", "1:00 h"]);
});

test("an offer says for each place who is sent there, by which gates, and once whether one may come back", () => {
  const leavers = [
    { stretch: "Hill Street", assumed: true },
    { stretch: "Bay Road", assumed: false },
  ];
  const places = [
    { name: "Stadium", room: 50, assumed: ["capacity"] },
    { name: "Yard", room: 9, assumed: [] },
    { name: "Nowhere", room: 0, assumed: [] },
  ];
  const send = (stretch: number, place: number, vehicles: number, more: object = {}) => ({
    ...{ stretch, place, vehicles, tall: false, drive_s: 95, gates: ["G1", "G2"], comes_back: true },
    ...more,
  });
  const sends = [
    send(0, 0, 40),
    send(1, 0, 3, { gates: [] }),
    send(0, 0, 2, { tall: true }),
    send(0, 1, 1),
    send(1, 1, 2, { comes_back: null }),
  ];
  const [stadium, yard, ...more] = placesOffered({ leavers, places, sends } as never);
  assert.deepEqual(more, []);
  assert.equal(stadium?.title, "To Stadium, room for 50 (assumed); one may come back");
  assert.deepEqual(stadium?.drives, [
    { from: "Hill Street (assumed)", vehicles: "40 + 2 high", drive: "2 min", gates: "G1, then G2", back: "may come" },
    { from: "Bay Road", vehicles: "3", drive: "2 min", gates: "no gate", back: "may come" },
  ]);
  assert.deepEqual([yard?.title, yard?.sameBack], ["To Yard, room for 9", false]);
  assert.deepEqual(
    yard?.drives.map(({ back }) => back),
    ["may come", "nobody said"],
  );
});
