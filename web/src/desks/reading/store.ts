/** What the reading room knows: the reports that came in, the one that is read, its drafts and which of them is looked at. */
import * as api from "../../contract/api.ts";
import type { DraftFound, EntryQuestion, Fact, ReadingAnswer, ReportList } from "../../contract/index.ts";
import type { FrameState, FrameStore } from "../../frame/desk.ts";
import { createStore, type Store } from "../../lib/store.ts";
import type { PictureStore } from "../picture/store.ts";

/** What was decided last, to take it back. */
type Step = { readonly draft: string; readonly entry: string };

type ReadingParts = {
  readonly list: ReportList | null;
  readonly report: ReadingAnswer | null;
  /** The draft that is looked at. */
  readonly draft: string | null;
  /** Words that an entry rests on, when no draft stands for it. */
  readonly words: { readonly start: number; readonly end: number } | null;
  readonly onlyOpen: boolean;
  readonly working: string;
  readonly problem: string;
  readonly steps: readonly Step[];
};

/** With what all desks share. */
export type ReadingState = ReadingParts & FrameState;
export type ReadingStore = Store<ReadingState>;

export const createReadingStore = (frame: FrameStore): ReadingStore =>
  createStore<ReadingParts, FrameState>(
    {
      list: null,
      report: null,
      draft: null,
      words: null,
      onlyOpen: true,
      working: "",
      problem: "",
      steps: [],
    },
    frame,
  );

export const draftOf = ({ report, draft }: ReadingState): DraftFound | null =>
  report?.drafts.find(({ id }) => id === draft) ?? null;
export const openOnes = ({ report }: ReadingState): DraftFound[] =>
  report?.drafts.filter(({ fate }) => fate === "open") ?? [];
export const sureOnes = (state: ReadingState): DraftFound[] =>
  openOnes(state).filter(({ grade, clashes, printed }) => grade === "sure" && clashes.length === 0 && printed === null);

/** The next open draft after one, or the first; null where all are decided on. */
export function nextOpen(state: ReadingState, after: string | null): string | null {
  const drafts = state.report?.drafts ?? [];
  const at = drafts.findIndex(({ id }) => id === after);
  const round = [...drafts.slice(at + 1), ...drafts.slice(0, at + 1)];
  return round.find(({ fate, id }) => fate === "open" && id !== after)?.id ?? null;
}

/** The draft a step away from the one that is looked at, of those that are shown. */
export function stepTo(room: ReadingStore, step: 1 | -1): void {
  const state = room.get();
  const shown = (state.report?.drafts ?? []).filter(
    ({ fate, id }) => !state.onlyOpen || fate === "open" || id === state.draft,
  );
  const at = shown.findIndex(({ id }) => id === state.draft);
  const to = shown[at < 0 ? 0 : Math.min(Math.max(at + step, 0), shown.length - 1)];
  if (to) room.set({ draft: to.id, words: null });
}

const operationOf = (watch: PictureStore): string => watch.get().operation?.id ?? "";

export async function loadReports(room: ReadingStore, watch: PictureStore): Promise<void> {
  const list = await api.listReports(operationOf(watch));
  room.set(list.ok ? { list: list.value } : { problem: list.error.message });
}

/** Open a report; at the draft or the words that are wanted. */
export async function openReport(
  room: ReadingStore,
  watch: PictureStore,
  id: string,
  wanted: { draft?: string | null; words?: { start: number; end: number } | null } = {},
): Promise<void> {
  room.set({ working: "Reading \u2026", problem: "" });
  const found = await api.readReport(operationOf(watch), id);
  if (!found.ok) return room.set({ working: "", problem: found.error.message });
  const known = found.value.drafts.some(({ id: one }) => one === wanted.draft);
  room.set({
    report: found.value,
    steps: room.get().report?.id === id ? room.get().steps : [],
    working: "",
    draft: null,
    words: null,
  });
  const draft = known ? (wanted.draft ?? null) : wanted.words ? null : nextOpen(room.get(), null);
  const decided = found.value.drafts.find(({ id: one }) => one === draft)?.fate !== "open";
  room.set({ draft, words: known ? null : (wanted.words ?? null), ...(known && decided ? { onlyOpen: false } : {}) });
}

export function closeReport(room: ReadingStore, watch: PictureStore): void {
  room.set({ report: null, draft: null, words: null, steps: [], problem: "" });
  void loadReports(room, watch);
}

/** The words behind an entry. */
export function wordsOf(fact: Fact): { report: string; start: number; end: number } | null {
  return fact.source.words[0] ?? null;
}

/** Take a report in; true where it was read. */
export async function take(
  room: ReadingStore,
  watch: PictureStore,
  name: string,
  content: Blob,
  told: { published?: string; publisher?: string } = {},
): Promise<boolean> {
  room.set({ working: `Reading ${name} \u2026`, problem: "" });
  const taken = await api.takeReport(operationOf(watch), name, content, told);
  if (!taken.ok) {
    room.set({ working: "", problem: taken.error.message });
    return false;
  }
  await loadReports(room, watch);
  room.set({ working: "" });
  const only = taken.value[0];
  if (only && taken.value.length === 1) await openReport(room, watch, only.id);
  return true;
}

function decided(room: ReadingStore, ids: readonly string[], fate: DraftFound["fate"]): void {
  const { report } = room.get();
  if (report)
    room.set({
      report: { ...report, drafts: report.drafts.map((one) => (ids.includes(one.id) ? { ...one, fate } : one)) },
    });
}

async function written(room: ReadingStore, watch: PictureStore, question: EntryQuestion): Promise<string | null> {
  const answer = await api.writeEntry(operationOf(watch), question);
  if (answer.ok) return answer.value.fact.id;
  room.set({ problem: answer.error.message });
  return null;
}

/** After a decision: the fate shows at once, and the next open draft is looked at. */
function goOn(room: ReadingStore, draft: string, entry: string, fate: "entered" | "dropped"): void {
  decided(room, [draft], fate);
  room.set({ steps: [...room.get().steps, { draft, entry }], problem: "" });
  room.set({ draft: nextOpen(room.get(), draft) ?? draft });
}

export async function accept(room: ReadingStore, watch: PictureStore, draft: DraftFound): Promise<void> {
  const entry = await written(room, watch, draft.entry as unknown as EntryQuestion);
  if (entry !== null) goOn(room, draft.id, entry, "entered");
}

/** A draft that was mended in the form and written there. */
export const mended = (room: ReadingStore, draft: string, entry: string): void => goOn(room, draft, entry, "entered");

export async function drop(
  room: ReadingStore,
  watch: PictureStore,
  draft: DraftFound,
  why: string | null = null,
): Promise<void> {
  const { report } = room.get();
  const body = { report: report?.id ?? "", draft: draft.id, proposed: draft.kind, ...(why ? { why } : {}) };
  const entry = await written(room, watch, {
    kind: "dropped_draft",
    body,
    happened: new Date().toISOString(),
  } as unknown as EntryQuestion);
  if (entry !== null) goOn(room, draft.id, entry, "dropped");
}

/** Enter all that are sure, clash with nothing and were not printed before, one after the other; what fails stays open. */
export async function acceptSure(room: ReadingStore, watch: PictureStore): Promise<void> {
  const sure = sureOnes(room.get());
  for (const [number, draft] of sure.entries()) {
    room.set({ working: `Entering ${number + 1} of ${sure.length} \u2026` });
    const entry = await written(room, watch, draft.entry as unknown as EntryQuestion);
    if (entry === null) break;
    decided(room, [draft.id], "entered");
    room.set({ steps: [...room.get().steps, { draft: draft.id, entry }] });
  }
  room.set({ working: "", draft: nextOpen(room.get(), null) });
}

/** Take the last decision back: the record keeps both, the decision and that it was taken back. */
export async function takeBack(room: ReadingStore, watch: PictureStore): Promise<void> {
  const last = room.get().steps.at(-1);
  const draft = room.get().report?.drafts.find(({ id }) => id === last?.draft);
  if (!last || !draft) return;
  const question = {
    kind: "remark",
    body: { text: "Taken back in the reading room" },
    happened: new Date().toISOString(),
    withdraws: [last.entry],
  };
  if ((await written(room, watch, question as unknown as EntryQuestion)) === null) return;
  const wasEntered = draft.fate === "entered";
  decided(room, [draft.id], wasEntered ? "dropped" : "open");
  room.set({
    steps: room.get().steps.slice(0, -1),
    draft: draft.id,
    problem: wasEntered ? "The entry was withdrawn. To enter it after all, mend it." : "",
  });
}
