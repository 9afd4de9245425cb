import assert from "node:assert/strict";
import { test } from "node:test";
import type { Ground, Position } from "../src/contract/index.ts";
import * as ground from "../src/desks/plan/edit/ground.ts";
import { boundsOf } from "../src/map/bounds.ts";

const SQUARE: Ground = {
  type: "Polygon",
  coordinates: [
    [
      [0, 0],
      [2, 0],
      [2, 2],
      [0, 2],
      [0, 0],
    ],
  ],
};
const corner = (index: number, polygon = 0, ring = 0): ground.CornerRef => ({ polygon, ring, corner: index });
const outline = (shape: Ground | null): Position[] => (shape?.type === "Polygon" ? (shape.coordinates[0] ?? []) : []);

test("a moved first corner closes the ring again", () => {
  assert.deepEqual(outline(ground.cornerMoved(SQUARE, corner(0), [-1, -1])), [
    [-1, -1],
    [2, 0],
    [2, 2],
    [0, 2],
    [-1, -1],
  ]);
});

test("a corner is inserted after the one named, after the last one too", () => {
  assert.deepEqual(outline(ground.cornerInserted(SQUARE, corner(0), [1, -1]))[1], [1, -1]);
  assert.deepEqual(outline(ground.cornerInserted(SQUARE, corner(3), [-1, 1])), [
    [0, 0],
    [2, 0],
    [2, 2],
    [0, 2],
    [-1, 1],
    [0, 0],
  ]);
});

test("a square without a corner is a triangle, and without two is nothing", () => {
  const triangle = ground.cornerRemoved(SQUARE, corner(1));
  assert.deepEqual(outline(triangle), [
    [0, 0],
    [2, 2],
    [0, 2],
    [0, 0],
  ]);
  assert.equal(triangle && ground.cornerRemoved(triangle, corner(0)), null);
});

test("removing a triangle's corner leaves the other ground", () => {
  const two = ground.added(SQUARE, [
    [5, 5],
    [6, 5],
    [6, 6],
  ]);
  assert.equal(two.type, "MultiPolygon");
  assert.deepEqual(ground.cornerRemoved(two, corner(0, 1)), SQUARE);
});

test("one area of several is removed, and with the last the ground", () => {
  const two = ground.added(SQUARE, [
    [5, 5],
    [6, 5],
    [6, 6],
  ]);
  assert.deepEqual([ground.polygonCount(two), ground.polygonCount(SQUARE), ground.polygonCount(null)], [2, 1, 0]);
  assert.deepEqual(ground.polygonRemoved(two, 1), SQUARE);
  assert.deepEqual(outline(ground.polygonRemoved(two, 0))[0], [5, 5]);
  assert.equal(ground.polygonRemoved(SQUARE, 0), null);
});

test("ground is as exact as a link keeps it", () => {
  assert.deepEqual(outline(ground.tidied(ground.shifted(SQUARE, 1e-7, 0.1234567)))[0], [0, 0.123457]);
});

test("a hole that loses its third corner is filled", () => {
  const holed: Ground = {
    type: "Polygon",
    coordinates: [
      ...(SQUARE.coordinates as Position[][]),
      [
        [0.5, 0.5],
        [1, 0.5],
        [1, 1],
        [0.5, 0.5],
      ],
    ],
  };
  assert.deepEqual(ground.cornerRemoved(holed, corner(0, 0, 1)), SQUARE);
});

test("middles lie halfway, on the closing side too", () => {
  assert.deepEqual(
    ground.middles(SQUARE).map(({ at }) => at),
    [
      [1, 0],
      [2, 1],
      [1, 2],
      [0, 1],
    ],
  );
});

test("the whole shape shifts and the old one stays as it was", () => {
  assert.deepEqual(outline(ground.shifted(SQUARE, 1, -1))[2], [3, 1]);
  assert.deepEqual(outline(SQUARE)[2], [2, 2]);
});

test("a bow tie crosses itself; squares and shapes that share a corner do not", () => {
  assert.ok(
    ground.crossesItself(
      ground.polygonThrough([
        [0, 0],
        [2, 2],
        [2, 0],
        [0, 2],
      ]),
    ),
  );
  assert.ok(!ground.crossesItself(SQUARE));
  assert.ok(
    !ground.crossesItself(
      ground.polygonThrough([
        [0, 0],
        [1, 0],
        [0, 1],
      ]),
    ),
  );
});

test("bounds are west, south, east, north", () => {
  assert.deepEqual(
    boundsOf([
      [1, 5],
      [-2, 7],
    ]),
    [-2, 5, 1, 7],
  );
});
