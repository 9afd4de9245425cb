/** Every word that is marked as hard stands in the list of words, with a meaning. */
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { meaningOf } from "../src/lib/word-list.ts";

const SOURCES = new URL("../src/", import.meta.url);

/** The texts of each list that is given as `words`. */
function marked(): string[] {
  const files = readdirSync(SOURCES, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".tsx"));
  const lists = files.flatMap((name) => [
    ...readFileSync(new URL(name, SOURCES), "utf8").matchAll(/\bwords(?:=\{|: )\[(["'][^\]]*)\]/g),
  ]);
  return lists.flatMap(([, list = ""]) =>
    [...list.matchAll(/"([^"]*)"|'([^']*)'/g)].map(([, one, other]) => other ?? one ?? ""),
  );
}

test("a hard word is explained by the list of words", () => {
  const words = marked();
  assert.ok(words.length > 30, `${words.length} words are marked`);
  assert.deepEqual(
    words.filter((word) => !meaningOf(word)),
    [],
  );
});
