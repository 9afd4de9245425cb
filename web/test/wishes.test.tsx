/** Every wish of a plan has a control on the page, is taken back by undo, and is carried by the link. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import type { Map as MapLibre } from "maplibre-gl";
import type { VNode } from "preact";
import type { Ground, PlanQuestion, StreetClassCost } from "../src/contract/index.ts";
import * as contract from "../src/contract/index.ts";
import { plan } from "../src/desks/plan/index.tsx";
import { readPlan, writePlan } from "../src/desks/plan/link.ts";
import { Alternatives } from "../src/desks/plan/panel/alternatives.tsx";
import { BarrierCard } from "../src/desks/plan/panel/barrier-card.tsx";
import { GroundCard } from "../src/desks/plan/panel/ground-card.tsx";
import { askedIn, COSTS, type CostWish, shownIn } from "../src/desks/plan/panel/quantities.ts";
import { Settings } from "../src/desks/plan/panel/settings.tsx";
import { StationCard } from "../src/desks/plan/panel/station-card.tsx";
import { Stations } from "../src/desks/plan/panel/stations.tsx";
import { StreetCard } from "../src/desks/plan/panel/street-card.tsx";
import { stationsOf } from "../src/desks/plan/stations.ts";
import { ask, type PlanStore, questionOf, stepBack } from "../src/desks/plan/store.ts";
import { readHash, writeHash } from "../src/frame/link.ts";
import { opened } from "./frame.fixture.ts";
import { field, press } from "./parts.fixture.tsx";

function snapshot<T>(name: string, read: (value: unknown) => T): T {
  return read(JSON.parse(readFileSync(new URL(`../../tests/snapshots/${name}.json`, import.meta.url), "utf8")));
}

const ANSWER = snapshot("plan", (value) => value as contract.PlanAnswer);
const WAY = snapshot("way", (value) => value as contract.WayDetails);
const [BARRIER] = ANSWER.cordon?.barriers ?? [];
assert.ok(BARRIER);

const OUTSIDE: Ground = {
  type: "Polygon",
  coordinates: [
    [
      [174.77, -41.27],
      [174.771, -41.27],
      [174.771, -41.271],
      [174.77, -41.27],
    ],
  ],
};

/** None of these controls looks at the map. */
const map = {} as MapLibre;

const settings = (store: PlanStore): VNode => <Settings store={store} />;
const street = (store: PlanStore): VNode => <StreetCard store={store} way={WAY} known={[]} />;
const barrier = (store: PlanStore): VNode => <BarrierCard map={map} store={store} barrier={BARRIER} />;
const give = (part: VNode, name: string, ...values: unknown[]): void => field(part, name)(...values);

/** How each wish is set on the page. */
const CONTROLS: { readonly [K in keyof PlanQuestion]: (store: PlanStore) => void } = {
  site: (store) => give(<GroundCard map={map} store={store} name="site" />, "all of it", 5, 0),
  stretches: (store) => give(street(store), "In the plan, this street is", "occupied"),
  outside: (store) => press(settings(store), "Remove area 1"),
  shut: (store) => give(settings(store), "Residents", false),
  trust_signs: (store) => give(settings(store), "One-way signs are obeyed", true),
  radius_m: (store) => give(settings(store), "Stays outside beyond", 650),
  allow_motorway: (store) => give(settings(store), "Barriers may stand on motorways", true),
  costs: (store) => give(settings(store), "For each bus trip a day that is cut", 0.05),
  address_cost: (store) => give(settings(store), "Each enclosed frontage point costs", 0.4),
  at_most: (store) => give(settings(store), "Barriers at most", 9),
  pins: (store) => press(barrier(store), "Pin here"),
  never: (store) => press(barrier(store), "Never here"),
  never_ways: (store) => give(street(store), "No barrier along this stretch", true),
  keep_open: (store) => give(street(store), "In the plan, this street is", "open"),
  frontier: (store) => give(settings(store), "Show smaller and larger cordons", false),
  alternatives: (store) => press(<Alternatives store={store} />, "Look for other cordons"),
  closures: (store) => give(street(store), "In the plan, this street is", "closed"),
  occupied_shuts: (store) => field(settings(store), "Fire, ambulance and police", 1)(false),
  stations: (store) => {
    const [station] = stationsOf(store.get());
    assert.ok(station);
    give(<StationCard map={map} store={store} index={0} station={station} />, "Name", "Next door");
  },
  access_class: (store) => give(settings(store), "Drive times of", "bus"),
  within_s: (store) => give(settings(store), "Help should arrive within", 10),
  vehicles: (store) => give(settings(store), "Fire, height", 3.5),
  gate_s: (store) => give(settings(store), "Opening a barrier takes", 40),
};

/** The page with a plan, and the area outside drawn on it. */
function openedPlan(): PlanStore {
  const store = opened("").storeOf(plan);
  ask(store, { ...questionOf(store.get()), outside: OUTSIDE });
  store.set({ answer: ANSWER });
  return store;
}

test("the table of controls holds every wish of the contract", () => {
  assert.deepEqual(Object.keys(CONTROLS).sort(), Object.keys(contract.planQuestion.entries).sort());
});

for (const [name, set] of Object.entries(CONTROLS))
  test(`${name} is set by a control, alone; undo takes it back; the link carries it`, () => {
    const wish = name as keyof PlanQuestion;
    const store = openedPlan();
    const before = questionOf(store.get());
    set(store);
    const after = questionOf(store.get());
    assert.notDeepEqual(after[wish], before[wish]);
    assert.deepEqual({ ...after, [wish]: null }, { ...before, [wish]: null });
    const defaults = store.get().network.scenario.question;
    assert.deepEqual(readPlan(readHash(writeHash(writePlan(after, defaults))), defaults), after);
    stepBack(store);
    assert.deepEqual(questionOf(store.get()), before);
  });

test("each cost of a barrier has a field of its own", () => {
  for (const [name, quantity] of Object.entries(COSTS)) {
    const store = openedPlan();
    give(settings(store), quantity.label, 57);
    const { costs } = questionOf(store.get());
    assert.equal(costs[name as CostWish], quantity.unit === "%" ? 0.57 : 57);
    assert.equal(shownIn(quantity, costs[name as CostWish]), 57);
    assert.equal(askedIn(quantity, 57), costs[name as CostWish]);
  }
});

test("a class of street has its own price, and the usual one where the field is empty", () => {
  const store = openedPlan();
  const { street_classes: classes } = store.get().network;
  assert.ok(classes.some(({ name, points }: StreetClassCost) => name === "residential" && points === 5));
  give(settings(store), "Residential", 2.5);
  give(settings(store), "Primary", 20);
  assert.deepEqual(questionOf(store.get()).costs.by_class, { residential: 2.5, primary: 20 });
  give(settings(store), "Residential", null);
  assert.deepEqual(questionOf(store.get()).costs.by_class, { primary: 20 });
  press(settings(store), "Back to the usual costs");
  assert.deepEqual(questionOf(store.get()).costs, store.get().network.scenario.question.costs);
});

test("no barrier on a stretch, or on the whole street; and again on all of it", () => {
  const store = openedPlan();
  assert.ok(WAY.street.length > 1 && WAY.street.includes(WAY.way));
  const whole = `No barrier along all of ${WAY.name} (${WAY.street.length} stretches)`;
  give(street(store), "No barrier along this stretch", true);
  give(street(store), whole, true);
  assert.deepEqual(questionOf(store.get()).never_ways.toSorted(), WAY.street.toSorted());
  give(street(store), "No barrier along this stretch", false);
  assert.ok(!questionOf(store.get()).never_ways.includes(WAY.way));
  give(street(store), whole, false);
  assert.deepEqual(questionOf(store.get()).never_ways, []);
});

test("a vehicle of which nothing is said any more is as its class", () => {
  const store = openedPlan();
  give(settings(store), "Fire, height", 3.5);
  give(settings(store), "Fire, weight", 14);
  give(settings(store), "Fire, height", null);
  const [fire, ...others] = questionOf(store.get()).vehicles;
  assert.deepEqual([fire?.service, fire?.height_m, fire?.weight_t, others], ["fire", null, 14, []]);
  give(settings(store), "Fire, weight", null);
  assert.deepEqual(questionOf(store.get()).vehicles, []);
});

test("a number wish that is emptied means any, where it may", () => {
  const store = openedPlan();
  give(settings(store), "Barriers at most", 9);
  give(settings(store), "Barriers at most", null);
  assert.equal(questionOf(store.get()).at_most, null);
});

test("a station is moved, given another kind, removed, and the scenario's come back", () => {
  const store = openedPlan();
  const card = (): VNode => {
    const [station] = stationsOf(store.get());
    assert.ok(station);
    return <StationCard map={map} store={store} index={0} station={station} />;
  };
  const scenario = stationsOf(store.get());
  give(card(), "Kind", "ambulance_station");
  assert.equal(stationsOf(store.get())[0]?.properties.kind, "ambulance_station");
  assert.deepEqual(stationsOf(store.get())[0]?.geometry.coordinates, [174.771, -41.29]);
  press(card(), "Remove this station");
  assert.deepEqual(questionOf(store.get()).stations, { type: "FeatureCollection", features: [] });
  press(<Stations store={store} />, "Back to the scenario's stations");
  assert.equal(questionOf(store.get()).stations, null);
  assert.deepEqual(stationsOf(store.get()), scenario);
});
