/** The Log desk: every entry of the operation in a flat list, filtered, in order, and as CSV. */
import type { Desk, Open } from "../../frame/desk.ts";
import icon from "../../icons/log.svg";
import { picture, showSource } from "../picture/index.tsx";
import { choose } from "../picture/store.ts";
import { readWanted, STEPS, writeWanted } from "./link.ts";
import "./log.css";
import { LogPanel } from "./panel.tsx";
import { LogSheet } from "./sheet.tsx";
import { createLogStore, keepLines, type LogStore } from "./store.ts";

type AtLog = Open<LogStore>;

const focusWords = (): void => document.querySelector<HTMLElement>(".log-words input")?.focus();

export const log: Desk<LogStore> = {
  id: "log",
  label: "Log",
  icon,
  group: "know",
  about: "every entry, to filter and to sort",
  needsOperation: true,
  title: "operation",

  createStore: ({ state, said }) => createLogStore(state, readWanted(said)),

  panel: ({ store, frame }: AtLog) => (
    <LogPanel store={store} watch={frame.storeOf(picture)} toWords={(fact) => showSource(frame, fact)} />
  ),
  sheet: ({ store, frame }: AtLog) => <LogSheet store={store} watch={frame.storeOf(picture)} />,
  keys: ({ frame }) => ({ "/": focusWords, escape: () => choose(frame.storeOf(picture), null) }),

  start: ({ store, frame }: AtLog) => keepLines(store, () => frame.storeOf(picture).get().at),

  link: {
    steps: STEPS,
    write: ({ store }) => (store.get().desk === "log" ? writeWanted(store.get().wanted) : []),
    read: (said, { store }) => store.set({ wanted: readWanted(said) }),
  },
};
