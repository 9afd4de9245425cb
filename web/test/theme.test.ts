/** The scale of times is read the same way by day and by night. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { coloursOf, type Theme } from "../src/map/theme.ts";

const channels = (colour: string): [number, number, number] =>
  [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16) / 255) as [number, number, number];

/** WCAG 2.2's relative luminance, 0 to 1. */
const luminance = (colour: string): number => {
  const [red, green, blue] = channels(colour).map((part) =>
    part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4,
  ) as [number, number, number];
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
};

const contrast = (a: string, b: string): number => {
  const [high = 0, low = 0] = [luminance(a), luminance(b)].toSorted((one, other) => other - one);
  return (high + 0.05) / (low + 0.05);
};

const falls = (values: readonly number[]): boolean =>
  values.every((value, index) => index === 0 || value < (values[index - 1] as number));

for (const theme of ["day", "night", "print"] as const satisfies readonly Theme[])
  test(`${theme}: the shortest wait is green and lightest, each longer one darker, the longest blue`, () => {
    const { scale } = coloursOf(theme);
    assert.ok(falls(scale.map(luminance)));
    const [first, last] = [channels(scale[0]), channels(scale[4])];
    assert.ok(first[1] > first[0] && first[1] > first[2]);
    assert.ok(last[2] > last[0] && last[2] > last[1]);
  });

test("by night every step of the scale stands out from the ground and from a street", () => {
  const { scale, ground, street } = coloursOf("night");
  for (const colour of scale) {
    assert.ok(contrast(colour, ground) > 4.5);
    assert.ok(contrast(colour, street) > 3);
  }
});
