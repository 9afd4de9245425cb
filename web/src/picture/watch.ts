/** What the Picture desk knows: the operation, the two moments looked at, the picture of them, what is selected. */
import type { DraftFound, EntryAnswer, MarkCollection, OperationDetails, PictureAnswer } from "../contract.ts";
import { createStore, type Store } from "../store.ts";
import { DAY_MS, HOUR_MS } from "./times.ts";

/** What the form starts from when it is opened for a certain reason. */
export type Wish = {
  readonly kind?: string;
  readonly tie?: { readonly relation: "corrects" | "withdraws" | "confirms" | "disputes"; readonly to: EntryAnswer };
  readonly draft?: DraftFound;
  readonly done?: (entry: string) => void;
};

export type WatchState = {
  readonly operation: OperationDetails | null;
  /** About which moment, and as known at which, milliseconds. */
  readonly at: number;
  readonly knownAt: number;
  /** Whether the second handle goes with the first. */
  readonly linked: boolean;
  readonly playing: boolean;
  readonly picture: PictureAnswer | null;
  readonly marks: MarkCollection | null;
  readonly entry: string | null;
  readonly detail: EntryAnswer | null;
  readonly failure: string;
  readonly live: "connecting" | "open";
  readonly wish: Wish | null;
};

export type Watch = Store<WatchState>;

/** An operation is going on as long as something became known of it lately. */
const LATELY_MS = 3 * DAY_MS;

/** Whether the operation is going on, so that its last moment is now. */
export const isGoingOn = (operation: OperationDetails): boolean =>
  operation.last_known === null || Date.now() - Date.parse(operation.last_known) < LATELY_MS;

/** What the handles are exact to. */
export const MINUTE_MS = HOUR_MS / 60;

/** The span of the time bar, in whole minutes. */
export function spanOf(operation: OperationDetails): readonly [number, number] {
  const last = isGoingOn(operation) ? Date.now() : Date.parse(operation.last_known ?? "");
  const first = operation.first_known === null ? last - DAY_MS : Date.parse(operation.first_known);
  const end = Math.ceil(last / MINUTE_MS) * MINUTE_MS;
  return [Math.floor(Math.min(first, end - HOUR_MS) / HOUR_MS) * HOUR_MS, end];
}

export function createWatch(operation: OperationDetails | null): Watch {
  const end = operation ? spanOf(operation)[1] : Date.now();
  return createStore<WatchState>({
    operation,
    at: end,
    knownAt: end,
    linked: true,
    playing: false,
    picture: null,
    marks: null,
    entry: null,
    detail: null,
    failure: "",
    live: "connecting",
    wish: null,
  });
}

/** Look at another moment; what was known goes along unless it was set apart. */
export function lookAt(watch: Watch, moment: number): void {
  const { operation, linked } = watch.get();
  if (!operation) return;
  const [first, last] = spanOf(operation);
  const at = Math.min(Math.max(moment, first), last);
  watch.set(linked ? { at, knownAt: at } : { at });
}

/** Look as it was known at another moment. */
export function knowAt(watch: Watch, moment: number): void {
  const { operation, at } = watch.get();
  if (!operation) return;
  const [first, last] = spanOf(operation);
  const knownAt = Math.min(Math.max(moment, first), last);
  watch.set({ knownAt, linked: knownAt === at });
}

export const isAtTheEnd = ({ operation, at }: WatchState): boolean =>
  operation !== null && at >= spanOf(operation)[1] - MINUTE_MS;

export function toTheEnd(watch: Watch): void {
  const { operation } = watch.get();
  if (operation) watch.set({ at: spanOf(operation)[1], knownAt: spanOf(operation)[1], linked: true, playing: false });
}

export const choose = (watch: Watch, entry: string | null): void =>
  watch.set({ entry, ...(entry === null ? { detail: null } : {}) });
