/** Tows that were ordered: what may become of one, in words and signs, and the board as a CSV file. */
import type { TowOrderShown, TowShown } from "../../contract/index.ts";
import { csvTable } from "../../lib/csv.ts";

export type TowState = TowShown["state"];
/** What may be said of a tow, by a button each; said again, it is taken back. */
export const TOW_STATES = ["under_way", "done", "failed", "gone", "withdrawn"] as const satisfies readonly TowState[];
export const TOW_WORDS: Readonly<Record<TowState, readonly [sign: string, word: string]>> = {
  to_come: ["\u00b7", "To come"],
  under_way: ["\u2192", "Under way"],
  done: ["\u2713", "Done"],
  failed: ["\u2715", "Failed"],
  gone: ["\u2197", "Driven away"],
  withdrawn: ["\u2013", "Withdrawn"],
};

/** Whether something is left to do with a tow. */
export const isOpen = ({ state }: TowShown): boolean => !["done", "gone", "withdrawn"].includes(state);

/** A name for an entry that was not sent yet: sent again under it, it is written once. */
export const newId = (what: string): string =>
  `${what}-${[...crypto.getRandomValues(new Uint32Array(4))].map((part) => part.toString(36)).join("")}`;

/** As 'clearway vehicles tow --board' reads it. */
export const boardCsv = ({ tows }: TowOrderShown): string =>
  csvTable(
    tows.filter(({ entry }) => entry !== null),
    [
      ["tow", ({ id }) => id],
      ["state", ({ state }) => state],
    ],
  );
