import assert from "node:assert/strict";
import { test } from "node:test";
import type { PlanQuestion } from "../src/contract.ts";
import { NO_TRAFFIC, NOWHERE, read, written } from "../src/link.ts";
import { packed, unpacked } from "../src/link-question.ts";
import { QUESTION } from "./question.fixture.ts";

const VIEW = { lon: 174.77675, lat: -41.2784, zoom: 15.5, bearing: 0 };

const there = (question: PlanQuestion): PlanQuestion =>
  read(`#${written({ network: null, view: VIEW, question, place: NOWHERE, traffic: NO_TRAFFIC }, QUESTION)}`, QUESTION)
    .question;

const EVERYTHING: PlanQuestion = {
  ...QUESTION,
  site: {
    type: "MultiPolygon",
    coordinates: [
      [
        [
          [174.1, -41.1],
          [174.2, -41.1],
          [174.2, -41.2],
          [174.1, -41.1],
        ],
        [
          [174.15, -41.12],
          [174.16, -41.12],
          [174.16, -41.13],
          [174.15, -41.12],
        ],
      ],
      [
        [
          [-0.000001, 0],
          [0.000001, 0],
          [0, 0.5],
          [-0.000001, 0],
        ],
      ],
    ],
  },
  stretches: [],
  outside: {
    type: "Polygon",
    coordinates: [
      [
        [1, 1],
        [2, 1],
        [2, 2],
        [1, 1],
      ],
    ],
  },
  shut: ["general", "cycle"],
  trust_signs: true,
  radius_m: 650,
  address_cost: 1.1273,
  at_most: 9,
  pins: [{ lon: 174.779534, lat: -41.27902 }],
  never: [
    { lon: -180, lat: 90 },
    { lon: 180, lat: -90 },
  ],
  keep_open: [0, 77, 3],
  closures: [
    { way: 12, at_m: null, shuts: ["emergency", "general"], label: "" },
    { way: 4, at_m: 12.5, shuts: ["bus"], label: "" },
  ],
  occupied_shuts: ["emergency"],
  access_class: "bus",
  within_s: 600,
  alternatives: 3,
};

test("a link reproduces a question in which everything differs from the network's own", () => {
  assert.deepEqual(there(EVERYTHING), EVERYTHING);
});

test("emptied ground, wishes and numbers stay empty", () => {
  const emptied = { ...QUESTION, site: null, stretches: [], shut: [] };
  assert.deepEqual(there(emptied), emptied);
  assert.deepEqual(
    read(
      written(
        { network: null, view: null, question: { ...EVERYTHING, at_most: null }, place: NOWHERE, traffic: NO_TRAFFIC },
        EVERYTHING,
      ),
      EVERYTHING,
    ).question.at_most,
    null,
  );
});

test("the network's own question makes a link of the view alone", () => {
  assert.equal(
    written({ network: null, view: VIEW, question: QUESTION, place: NOWHERE, traffic: NO_TRAFFIC }, QUESTION),
    "v=174.77675,-41.27840,15.50",
  );
});

test("a link keeps network and view", () => {
  const link = read(
    written(
      { network: "a b", view: { ...VIEW, bearing: 20 }, question: QUESTION, place: NOWHERE, traffic: NO_TRAFFIC },
      QUESTION,
    ),
    QUESTION,
  );
  assert.equal(link.network, "a b");
  assert.deepEqual(link.view, { ...VIEW, bearing: 20 });
});

test("needs no escaping in an address", () => {
  assert.match(
    written({ network: null, view: VIEW, question: EVERYTHING, place: NOWHERE, traffic: NO_TRAFFIC }, QUESTION),
    /^[\w\-=&.,!]+$/,
  );
});

test("numbers survive packing, large and negative ones too", () => {
  const numbers = [0, -1, 1, 15, 16, -16, 31, 32, 1023, -180_000_000, 360_000_000];
  assert.deepEqual(unpacked(packed(numbers)), { ok: true, value: numbers });
});

test("a damaged link falls back to the network's own where it cannot be read", () => {
  for (const hash of ["#%%%", "#s=***&p=g&k=__&h=A", "#v=1,2&r=far", "#v=999,0,3", "#=&&&"]) {
    const link = read(hash, QUESTION);
    assert.equal(link.view, null);
    assert.ok(Number.isFinite(link.question.radius_m));
    assert.deepEqual(link.question.closures, []);
  }
});

test("a link keeps desk, operation, both moments and the entry", () => {
  const place = {
    desk: "picture",
    operation: "wellington-2022",
    at: Date.UTC(2022, 1, 18, 6, 5),
    knownAt: Date.UTC(2022, 1, 17),
    entry: "d11-people-800",
    report: "report-1",
  };
  assert.deepEqual(
    read(
      `#${written({ network: null, view: null, question: QUESTION, place, traffic: NO_TRAFFIC }, QUESTION)}`,
      QUESTION,
    ).place,
    place,
  );
  assert.deepEqual(read("#at=soon&entry=", QUESTION).place, { ...NOWHERE, entry: "" });
});

test("a link keeps the hour that traffic was asked for and the plans to compare", () => {
  const traffic = {
    shown: true,
    hour: 17,
    draws: 60,
    pins: [
      { hour: 8, question: QUESTION },
      { hour: 17, question: EVERYTHING },
    ],
  };
  const text = written({ network: null, view: null, question: QUESTION, place: NOWHERE, traffic }, QUESTION);
  assert.match(text, /^[\w\-=&.,!;:]+$/);
  assert.deepEqual(read(`#${text}`, QUESTION).traffic, traffic);
});

test("traffic that a link says wrongly is not asked for", () => {
  assert.deepEqual(read("part=traffic&hour=24&draws=many&pin=x;p:AA&pin=", QUESTION).traffic, {
    shown: true,
    hour: null,
    draws: null,
    pins: [],
  });
  assert.equal(read("pin=1&pin=2&pin=3&pin=4", QUESTION).traffic.pins.length, 3);
});
