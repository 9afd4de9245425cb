/** The Read desk: reports that came in, and the drafts of entries that were found in them. */
import { effect, untracked } from "@preact/signals";
import type { DraftFound, Fact } from "../../contract/index.ts";
import type { Desk, Open } from "../../frame/desk.ts";
import { goTo } from "../../frame/frame.ts";
import icon from "../../icons/read.svg";
import { picture } from "../picture/index.tsx";
import { letFilesBeDropped } from "./drops.ts";
import { readKeys } from "./keys.ts";
import { ReadPanel } from "./panel.tsx";
import "./read.css";
import { createReadStore, loadReports, mended, openReport, type ReadStore, wordsOf } from "./store.ts";
import { ReportSheet } from "./text.tsx";

type AtRead = Open<ReadStore>;

/** A draft is corrected in the form for entries. */
const mending =
  ({ store, frame }: AtRead) =>
  (draft: DraftFound) =>
    frame.storeOf(picture).set({ wish: { draft, done: (entry) => mended(store, draft.id, entry) } });

const isReading = ({ store }: AtRead): boolean => store.get().desk === "read";

export const read: Desk<ReadStore> = {
  id: "read",
  label: "Read",
  icon,
  group: "know",
  panelName: "Drafts",
  about: "reports and their drafts",
  needsOperation: true,

  createStore: ({ state }) => createReadStore(state),

  panel: (open: AtRead) => <ReadPanel store={open.store} mend={mending(open)} />,
  sheet: ({ store }) => <ReportSheet store={store} />,
  keys: (open) => readKeys(open.store, mending(open)),
  source(open: AtRead, fact: Fact) {
    const words = wordsOf(fact);
    if (!words) return false;
    goTo(open.frame, read);
    void openReport(open.store, words.report, { draft: fact.id, words });
    return true;
  },

  start(open: AtRead) {
    const { store, frame } = open;
    const report = frame.said.get("report");
    if (report !== null) void openReport(store, report);
    const endOfDrops = letFilesBeDropped(store, () => isReading(open));
    const endOfLoads = effect(() => {
      const { desk, operation } = store.get();
      if (desk === "read" && operation) untracked(() => void loadReports(store));
    });
    return () => {
      endOfDrops();
      endOfLoads();
    };
  },

  link: {
    steps: ["report"],
    write(open) {
      const { report } = open.store.get();
      return report && isReading(open) ? [["report", report.id]] : [];
    },
    read(said, open) {
      const { store } = open;
      const report = said.get("report");
      if (report === (store.get().report?.id ?? null)) return;
      if (report === null) store.set({ report: null, draft: null, words: null });
      else void openReport(store, report);
    },
  },
};
