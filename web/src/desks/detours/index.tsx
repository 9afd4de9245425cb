/** The Detours desk, a tab of the plan: how all other traffic drives under its closures, and where to warn it. */
import type { DetoursAnswer } from "../../contract/index.ts";
import type { Desk, Open } from "../../frame/desk.ts";
import { goTo } from "../../frame/frame.ts";
import icon from "../../icons/forth.svg";
import { type Drawn, fitDrawn, keepDrawn } from "../plans/draw.ts";
import { asTab } from "../plans/index.tsx";
import { detourFeatures, detourFile } from "./features.ts";
import { detourLayers, SOURCE } from "./layers.ts";
import { DetourLegend } from "./legend.tsx";
import { DetourPanel } from "./panel.tsx";
import { detourSheet } from "./sheet.tsx";
import { createDetourDesk, type DetourDesk } from "./store.ts";

type AtDetours = Open<DetourDesk>;

const drawn = (store: DetourDesk): Drawn<DetoursAnswer> => ({
  tab: "detours",
  cordon: store.by.cordon,
  store,
  source: SOURCE,
  features: (answer, chosen) => detourFeatures(answer?.detours ?? null, chosen),
});

export const detours: Desk<DetourDesk> = {
  id: "detours",
  label: "Detours",
  icon,
  group: "act",
  within: "plan",
  title: "network",

  createStore: (frame) => createDetourDesk(asTab(frame, "detours")),

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

  seen({ store }: AtDetours) {
    const { known, chosen } = store.get();
    return known ? detourFile(known.answer.detours, chosen) : null;
  },
  print: ({ store }) => detourSheet(store),
};
