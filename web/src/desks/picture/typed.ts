/** What is typed in a field of the entry form, as it is sent, and back. The server reads words; see `record/typed.py`. */
import type { FormField } from "../../contract/index.ts";
import { err, ok, type Result } from "../../lib/result.ts";
import { isoIn, offsetMs } from "../../lib/times.ts";
import { amountShown } from "./amount.ts";

type FieldType = FormField["type"];

const listOf = (text: string): string[] =>
  text
    .split(/[,;]/)
    .map((part) => part.trim())
    .filter(Boolean);

/** What is sent of a field in which something is typed: its words, but of a list each, and of a number the number. */
export function sentOf(text: string, type: FieldType): unknown {
  if (type === "list") return listOf(text);
  if (type === "yes-no") return text === "true";
  return type === "number" && Number.isFinite(Number(text)) ? Number(text) : text;
}

/** A value of an entry as it would be typed. */
export function typedOf(value: unknown, type: FieldType, zone: string): string {
  if (value === undefined || value === null) return "";
  if (type === "amount") return amountShown(value as Parameters<typeof amountShown>[0]);
  if (type === "list" && Array.isArray(value)) return value.join("; ");
  if (type !== "time") return String(value);
  return isoIn(Date.parse(String(value)), zone)
    .slice(0, 16)
    .replace("T", " ");
}

/** A typed local time with its zone, where a question of the API takes no words. */
export function momentOf(text: string, zone: string): Result<string> {
  const local = Date.parse(`${text.replace(" ", "T")}Z`);
  return Number.isNaN(local)
    ? err("Write a time such as 2022-02-18 19:05.")
    : ok(isoIn(local - offsetMs(local, zone), zone));
}
