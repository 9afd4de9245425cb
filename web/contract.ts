/**
 * Writes what server and page say to each other, from docs/reference/openapi.json: node contract.ts [--check].
 *
 * The page reads types and validators (src/contract/generated). With --check nothing is written, and stale files are an error.
 */
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { createClient } from "@hey-api/openapi-ts";

type Schema = {
  readonly $ref?: string;
  readonly type?: string;
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly properties?: Readonly<Record<string, Schema>>;
};
type Document = {
  readonly paths: Readonly<Record<string, Readonly<Record<string, { readonly responses: unknown }>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
};

/** What a server may promise but a page need not check again: sizes, patterns, and that there is nothing else. */
const UNCHECKED = [
  "title",
  "additionalProperties",
  "minimum",
  "maximum",
  "minItems",
  "maxItems",
  "minLength",
  "maxLength",
  "pattern",
  "format",
];

/** A longitude and a latitude; a height is dropped. */
const POSITION = { type: "array", prefixItems: [{ type: "number" }, { type: "number" }], minItems: 2, maxItems: 2 };

const NULL = { type: "null" };

/** A schema as the page reads it; in a list, "a number or null" and a choice of shapes are written as the generator reads them. */
function simplified(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(simplified);
  if (typeof schema !== "object" || schema === null) return schema;
  const { type, items, minItems, maxItems } = schema as Schema;
  if (type === "array" && items?.anyOf?.length === 2 && items.anyOf[1]?.type === NULL.type)
    return simplified({ ...schema, items: { type: [items.anyOf[0]?.type, NULL.type] } });
  if (type === "array" && items?.oneOf) return { type, items: { allOf: [simplified(items)] } };
  if (type === "array" && items?.type === "number" && minItems === 2 && maxItems === 3) return POSITION;
  const kept = Object.entries(schema).filter(([key, value]) => !UNCHECKED.includes(key) || typeof value === "object");
  return Object.fromEntries(kept.map(([key, value]) => [key, value === "integer" ? "number" : simplified(value)]));
}

function* namesIn(value: unknown): Generator<string> {
  if (typeof value !== "object" || value === null) return;
  const { $ref } = value as Schema;
  if ($ref) yield $ref.slice($ref.lastIndexOf("/") + 1);
  for (const part of Object.values(value)) yield* namesIn(part);
}

/** The schemas that the server answers with, and all that they are made of. */
function answered({ paths, components }: Document): Set<string> {
  const found = new Set<string>();
  const waiting = Object.values(paths).flatMap((path) =>
    Object.values(path).flatMap(({ responses }) => [...namesIn(responses)]),
  );
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    if (found.has(name)) continue;
    found.add(name);
    waiting.push(...namesIn(components.schemas[name]));
  }
  return found;
}

/** Only the schemas. A server answers with every field, so that those which may be left out of a question are there in an answer. */
function readable(document: Document): object {
  const whole = answered(document);
  const schemas = Object.entries(document.components.schemas).map(([name, schema]) => {
    const asRead = simplified(schema) as Schema;
    return [
      name,
      whole.has(name) && asRead.properties ? { ...asRead, required: Object.keys(asRead.properties) } : asRead,
    ];
  });
  return { ...document, paths: {}, components: { schemas: Object.fromEntries(schemas) } };
}

async function write(folder: string): Promise<void> {
  const document = JSON.parse(await readFile(join(here, "../docs/reference/openapi.json"), "utf8")) as Document;
  await createClient({
    input: readable(document) as Record<string, unknown>,
    output: { path: folder, entryFile: false },
    plugins: ["@hey-api/typescript", { name: "valibot", definitions: { name: "{{name}}", case: "camelCase" } }],
    logs: { level: "silent" },
  });
}

const FILES = ["types.gen.ts", "valibot.gen.ts"];
const here = import.meta.dirname;
const generated = join(here, "src/contract/generated");

const { values } = parseArgs({ options: { check: { type: "boolean" } } });
if (!values.check) await write(generated);
else {
  const made = await mkdtemp(join(tmpdir(), "contract-"));
  await write(made);
  for (const name of FILES) {
    const [now, then] = await Promise.all(
      [made, generated].map((folder) => readFile(join(folder, name), "utf8").catch(() => "")),
    );
    if (now === then) continue;
    console.error(`src/contract/generated/${name} is stale: run 'npm run contract'.`);
    process.exitCode = 1;
  }
  await rm(made, { recursive: true });
}
