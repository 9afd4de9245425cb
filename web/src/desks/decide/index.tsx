/** The Decide desk: the log of decisions, what each rests on, what came of what was expected, options side by side. */
import type { Desk, Open } from "../../frame/desk.ts";
import { goTo } from "../../frame/frame.ts";
import icon from "../../icons/decide.svg";
import { picture } from "../picture/index.tsx";
import { choose } from "../picture/store.ts";
import { TimeBar } from "../picture/timebar.tsx";
import { keepTyped } from "./keeping.ts";
import { DecidePanel } from "./panel.tsx";
import { createDecideStore, type DecideStore, isTab, keepDecisions } from "./store.ts";
import { TABS } from "./tabs.tsx";
import "./decide.css";

type AtDecide = Open<DecideStore>;

export const decide: Desk<DecideStore> = {
  id: "decide",
  label: "Decide",
  icon,
  group: "weigh",
  about: "decisions, what each rests on, and what came of them",
  panelName: "decisions",
  needsOperation: true,
  title: "operation",

  createStore: (frame) => createDecideStore(frame.state, frame.said, frame.storeOf(picture)),

  panel: ({ store, frame }: AtDecide) => (
    <DecidePanel
      store={store}
      moment={frame.storeOf(picture)}
      toEntry={(id) => {
        choose(frame.storeOf(picture), id);
        store.set({ desk: "picture" });
      }}
    />
  ),

  timebar: ({ frame }: AtDecide) => <TimeBar store={frame.storeOf(picture)} />,

  commands: ({ store, frame }: AtDecide) =>
    TABS.map(({ id, command, also }) => ({
      id: `decide-${id}`,
      label: command,
      also,
      act: () => {
        goTo(frame, decide);
        store.set({ tab: id, chosen: "" });
      },
    })),

  start: ({ store, frame }: AtDecide) => {
    const ends = [keepTyped(store, frame.storeOf(picture)), keepDecisions(store, frame.storeOf(picture))];
    return () => {
      for (const end of ends) end();
    };
  },

  link: {
    steps: ["weigh", "decision"],
    write: ({ store }) => {
      const { tab, chosen } = store.get();
      return [...(tab === "log" ? [] : [["weigh", tab] as const]), ...(chosen ? [["decision", chosen] as const] : [])];
    },
    read: (said, { store }) => {
      const tab = said.get("weigh") ?? "";
      store.set({ tab: isTab(tab) ? tab : "log", chosen: said.get("decision") ?? "" });
    },
  },
};
