/** The legend of each desk names every layer that the map draws there. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { renderToString } from "preact-render-to-string";
import type { AddressProof } from "../src/contract/index.ts";
import { plan } from "../src/desks/plan/index.tsx";
import { NO_RING } from "../src/desks/plan/store.ts";
import { emptyPlan } from "../src/desks/plans/document.ts";
import { plans } from "../src/desks/plans/index.tsx";
import { traffic } from "../src/desks/traffic/index.tsx";
import type { Desk, Frame, Placed } from "../src/frame/desk.ts";
import { isOpen } from "../src/frame/frame.ts";
import { allLayers } from "../src/map/layers.ts";
import { opened } from "./frame.fixture.ts";
import { QUESTION } from "./question.fixture.ts";
import { ANSWER } from "./traffic.fixture.ts";

Object.assign(globalThis, { innerWidth: 1440 });

/** Names and reasons in words: they need no explanation. And the ground, on which nothing is drawn. */
const SPEAK_FOR_THEMSELVES = ["ground", "street-names", "open-end-reasons", "picture-somewhere-words"];

const AT = [174.776, -41.278];
const SPOT = { lon: 174.776, lat: -41.278 };
const BARRIER = { number: 1, place: "street", roles: [], spots: [SPOT], kind: "block" };

/** Everything that the plan can draw, whether its cordon is its own or was given. */
function drawEverything(frame: Frame, { given }: { readonly given: boolean }): void {
  const store = frame.storeOf(plan);
  const question = {
    ...QUESTION,
    outside: QUESTION.site,
    closures: [{ way: 1 }],
    keep_open: [3],
    pins: [SPOT],
    never: [SPOT],
    never_ways: [4],
  };
  store.set({
    history: { past: [], present: question, future: [] } as never,
    answer: {
      cordon: { barriers: [BARRIER, { ...BARRIER, place: "junction" }] },
      access: { services: [], after: { unreached_count: 2 } },
    } as never,
    proof: { services: [{ second: {} }] } as unknown as AddressProof,
    ghosts: [SPOT],
    shown: { seconds: true, weak: true, enclosed: true, buses: true },
    busRoutes: 7,
    tool: "edit-site",
    ring: given ? { ...NO_RING, given: [{}] as never, seal: { leaks: [{}] } as never } : NO_RING,
  });
}

function workOutTraffic(frame: Frame): void {
  const impact = { ...ANSWER.impact, how_sure: { ...ANSWER.impact.how_sure, draws: 20 } };
  const known = new Map([["here", { answer: { ...ANSWER, impact } } as never]]);
  frame.storeOf(traffic).set({ known, shown: "here" });
}

/** A gate and a barrier, one looked at and one gone, beside a version before; with handover points and a march. */
function openPlan(frame: Frame): void {
  const barrier = { id: "B1", opens: "machine", place: { type: "point", at: AT, label: null } };
  const march = { id: "M1", along: [{ type: "street", street: "A" }], line: [], starts: "2022-02-20T00:00Z" };
  const barriers = [barrier, { ...barrier, id: "B2", opens: "swing" }];
  const document = { ...emptyPlan("tmp", "A plan"), barriers, marches: [march] };
  const said = { holes: ["B1 is gone."], barriers: [], seal: null };
  frame.storeOf(plans).set({
    history: { past: [], present: { document, from: null }, future: [] } as never,
    status: { of: document, at: 0, said } as never,
    compared: { first: emptyPlan("tmp", "Before"), diff: { spots_inside: [AT], spots_outside: [AT] } } as never,
    picked: 0,
    met: { of: document, at: 0, said: { handover: {} } } as never,
    rolled: { of: document, at: 0, said: { march: { id: "M1" } } } as never,
    staging: {
      name: "set_up",
      means: null,
      running: null,
      found: { of: document, at: 0, said: {} },
      minute: 0,
      fault: "",
    } as never,
  });
}

/** The layers that are seen while this desk is open. */
function drawnAt(frame: Frame): string[] {
  const ours = frame.desks.flatMap(({ desk, open }) => {
    const { below = [], above = [] } = desk.layers?.("day") ?? {};
    return [...below, ...above].filter(({ id }) => (desk.shows ? desk.shows(open, id) : isOpen(frame, desk)));
  });
  return [...allLayers("day", []), ...ours].map(({ id }) => id);
}

function namedBy({ desk, open }: Placed): string[] {
  const Legend = desk.legend as NonNullable<Desk["legend"]>;
  const shown = renderToString(<Legend {...open} />);
  return [...shown.matchAll(/data-layers="([^"]*)"/g)].flatMap(([, ids = ""]) => ids.split(" "));
}

for (const [id, hash] of [
  ["picture", "#desk=picture"],
  ["plan", "#desk=plan"],
  ["traffic", "#desk=plan&part=traffic"],
  ["plans", "#desk=plan&part=plans"],
  ["detours", "#desk=plan&part=detours"],
  ["buses", "#desk=plan&part=buses"],
  ["vehicles", "#desk=vehicles"],
] as const)
  test(`the legend of ${id} names all that is drawn there`, () => {
    const frame = opened(hash);
    const here = frame.desks.find(({ desk }) => desk.legend && isOpen(frame, desk));
    assert.equal(here?.desk.id, id);
    workOutTraffic(frame);
    openPlan(frame);
    const [named, drawn] = [new Set<string>(), new Set<string>()];
    for (const [given, shutBy] of [
      [false, "plan"],
      [false, "cordon"],
      [true, "cordon"],
    ] as const) {
      frame.storeOf(plans).set({ shutBy });
      drawEverything(frame, { given });
      for (const one of namedBy(here)) named.add(one);
      for (const one of drawnAt(frame)) drawn.add(one);
    }
    const without = [...drawn].filter((one) => !named.has(one) && !SPEAK_FOR_THEMSELVES.includes(one));
    assert.deepEqual(without, [], "drawn, and in no legend");
    assert.deepEqual(
      [...named].filter((one) => !drawn.has(one)),
      [],
      "in the legend, and not drawn",
    );
  });
