/** What is typed in a field of the entry form, as the record reads it, and back. */
import type { FormField } from "../../contract/index.ts";
import { err, ok, type Result } from "../../lib/result.ts";
import { isoIn, offsetMs } from "../../lib/times.ts";
import { amountOf, amountShown, type TypedAmount } from "./amount.ts";

type FieldType = FormField["type"];

/** A typed local time as the record reads it. */
function timeOf(text: string, zone: string): Result<string> {
  const local = Date.parse(`${text.replace(" ", "T")}Z`);
  return Number.isNaN(local)
    ? err("Write a time such as 2022-02-18 19:05.")
    : ok(isoIn(local - offsetMs(local, zone), zone));
}

/** "Stand off" is the word stand_off of a vocabulary. */
const nameOf = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "_")
    .replace(/^_+|_+$/g, "");

const listOf = (text: string): string[] =>
  text
    .split(/[,;]/)
    .map((part) => part.trim())
    .filter(Boolean);

/** The value of a field in which something is typed. */
export function readTyped(text: string, type: FieldType, zone: string): Result<unknown> {
  switch (type) {
    case "amount":
      return amountOf(text);
    case "yes-no":
      return ok(text === "true");
    case "number":
      return Number.isFinite(Number(text)) ? ok(Number(text)) : err("Write a plain number.");
    case "list":
      return ok(listOf(text));
    case "time":
      return timeOf(text, zone);
    case "name":
      return ok(nameOf(text));
    default:
      return ok(text);
  }
}

/** A value of an entry as it would be typed. */
export function typedOf(value: unknown, type: FieldType, zone: string): string {
  if (value === undefined || value === null) return "";
  if (type === "amount") return amountShown(value as TypedAmount);
  if (type === "list" && Array.isArray(value)) return value.join("; ");
  if (type !== "time") return String(value);
  return isoIn(Date.parse(String(value)), zone)
    .slice(0, 16)
    .replace("T", " ");
}

const CLOCK = /^(?:about |at )?(?:\d{1,2}(?:[:.]\d{2})?\s*(?:am|pm)?|night|morning|midday|afternoon|evening|tonight)$/i;

/** "19:05" or "this morning" means the day that is looked at; nothing, the moment itself. */
export function happenedOf(text: string, moment: number, zone: string): string {
  const said = text.replace(/^this /i, "");
  if (said === "") return isoIn(moment, zone);
  return CLOCK.test(said) ? `${isoIn(moment, zone).slice(0, 10)} ${said}` : said;
}
