/** The page has no list of kinds: what the server says of a toy kind shows in themes, marks, legend and form. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { renderToString } from "preact-render-to-string";
import { check, type Validator } from "../src/contract/check.ts";
import * as contract from "../src/contract/index.ts";
import { EntryForm } from "../src/desks/picture/entry-form.tsx";
import { picture } from "../src/desks/picture/index.tsx";
import { PictureLegend } from "../src/desks/picture/legend.tsx";
import { shownMarks } from "../src/desks/picture/marks.ts";
import { bodyOf, controlNamed } from "../src/desks/picture/new-entry.ts";
import { PicturePanel } from "../src/desks/picture/panel.tsx";
import type { PictureStore } from "../src/desks/picture/store.ts";
import { opened } from "./frame.fixture.ts";

const DAY_S = 86_400;
const ZONE = "Pacific/Auckland";

/** Where a browser remembers; here nothing was remembered yet. */
Object.defineProperty(globalThis, "localStorage", { value: { getItem: () => null } });

function snapshot<T>(name: string, validator: Validator<T>): T {
  const file = new URL(`../../tests/snapshots/${name}.json`, import.meta.url);
  const found = check(validator, JSON.parse(readFileSync(file, "utf8")));
  assert.ok(found.ok);
  return found.value;
}

const KINDS = snapshot("kinds", contract.kindsAnswer);
const PICTURE = snapshot("picture", contract.pictureAnswer);
const [FACT] = PICTURE.events;
assert.ok(FACT);

const mark: contract.MapMark = { letter: "T", means: "toy left behind", sign: "incident", shape: "street", days: 3 };
const field = (name: string, type: contract.FormField["type"], rest: Partial<contract.FormField>) => ({
  name,
  label: `The ${name}`,
  help: "",
  type,
  needed: false,
  choices: [],
  suggestions: [],
  ...rest,
});
const toy: contract.KindAnswer = {
  name: "toy",
  title: "Toy",
  help: "A toy that was left in the street.",
  role: "event",
  theme: "toys",
  is_belief: true,
  mark,
  fields: [
    field("who", "name", { needed: true, suggestions: ["teddy", "ball"] }),
    field("size", "choice", { choices: ["small", "as_big_as_a_car"] }),
  ],
};
const kinds: contract.KindsAnswer = {
  ...KINDS,
  kinds: [...KINDS.kinds, toy],
  themes: [...KINDS.themes, { id: "toys", title: "Toys and games", kinds: ["toy"] }],
  form: ["toy", ...KINDS.form],
  legend: [...KINDS.legend, mark],
};

/** The desk's store with a picture in which there is one toy. */
function withToy(): PictureStore {
  const store = opened("").storeOf(picture);
  const events = [
    ...PICTURE.events,
    { ...FACT, id: "t1", kind: "toy", says: "Teddy: as big as a car" } as contract.Fact,
  ];
  store.set({ kinds, picture: { ...PICTURE, events } });
  return store;
}

type Geometry = contract.MarkFeature["geometry"];
const POINT: Geometry = { type: "Point", coordinates: [174.77, -41.28] };
const LINE: Geometry = {
  type: "MultiLineString",
  coordinates: [
    [
      [174.77, -41.28],
      [174.78, -41.28],
    ],
  ],
};

/** The letters and shapes that are drawn of a toy with these marks. */
function drawnOf(
  geometries: readonly Geometry[],
  age_s: number,
  entry: string | null = null,
  shape = mark.shape,
  certainty: contract.MarkFeature["properties"]["certainty"] = "exact",
) {
  const properties = { entry: "t1", kind: "toy", sign: mark.sign, says: "", seq: 1, age_s, certainty, where: "" };
  const features = geometries.map((geometry) => ({ type: "Feature" as const, properties, geometry }));
  const drawn = { ...kinds, kinds: [{ ...toy, mark: { ...mark, shape } }] };
  return shownMarks({ kinds: drawn, entry, marks: { type: "FeatureCollection", features } }).features.map(
    (one) => `${one.properties?.["letter"]} ${one.geometry.type}`,
  );
}

test("a theme of the server's is a part of the panel with its entries, in the server's order", () => {
  const panel = renderToString(<PicturePanel store={withToy()} toWords={() => undefined} />);
  assert.match(panel, /id="toys".*Toys and games \(1\).*Teddy: as big as a car/s);
  const parts = [...panel.matchAll(/<details class="section" id="([^"]+)"/g)].map(([, id]) => id);
  const themes = kinds.themes.map(({ id }) => id).filter((id) => parts.includes(id));
  assert.ok(themes.length > 1);
  assert.deepEqual(parts, ["pending", "contested", "changed", "on-foot", ...themes]);
});

test("what lies somewhere on a street is drawn along it for as long as its kind says, whatever its shape", () => {
  for (const shape of ["sign", "street", "street_and_sign"] as const) {
    assert.deepEqual(drawnOf([LINE], DAY_S, null, shape, "somewhere_on"), ["T MultiLineString"]);
    assert.deepEqual(drawnOf([LINE], 4 * DAY_S, null, shape, "somewhere_on"), []);
  }
});

test("a mark is drawn along its street, as a sign where no street is known, for as long as its kind says", () => {
  assert.deepEqual(drawnOf([POINT], 2 * DAY_S), ["T Point"]);
  assert.deepEqual(drawnOf([LINE, POINT], 2 * DAY_S), ["T MultiLineString"]);
  assert.deepEqual(drawnOf([LINE, POINT], 0, null, "street_and_sign"), ["T MultiLineString", "T Point"]);
  assert.deepEqual(drawnOf([LINE, POINT], 0, null, "sign"), ["T Point"]);
  assert.deepEqual(drawnOf([POINT], 4 * DAY_S), []);
  assert.deepEqual(drawnOf([POINT], 4 * DAY_S, "t1"), ["T Point"]);
});

test("an entry whose kind has no mark is drawn only while it is selected", () => {
  const properties = {
    entry: "t1",
    kind: "statement",
    sign: "place" as const,
    says: "",
    seq: 1,
    age_s: 0,
    certainty: "exact" as const,
    where: "",
  };
  const marks = {
    type: "FeatureCollection" as const,
    features: [{ type: "Feature" as const, properties, geometry: POINT }],
  };
  assert.deepEqual(shownMarks({ kinds, marks, entry: null }).features, []);
  assert.equal(shownMarks({ kinds, marks, entry: "t1" }).features[0]?.properties?.["letter"], "\u2022");
});

test("the legend says what each letter means", () => {
  const legend = renderToString(<PictureLegend store={withToy()} />);
  assert.match(legend, />T<\/i>toy left behind/);
  assert.match(legend, />!<\/i>incident, the last two days/);
});

test("the form offers every kind that is typed, and asks for the fields of the one chosen", () => {
  const store = withToy();
  assert.doesNotMatch(renderToString(<EntryForm store={store} />), /<form/);
  store.set({ wish: {} });
  const form = renderToString(<EntryForm store={store} />);
  const offered = [...form.matchAll(/<option[^>]* value="([a-z_]+)"[^>]*>([^<]+)<\/option>/g)].map(([, name]) => name);
  assert.deepEqual(offered.slice(0, kinds.form.length), kinds.form);
  assert.ok(!offered.includes("dropped_draft"));
  for (const said of [
    "A toy that was left in the street.",
    "The who",
    'value="teddy"',
    "More fields",
    "As big as a car",
    "Stand up",
  ])
    assert.ok(form.includes(said), said);
  const ids = [...form.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
  assert.equal(new Set(ids).size, ids.length);
});

test("what is typed becomes the entry's body; what is missing or unreadable is named", () => {
  const typed = (said: Readonly<Record<string, string>>) => (name: string) => said[name] ?? "";
  assert.deepEqual(bodyOf(toy, typed({ "body-who": "Big Teddy", "body-size": "small", who: "a crew" }), ZONE), {
    ok: true,
    value: { who: "Big Teddy", size: "small" },
  });
  assert.deepEqual(bodyOf(toy, typed({ who: "a crew" }), ZONE), {
    ok: false,
    error: { message: "Fill in \u201cThe who\u201d.", control: "body-who" },
  });
  const count = KINDS.kinds.find(({ name }) => name === "count");
  assert.ok(count);
  const drafted = { what: "tents", amount: { low: 12, high: 12, said: "a dozen" } };
  const kept = bodyOf(count, typed({ "body-what": "tents", "body-amount": "12" }), ZONE, { body: drafted, places: {} });
  assert.deepEqual(kept.ok && kept.value, drafted);
  const changed = bodyOf(count, typed({ "body-what": "tents", "body-amount": "about 14" }), ZONE, {
    body: drafted,
    places: {},
  });
  assert.deepEqual(changed.ok && changed.value, { what: "tents", amount: "about 14" });
});

test("what the server refuses first is the control that is corrected first", () => {
  const count = KINDS.kinds.find(({ name }) => name === "count");
  assert.ok(count);
  const control = (said: string): string => controlNamed(`The entry cannot be used: ${said}.`, count);
  assert.equal(control("amount: 'a lot' cannot be read as a number"), "body-amount");
  assert.equal(control("amount, low: -5 cannot be used"), "body-amount");
  assert.equal(control("happened: 'soon' cannot be read as a time"), "when");
  assert.equal(control("places 1: 5 cannot be used"), "where");
  assert.equal(controlNamed("The database does not answer.", count), "");
});
