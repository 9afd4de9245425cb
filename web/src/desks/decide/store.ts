/** What the Decide desk knows: the log, the review and what the chosen decision rests on, at the moments of the time bar. */
import * as api from "../../contract/api.ts";
import type { Failure } from "../../contract/call.ts";
import type {
  Basis,
  Comparison,
  DecisionLog,
  FileGiven,
  Followed,
  Levels,
  OptionsSeen,
  Review,
  RiskRegister,
  Triggers,
} from "../../contract/index.ts";
import type { FrameState, FrameStore } from "../../frame/desk.ts";
import { type Asked, type Asking, createAsking, NOT_ASKED } from "../../lib/asking.ts";
import type { Result } from "../../lib/result.ts";
import { createStore, type Dispose, onChange, type Store } from "../../lib/store.ts";
import { iso } from "../../lib/times.ts";
import { type PictureStore, whenOf } from "../picture/store.ts";
import { emptyForm, type SignForm } from "./form.ts";

export const TAB_IDS = ["log", "options", "sign", "follow", "review", "triggers", "risks", "restrictions"] as const;
export type TabId = (typeof TAB_IDS)[number];
export const isTab = (name: string): name is TabId => (TAB_IDS as readonly string[]).includes(name);

type DecideParts = {
  readonly tab: TabId;
  /** The decision that is looked at, by its entry; empty for none. */
  readonly chosen: string;
  readonly log: DecisionLog | null;
  readonly review: Review | null;
  readonly basis: Basis | null;
  readonly follow: Followed | null;
  /** What is typed of a decision that is to be signed. */
  readonly form: SignForm;
  /** The decision that is being completed, by its entry; empty for a new one. */
  readonly completing: string;
  readonly risks: RiskRegister | null;
  readonly levels: Levels | null;
  readonly triggers: Triggers | null;
  /** Files of options, and of what they name, as they were chosen. */
  readonly files: readonly FileGiven[];
  /** What those files hold; null for none. */
  readonly brought: OptionsSeen | null;
  readonly broughtFailure: string;
  /** Whether the browser had room to keep them through a reload. */
  readonly isKept: boolean;
  /** Whether the trips of an hour are assigned when options are compared. */
  readonly traffic: boolean;
  /** The figure of which it is shown where it comes from; null for none. */
  readonly figure: { readonly option: string; readonly figure: string } | null;
  readonly failure: string;
  /** Counted up to ask again. */
  readonly asked: number;
};

export type DecideState = DecideParts & FrameState;
export type DecideStore = Store<DecideState> & {
  readonly watch: PictureStore;
  readonly options: Store<Asked<Comparison>> & { readonly asking: Asking };
};

/** Fewer are no choice. */
const FEWEST = 2;

export const createDecideStore = (frame: FrameStore, said: URLSearchParams, watch: PictureStore): DecideStore => {
  const tab = said.get("weigh") ?? "";
  const first: DecideParts = {
    tab: isTab(tab) ? tab : "log",
    chosen: said.get("decision") ?? "",
    log: null,
    review: null,
    basis: null,
    follow: null,
    form: emptyForm(),
    completing: "",
    risks: null,
    levels: null,
    triggers: null,
    files: [],
    brought: null,
    broughtFailure: "",
    isKept: true,
    traffic: false,
    figure: null,
    failure: "",
    asked: 0,
  };
  const store = createStore<DecideParts, FrameState>(first, frame);
  const options = createStore<Asked<Comparison>>(NOT_ASKED);
  const asking = createAsking({
    store: options,
    question: () => ({ files: usable(store.get()), traffic: store.get().traffic, when: whenOf(watch.get()) }),
    on: () => store.get().brought?.says ?? "",
    worthIt: () => (store.get().brought?.options.length ?? 0) >= FEWEST,
    follow: ({ when, ...question }, signal, told) =>
      api.followOptions(store.get().network.id, store.get().operation?.id ?? "", when, question, signal, told),
  });
  return { ...store, watch, options: { ...options, asking } };
};

/** The files that can be used: one that cannot be is shown as such, and the others are compared. */
const usable = ({ files, brought }: DecideParts): FileGiven[] => {
  const faulty = new Set(brought?.faults.map(({ file }) => file));
  return files.filter(({ name }) => !faulty.has(name));
};

const STILL_MS = 150;

/** Ask for what is looked at whenever the moments, the record or the tab change, as long as the desk is open. */
export function keepDecisions(store: DecideStore, picture: PictureStore): Dispose {
  let timer = 0;
  let asking: AbortController | null = null;
  const ask = async (): Promise<void> => {
    const { operation, desk, tab, chosen } = store.get();
    if (!operation || desk !== "decide") return;
    asking?.abort();
    const mine = new AbortController();
    asking = mine;
    const { at, knownAt, knowledge } = picture.get();
    const when: api.When = { at: iso(at), knownAt: iso(knownAt), knowledge, without: [] };
    const take = <T>(found: Result<T, Failure>, put: (value: T) => Partial<DecideParts>): void => {
      if (asking !== mine) return;
      if (found.ok) store.set({ ...put(found.value), failure: "" });
      else if (found.error.kind !== "cancelled") store.set({ failure: found.error.message });
    };
    const id = operation.id;
    if (chosen) take(await api.getBasis(id, chosen, when, mine.signal), (basis) => ({ basis }));
    else if (tab === "follow") take(await api.getFollowed(id, when, mine.signal), (follow) => ({ follow }));
    else if (tab === "review") take(await api.getReview(id, when, mine.signal), (review) => ({ review }));
    else if (tab === "risks") take(await api.getRisks(id, when, mine.signal), (risks) => ({ risks }));
    else if (tab === "triggers")
      take(await api.getTriggers(id, usable(store.get()), when, mine.signal), (triggers) => ({ triggers }));
    else if (tab === "restrictions") take(await api.getLevels(id, when, mine.signal), (levels) => ({ levels }));
    if (tab === "log") take(await api.getDecisions(id, when, mine.signal), (log) => ({ log }));
  };
  const soon = (): void => {
    clearTimeout(timer);
    timer = window.setTimeout(() => void ask(), STILL_MS);
  };
  const ends = [
    onChange(store, ["operation", "desk", "tab", "chosen", "asked", "brought"], soon),
    onChange(picture, ["at", "knownAt", "knowledge", "picture"], soon),
  ];
  void ask();
  return () => {
    clearTimeout(timer);
    asking?.abort();
    for (const end of ends) end();
  };
}
