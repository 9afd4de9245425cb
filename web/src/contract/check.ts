/** What came over the wire is `unknown` until a validator has seen it. */
import * as v from "valibot";
import { err, ok, type Result } from "../lib/result.ts";

export type Validator<T> = v.GenericSchema<unknown, T>;

/** The value as its validator reads it, or a sentence that names the first part that is not as expected. */
export function check<T>(validator: Validator<T>, value: unknown): Result<T> {
  const found = v.safeParse(validator, value, { abortEarly: true });
  if (found.success) return ok(found.output);
  const [issue] = found.issues;
  return err(`${v.getDotPath(issue) ?? "the answer"}: ${issue.message}`);
}
