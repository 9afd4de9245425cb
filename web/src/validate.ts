/** Small validators: what came over the wire is `unknown` until one of these has seen it. */
import { err, ok, type Result } from "./result.ts";

export type Validator<T> = (value: unknown, path?: string) => Result<T>;
export type Valid<V> = V extends Validator<infer T> ? T : never;

const expected = (what: string, path: string): Result<never> => err(`${path || "the answer"} is not ${what}`);

export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

export const string: Validator<string> = (value, path = "") =>
  typeof value === "string" ? ok(value) : expected("text", path);

export const boolean: Validator<boolean> = (value, path = "") =>
  typeof value === "boolean" ? ok(value) : expected("true or false", path);

export const number: Validator<number> = (value, path = "") =>
  typeof value === "number" && Number.isFinite(value) ? ok(value) : expected("a number", path);

export const record: Validator<Record<string, unknown>> = (value, path = "") =>
  isObject(value) ? ok(value) : expected("an object", path);

export const unknown: Validator<unknown> = (value) => ok(value);

export function literal<const T extends readonly string[]>(...allowed: T): Validator<T[number]> {
  return (value, path = "") =>
    allowed.includes(value as string) ? ok(value as T[number]) : expected(`one of ${allowed.join(", ")}`, path);
}

export function nullable<T>(inner: Validator<T>): Validator<T | null> {
  return (value, path) => (value === null || value === undefined ? ok(null) : inner(value, path));
}

/** A field that an older or newer server may leave out. */
export function withDefault<T>(inner: Validator<T>, fallback: NoInfer<T>): Validator<T> {
  return (value, path) => (value === null || value === undefined ? ok(fallback) : inner(value, path));
}

export function array<T>(inner: Validator<T>): Validator<T[]> {
  return (value, path = "") => {
    if (!Array.isArray(value)) return expected("a list", path);
    const items: T[] = [];
    for (let index = 0; index < value.length; index++) {
      const item = inner(value[index], `${path}[${index}]`);
      if (!item.ok) return item;
      items.push(item.value);
    }
    return ok(items);
  };
}

type Shape = Record<string, Validator<unknown>>;
type ShapeOf<S extends Shape> = { [K in keyof S]: Valid<S[K]> };

/** An object with these fields; others are left alone, so that the server may learn new ones. */
export function object<const S extends Shape>(shape: S): Validator<ShapeOf<S>> {
  return (value, path = "") => {
    if (!isObject(value)) return expected("an object", path);
    const found: Record<string, unknown> = {};
    for (const [key, inner] of Object.entries(shape)) {
      const field = inner(value[key], path ? `${path}.${key}` : key);
      if (!field.ok) return field;
      found[key] = field.value;
    }
    return ok(found as ShapeOf<S>);
  };
}

/** One of several objects, told apart by one of their fields. */
export function tagged<const T extends Record<string, Validator<unknown>>>(
  key: string,
  choices: T,
): Validator<Valid<T[keyof T]>> {
  return (value, path = "") => {
    const tag = isObject(value) ? value[key] : undefined;
    const chosen = typeof tag === "string" ? choices[tag] : undefined;
    if (!chosen) return expected(`of a known ${key}`, path);
    return chosen(value, path) as Result<Valid<T[keyof T]>>;
  };
}

/** longitude, latitude; a height is dropped. */
export const position: Validator<[number, number]> = (value, path = "") => {
  if (!Array.isArray(value) || value.length < 2) return expected("a position", path);
  const [lon, lat] = value;
  return typeof lon === "number" && typeof lat === "number" && Number.isFinite(lon) && Number.isFinite(lat)
    ? ok([lon, lat])
    : expected("a position", path);
};
