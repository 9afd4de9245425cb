/** The Buses desk, a tab of the plan: how buses drive under its closures, and where riders go. */
import type { BusAnswer } from "../../contract/index.ts";
import type { Desk, Open } from "../../frame/desk.ts";
import { goTo } from "../../frame/frame.ts";
import icon from "../../icons/bus.svg";
import { askForWanted, readAsked, writeAsked } from "../plans/asked-link.ts";
import { type Drawn, fitDrawn, keepDrawn } from "../plans/draw.ts";
import { asTab } from "../plans/index.tsx";
import { busFeatures } from "./features.ts";
import { detourLayers, SOURCE } from "./layers.ts";
import { BusLegend } from "./legend.tsx";
import { BusPanel } from "./panel.tsx";
import { busSheet } from "./sheet.tsx";
import { type BusDesk, createBusDesk, isDay } from "./store.ts";

type AtBuses = Open<BusDesk>;

const dayIn = (said: URLSearchParams): string => {
  const day = said.get("service-day") ?? "";
  return isDay(day) ? day : "";
};

const drawn = (store: BusDesk): Drawn<BusAnswer> => ({
  tab: "buses",
  cordon: store.by.cordon,
  store,
  source: SOURCE,
  features: (answer, chosen) => busFeatures(answer?.changes ?? null, chosen),
});

const linked = (store: BusDesk) => ({ tab: "buses", name: "bus-route", by: store.by, store, asking: store.asking });

export const buses: Desk<BusDesk> = {
  id: "buses",
  label: "Buses",
  icon,
  group: "act",
  within: "plan",
  title: "network",

  createStore(frame) {
    const store = createBusDesk(asTab(frame, "buses"), dayIn(frame.said));
    readAsked(frame.said, linked(store));
    return store;
  },

  panel: ({ store }) => <BusPanel store={store} />,
  legend: ({ store }) => <BusLegend store={store} />,

  commands: ({ store, frame }: AtBuses) => [
    {
      id: "bus-detours",
      label: "Work out the detours of buses",
      also: "routes stops timetable riders operator",
      act: () => {
        goTo(frame, buses);
        if (store.by.cordon.get().network.timetable) store.asking.ask();
      },
    },
  ],

  layers: detourLayers,
  attach: ({ store }: AtBuses, map) => keepDrawn(map, drawn(store)),
  fit: ({ store, frame }) => fitDrawn(frame.map, drawn(store)),
  start: ({ store }) => askForWanted(linked(store)),

  link: {
    steps: [],
    faults: (said) => (said.has("service-day") && !dayIn(said) ? ["the service day"] : []),
    write: ({ store }) => [
      ...(store.get().day ? [["service-day", store.get().day] as const] : []),
      ...writeAsked(linked(store)),
    ],
    read(said, { store }) {
      store.set({ day: dayIn(said) });
      readAsked(said, linked(store));
    },
  },
  seen({ store }: AtBuses) {
    const { known, chosen } = store.get();
    return known ? busFeatures(known.answer.changes, chosen) : null;
  },
  print: ({ store }) => busSheet(store),
};
