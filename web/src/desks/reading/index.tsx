/** The Read desk: reports that came in, and the drafts of entries that were found in them. */
import { effect, untracked } from "@preact/signals";
import type { DraftFound, Fact } from "../../contract/index.ts";
import type { Desk, Open } from "../../frame/desk.ts";
import { goTo } from "../../frame/frame.ts";
import icon from "../../icons/read.svg";
import { DomPart } from "../../lib/dom-part.tsx";
import { picture } from "../picture/index.tsx";
import { arrivalsPart, letFilesBeDropped } from "./arrivals.ts";
import { readingKeys, readingParts } from "./panel.ts";
import "./reading.css";
import { createReadingStore, loadReports, mended, openReport, type ReadingStore, wordsOf } from "./store.ts";
import { reportSheet } from "./text.ts";

type AtReading = Open<ReadingStore>;

const pictureOf = ({ frame }: AtReading) => frame.storeOf(picture);

/** A draft is corrected in the form for entries. */
const mending = (open: AtReading) => (draft: DraftFound) =>
  pictureOf(open).set({ wish: { draft, done: (entry) => mended(open.store, draft.id, entry) } });

const isReading = ({ store }: AtReading): boolean => store.get().desk === "read";

export const reading: Desk<ReadingStore> = {
  id: "read",
  label: "Read",
  icon,
  group: "know",
  panelName: "Drafts",
  about: "reports and their drafts",
  needsOperation: true,

  createStore: ({ state }) => createReadingStore(state),

  panel: (open: AtReading) => <DomPart make={() => readingParts(open.store, pictureOf(open), mending(open))} />,
  sheet: (open: AtReading) => (
    <DomPart make={() => reportSheet(open.store, pictureOf(open), arrivalsPart(open.store, pictureOf(open)))} />
  ),
  keys: (open) => readingKeys(open.store, pictureOf(open), mending(open)),
  source(open: AtReading, fact: Fact) {
    const words = wordsOf(fact);
    if (!words) return false;
    goTo(open.frame, reading);
    void openReport(open.store, pictureOf(open), words.report, { draft: fact.id, words });
    return true;
  },

  start(open: AtReading) {
    const { store, frame } = open;
    const report = frame.said.get("report");
    if (report !== null) void openReport(store, pictureOf(open), report);
    const endOfDrops = letFilesBeDropped(store, pictureOf(open), () => isReading(open));
    const endOfLoads = effect(() => {
      const { desk, operation } = store.get();
      if (desk === "read" && operation) untracked(() => void loadReports(store, pictureOf(open)));
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
      else void openReport(store, pictureOf(open), report);
    },
  },
};
