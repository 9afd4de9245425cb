/** What the page says is plain English: none of the phrases that CONTRIBUTING lists under "Words to stop at". */
import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import test from "node:test";
import ts from "typescript";

const WEB = new URL("..", import.meta.url);
const SECTION = readFileSync(new URL("../CONTRIBUTING.md", WEB), "utf8")
  .split("## Words to stop at")[1]
  ?.split("\n## ")[0];
const ROWS = (SECTION ?? "").split("\n").filter((line) => line.startsWith("| `"));

/** The phrases in one column of the table, the longest first. */
function column(number: number): string[] {
  const cells = ROWS.map((row) => row.split("|")[number] ?? "");
  const phrases = cells.flatMap((cell) => [...cell.matchAll(/`([^`]+)`/g)].map(([, phrase = ""]) => phrase));
  return phrases.toSorted((a, b) => b.length - a.length);
}

const anyOf = (phrases: readonly string[]): RegExp =>
  new RegExp(`(?<![\\w-])(?:${phrases.join("|").replaceAll(" ", "\\s+")})(?![\\w-])`, "gi");

const STOP = anyOf(column(1));
const FINE = anyOf(column(4));

const stopped = (text: string): string[] => text.replace(FINE, "-").match(STOP) ?? [];

/** The quoted and JSX texts of a module; what a template fills in is left out. */
function textsOf(name: string, source: string): string[] {
  const kind = name.endsWith("x") ? ts.ScriptKind.TSX : ts.ScriptKind.TS;
  const texts: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isTemplateExpression(node))
      texts.push([node.head.text, ...node.templateSpans.map(({ literal }) => literal.text)].join("{}"));
    else if (ts.isStringLiteralLike(node) || ts.isJsxText(node)) texts.push(node.text.trim());
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(name, source, ts.ScriptTarget.Latest, false, kind));
  return texts.filter(Boolean);
}

test("the list is read from CONTRIBUTING", () => {
  for (const phrase of ["told as", "mend", "moment looked at"]) assert.ok(column(1).includes(phrase), phrase);
  assert.ok(column(4).includes("is no longer"));
});

test("phrases are found in any case and over lines, and never inside words", () => {
  assert.deepEqual(stopped("Mend it: the hour is\nno number."), ["Mend", "is\nno"]);
  assert.deepEqual(stopped("We recommend it; there is no number, and it is no longer open."), []);
});

test("the texts of a module are its strings, templates and JSX, not its comments", () => {
  const source =
    '/** Mend. */\nconst a = "one";\nconst b = `two $\u{7b}a} three`;\nconst c = <p title="four">\n  five\n</p>;\n';
  assert.deepEqual(textsOf("module.tsx", source), ["one", "two {} three", "four", "five"]);
});

test("the page says no words to stop at", () => {
  const modules = globSync("src/**/*.{ts,tsx}", { cwd: WEB });
  assert.ok(modules.includes("src/main.ts") && modules.some((name) => name.endsWith(".tsx")));
  const said = modules.flatMap((name) =>
    textsOf(name, readFileSync(new URL(name, WEB), "utf8"))
      .filter((text) => stopped(text).length > 0)
      .map((text) => `${name}: ${text}`),
  );
  assert.deepEqual(said, []);
});
