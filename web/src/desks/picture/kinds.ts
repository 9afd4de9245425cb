/** The kinds of entry as the server describes them (JSON schema), and the fields that a form needs for each. */

export type FieldType = "text" | "long" | "name" | "amount" | "choice" | "yes-no" | "number" | "time" | "date" | "list";
export type Field = {
  readonly name: string;
  readonly label: string;
  readonly help: string;
  readonly type: FieldType;
  readonly needed: boolean;
  readonly choices: readonly string[];
};
export type Kind = { readonly name: string; readonly help: string; readonly fields: readonly Field[] };

/** What a radio message is mostly about comes first. */
const FIRST = [
  "incident",
  "count",
  "road_state",
  "flow",
  "gate_state",
  "statement",
  "contact",
  "arrests",
  "injuries",
  "remark",
];
const LONG = new Set(["summary", "text", "why", "note"]);

const object = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : {};
const words = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((one): one is string => typeof one === "string") : [];

/** The part of "X or null" that is X. */
function plain(schema: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const options = Array.isArray(schema["anyOf"])
    ? schema["anyOf"].map(object).filter((one) => one["type"] !== "null")
    : [];
  return { ...schema, ...options[0] };
}

function typeOf(name: string, schema: Readonly<Record<string, unknown>>): FieldType {
  if (typeof schema["$ref"] === "string") return "amount";
  if (Array.isArray(schema["enum"])) return "choice";
  if (schema["type"] === "boolean") return "yes-no";
  if (schema["type"] === "number" || schema["type"] === "integer") return "number";
  if (schema["type"] === "array") return "list";
  if (schema["format"] === "date-time") return "time";
  if (schema["format"] === "date") return "date";
  if (typeof schema["pattern"] === "string" && schema["pattern"].startsWith("^[a-z]")) return "name";
  return LONG.has(name) ? "long" : "text";
}

export const readable = (name: string): string =>
  name.replaceAll("_", " ").replace(/^./, (letter) => letter.toUpperCase());

export function kindsOf(schema: Readonly<Record<string, unknown>>): Kind[] {
  const defined = object(schema["$defs"]);
  const mapping = object(object(schema["discriminator"])["mapping"]);
  const kinds = Object.entries(mapping).map(([name, ref]): Kind => {
    const one = object(defined[String(ref).split("/").at(-1) ?? ""]);
    const needed = new Set(words(one["required"]));
    const fields = Object.entries(object(one["properties"]))
      .filter(([field]) => field !== "kind")
      .map(([field, about]): Field => {
        const inner = plain(object(about));
        return {
          name: field,
          label: readable(field),
          help: String(object(about)["description"] ?? ""),
          type: typeOf(field, inner),
          needed: needed.has(field),
          choices: words(inner["enum"]),
        };
      });
    return {
      name,
      help: String(one["description"] ?? "").split("\n")[0] ?? "",
      fields: fields.toSorted((a, b) => Number(b.needed) - Number(a.needed)),
    };
  });
  const rank = (kind: Kind): number => (FIRST.includes(kind.name) ? FIRST.indexOf(kind.name) : FIRST.length);
  return kinds.toSorted((a, b) => rank(a) - rank(b) || a.name.localeCompare(b.name));
}
