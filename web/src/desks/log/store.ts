/** What the Log desk knows: which lines are wanted, and the part of them that the server gave. */
import * as api from "../../contract/api.ts";
import type { LogAnswer } from "../../contract/index.ts";
import type { FrameState, FrameStore } from "../../frame/desk.ts";
import { createStore, type Dispose, onChange, type Store } from "../../lib/store.ts";
import { iso } from "../../lib/times.ts";

/** So many lines are shown at once. */
export const PAGE = 100;

/** Which lines, and in which order; empty where it does not matter. */
export type Wanted = {
  readonly words: string;
  readonly kind: string;
  readonly place: string;
  readonly who: string;
  readonly since: string;
  readonly until: string;
  readonly release: string;
  readonly standing: string;
  readonly sort: api.LogSort;
  readonly descending: boolean;
  /** The first is 0. */
  readonly page: number;
};

export const ALL: Wanted = {
  words: "",
  kind: "",
  place: "",
  who: "",
  since: "",
  until: "",
  release: "",
  standing: "",
  sort: "happened",
  descending: true,
  page: 0,
};

type LogParts = {
  readonly wanted: Wanted;
  readonly answer: LogAnswer | null;
  readonly failure: string;
};

export type LogState = LogParts & FrameState;
export type LogStore = Store<LogState>;

export const createLogStore = (frame: FrameStore, wanted: Wanted): LogStore =>
  createStore<LogParts, FrameState>({ wanted, answer: null, failure: "" }, frame);

/** Want something else: from the first page on, unless it is a page that is wanted. */
export const want = (store: LogStore, change: Partial<Wanted>): void =>
  store.set({ wanted: { ...store.get().wanted, page: 0, ...change } });

/** Whether anything is left out. */
export const isFiltered = ({ sort: _, descending: __, page: ___, ...filters }: Wanted): boolean =>
  Object.values(filters).some((value) => value !== "");

/** Sort by a column; by the same one again the other way round. */
export function sortBy(store: LogStore, sort: api.LogSort): void {
  const { wanted } = store.get();
  const first = sort === "happened" || sort === "known" || sort === "written";
  want(store, { sort, descending: wanted.sort === sort ? !wanted.descending : first });
}

/** Where a part of the log begins and ends, from 1, and whether there is more. */
export function partOf({ answer }: LogState): { first: number; last: number; total: number } {
  if (!answer) return { first: 0, last: 0, total: 0 };
  const { offset, lines, total } = answer;
  return { first: lines.length ? offset + 1 : 0, last: offset + lines.length, total };
}

const TYPED_MS = 150;

/** Ask whenever something else is wanted, or something new was entered, as long as the desk is open. */
export function keepLines(store: LogStore, near: () => number): Dispose {
  let timer = 0;
  let asking: AbortController | null = null;
  const ask = async (): Promise<void> => {
    const { operation, wanted, desk } = store.get();
    if (!operation || desk !== "log") return;
    asking?.abort();
    const mine = new AbortController();
    asking = mine;
    const found = await api.getLog(operation.id, wanted, iso(near()), PAGE, mine.signal);
    if (asking !== mine) return;
    if (found.ok) store.set({ answer: found.value, failure: "" });
    else if (found.error.kind !== "cancelled") store.set({ failure: found.error.message });
  };
  const soon = (): void => {
    clearTimeout(timer);
    timer = window.setTimeout(() => void ask(), TYPED_MS);
  };
  const end = onChange(store, ["wanted", "operation", "desk"], soon);
  void ask();
  return () => {
    clearTimeout(timer);
    asking?.abort();
    end();
  };
}
