/** A toy desk proves the recipe of docs/contributing/add-a-desk.md: one value, one line, and it is everywhere. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { renderToString } from "preact-render-to-string";
import { DESKS } from "../src/desks/index.ts";
import { commandsOf, matching } from "../src/frame/commands.ts";
import { type Desk, GROUPS } from "../src/frame/desk.ts";
import { goTo } from "../src/frame/frame.ts";
import { follow, pairsOf, readHash, stepNames, writeHash } from "../src/frame/link.ts";
import { Panel } from "../src/frame/panel.tsx";
import { Rail } from "../src/frame/rail.tsx";
import icon from "../src/icons/plan.svg";
import { createStore, type Store } from "../src/lib/store.ts";
import { opened } from "./frame.fixture.ts";

type Toys = { readonly toy: string };

const toys: Desk<Store<Toys>> = {
  id: "toys",
  label: "Toys",
  icon,
  group: "act",
  createStore: ({ said }) => createStore<Toys>({ toy: said.get("toy") ?? "" }),
  panel: ({ store }) => <p class="lead">{store.get().toy || "Nothing to play with."}</p>,
  tools: ({ store }) => [
    {
      id: "ball",
      label: "Ball",
      title: "Take the ball",
      icon,
      act: () => store.set({ toy: "ball" }),
      isOn: () => store.get().toy === "ball",
    },
  ],
  commands: ({ store }) => [{ id: "drop", label: "Drop every toy", act: () => store.set({ toy: "" }) }],
  link: {
    steps: ["toy"],
    write: ({ store }) => (store.get().toy ? [["toy", store.get().toy]] : []),
    read: (said, { store }) => store.set({ toy: said.get("toy") ?? "" }),
  },
};

const WITH_TOYS = [...DESKS, toys];

test("a desk in the list has an entry in the rail, its tools while it is open, and a panel", () => {
  const frame = opened("#desk=plan", { desks: WITH_TOYS });
  const rail = (): string => renderToString(<Rail frame={frame} />);
  assert.match(rail(), /data-desk="plan"[^>]*>.*data-desk="toys"/s);
  assert.doesNotMatch(rail(), /Take the ball/);
  goTo(frame, toys);
  assert.match(rail(), /aria-current="page" data-desk="toys"/);
  assert.match(rail(), /title="Take the ball"[^>]*aria-pressed="false"/);
  const placed = frame.desks.find(({ desk }) => desk.id === "toys");
  assert.ok(placed);
  const panel = renderToString(<Panel frame={frame} placed={placed} />);
  assert.match(panel, /aria-label="Toys"/);
  assert.match(panel, /Nothing to play with\./);
});

test("the palette leads to it and does what it can do", () => {
  const frame = opened("#toy=bear", { desks: WITH_TOYS });
  const commands = commandsOf(frame, () => undefined);
  const [go] = matching(commands, "toys desk");
  assert.equal(go?.label, "Go to the Toys desk");
  go.act();
  assert.equal(frame.state.get().desk, "toys");
  assert.equal(frame.storeOf(toys).get().toy, "bear");
  matching(commands, "drop toy")[0]?.act();
  assert.equal(frame.storeOf(toys).get().toy, "");
});

test("its part of the address is written, read, and a step that back takes back", () => {
  const frame = opened("#desk=toys&toy=bear", { desks: WITH_TOYS });
  assert.equal(frame.state.get().desk, "toys");
  const pairs = pairsOf(frame, null);
  assert.match(writeHash(pairs), /desk=toys&.*toy=bear/);
  assert.ok(stepNames(frame).has("toy") && !stepNames(frame).has("at"));
  follow(readHash("#desk=plan"), frame);
  assert.deepEqual([frame.state.get().desk, frame.storeOf(toys).get().toy], ["plan", ""]);
});

test("desks stand in the rail in their groups, whatever the order of the list", () => {
  const named = (id: string, group: Desk["group"]): Desk => ({ ...(toys as Desk), id, label: id, group });
  const many = [
    named("tell-it", "tell"),
    named("know-it", "know"),
    named("act-on-it", "act"),
    named("weigh-it", "weigh"),
  ];
  const rail = renderToString(<Rail frame={opened("", { desks: many })} />);
  const order = [...rail.matchAll(/data-desk="([^"]+)"/g)].map(([, id]) => id);
  assert.deepEqual(order, ["know-it", "act-on-it", "weigh-it", "tell-it"]);
  assert.equal(rail.match(/<ul/g)?.length, 4);
});

test("no two desks share an id, a name in the address or a group that the rail does not know", () => {
  const names = DESKS.flatMap(({ id, link }) => [id, ...(link?.steps ?? [])]);
  assert.equal(new Set(names).size, names.length);
  assert.ok(DESKS.every(({ group }) => GROUPS.includes(group)));
});
