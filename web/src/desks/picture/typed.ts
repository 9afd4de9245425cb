/** What is typed in a field of the entry form, as it is sent, and back. The server reads words; see `record/typed.py`. */
import type { FormField } from "../../contract/index.ts";
import { isoIn } from "../../lib/times.ts";
import { amountShown } from "./amount.ts";

type FieldType = FormField["type"];

/** What is sent of a field in which something is typed: its words, but of a number the number. The server parts a list. */
export function sentOf(text: string, type: FieldType): unknown {
  if (type === "yes-no") return text === "true";
  return type === "number" && Number.isFinite(Number(text)) ? Number(text) : text;
}

/** A list with the signs that part it: one that holds a comma keeps its semicolon, so that it stays one. */
const shownList = (parts: readonly string[], type: FieldType): string =>
  parts.join("; ") + (type === "list" && parts.length === 1 && parts[0]?.includes(",") ? ";" : "");

/** A value of an entry as it would be typed. */
export function typedOf(value: unknown, type: FieldType, zone: string): string {
  if (value === undefined || value === null) return "";
  if (type === "amount") return amountShown(value as Parameters<typeof amountShown>[0]);
  if (Array.isArray(value)) return shownList(value.map(String), type);
  if (type !== "time") return String(value);
  return isoIn(Date.parse(String(value)), zone)
    .slice(0, 16)
    .replace("T", " ");
}
