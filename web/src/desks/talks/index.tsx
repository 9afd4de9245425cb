/** The Talks desk: who wants what, what was promised, what waits for an answer, and where each side waits for the other. */
import type { Desk, Open } from "../../frame/desk.ts";
import icon from "../../icons/talks.svg";
import { picture } from "../picture/index.tsx";
import { choose } from "../picture/store.ts";
import { TimeBar } from "../picture/timebar.tsx";
import { TalksPanel } from "./panel.tsx";
import { createTalksStore, keepTalks, type TalksStore } from "./store.ts";
import "./talks.css";

type AtTalks = Open<TalksStore>;

export const talks: Desk<TalksStore> = {
  id: "talks",
  label: "Talks",
  icon,
  group: "weigh",
  about: "who wants what, what was promised, and what waits",
  needsOperation: true,
  title: "operation",

  createStore: ({ state }) => createTalksStore(state),

  panel: ({ store, frame }: AtTalks) => (
    <TalksPanel
      store={store}
      toEntry={(id) => {
        choose(frame.storeOf(picture), id);
        store.set({ desk: "picture" });
      }}
    />
  ),

  timebar: ({ frame }: AtTalks) => <TimeBar store={frame.storeOf(picture)} />,

  start: ({ store, frame }: AtTalks) => keepTalks(store, frame.storeOf(picture)),
};
