/** What the reading room knows: the reports that came in, the one that is read, its drafts and which of them is looked at. */
import * as api from "../../contract/api.ts";
import type { DraftFound, EntryQuestion, Fact, ReadingAnswer, ReportList } from "../../contract/index.ts";
import type { FrameState, FrameStore } from "../../frame/desk.ts";
import { createStore, type Store } from "../../lib/store.ts";

type Decided = { readonly draft: string; readonly entry: string };

/** What was decided last, one or several at once, to take it back. */
type Step = readonly Decided[];

type ReadParts = {
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
  /** The report whose date, far from the operation, somebody said is right. */
  readonly confirmed: string | null;
  /** The draft that was asked about: entered again, it is meant. */
  readonly asked: string | null;
  /** Whether the sure ones are shown, to be entered at once. */
  readonly sureShown: boolean;
};

/** With what all desks share. */
export type ReadState = ReadParts & FrameState;
export type ReadStore = Store<ReadState>;

export const createReadStore = (frame: FrameStore): ReadStore =>
  createStore<ReadParts, FrameState>(
    {
      list: null,
      report: null,
      draft: null,
      words: null,
      onlyOpen: true,
      working: "",
      problem: "",
      steps: [],
      confirmed: null,
      asked: null,
      sureShown: false,
    },
    frame,
  );

export const draftOf = ({ report, draft }: ReadState): DraftFound | null =>
  report?.drafts.find(({ id }) => id === draft) ?? null;
export const openOnes = ({ report }: ReadState): DraftFound[] =>
  report?.drafts.filter(({ fate }) => fate === "open") ?? [];
/** What must be said before anything of the report can be entered: when it was published; empty where nothing must. */
export const askedOfReport = ({ report, confirmed }: ReadState): string =>
  report && confirmed !== report.id ? report.asks : "";

/** Those that are sure, clash with nothing, were not printed before and are not far from the operation. */
export const sureOnes = (state: ReadState): DraftFound[] =>
  openOnes(state).filter(
    ({ grade, clashes, printed, asks }) =>
      grade === "sure" && clashes.length === 0 && printed === null && (!asks || state.confirmed === state.report?.id),
  );

/** The drafts that are listed: where only open ones are, with the one that is looked at. */
export const listed = ({ report, onlyOpen, draft }: ReadState): DraftFound[] =>
  report?.drafts.filter(({ fate, id }) => !onlyOpen || fate === "open" || id === draft) ?? [];

export const zoneOf = ({ operation }: ReadState): string => operation?.zone ?? "UTC";

/** The next open draft after one, or the first; null where all are decided on. */
export function nextOpen(state: ReadState, after: string | null): string | null {
  const drafts = state.report?.drafts ?? [];
  const at = drafts.findIndex(({ id }) => id === after);
  const round = [...drafts.slice(at + 1), ...drafts.slice(0, at + 1)];
  return round.find(({ fate, id }) => fate === "open" && id !== after)?.id ?? null;
}

/** The draft a step away from the one that is looked at, of those that are shown. */
export function stepTo(store: ReadStore, step: 1 | -1): void {
  const state = store.get();
  const shown = listed(state);
  const at = shown.findIndex(({ id }) => id === state.draft);
  const to = shown[at < 0 ? 0 : Math.min(Math.max(at + step, 0), shown.length - 1)];
  if (to) store.set({ draft: to.id, words: null });
}

const operationOf = (store: ReadStore): string => store.get().operation?.id ?? "";

export async function loadReports(store: ReadStore): Promise<void> {
  const list = await api.listReports(operationOf(store));
  store.set(list.ok ? { list: list.value } : { problem: list.error.message });
}

/** Open a report; at the draft or the words that are wanted. */
export async function openReport(
  store: ReadStore,
  id: string,
  wanted: { draft?: string | null; words?: { start: number; end: number } | null } = {},
): Promise<void> {
  store.set({ working: "Reading \u2026", problem: "" });
  const found = await api.readReport(operationOf(store), id);
  if (!found.ok) return store.set({ working: "", problem: found.error.message });
  const known = found.value.drafts.some(({ id: one }) => one === wanted.draft);
  store.set({
    report: found.value,
    steps: store.get().report?.id === found.value.id ? store.get().steps : [],
    asked: null,
    working: "",
    draft: null,
    words: null,
  });
  const draft = known ? (wanted.draft ?? null) : wanted.words ? null : nextOpen(store.get(), null);
  const decided = found.value.drafts.find(({ id: one }) => one === draft)?.fate !== "open";
  store.set({ draft, words: known ? null : (wanted.words ?? null), ...(known && decided ? { onlyOpen: false } : {}) });
}

export function closeReport(store: ReadStore): void {
  store.set({ report: null, draft: null, words: null, steps: [], problem: "" });
  void loadReports(store);
}

/** The words behind an entry. */
export function wordsOf(fact: Fact): { report: string; start: number; end: number } | null {
  return fact.source.words[0] ?? null;
}

/** Take a report in; true where it was read. */
export async function take(
  store: ReadStore,
  name: string,
  content: Blob,
  about: { published?: string; publisher?: string } = {},
): Promise<boolean> {
  store.set({ working: `Reading ${name} \u2026`, problem: "" });
  const taken = await api.takeReport(operationOf(store), name, content, about);
  if (!taken.ok) {
    store.set({ working: "", problem: taken.error.message });
    return false;
  }
  await loadReports(store);
  store.set({ working: "" });
  const only = taken.value[0];
  if (only && taken.value.length === 1) await openReport(store, only.id);
  return true;
}

/** Take files in one after the other. */
export async function takeFiles(store: ReadStore, files: Iterable<File>): Promise<void> {
  for (const file of files) await take(store, file.name, file);
}

function decided(store: ReadStore, ids: readonly string[], fate: DraftFound["fate"]): void {
  const { report } = store.get();
  if (report)
    store.set({
      report: { ...report, drafts: report.drafts.map((one) => (ids.includes(one.id) ? { ...one, fate } : one)) },
    });
}

async function written(store: ReadStore, question: EntryQuestion): Promise<string | null> {
  const answer = await api.writeEntry(operationOf(store), question);
  if (answer.ok) return answer.value.fact.id;
  store.set({ problem: answer.error.message });
  return null;
}

/** After a decision: the fate shows at once, and the next open draft is looked at. */
function goOn(store: ReadStore, draft: string, entry: string, fate: "entered" | "dropped"): void {
  decided(store, [draft], fate);
  store.set({ steps: [...store.get().steps, [{ draft, entry }]], problem: "", asked: null });
  store.set({ draft: nextOpen(store.get(), draft) ?? draft });
}

/** Where the date of a report is said. */
export const DATE_FIELD = "report-date";

/** Whether a draft can be entered now; else it is said what has to be said before. */
function mayEnter(store: ReadStore, draft: DraftFound): boolean {
  const state = store.get();
  if (askedOfReport(state)) {
    store.set({ problem: "Say first when it was published." });
    document.getElementById(DATE_FIELD)?.focus();
    return false;
  }
  if (!draft.asks || state.confirmed === state.report?.id || state.asked === draft.id) return true;
  store.set({ asked: draft.id, problem: `${draft.asks} Enter it again if it is meant.` });
  return false;
}

/** Say when the open report was published: it is read again as of then. */
export async function redate(store: ReadStore, published: string): Promise<string> {
  const { report } = store.get();
  if (!report) return "";
  store.set({ working: "Reading \u2026", problem: "" });
  const again = await api.redateReport(operationOf(store), report.id, published);
  store.set({ working: "" });
  if (!again.ok) return again.error.message;
  store.set({ report: again.value, draft: null, words: null, steps: [], asked: null });
  store.set({ draft: nextOpen(store.get(), null) });
  void loadReports(store);
  return "";
}

/** The date of the open report is right, however far it is from the operation. */
export const confirmDate = (store: ReadStore): void =>
  store.set({ confirmed: store.get().report?.id ?? null, problem: "" });

export async function accept(store: ReadStore, draft: DraftFound): Promise<void> {
  if (!mayEnter(store, draft)) return;
  const entry = await written(store, draft.entry as unknown as EntryQuestion);
  if (entry !== null) goOn(store, draft.id, entry, "entered");
}

/** A draft that was mended in the form and written there. */
export const mended = (store: ReadStore, draft: string, entry: string): void => goOn(store, draft, entry, "entered");

export async function drop(store: ReadStore, draft: DraftFound): Promise<void> {
  const { report } = store.get();
  const body = { report: report?.id ?? "", draft: draft.id, proposed: draft.kind };
  const entry = await written(store, {
    kind: "dropped_draft",
    body,
    happened: new Date().toISOString(),
  } as unknown as EntryQuestion);
  if (entry !== null) goOn(store, draft.id, entry, "dropped");
}

/** Show the sure ones before any of them is entered. */
export function showSure(store: ReadStore): void {
  const [first] = sureOnes(store.get());
  if (first && mayEnter(store, first)) store.set({ sureShown: true });
}

/** Enter some of the sure ones, one after the other; what fails stays open. They are taken back together. */
export async function enterSure(store: ReadStore, chosen: readonly DraftFound[]): Promise<void> {
  store.set({ sureShown: false });
  const step: Decided[] = [];
  for (const [number, draft] of chosen.entries()) {
    store.set({ working: `Entering ${number + 1} of ${chosen.length} \u2026` });
    const entry = await written(store, draft.entry as unknown as EntryQuestion);
    if (entry === null) break;
    decided(store, [draft.id], "entered");
    step.push({ draft: draft.id, entry });
  }
  const steps = step.length ? [...store.get().steps, step] : store.get().steps;
  store.set({ working: "", steps, draft: nextOpen(store.get(), null) });
}

/** One entry withdraws at most so many. */
const MOST_WITHDRAWN = 50;

/** Take the last decision back: the record keeps both, the decision and that it was taken back. */
export async function takeBack(store: ReadStore): Promise<void> {
  const last = store.get().steps.at(-1) ?? [];
  const { report } = store.get();
  const fates = new Map(report?.drafts.map(({ id, fate }) => [id, fate]));
  if (!last.length) return;
  for (let at = 0; at < last.length; at += MOST_WITHDRAWN) {
    const question = {
      kind: "remark",
      body: { text: "Taken back on the Read desk" },
      happened: new Date().toISOString(),
      withdraws: last.slice(at, at + MOST_WITHDRAWN).map(({ entry }) => entry),
    };
    if ((await written(store, question as unknown as EntryQuestion)) === null) return;
  }
  const entered = last.filter(({ draft }) => fates.get(draft) === "entered").map(({ draft }) => draft);
  const dropped = last.filter(({ draft }) => fates.get(draft) !== "entered").map(({ draft }) => draft);
  decided(store, entered, "dropped");
  decided(store, dropped, "open");
  const told = entered.length > 1 ? `The ${entered.length} entries were withdrawn.` : "The entry was withdrawn.";
  store.set({
    steps: store.get().steps.slice(0, -1),
    draft: last[0]?.draft ?? null,
    problem: entered.length ? `${told} To enter ${entered.length > 1 ? "one" : "it"} after all, edit it.` : "",
  });
}
