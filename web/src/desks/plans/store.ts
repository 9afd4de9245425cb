/** What the page knows of plans: the one in hand with its steps of undo, what is known of it, and the versions of the record. */
import {
  type GatesChosen,
  type HandoverFound,
  type HandoverWishes,
  type MarchRolled,
  type Means,
  type PapersAnswer,
  type PlanChecks,
  type PlanDiff,
  type PlanStatus,
  type PlanVersion,
  type SavedVersion,
  type StagePlan,
  type StatedPlan,
  type TrafficPlan,
  USUAL_WISHES,
  type Wishes,
} from "../../contract/index.ts";
import type { FrameState, FrameStore } from "../../frame/desk.ts";
import { amend, begin, type History, record, redo, undo } from "../../lib/history.ts";
import { createStore, type Store } from "../../lib/store.ts";
import type { Work } from "../../lib/work.tsx";
import type { PlanStore } from "../plan/store.ts";
import { saysTheSame, usualMoment } from "./document.ts";
import { NOTHING, versionName, type Wanted } from "./link.ts";

/** Four minutes at 3 km/h, both assumed; as the server takes them where nobody says anything else. */
export const USUAL_WALK: Required<HandoverWishes> = { max_walk_seconds: 240, walk_kmh: 3, steps: false, points: null };

/** The plan in hand, and the version that it was made from. To open another one is a step that undo takes back. */
export type InHand = { readonly document: TrafficPlan | null; readonly from: PlanVersion | null };

/** What the server says of a plan; of an older one until there is news. */
export type Known<T> = { readonly of: TrafficPlan; readonly at: number; readonly said: T };

/** Two plans side by side. */
export type Compared = {
  readonly first: TrafficPlan;
  readonly second: TrafficPlan;
  readonly diff: PlanDiff;
  /** Where the barriers of the first stand. */
  readonly before: PlanStatus | null;
};

type PlansState = {
  readonly history: History<InHand>;
  readonly versions: readonly SavedVersion[];
  /** What the record says of barriers, where the plan was begun from it. */
  readonly stated: StatedPlan | null;
  readonly status: Known<PlanStatus> | null;
  readonly checks: Known<PlanChecks> | null;
  readonly work: Work | null;
  /** Why the plan cannot be used as it is, or could not be asked about. */
  readonly fault: string;
  /** Why it was not checked. */
  readonly unchecked: string;
  /** Other works and events, by the name of their file. */
  readonly works: { readonly name: string; readonly document: Readonly<Record<string, unknown>> } | null;
  /** The barrier that is looked at, by its index. */
  readonly picked: number | null;
  readonly tool: "select" | "put";
  /** The moment that is looked at; null: now while the plan lasts, else its beginning. */
  readonly moment: number | null;
  readonly compared: Compared | null;
  /** What the address named and is not in hand yet: the versions of the record are still on their way. */
  readonly wanted: Wanted;
  /** What a gate needs, and what people put up with. */
  readonly wishes: Wishes;
  readonly choice: Known<GatesChosen> | null;
  /** The choice of gates while it goes on, and what stops it. */
  readonly choosing: { readonly work: Work; readonly stop: AbortController } | null;
  /** Why no gates were chosen. */
  readonly unchosen: string;
  /** The papers of the plan as it was when they were made. */
  readonly papers: Known<PapersAnswer> | null;
  /** Their making while it goes on, and what stops it. */
  readonly making: { readonly work: Work; readonly stop: AbortController } | null;
  /** Why there are none. */
  readonly unmade: string;
  /** How far patients may be carried, and how many points there may be. */
  readonly walk: Required<HandoverWishes>;
  readonly met: Known<HandoverFound> | null;
  /** The choice of handover points while it goes on, and what stops it. */
  readonly meeting: { readonly work: Work; readonly stop: AbortController } | null;
  /** Why no points were chosen. */
  readonly unmet: string;
  /** The march that is looked at; empty: the first. */
  readonly march: string;
  /** Minutes by which the march starts later than planned. */
  readonly late: number;
  readonly rolled: Known<MarchRolled> | null;
  /** Why the march cannot roll. */
  readonly unrolled: string;
  /** The search for the worst minute while it goes on. */
  readonly proving: { readonly work: Work; readonly stop: AbortController } | null;
  /** The timer of the film; 0 where none is played. */
  readonly film: number;
  /** A stage that is planned: which, with what, while it goes on, what was found, and the minute of it that is looked at. */
  readonly staging: {
    readonly name: StagePlan["stage"];
    readonly means: Means | null;
    readonly running: { readonly work: Work; readonly stop: AbortController } | null;
    readonly found: Known<StagePlan> | null;
    readonly fault: string;
    readonly minute: number;
  };
  /** What traffic is sent round: the plan in hand, where there is one, or the cordon. */
  readonly shutBy: "plan" | "cordon";
  /** What is being done that nobody may do twice: "Saving". */
  readonly doing: string;
};

export type State = PlansState & FrameState;
export type PlansStore = Store<State> & { readonly cordon: PlanStore };

export const createPlansStore = (frame: FrameStore, cordon: PlanStore, wanted = NOTHING): PlansStore => ({
  ...createStore<PlansState, FrameState>(
    {
      history: begin<InHand>({ document: null, from: null }),
      versions: [],
      stated: null,
      status: null,
      checks: null,
      work: null,
      fault: "",
      unchecked: "",
      works: null,
      picked: null,
      tool: "select",
      moment: null,
      compared: null,
      wanted,
      wishes: USUAL_WISHES,
      choice: null,
      choosing: null,
      unchosen: "",
      papers: null,
      making: null,
      unmade: "",
      walk: USUAL_WALK,
      met: null,
      meeting: null,
      unmet: "",
      march: "",
      late: 0,
      rolled: null,
      unrolled: "",
      proving: null,
      film: 0,
      staging: { name: "set_up", means: null, running: null, found: null, fault: "", minute: 0 },
      shutBy: "plan",
      doing: "",
    },
    frame,
  ),
  cordon,
});

export const inHand = (state: State): InHand => state.history.present;
export const planOf = (state: State): TrafficPlan | null => state.history.present.document;

/** Whether the plan in hand says something that the record does not hold. */
export function isUnsaved(state: State): boolean {
  const { document, from } = inHand(state);
  return document !== null && (from === null || !saysTheSame(document, from.document));
}

/** What an address says of the versions in hand; what it named before, until that is there. */
export function linkOf(state: State): Wanted {
  if (state.wanted.version) return state.wanted;
  const { from } = inHand(state);
  if (!from) return NOTHING;
  return { version: versionName(from.saved), beside: state.compared ? versionName(state.compared.first) : "" };
}

export const momentOf = (state: State): number => {
  const plan = planOf(state);
  return state.moment ?? (plan ? usualMoment(plan, Date.now()) : Date.now());
};

const MERGED_MS = 1500;
let lastGroup = "";
let lastAt = 0;

/** Another plan in hand. Changes of one group that follow each other closely are one step of undo. */
function take(store: PlansStore, next: InHand, group: string): void {
  const { history } = store.get();
  const merged = group !== "" && group === lastGroup && Date.now() - lastAt < MERGED_MS;
  [lastGroup, lastAt] = [group, Date.now()];
  store.set({ history: merged ? amend(history, next) : record(history, next), notice: "" });
}

export function edit(store: PlansStore, document: TrafficPlan, group = ""): void {
  const present = inHand(store.get());
  if (JSON.stringify(present.document) !== JSON.stringify(document)) take(store, { ...present, document }, group);
}

/** Put a plan in hand: a version of the record, or one that was begun. What is known of another one says nothing of it. */
export function open(store: PlansStore, document: TrafficPlan, from: PlanVersion | null): void {
  take(store, { document, from }, "");
  store.get().choosing?.stop.abort();
  store.get().making?.stop.abort();
  store.set({ papers: null, unmade: "" });
  store.get().meeting?.stop.abort();
  store.get().staging.running?.stop.abort();
  store.set({ staging: { ...store.get().staging, running: null, found: null, fault: "", minute: 0 } });
  store.set({ picked: null, moment: null, stated: null, compared: null, choice: null, unchosen: "", tool: "select" });
  store.set({ met: null, unmet: "", meeting: null, march: "", late: 0, rolled: null, unrolled: "" });
  if (store.get().status?.of !== document) store.set({ status: null });
  if (store.get().checks?.of !== document) store.set({ checks: null });
}

/** The plan in hand is that version now: no step of undo, for nothing of it changed. */
export const isNow = (store: PlansStore, from: PlanVersion, document: TrafficPlan = from.document): void =>
  store.set({ history: amend(store.get().history, { document, from }) });

const steppedTo = (store: PlansStore, history: History<InHand>): void => {
  lastGroup = "";
  store.set({ history, picked: null, compared: null, notice: "" });
};

export const stepBack = (store: PlansStore): void => steppedTo(store, undo(store.get().history));
export const stepForward = (store: PlansStore): void => steppedTo(store, redo(store.get().history));

export const pick = (store: PlansStore, picked: number | null): void =>
  store.set({ picked, ...(picked === null ? {} : { panelOpen: true }) });
