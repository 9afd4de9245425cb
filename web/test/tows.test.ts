/** Tows that were ordered: what is open, names for entries, and the board as a file that the command line reads. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { MeansPlace, TowOrderShown, TowShown } from "../src/contract/index.ts";
import { placeWords } from "../src/desks/vehicles/words.ts";
import { boardCsv, isOpen, newId, TOW_STATES, TOW_WORDS, type TowState } from "../src/desks/vehicles/working.ts";

const tow = (id: string, state: TowState, entry: string | null): TowShown => ({ id, state, entry }) as TowShown;

test("what is under way, has failed or is to come is open; what is done, driven away or withdrawn is over", () => {
  const open = (Object.keys(TOW_WORDS) as TowState[]).filter((state) => isOpen(tow("T001", state, null)));
  assert.deepEqual(open, ["to_come", "under_way", "failed"]);
});

test("each state that can be pressed has a sign and a word, and taking it back needs no button", () => {
  assert.deepEqual(TOW_STATES, ["under_way", "done", "failed", "gone", "withdrawn"]);
  assert.equal(new Set(Object.values(TOW_WORDS).map(([sign]) => sign)).size, 6);
});

test("the command line reads the board: a line for each tow of which something is said", () => {
  const tows = [tow("T001", "done", "a"), tow("T002", "to_come", null), tow("T003", "to_come", "b")];
  assert.equal(boardCsv({ tows } as unknown as TowOrderShown), "tow,state\r\nT001,done\r\nT003,to_come\r\n");
});

test("a name for an entry is one that the record takes, and another each time", () => {
  const [one, other] = [newId("tow"), newId("tow")];
  assert.match(one, /^tow-[0-9a-z]+$/);
  assert.ok(one.length <= 64);
  assert.notEqual(one, other);
});

test("a place says whether it is open then, where somebody said when it is", () => {
  const place = (what: MeansPlace["what"], open: boolean | null): string => placeWords({ what, open } as MeansPlace);
  assert.equal(place("parking", null), "Parking");
  assert.equal(place("storage", false), "Storage, not open at that time");
  assert.equal(place("storage", true), "Storage, open at that time");
});
