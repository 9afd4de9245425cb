import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import type { PlanQuestion } from "../src/contract/index.ts";
import { readPicture } from "../src/desks/picture/link.ts";
import { plan } from "../src/desks/plan/index.tsx";
import { readPlan, writePlan } from "../src/desks/plan/link.ts";
import { packed, questionFrom, unpacked } from "../src/desks/plan/link-question.ts";
import { stationAt } from "../src/desks/plan/stations.ts";
import { ask, questionOf } from "../src/desks/plan/store.ts";
import { readTraffic, writeTraffic } from "../src/desks/traffic/link.ts";
import { createTrafficStore } from "../src/desks/traffic/store.ts";
import { follow, pairsOf, readHash, readView, unopenedIn, writeHash } from "../src/frame/link.ts";
import { opened } from "./frame.fixture.ts";
import { QUESTION } from "./question.fixture.ts";

type Golden = {
  readonly name: string;
  readonly link: string;
  readonly says: {
    readonly network: string | null;
    readonly view: unknown;
    readonly question: PlanQuestion;
    readonly place: {
      desk: string | null;
      operation: string | null;
      at: number;
      knownAt: number;
      entry: string;
      report: string;
    };
    readonly traffic: {
      shown: boolean;
      hour: number | null;
      draws: number | null;
      pins: { hour: number; question: PlanQuestion }[];
    };
  };
};

/** What the page read out of links before it was made of desks. */
const GOLDEN = JSON.parse(readFileSync(new URL("golden/links.json", import.meta.url), "utf8")) as Golden[];

/** A question of then, with the wishes that have been added since as the network's own question has them. */
const whole = (question: PlanQuestion): PlanQuestion => ({ ...QUESTION, ...question });

/** What an old link asks: one that says where to look or what to plan took a lane along occupied streets to be free. */
function askedBy(link: string, question: PlanQuestion): PlanQuestion {
  if (link.includes("s=***")) return QUESTION; // a plan is nothing without its site
  return /(^|&)[a-z]=/.test(link) ? whole(question) : { ...whole(question), occupied_shuts: QUESTION.occupied_shuts };
}

/** As JSON keeps it: no difference between nought and minus nought. */
const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

for (const { name, link, says } of GOLDEN)
  test(`an old link still says the same: ${name}`, () => {
    const said = readHash(`#${link}`);
    const { at, knownAt, entry, desk, operation, report } = says.place;
    assert.equal(said.get("net"), says.network);
    assert.deepEqual(readView(said.get("v")), says.view);
    assert.deepEqual(plain(readPlan(said, QUESTION)), askedBy(link, says.question));
    assert.deepEqual(readPicture(said), { at, knownAt, knowledge: "had", entry });
    assert.deepEqual([said.get("desk"), said.get("op"), said.get("report")], [desk, operation, report]);
    const { shown, pins, ...hours } = says.traffic;
    const traffic = { ...hours, pins: pins.map((pin) => ({ ...pin, question: whole(pin.question) })) };
    assert.deepEqual(plain(readTraffic(said, QUESTION)), traffic);
    assert.equal(opened(link).state.get().part === "traffic", shown);
  });

for (const { name, link, says } of GOLDEN)
  test(`a page that an old link opened, and one that "back" leads to it, ask its question: ${name}`, () => {
    const first = opened(link);
    assert.deepEqual(plain(questionOf(first.storeOf(plan).get())), askedBy(link, says.question));
    const there = opened("");
    follow(readHash(link), there);
    assert.deepEqual(plain({ ...questionOf(there.storeOf(plan).get()), alternatives: 0 }), {
      ...askedBy(link, says.question),
      alternatives: 0,
    });
    assert.equal(there.state.get().desk, first.state.get().desk);
  });

const EVERYTHING = whole(
  GOLDEN.find(({ name }) => name === "a plan in which everything differs")?.says.question as PlanQuestion,
);

/** Wishes that came later than the links that were kept. */
const LATER: Partial<PlanQuestion> = {
  allow_motorway: true,
  never_ways: [7, 3],
  frontier: false,
  costs: { ...QUESTION.costs, bus_trip: 0.05, by_class: { primary: 20 } },
  stations: {
    type: "FeatureCollection",
    features: [
      stationAt("Thorndon Fire Station", "fire_station", [174.778, -41.27]),
      stationAt("Te Whare \u0101mb\u{1f691}!", "ambulance_station", [174.78302, -41.27467]),
      stationAt("St. John: post;2", "first aid", [-180, 90]),
      stationAt("x", "station", [180, -90]),
    ],
  },
};

test("a link keeps every wish that came later", () => {
  const asked = { ...EVERYTHING, ...LATER };
  assert.deepEqual(plain(readPlan(readHash(writeHash(writePlan(asked, QUESTION))), QUESTION)), asked);
});

test("stations are written in letters that an address need not escape, and two of them fit into a line", () => {
  const { stations } = LATER;
  const text = new Map(writePlan({ ...QUESTION, stations: stations ?? null }, QUESTION)).get("i");
  assert.match(text ?? "", /^[\w-]+$/);
  assert.ok((text ?? "").length < 160);
});

test("a plan without any station is not one with the scenario's", () => {
  const none = { ...QUESTION, stations: { type: "FeatureCollection" as const, features: [] } };
  const text = writeHash(writePlan(none, QUESTION));
  assert.deepEqual(readPlan(readHash(text), QUESTION), none);
  assert.equal(readPlan(readHash("i="), none).stations, null);
});

test("stations that cannot be read to their end are the network's own", () => {
  const whole = packed([1, 174_000_000, -41_000_000, 1, 2, 3, 4]);
  const read = (text: string) => readPlan(new URLSearchParams([["i", text]]), QUESTION).stations;
  assert.equal(read(whole)?.features.length, 1);
  const wrong = [
    [1],
    [2, 1, 2, 1, 1, 3],
    [1, 1, 2, 1, 5, 3],
    [1, 1, 2, 1, -5, 3],
    [1e12, 1, 2, 1, -4, 3],
    [1, 1, 2, 1, 1, 3, 9],
  ];
  for (const text of ["*", whole.slice(0, -1), ...wrong.map(packed)]) assert.equal(read(text), null, text);
});

test("a table of costs that cannot be read is the network's own", () => {
  for (const text of ["{", "[]", '{"bus_trip":"dear"}'])
    assert.deepEqual(readPlan(new URLSearchParams([["q", text]]), QUESTION).costs, QUESTION.costs);
});

test("what is written opens the same page", () => {
  const frame = opened("#desk=plan&part=traffic&hour=17&draws=60&pin=8&pin=17;r:650&entry=a%20b");
  ask(frame.storeOf(plan), EVERYTHING);
  const text = writeHash(pairsOf(frame, { lon: 174.77675, lat: -41.2784, zoom: 15.5, bearing: 20 }));
  const again = opened(text);
  assert.deepEqual(
    pairsOf(again, null).filter(([letter]) => letter !== "l"),
    pairsOf(frame, null).filter(([letter]) => letter !== "l"),
  );
  assert.equal(readHash(text).get("v"), "174.77675,-41.27840,15.50,20");
});

test("a link reproduces a question in which everything differs from the network's own", () => {
  const text = writeHash(writePlan(EVERYTHING, QUESTION));
  assert.deepEqual(plain(readPlan(readHash(text), QUESTION)), EVERYTHING);
  assert.match(text, /^[\w\-=&.,!]+$/);
});

test("emptied ground, wishes and numbers stay empty", () => {
  const emptied = { ...QUESTION, site: null, stretches: [], shut: [] };
  assert.deepEqual(readPlan(readHash(writeHash(writePlan(emptied, QUESTION))), QUESTION), emptied);
  const any = { ...EVERYTHING, at_most: null };
  assert.equal(readPlan(readHash(writeHash(writePlan(any, EVERYTHING))), EVERYTHING).at_most, null);
});

test("the network's own question makes a link of the view, and of what is assumed of occupied streets", () => {
  const frame = opened("", { hasOperation: false });
  const view = { lon: 174.77675, lat: -41.2784, zoom: 15.5, bearing: 0 };
  assert.equal(writeHash(pairsOf(frame, view)), "v=174.77675,-41.27840,15.50&o=1");
});

test("a link keeps the hour that traffic was asked for and the plans to compare", () => {
  const place = {
    hour: 17,
    draws: 60,
    pins: [
      { hour: 8, question: QUESTION },
      { hour: 17, question: EVERYTHING },
    ],
  };
  const text = writeHash(writeTraffic(createTrafficStore(place).get(), QUESTION));
  assert.match(text, /^[\w\-=&.,!;:]+$/);
  assert.deepEqual(plain(readTraffic(readHash(text), QUESTION)), place);
});

test("numbers survive packing, large and negative ones too", () => {
  const numbers = [0, -1, 1, 15, 16, -16, 31, 32, 1023, -180_000_000, 360_000_000];
  assert.deepEqual(unpacked(packed(numbers)), { ok: true, value: numbers });
});

test("without an operation a link to the Read desk opens the plan", () => {
  assert.equal(opened("#desk=read", { hasOperation: false }).state.get().desk, "plan");
  assert.equal(opened("#desk=picture", { hasOperation: false }).state.get().desk, "picture");
});

test("a link made before a measure of vehicles existed keeps those that it has", () => {
  const told = (text: string) => questionFrom((letter) => (letter === "u" ? text : null), QUESTION).vehicles;
  const engine = { service: "fire", height_m: 3.5, width_m: null, weight_t: null, length_m: null, axle_t: null };
  assert.deepEqual(told(JSON.stringify([engine])), [{ ...engine, turning_m: null }]);
  assert.deepEqual(told(JSON.stringify([{ ...engine, turning_m: 18 }])), [{ ...engine, turning_m: 18 }]);
  assert.deepEqual(told('[{"service":"fire","height_m":-1}]'), QUESTION.vehicles);
});

test("a link of now keeps either assumption about occupied streets, one of before has a lane free, a bare address the usual", () => {
  const free = { ...QUESTION, occupied_shuts: [] };
  for (const asked of [QUESTION, free])
    assert.deepEqual(readPlan(readHash(writeHash(writePlan(asked, QUESTION))), QUESTION), asked);
  assert.deepEqual(readPlan(readHash("v=174.77675,-41.27840,15.50"), QUESTION), free);
  assert.deepEqual(readPlan(readHash("r=650"), QUESTION), { ...free, radius_m: 650 });
  assert.deepEqual(readPlan(readHash("r=650&o=1"), QUESTION), { ...QUESTION, radius_m: 650 });
  for (const bare of ["", "desk=plan", "desk=plan&part=traffic"])
    assert.deepEqual(readPlan(readHash(bare), QUESTION), QUESTION);
  const [pin] = readTraffic(readHash("pin=8;r:650"), QUESTION).pins;
  assert.deepEqual(pin?.question, { ...free, radius_m: 650 });
});

test("what a damaged link could not open is named, and a plan whose site is damaged is not shown in part", () => {
  const frame = opened("");
  const unopened = (link: string) => unopenedIn(readHash(link), frame);
  assert.deepEqual(unopened("v=999,0,3&desk=kitchen&part=cellar&at=soon&known=later"), [
    "where on the map it looks",
    "the desk \u201ckitchen\u201d",
    "the part \u201ccellar\u201d",
    "the moment",
    "as known when",
  ]);
  assert.deepEqual(unopened("r=far&p=g&hour=24&draws=many&pin=8;r:far"), [
    "how far the cordon may reach",
    "the pinned barriers",
    "the hour",
    "the draws",
    "a plan to compare",
  ]);
  const text = writeHash(writePlan({ ...EVERYTHING, ...LATER }, QUESTION));
  assert.deepEqual(unopened(text), []);
  const [site = ""] = /(?<=^|&)s=[^&]+/.exec(text) ?? [];
  const cut = text.replace(site, site.slice(0, -1));
  assert.deepEqual(unopened(cut), ["the plan, because its site is damaged: what you see is the plan of the scenario"]);
  assert.deepEqual(readPlan(readHash(cut), QUESTION), QUESTION);
  for (const { name, link } of GOLDEN)
    assert.equal(unopened(link).length > 0, /damaged|out of the world|unknown desk/.test(name) && link !== "%%%", name);
});
