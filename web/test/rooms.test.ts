import assert from "node:assert/strict";
import { test } from "node:test";
import type { NetworkSummary, OperationSummary } from "../src/contract/index.ts";
import { cityName } from "../src/frame/dialogs/bring-in.ts";
import { idOf } from "../src/frame/dialogs/operation-form.tsx";
import { roomOf } from "../src/frame/rooms.ts";
import { fileName, pageTitle } from "../src/frame/title.ts";
import { areaM2, areaWords, lengthM } from "../src/map/measure.ts";
import { roundLength } from "../src/map/paper.ts";
import { opened } from "./frame.fixture.ts";

const city = (id: string): NetworkSummary => ({ id, name: id, addresses: 1, ways: 1, bounds: [0, 0, 1, 1] });
const plays = (id: string, network: string | null): OperationSummary => ({
  id,
  title: id,
  zone: "UTC",
  first_day: null,
  network,
  entries: 1,
});
const CITIES = [city("wellington"), city("helsinki")];
const OPERATIONS = [plays("square", "wellington"), plays("toolo", "helsinki"), plays("lost", null)];
const room = (hash: string) => roomOf(new URLSearchParams(hash), CITIES, OPERATIONS);

test("an operation is opened in its own city, whatever city the address names", () => {
  assert.deepEqual(room("op=toolo"), { ok: true, value: { network: "helsinki", operation: "toolo" } });
  assert.deepEqual(room("net=wellington&op=toolo"), { ok: true, value: { network: "helsinki", operation: "toolo" } });
  assert.deepEqual(room("op=lost"), { ok: true, value: { network: "wellington", operation: "lost" } });
});

test("a city alone opens the first operation that plays there, or none", () => {
  assert.deepEqual(room("net=helsinki"), { ok: true, value: { network: "helsinki", operation: "toolo" } });
  assert.deepEqual(roomOf(new URLSearchParams("net=helsinki"), CITIES, [plays("square", "wellington")]), {
    ok: true,
    value: { network: "helsinki", operation: null },
  });
  assert.deepEqual(room(""), { ok: true, value: { network: "wellington", operation: "square" } });
});

test("what is named and is not here is said, and nothing is opened in its place", () => {
  const [net, op] = [room("net=oslo"), room("op=oslo")];
  assert.ok(
    !net.ok && net.error.startsWith("This link is for the network \u201coslo\u201d, which this server does not"),
  );
  assert.ok(!op.ok && op.error.startsWith("This link is for the operation \u201coslo\u201d"));
});

test("an operation's id is its name in plain letters, with a number where it is taken", () => {
  assert.equal(idOf("T\u00f6\u00f6l\u00f6nlahti, P\u014dneke 2026", []), "toolonlahti-poneke-2026");
  assert.equal(idOf("Square", ["square", "square-2"]), "square-3");
  assert.equal(idOf("\u041a\u0438\u0457\u0432", []), "operation");
});

test("a city is called as its file", () => {
  assert.equal(cityName("helsinki-centre.osm.pbf"), "Helsinki centre");
  assert.equal(cityName("new_zealand-latest.osm.pbf"), "New zealand");
  assert.equal(cityName("streets.geojson"), "Streets");
});

test("the title of the page and the names of files say desk, operation and time", () => {
  const frame = opened("desk=picture&at=2022-02-18T06:05Z");
  assert.match(pageTitle(frame), /^Picture \u2013 A square is taken, Fri 18 Feb 2022 19:05$/);
  assert.equal(fileName(frame, "csv"), "Picture - A square is taken - 2022-02-18 1905.csv");
});

test("lengths and areas are those of the ground", () => {
  const [west, south] = [174.77, -41.28];
  const [east, north] = [west + 100 / 83_560, south + 100 / 111_195];
  assert.ok(
    Math.abs(
      lengthM([
        [west, south],
        [east, south],
      ]) - 100,
    ) < 1,
  );
  assert.ok(
    Math.abs(
      areaM2([
        [west, south],
        [east, south],
        [east, north],
        [west, north],
      ]) - 10_000,
    ) < 100,
  );
  assert.equal(
    areaM2([
      [west, south],
      [east, south],
    ]),
    0,
  );
  assert.deepEqual(
    [areaWords(4200), areaWords(13_000), areaWords(2_400_000)],
    ["4,200 m\u00b2", "1.3 ha", "2.4 km\u00b2"],
  );
});

test("a scale is a round length", () => {
  assert.deepEqual([roundLength(430), roundLength(199), roundLength(1000), roundLength(7.2)], [200, 100, 1000, 5]);
});
