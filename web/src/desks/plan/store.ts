/** What the Plan desk knows, and the few ways in which it changes. */
import type {
  AddressProof,
  GivenBarrier,
  OthersAnswer,
  PlanAnswer,
  PlanQuestion,
  Seal,
  Spot,
  WayDetails,
} from "../../contract/index.ts";
import type { FrameState, FrameStore } from "../../frame/desk.ts";
import { amend, begin, type History, record, redo, undo } from "../../lib/history.ts";
import { createStore, type Store } from "../../lib/store.ts";
import type { Work } from "../../lib/work.tsx";
import type { CornerRef } from "./edit/ground.ts";
import { type GroundName, lookingOnce, type Part, same } from "./question.ts";

export type Selection =
  | { readonly kind: "barrier"; readonly number: number }
  | { readonly kind: "way"; readonly way: number }
  | { readonly kind: "address"; readonly address: number; readonly label: string; readonly spot: Spot }
  | { readonly kind: "station"; readonly index: number }
  | { readonly kind: "streets"; readonly key: string; readonly ways: readonly number[] }
  | { readonly kind: "spot"; readonly label: string; readonly spot: Spot };

export type Tool =
  | "select"
  | "edit-site"
  | "draw-site"
  | "edit-outside"
  | "draw-outside"
  | "add-barrier"
  | "forbid-spot"
  | "add-station"
  | "put-barrier";

/** The tool that edits each kind of ground, and the one that draws it. */
export const EDITING: Readonly<Record<GroundName, Tool>> = { site: "edit-site", outside: "edit-outside" };
export const DRAWING: Readonly<Record<GroundName, Tool>> = { site: "draw-site", outside: "draw-outside" };

/** The ground that is in hand with this tool. */
export const groundInHand = (tool: Tool): GroundName | undefined =>
  (["site", "outside"] as const).find((name) => EDITING[name] === tool);

/** What the map shows besides the plan. */
export type Shown = {
  readonly seconds: boolean;
  readonly weak: boolean;
  readonly enclosed: boolean;
  /** Bus routes; at every desk. */
  readonly buses: boolean;
};

/** A row of the card of a street. */
export type StreetFact = readonly [title: string, text: string];

/** What another desk adds to the plan while it is looked at as a tab of it. */
export type PlanTab = {
  readonly id: string;
  /** Layers whose features name a street by their id. */
  readonly layers: readonly string[];
  /** Rows for the card of a street; signals that are read are followed. */
  readonly factsOf: (way: number) => readonly StreetFact[];
  /** Whether the map shows a traffic management plan there in place of the cordon, which takes no clicks then. */
  readonly showsPlan?: () => boolean;
};

/** What there is of one part besides the cordon. */
export type Others = {
  /** The question that it is about, as text; empty where nothing is wanted. */
  readonly key: string;
  /** What was found; that of the question before until there is news. */
  readonly answer: OthersAnswer | null;
  /** What is being done, where that takes long enough to be noticed. */
  readonly work: Work | null;
  readonly failure: string;
  readonly stopped: boolean;
};

export const NOTHING: Others = { key: "", answer: null, work: null, failure: "", stopped: false };

/** A cordon as given, and the verdict on it. */
export type Ring = {
  /** Put on the map, or taken from a plan. */
  readonly given: readonly GivenBarrier[];
  /** Typed, one a line. */
  readonly words: string;
  /** A file as it is. */
  readonly file: { readonly name: string; readonly text: string } | null;
  readonly seal: Seal | null;
  /** The question that the verdict is for, as text. */
  readonly asked: string;
  readonly working: boolean;
  readonly failure: string;
  /** The leak that is looked at, by its number. */
  readonly leak: number | null;
};

export const NO_RING: Ring = {
  given: [],
  words: "",
  file: null,
  seal: null,
  asked: "",
  working: false,
  failure: "",
  leak: null,
};

type PlanState = {
  readonly history: History<PlanQuestion>;
  readonly answer: PlanAnswer | null;
  /** The question that the answer is for; another one than the present while an answer is on its way. */
  readonly answered: PlanQuestion | null;
  readonly status: "idle" | "working" | "failed";
  readonly failure: string;
  readonly selection: Selection | null;
  readonly way: WayDetails | null;
  /** How help comes to the address that is selected; null until it is known. */
  readonly proof: AddressProof | null;
  readonly when: "before" | "after";
  readonly tool: Tool;
  readonly corner: CornerRef | null;
  readonly alternative: number | null;
  /** Cordons of another size, and really different ones. */
  readonly frontier: Others;
  readonly alternatives: Others;
  /** Where the barriers of another cordon would stand that is looked at. */
  readonly ghosts: readonly Spot[];
  readonly shown: Shown;
  /** How many bus routes the map has; null until somebody wants to see them. */
  readonly busRoutes: number | null;
  /** A cordon as given, and the verdict on it. */
  readonly ring: Ring;
  /** How often an answer was asked for again. */
  readonly tries: number;
  /** What the tabs beside the cordon add to it. */
  readonly tabs: readonly PlanTab[];
};

/** With what all desks share. */
export type State = PlanState & FrameState;
export type PlanStore = Store<State>;

/** What times count: from the nearest station, or until the last of several services comes. */
export const untilWhom = ({ answer }: State): string => {
  const services = answer?.access?.services ?? [];
  return services.length > 1
    ? `until ${services.map(({ service }) => service).join(" and ")} have come`
    : "from the nearest station";
};

export const questionOf = (state: State): PlanQuestion => state.history.present;

export const createPlanStore = (frame: FrameStore, question: PlanQuestion): PlanStore =>
  createStore<PlanState, FrameState>(
    {
      history: begin(question),
      answer: null,
      answered: null,
      status: "working",
      failure: "",
      selection: null,
      way: null,
      proof: null,
      when: "after",
      tool: "select",
      corner: null,
      alternative: null,
      frontier: NOTHING,
      alternatives: NOTHING,
      ghosts: [],
      shown: { seconds: true, weak: true, enclosed: true, buses: false },
      busRoutes: null,
      ring: NO_RING,
      tries: 0,
      tabs: [],
    },
    frame,
  );

const MERGED_MS = 1500;
let lastGroup = "";
let lastAt = 0;

/**
 * A new question. Changes of one group that follow each other closely (a slider on its way) are one step of undo.
 */
export function ask(room: PlanStore, wanted: PlanQuestion, group = ""): void {
  const { history } = room.get();
  if (same(history.present, wanted)) return;
  const question = lookingOnce(history.present, wanted);
  const merged = group !== "" && group === lastGroup && Date.now() - lastAt < MERGED_MS;
  [lastGroup, lastAt] = [group, Date.now()];
  room.set({
    history: merged ? amend(history, question) : record(history, question),
    alternative: null,
    ghosts: [],
    notice: "",
  });
}

export function stepBack(room: PlanStore): void {
  lastGroup = "";
  room.set({ history: undo(room.get().history), corner: null, alternative: null, ghosts: [], notice: "" });
}

export function stepForward(room: PlanStore): void {
  lastGroup = "";
  room.set({ history: redo(room.get().history), corner: null, alternative: null, ghosts: [], notice: "" });
}

/** The tab beside the cordon that is looked at. */
export const tabOf = ({ tabs, part }: State): PlanTab | undefined => tabs.find(({ id }) => id === part);

/** Whether the map is the plan's own, to be clicked and drawn on. */
export const hasMap = (state: State): boolean => state.desk === "plan" && !showsPlan(state);

/** Whether the map shows a traffic management plan. */
export const showsPlan = (state: State): boolean => state.desk === "plan" && Boolean(tabOf(state)?.showsPlan?.());

export function select(room: PlanStore, selection: Selection | null): void {
  room.set({ selection, way: null, proof: null, ...(selection ? { panelOpen: true } : {}) });
}

export function takeTool(room: PlanStore, tool: Tool): void {
  room.set({ tool, corner: null, selection: null, way: null, proof: null });
}

/** Ask for the present plan once more. */
export const askAgain = (room: PlanStore): void => room.set({ tries: room.get().tries + 1 });

export const stopLooking = (room: PlanStore, part: Part): void =>
  room.set({ [part]: { ...room.get()[part], work: null, stopped: true } });

export const lookAgain = (room: PlanStore, part: Part): void =>
  room.set({ [part]: { ...room.get()[part], failure: "", stopped: false } });
