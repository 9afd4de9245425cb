/** All that the page knows, and the few ways in which it changes. */
import type { NetworkDetails, PlanAnswer, PlanQuestion, Spot, WayDetails } from "./contract.ts";
import type { CornerRef } from "./edit/ground.ts";
import { amend, begin, type History, record, redo, undo } from "./history.ts";
import { lookingOnce, same } from "./question.ts";
import { createStore, type Store } from "./store.ts";

export type Selection =
  | { readonly kind: "barrier"; readonly number: number }
  | { readonly kind: "way"; readonly way: number }
  | { readonly kind: "address"; readonly address: number; readonly label: string; readonly spot: Spot }
  | { readonly kind: "streets"; readonly key: string; readonly ways: readonly number[] }
  | { readonly kind: "spot"; readonly label: string; readonly spot: Spot };

export type Tool = "select" | "edit-site" | "draw-site" | "add-barrier" | "forbid-spot";

/** What the map shows besides the plan. */
export type Shown = { readonly seconds: boolean; readonly weak: boolean; readonly enclosed: boolean };

export type Desk = "picture" | "read" | "plan";
export const DESKS: readonly Desk[] = ["picture", "read", "plan"];

/** What the Plan desk is looked at for: the cordon with the access of help, or the traffic of the city. */
export type Part = "cordon" | "traffic";

export type State = {
  readonly desk: Desk;
  readonly part: Part;
  readonly network: NetworkDetails;
  readonly history: History<PlanQuestion>;
  readonly answer: PlanAnswer | null;
  /** The question that the answer is for; another one than the present while an answer is on its way. */
  readonly answered: PlanQuestion | null;
  readonly status: "idle" | "working" | "failed";
  readonly failure: string;
  readonly selection: Selection | null;
  readonly way: WayDetails | null;
  readonly when: "before" | "after";
  readonly tool: Tool;
  readonly corner: CornerRef | null;
  readonly alternative: number | null;
  /** Where the barriers of another cordon would stand that is looked at. */
  readonly ghosts: readonly Spot[];
  readonly dark: boolean;
  readonly shown: Shown;
  readonly panelOpen: boolean;
  /** A short word on what just happened, read aloud too. */
  readonly notice: string;
};

export type Room = Store<State>;

export const questionOf = (state: State): PlanQuestion => state.history.present;

export const createRoom = (
  network: NetworkDetails,
  question: PlanQuestion,
  dark: boolean,
  desk: Desk,
  part: Part = "cordon",
): Room =>
  createStore<State>({
    desk,
    part,
    network,
    history: begin(question),
    answer: null,
    answered: null,
    status: "working",
    failure: "",
    selection: null,
    way: null,
    when: "after",
    tool: "select",
    corner: null,
    alternative: null,
    ghosts: [],
    dark,
    shown: { seconds: true, weak: true, enclosed: true },
    panelOpen: true,
    notice: "",
  });

const MERGED_MS = 1500;
let lastGroup = "";
let lastAt = 0;

/**
 * A new question. Changes of one group that follow each other closely (a slider on its way) are one step of undo.
 */
export function ask(room: Room, wanted: PlanQuestion, group = ""): void {
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

export function stepBack(room: Room): void {
  lastGroup = "";
  room.set({ history: undo(room.get().history), corner: null, alternative: null, ghosts: [], notice: "" });
}

export function stepForward(room: Room): void {
  lastGroup = "";
  room.set({ history: redo(room.get().history), corner: null, alternative: null, ghosts: [], notice: "" });
}

export function select(room: Room, selection: Selection | null): void {
  room.set({ selection, way: null, ...(selection ? { panelOpen: true } : {}) });
}

export function takeTool(room: Room, tool: Tool): void {
  room.set({ tool, corner: null, selection: null, way: null });
}
