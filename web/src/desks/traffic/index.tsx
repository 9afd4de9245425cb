/** The Traffic desk, a tab of the plan: what its closures do to the traffic of the city. */
import type { Desk, Open } from "../../frame/desk.ts";
import { goTo } from "../../frame/frame.ts";
import icon from "../../icons/traffic.svg";
import { plan } from "../plan/index.tsx";
import { flowTable } from "./flows.ts";
import { FLOW_LAYERS, flowLayers } from "./layers.ts";
import { TrafficLegend } from "./legend.tsx";
import { readTraffic, trafficFaults, writeTraffic } from "./link.ts";
import { fitEffect, fitFirstEffect, keepFlows } from "./map.ts";
import { TrafficPanel } from "./panel.tsx";
import { startTraffic } from "./runner.ts";
import { trafficSheet } from "./sheet.tsx";
import { askForDraws, createTrafficStore, onShow, type TrafficDesk, USUAL_DRAWS } from "./store.ts";
import { Synthetic } from "./sure.tsx";
import "./traffic.css";
import { wayFacts } from "./way.ts";

type AtTraffic = Open<TrafficDesk>;

const defaultsOf = (store: TrafficDesk) => store.plan.get().network.scenario.question;

export const traffic: Desk<TrafficDesk> = {
  id: "traffic",
  label: "Traffic",
  icon,
  group: "act",
  within: "plan",
  title: "network",

  createStore(frame) {
    const cordon = frame.storeOf(plan);
    const store = createTrafficStore(readTraffic(frame.said, cordon.get().network.scenario.question));
    const factsOf = (way: number) => wayFacts(cordon, store, way);
    cordon.set({ tabs: [...cordon.get().tabs, { id: "traffic", layers: FLOW_LAYERS, factsOf }] });
    return { ...store, plan: cordon, runner: startTraffic(cordon, store) };
  },

  panel: ({ store }) => <TrafficPanel store={store} />,
  foot: ({ store }) => <Synthetic store={store} />,
  legend: ({ store }) => <TrafficLegend store={store} />,

  commands: ({ store, frame }: AtTraffic) => [
    {
      id: "traffic",
      label: "Work out what the closures do to traffic",
      act: () => {
        goTo(frame, traffic);
        store.runner.again();
      },
    },
  ],

  layers: flowLayers,
  attach({ store }: AtTraffic, map) {
    keepFlows(map, store.plan, store);
    fitFirstEffect(map, store.plan, store);
  },
  fit: ({ store, frame }) => fitEffect(frame.map, store.plan, store),

  link: {
    steps: [],
    faults: trafficFaults,
    write: ({ store }) => writeTraffic(store.get(), defaultsOf(store)),
    read(said, { store }) {
      const { hour, draws, pins } = readTraffic(said, defaultsOf(store));
      store.set({ wanted: hour !== null, hour: hour ?? store.get().hour, pins });
      askForDraws(store, draws ?? USUAL_DRAWS);
    },
  },
  seen({ store }: AtTraffic) {
    const { known } = onShow(store.plan, store);
    return known ? flowTable(known.answer) : null;
  },
  print: ({ store }) => trafficSheet(store.plan, store),
};
