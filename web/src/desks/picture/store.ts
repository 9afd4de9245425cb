/** What the Picture desk knows: the operation, the two moments looked at, the picture of them, what is selected. */
import type { When } from "../../contract/api.ts";
import type {
  DraftFound,
  EntryAnswer,
  EntryQuestion,
  Fact,
  KindsAnswer,
  Knowledge,
  MarkCollection,
  OperationDetails,
  PictureAnswer,
} from "../../contract/index.ts";
import type { FrameState, FrameStore } from "../../frame/desk.ts";
import { createStore, type Store } from "../../lib/store.ts";
import { DAY_MS, HOUR_MS, iso } from "../../lib/times.ts";

/** From and until when, milliseconds. */
export type Span = readonly [first: number, last: number];

/** What the form starts from when it is opened for a certain reason. */
export type Wish = {
  readonly kind?: string;
  readonly tie?: { readonly relation: "corrects" | "withdraws" | "confirms" | "disputes"; readonly to: EntryAnswer };
  readonly draft?: DraftFound;
  /** An entry that was withdrawn and is entered again. */
  readonly again?: EntryAnswer;
  readonly done?: (entry: string) => void;
};

/** What was written, in a sentence, and the entry that takes it back. */
export type Written = { readonly says: string; readonly entry: string; readonly back: EntryQuestion };

type PictureParts = {
  /** What kinds of entry there are: themes, marks, legend and form follow from it. It comes with the first picture. */
  readonly kinds: KindsAnswer | null;
  /** About which moment, and as known at which, milliseconds. */
  readonly at: number;
  readonly knownAt: number;
  /** What "known" means: as the room had it, or as it could have been known. */
  readonly knowledge: Knowledge;
  /** Whether the second handle goes with the first. */
  readonly linked: boolean;
  /** The part of the time bar that its track shows; null for all of it. */
  readonly track: Span | null;
  /** Entries whose push on the forecasts is left out. */
  readonly without: readonly string[];
  readonly playing: boolean;
  readonly picture: PictureAnswer | null;
  readonly marks: MarkCollection | null;
  readonly entry: string | null;
  readonly detail: EntryAnswer | null;
  readonly failure: string;
  /** Of the stream; "asking": the server refuses one, and the page asks now and then. */
  readonly live: "asking" | "connecting" | "open";
  readonly wish: Wish | null;
  /** What was written here last, the latest at the end: each can be taken back. */
  readonly written: readonly Written[];
  /** Whether a point is picked on the map for the entry form, which waits meanwhile. */
  readonly picking: boolean;
  /** Whether the head of a situation report is being filled. */
  readonly reporting: boolean;
};

/** With what all desks share. */
export type PictureState = PictureParts & FrameState;
export type PictureStore = Store<PictureState>;

/** What an address says; null where it says nothing of it. */
export type PicturePlace = {
  readonly at: number | null;
  readonly knownAt: number | null;
  readonly knowledge: Knowledge;
  readonly entry: string | null;
};

/** An operation is going on as long as something happened lately; what is learnt years later does not make it go on. */
const LATELY_MS = 3 * DAY_MS;

/** Whether the operation is going on, so that its last moment is now. */
export const isGoingOn = ({ last_happened }: OperationDetails): boolean =>
  last_happened === null || Date.now() - Date.parse(last_happened) < LATELY_MS;

/** What the handles are exact to. */
export const MINUTE_MS = HOUR_MS / 60;

/** The span of the time bar, in whole minutes: what happened, and until now where it goes on. */
export function spanOf(operation: OperationDetails): Span {
  const last = isGoingOn(operation) ? Date.now() : Date.parse(operation.last_happened ?? "");
  const first = operation.first_happened === null ? last - DAY_MS : Date.parse(operation.first_happened);
  const end = Math.ceil(last / MINUTE_MS) * MINUTE_MS;
  return [Math.floor(Math.min(first, end - HOUR_MS) / HOUR_MS) * HOUR_MS, end];
}

/** At the moments given; at the end of the record where none is. */
export function createPictureStore(frame: FrameStore, place: PicturePlace): PictureStore {
  const { operation } = frame.get();
  const end = operation ? spanOf(operation)[1] : Date.now();
  const at = place.at ?? end;
  return createStore<PictureParts, FrameState>(
    {
      kinds: null,
      at,
      knownAt: place.knownAt ?? at,
      knowledge: place.knowledge,
      without: [],
      linked: place.knownAt === null,
      track: null,
      playing: false,
      picture: null,
      marks: null,
      entry: operation ? place.entry : null,
      detail: null,
      failure: "",
      live: "connecting",
      wish: null,
      written: [],
      picking: false,
      reporting: false,
    },
    frame,
  );
}

/** Look at what an address says; where it names no moment, at the one looked at. */
export function follow(watch: PictureStore, { at, knownAt, knowledge, entry }: PicturePlace): void {
  watch.set({
    entry,
    knowledge,
    ...(entry === null ? { detail: null } : {}),
    ...(at === null ? {} : { at, knownAt: knownAt ?? at, linked: knownAt === null }),
  });
}

/** So far outside of what happened a moment may be looked at: a forecast of the next days. */
const BEYOND_MS = 7 * DAY_MS;

/** Where the handles may stand: what happened, and a moment beyond it that is looked at. */
export function reachOf({ operation, at, knownAt }: PictureState): Span {
  const [first, last] = operation ? spanOf(operation) : [at, at + HOUR_MS];
  const near = [at, knownAt].filter((moment) => moment > first - BEYOND_MS && moment < last + BEYOND_MS);
  return [Math.min(first, ...near), Math.max(last, ...near)];
}

/** What the track shows. */
export const trackOf = (state: PictureState): Span => state.track ?? reachOf(state);

const between = (moment: number, [first, last]: Span): number => Math.min(Math.max(moment, first), last);

/** The part of the bar that is shown, moved so that a moment lies on it. */
function trackWith(state: PictureState, moment: number): Span | null {
  const { track } = state;
  if (track === null || (moment >= track[0] && moment <= track[1])) return track;
  return around(state, moment, track[1] - track[0]);
}

/** A part of the bar of some length with a moment in its middle, as far as the bar goes; null where that is all of it. */
function around(state: PictureState, moment: number, length: number): Span | null {
  const [first, last] = reachOf(state);
  const low = Math.min(first, moment);
  const high = Math.max(last, moment);
  if (length >= high - low) return null;
  const start = between(moment - length / 2, [low, high - length]);
  return [start, start + length];
}

/** The shortest part of the bar that can be shown. */
const LEAST_TRACK_MS = 2 * HOUR_MS;

/** Show more or less of the bar, round the moment looked at. */
export function zoom(watch: PictureStore, times: number): void {
  const state = watch.get();
  const [first, last] = trackOf(state);
  watch.set({ track: around(state, state.at, Math.max((last - first) * times, LEAST_TRACK_MS)) });
}

/** Show so much of the bar round the moment looked at, all of it where it is no longer. */
export const showOnTrack = (watch: PictureStore, length: number): void =>
  watch.set({ track: around(watch.get(), watch.get().at, length) });

/** Whether the bar shows what happened and no more, so that there is nothing to bring back. */
export function isWhole(state: PictureState): boolean {
  const { operation } = state;
  if (state.track !== null || operation === null) return operation === null;
  const [first, last] = reachOf(state);
  return first === spanOf(operation)[0] && last === spanOf(operation)[1];
}

/** Show all of the bar again; a moment beyond what happened is left. */
export function showWhole(watch: PictureStore): void {
  const { operation, at, knownAt, linked } = watch.get();
  if (!operation) return;
  const span = spanOf(operation);
  const back = between(at, span);
  watch.set({ track: null, at: back, knownAt: linked ? back : between(knownAt, span) });
}

/** Look at another moment; what was known goes along unless it was set apart. */
export function lookAt(watch: PictureStore, moment: number): void {
  const state = watch.get();
  if (!state.operation) return;
  const at = between(moment, reachOf(state));
  watch.set({ at, track: trackWith(state, at), ...(state.linked ? { knownAt: at } : {}) });
}

/** Look as it was known at another moment. */
export function knowAt(watch: PictureStore, moment: number): void {
  const state = watch.get();
  if (!state.operation) return;
  const knownAt = between(moment, reachOf(state));
  watch.set({ knownAt, linked: knownAt === state.at, track: trackWith(state, knownAt) });
}

/** Look at a moment that was named, also beyond what happened; false where it lies far outside. */
export function goToMoment(watch: PictureStore, moment: number, handle: "at" | "known"): boolean {
  const { operation, linked } = watch.get();
  if (!operation) return false;
  const [first, last] = spanOf(operation);
  if (moment < first - BEYOND_MS || moment > last + BEYOND_MS) return false;
  const at = handle === "at" ? moment : watch.get().at;
  const knownAt = handle === "known" || linked ? moment : watch.get().knownAt;
  watch.set({
    at,
    knownAt,
    linked: at === knownAt,
    playing: false,
    track: trackWith({ ...watch.get(), at, knownAt }, moment),
  });
  return true;
}

export const knowAs = (watch: PictureStore, knowledge: Knowledge): void => watch.set({ knowledge });

/** As known at which moment: at the end of the bar, with all that was learnt since. */
export function knownAtOf(state: PictureState): number {
  const { operation, linked, knownAt } = state;
  if (!operation || !linked || !isAtTheEnd(state)) return knownAt;
  const lastLearnt = Date.parse(operation.timeline.at(-1)?.start ?? "") + HOUR_MS;
  return Math.max(knownAt, Math.min(lastLearnt || knownAt, Math.ceil(Date.now() / MINUTE_MS) * MINUTE_MS));
}

/** The moments looked at, as the server is asked for them. */
export const whenOf = (state: PictureState): When => ({
  at: iso(state.at),
  knownAt: iso(knownAtOf(state)),
  knowledge: state.knowledge,
  without: state.without,
});

/** Let an entry push the forecasts, or leave it out. */
export const pushWith = (watch: PictureStore, entry: string, isUsed: boolean): void => {
  const others = watch.get().without.filter((one) => one !== entry);
  watch.set({ without: isUsed ? others : [...others, entry] });
};

export const zoneOf = ({ operation }: PictureState): string => operation?.zone ?? "UTC";

export function isAtTheEnd({ operation, at }: PictureState): boolean {
  if (operation === null) return false;
  const [, end] = spanOf(operation);
  return at >= end - MINUTE_MS && at <= end;
}

export function toTheEnd(watch: PictureStore): void {
  const { operation } = watch.get();
  if (!operation) return;
  const [, end] = spanOf(operation);
  watch.set({ at: end, knownAt: end, linked: true, playing: false, track: trackWith(watch.get(), end) });
}

export const choose = (watch: PictureStore, entry: string | null): void =>
  watch.set({ entry, ...(entry === null ? { detail: null } : {}) });

/** Begin an entry of one's own; one that is half written goes on. */
export const write = (watch: PictureStore): void => watch.set({ wish: watch.get().wish ?? {} });

/** Whether the picture shown is without an entry because the room had not got it yet. */
export const isNotHadYet = (state: PictureState, { came, had_from }: Fact): boolean =>
  came === "late" && state.knowledge === "had" && Date.parse(had_from) > knownAtOf(state);

/** An entry's source, at a moment at which it is part of the picture; where the bar does not reach to one, when it was known. */
export function goToFact(watch: PictureStore, fact: Pick<Fact, "id" | "happened" | "known" | "had_from">): void {
  const { operation, knowledge } = watch.get();
  const hadFrom = Date.parse(fact.had_from);
  const isHad = knowledge === "had" && operation !== null && hadFrom <= spanOf(operation)[1];
  const moment = Math.max(Date.parse(fact.happened.start), isHad ? hadFrom : Date.parse(fact.known));
  if (watch.get().at < moment || watch.get().knownAt < moment) lookAt(watch, moment);
  watch.set({ desk: "picture", panelOpen: true });
  choose(watch, fact.id);
}
