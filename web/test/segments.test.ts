import assert from "node:assert/strict";
import { test } from "node:test";
import type { ReadingAnswer } from "../src/contract/index.ts";
import { paragraphsOf } from "../src/desks/read/segments.ts";

const TEXT = "About 450 vehicles stood on Bowen St.\r\n\r\nPolice said so at 7pm. It is cold.\n";
const at = (words: string): { start: number; end: number } => ({
  start: TEXT.indexOf(words),
  end: TEXT.indexOf(words) + words.length,
});

const draft = (id: string, words: string) => ({ id, span: at(words) });
const REPORT = {
  text: TEXT,
  drafts: [
    draft("a", "About 450 vehicles stood on Bowen St."),
    draft("b", "About 450 vehicles stood on Bowen St."),
    draft("c", "Police said so at 7pm."),
  ],
  mentions: { quantities: [at("About 450 vehicles")], times: [at("at 7pm")], places: [at("Bowen St")], speakers: [] },
} as unknown as ReadingAnswer;

test("the pieces of a report are its text, every character once", () => {
  for (const words of [null, at("450 vehicles stood"), at("Bowen St.\r\n\r\nPolice")]) {
    const lines = paragraphsOf(REPORT, words).map((paragraph) =>
      paragraph.flatMap(({ pieces }) => pieces.map(({ text }) => text)).join(""),
    );
    assert.deepEqual(
      lines,
      TEXT.split(/[\r\n]+/).filter((line) => line.trim()),
    );
  }
});

test("a sentence carries the drafts that it supports, what was found in it its sign", () => {
  const [first, second] = paragraphsOf(REPORT, null);
  assert.deepEqual(
    first?.map(({ drafts }) => drafts),
    [["a", "b"]],
  );
  assert.deepEqual(
    second?.map(({ drafts }) => drafts),
    [["c"], []],
  );
  const signs = first
    ?.flatMap(({ pieces }) => pieces)
    .filter(({ sign }) => sign)
    .map(({ text, sign }) => [text, sign]);
  assert.deepEqual(signs, [
    ["About 450 vehicles", "quantity"],
    ["Bowen St", "place"],
  ]);
});

test("every piece knows where it begins in the report", () => {
  for (const piece of paragraphsOf(REPORT, null)
    .flat()
    .flatMap(({ pieces }) => pieces))
    assert.equal(TEXT.slice(piece.start, piece.start + piece.text.length), piece.text);
});

test("the words that an entry rests on are marked, also where they run over paragraphs", () => {
  const marked = paragraphsOf(REPORT, at("Bowen St.\r\n\r\nPolice"))
    .flat()
    .flatMap(({ pieces }) => pieces)
    .filter(({ words }) => words);
  assert.equal(marked.map(({ text }) => text).join("|"), "Bowen St|.|Police");
});
