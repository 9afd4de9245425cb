/** The Log desk's part of the address: what is wanted, by names of its own. */
import type { Pairs } from "../../frame/desk.ts";
import { ALL, type Wanted } from "./store.ts";

const NAMES = {
  words: "log-words",
  kind: "log-kind",
  place: "log-place",
  who: "log-who",
  since: "log-from",
  until: "log-to",
  release: "log-release",
  standing: "log-holds",
} as const;
const SORTS: readonly string[] = ["happened", "known", "written", "kind", "place", "who", "grade", "release"];

/** A change of these is a step that "back" takes back. */
export const STEPS: readonly string[] = ["log-kind", "log-release", "log-holds", "log-page"];

export function readWanted(said: URLSearchParams): Wanted {
  const sort = said.get("log-sort") ?? "-happened";
  const by = sort.replace(/^-/, "");
  const page = Number(said.get("log-page") ?? 1) - 1;
  const filters = Object.fromEntries(Object.entries(NAMES).map(([part, name]) => [part, said.get(name) ?? ""]));
  return {
    ...ALL,
    ...filters,
    ...(SORTS.includes(by) ? { sort: by as Wanted["sort"], descending: sort.startsWith("-") } : {}),
    page: Number.isInteger(page) && page > 0 ? page : 0,
  };
}

export function writeWanted(wanted: Wanted): Pairs {
  const { sort, descending, page } = wanted;
  const order = `${descending ? "-" : ""}${sort}`;
  return [
    ...Object.entries(NAMES)
      .map(([part, name]) => [name, wanted[part as keyof typeof NAMES]] as const)
      .filter(([, value]) => value !== ""),
    ...(order === "-happened" ? [] : [["log-sort", order] as const]),
    ...(page > 0 ? [["log-page", `${page + 1}`] as const] : []),
  ];
}
