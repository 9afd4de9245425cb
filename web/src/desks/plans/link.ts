/** The tab's part of the address: which version of which plan is in hand, and which one it is compared with. */
import type { SavedVersion } from "../../contract/index.ts";
import type { Pairs } from "../../frame/desk.ts";

/** A version as an address names it: "parliament:2". Empty where the address names none. */
export type Wanted = { readonly version: string; readonly beside: string };

export const NOTHING: Wanted = { version: "", beside: "" };

const VERSION = "tmp";
const BESIDE = "tmp-beside";
const READABLE = /^.+:[1-9]\d{0,8}$/;

export const versionName = ({ plan, version }: { readonly plan: string; readonly version: number }): string =>
  `${plan}:${version}`;

export const versionNamed = (versions: readonly SavedVersion[], name: string): SavedVersion | undefined =>
  versions.find((one) => versionName(one) === name);

const nameIn = (said: URLSearchParams, name: string): string => {
  const text = said.get(name) ?? "";
  return READABLE.test(text) ? text : "";
};

export function readWanted(said: URLSearchParams): Wanted {
  const version = nameIn(said, VERSION);
  return { version, beside: version && nameIn(said, BESIDE) };
}

export const planFaults = (said: URLSearchParams): readonly string[] => [
  ...(said.has(VERSION) && !nameIn(said, VERSION) ? ["which management plan"] : []),
  ...(said.has(BESIDE) && !nameIn(said, BESIDE) ? ["which version the management plan is compared with"] : []),
];

export const writeWanted = ({ version, beside }: Wanted): Pairs =>
  version ? [[VERSION, version], ...(beside ? [[BESIDE, beside] as const] : [])] : [];

/** What is not in the record, in words. */
export const missingWords = (name: string): string =>
  `version ${name.replace(/^(.*):(\d+)$/, "$2 of plan \u201c$1\u201d")}`;
