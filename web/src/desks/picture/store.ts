/** What the Picture desk knows: the operation, the two moments looked at, the picture of them, what is selected. */
import type { When } from "../../contract/api.ts";
import type {
  DraftFound,
  EntryAnswer,
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

/** What the form starts from when it is opened for a certain reason. */
export type Wish = {
  readonly kind?: string;
  readonly tie?: { readonly relation: "corrects" | "withdraws" | "confirms" | "disputes"; readonly to: EntryAnswer };
  readonly draft?: DraftFound;
  readonly done?: (entry: string) => void;
};

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
export function spanOf(operation: OperationDetails): readonly [number, number] {
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
      playing: false,
      picture: null,
      marks: null,
      entry: operation ? place.entry : null,
      detail: null,
      failure: "",
      live: "connecting",
      wish: null,
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

/** Look at another moment; what was known goes along unless it was set apart. */
export function lookAt(watch: PictureStore, moment: number): void {
  const { operation, linked } = watch.get();
  if (!operation) return;
  const [first, last] = spanOf(operation);
  const at = Math.min(Math.max(moment, first), last);
  watch.set(linked ? { at, knownAt: at } : { at });
}

/** Look as it was known at another moment. */
export function knowAt(watch: PictureStore, moment: number): void {
  const { operation, at } = watch.get();
  if (!operation) return;
  const [first, last] = spanOf(operation);
  const knownAt = Math.min(Math.max(moment, first), last);
  watch.set({ knownAt, linked: knownAt === at });
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

export const isAtTheEnd = ({ operation, at }: PictureState): boolean =>
  operation !== null && at >= spanOf(operation)[1] - MINUTE_MS;

export function toTheEnd(watch: PictureStore): void {
  const { operation } = watch.get();
  if (operation) watch.set({ at: spanOf(operation)[1], knownAt: spanOf(operation)[1], linked: true, playing: false });
}

export const choose = (watch: PictureStore, entry: string | null): void =>
  watch.set({ entry, ...(entry === null ? { detail: null } : {}) });

/** Begin an entry of one's own; one that is half written goes on. */
export const write = (watch: PictureStore): void => watch.set({ wish: watch.get().wish ?? {} });

/** Whether the picture shown is without an entry because the room had not got it yet. */
export const isNotHadYet = (state: PictureState, { came, had_from }: Fact): boolean =>
  came === "late" && state.knowledge === "had" && Date.parse(had_from) > knownAtOf(state);

/** An entry's source, at a moment at which it is part of the picture; where the bar does not reach to one, when it was known. */
export function goToFact(watch: PictureStore, fact: Fact): void {
  const { operation, knowledge } = watch.get();
  const hadFrom = Date.parse(fact.had_from);
  const isHad = knowledge === "had" && operation !== null && hadFrom <= spanOf(operation)[1];
  const moment = Math.max(Date.parse(fact.happened.start), isHad ? hadFrom : Date.parse(fact.known));
  if (watch.get().at < moment || watch.get().knownAt < moment) lookAt(watch, moment);
  watch.set({ desk: "picture", panelOpen: true });
  choose(watch, fact.id);
}
