/** The Buses desk, a tab of the plan: how buses drive under its closures, and where riders go. */
import type { Desk, Open } from "../../frame/desk.ts";
import { goTo } from "../../frame/frame.ts";
import icon from "../../icons/bus.svg";
import { plan } from "../plan/index.tsx";
import "./buses.css";
import { busFeatures } from "./features.ts";
import { detourLayers } from "./layers.ts";
import { BusLegend } from "./legend.tsx";
import { fitBuses, followBuses, keepDetours } from "./map.ts";
import { BusPanel } from "./panel.tsx";
import { startBuses } from "./runner.ts";
import { busSheet } from "./sheet.tsx";
import { type BusDesk, createBusStore, isDay } from "./store.ts";

type AtBuses = Open<BusDesk>;

const dayIn = (said: URLSearchParams): string => {
  const day = said.get("service-day") ?? "";
  return isDay(day) ? day : "";
};

export const buses: Desk<BusDesk> = {
  id: "buses",
  label: "Buses",
  icon,
  group: "act",
  within: "plan",
  title: "network",

  createStore(frame) {
    const cordon = frame.storeOf(plan);
    const store = createBusStore(dayIn(frame.said));
    cordon.set({ tabs: [...cordon.get().tabs, { id: "buses", layers: [], factsOf: () => [] }] });
    return { ...store, plan: cordon, runner: startBuses(cordon, store) };
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
        if (store.plan.get().network.timetable) store.runner.ask();
      },
    },
  ],

  layers: detourLayers,
  attach({ store }: AtBuses, map) {
    keepDetours(map, store);
    followBuses(map, store.plan, store);
  },
  fit: ({ store, frame }) => fitBuses(frame.map, store.plan, store),

  link: {
    steps: [],
    faults: (said) => (said.has("service-day") && !dayIn(said) ? ["the service day"] : []),
    write: ({ store }) => (store.get().day ? [["service-day", store.get().day]] : []),
    read: (said, { store }) => store.set({ day: dayIn(said) }),
  },
  seen({ store }: AtBuses) {
    const { known, chosen } = store.get();
    return known ? busFeatures(known.answer.changes, chosen) : null;
  },
  print: ({ store }) => busSheet(store.plan, store),
};
