/** The Detours desk, a tab of the plan: how all other traffic drives under its closures, and where to warn it. */
import type { DetoursAnswer } from "../../contract/index.ts";
import type { Desk, Open } from "../../frame/desk.ts";
import { goTo } from "../../frame/frame.ts";
import icon from "../../icons/forth.svg";
import { askForWanted, readAsked, writeAsked } from "../plans/asked-link.ts";
import { type Drawn, fitDrawn, keepDrawn } from "../plans/draw.ts";
import { asTab } from "../plans/index.tsx";
import { detourFeatures, detourFile } from "./features.ts";
import { detourLayers, SOURCE } from "./layers.ts";
import { DetourLegend } from "./legend.tsx";
import { DetourPanel } from "./panel.tsx";
import { detourSheet } from "./sheet.tsx";
import { createDetourDesk, type DetourDesk, readDetours, writeDetours } from "./store.ts";

type AtDetours = Open<DetourDesk>;

const drawn = (store: DetourDesk): Drawn<DetoursAnswer> => ({
  tab: "detours",
  cordon: store.by.cordon,
  store,
  source: SOURCE,
  features: (answer, chosen) => detourFeatures(answer?.detours ?? null, chosen),
});

const linked = (store: DetourDesk) => ({
  tab: "detours",
  name: "detour",
  by: store.by,
  store,
  asking: store.asking,
});

function readLink(said: URLSearchParams, store: DetourDesk): void {
  store.set(readDetours(said));
  readAsked(said, linked(store));
}

export const detours: Desk<DetourDesk> = {
  id: "detours",
  label: "Detours",
  icon,
  group: "act",
  within: "plan",
  title: "network",

  createStore(frame) {
    const store = createDetourDesk(asTab(frame, "detours"));
    readLink(frame.said, store);
    return store;
  },

  panel: ({ store }) => <DetourPanel store={store} />,
  legend: ({ store }) => <DetourLegend store={store} />,

  commands: ({ store, frame }: AtDetours) => [
    {
      id: "detours",
      label: "Work out the detours of general traffic",
      also: "diversion signs warn lorries heavy movements turn by turn",
      act: () => {
        goTo(frame, detours);
        if (store.asking.worthIt()) store.asking.ask();
      },
    },
  ],

  layers: detourLayers,
  attach: ({ store }: AtDetours, map) => keepDrawn(map, drawn(store)),
  fit: ({ store, frame }) => fitDrawn(frame.map, drawn(store)),
  start: ({ store }) => askForWanted(linked(store)),

  link: {
    steps: [],
    write: ({ store }) => [...writeAsked(linked(store)), ...writeDetours(store)],
    read: (said, { store }) => readLink(said, store),
  },
  seen({ store }: AtDetours) {
    const { known, chosen } = store.get();
    return known ? detourFile(known.answer.detours, chosen) : null;
  },
  print: ({ store }) => detourSheet(store),
};
