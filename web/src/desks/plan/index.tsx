/** The Plan desk: where barriers stand, and how help reaches the addresses. */
import { effect } from "@preact/signals";
import type { Feature } from "geojson";
import type { Desk, Open } from "../../frame/desk.ts";
import { readView } from "../../frame/link.ts";
import icon from "../../icons/plan.svg";
import { canRedo, canUndo } from "../../lib/history.ts";
import { middleOf } from "../../map/view.ts";
import { planCommands, planTools } from "./commands.ts";
import { cordonGeoJson } from "./download.ts";
import { letBarriersBeDragged } from "./edit/barriers.ts";
import { letGroundBeDrawn, letGroundBeEdited } from "./edit/outline.ts";
import { addStation, letStationsBeDragged } from "./edit/stations.ts";
import { PlanImport } from "./import.tsx";
import { HeldSigns, PlanLegend } from "./legend.tsx";
import { PLAN_NAMES, planFaults, readPlan, writePlan } from "./link.ts";
import { colourAddresses } from "./map/addresses.ts";
import { keepBuses } from "./map/buses.ts";
import { fitFirst } from "./map/fit.ts";
import { planLayers, showsPlanLayer } from "./map/layers.ts";
import { keepInStep } from "./map/overlay.ts";
import { listenToPointer } from "./map/pointer.ts";
import { startOthers } from "./others.ts";
import { AccessParts } from "./panel/access.tsx";
import { Alternatives } from "./panel/alternatives.tsx";
import { Figures, Summary } from "./panel/answer.tsx";
import { Barriers } from "./panel/barriers.tsx";
import { Frontier } from "./panel/frontier.tsx";
import { Occupied } from "./panel/occupied.tsx";
import { PlansPart } from "./panel/plans.tsx";
import { RingPart } from "./panel/ring.tsx";
import { followSelection, SelectionCard } from "./panel/selection.tsx";
import { Settings } from "./panel/settings.tsx";
import { Sources } from "./panel/sources.tsx";
import { Stations } from "./panel/stations.tsx";
import { startPlanner } from "./planner.ts";
import { stationsOf } from "./stations.ts";
import "./plan.css";
import { planSheet } from "./sheet.tsx";
import { PlanStatus } from "./status.tsx";
import { ask, createPlanStore, type PlanStore, questionOf, select, stepBack, stepForward, takeTool } from "./store.ts";

type AtPlan = Open<PlanStore>;

const defaultsOf = (store: PlanStore) => store.get().network.scenario.question;

/** The tool is put down first, then what is selected is let go. */
function letGo(store: PlanStore): void {
  if (store.get().tool !== "select") takeTool(store, "select");
  else if (store.get().selection) select(store, null);
}

export const plan: Desk<PlanStore> = {
  id: "plan",
  label: "Plan",
  icon,
  group: "act",
  tab: "Cordon and access",
  title: "network",

  createStore: ({ state, said }) => createPlanStore(state, readPlan(said, state.get().network.scenario.question)),

  head: ({ store, frame }) => <SelectionCard map={frame.map} store={store} />,
  panel: ({ store }) => (
    <>
      <Summary store={store} />
      <PlansPart store={store} />
      <Occupied store={store} />
      <Frontier store={store} />
      <Figures store={store} />
      <Barriers store={store} />
      <Alternatives store={store} />
      <RingPart store={store} />
      <AccessParts store={store} />
      <Stations store={store} />
      <Settings store={store} />
      <Sources store={store} />
    </>
  ),
  legend: ({ store }) => <PlanLegend store={store} />,
  signs: ({ store }) => <HeldSigns store={store} />,
  status: ({ store, frame }) => <PlanStatus store={store} addStation={() => addStation(store, middleOf(frame.map))} />,

  dialogs: PlanImport,

  tools: planTools,
  commands: planCommands,
  keys: ({ store }) => ({ escape: () => letGo(store) }),
  undo({ store }: AtPlan) {
    const { history } = store.get();
    return {
      canUndo: canUndo(history),
      canRedo: canRedo(history),
      undo: () => stepBack(store),
      redo: () => stepForward(store),
    };
  },
  found({ store }, { address, way, label, lon, lat }) {
    const spot = { lon, lat };
    if (address !== null) select(store, { kind: "address", address, label, spot });
    else select(store, way === null ? { kind: "spot", label, spot } : { kind: "way", way });
  },

  layers: planLayers,
  shows: ({ store }, layer) => showsPlanLayer(store.get(), layer),
  attach({ store }: AtPlan, map) {
    keepInStep(map, store);
    keepBuses(map, store);
    colourAddresses(map, store);
    letBarriersBeDragged(map, store);
    letStationsBeDragged(map, store);
    for (const name of ["site", "outside"] as const) {
      letGroundBeEdited(map, store, name);
      letGroundBeDrawn(map, store, name);
    }
    listenToPointer(map, store);
  },
  start({ store, frame }: AtPlan) {
    const ends = [
      startPlanner(store),
      startOthers(store),
      followSelection(frame.map, store),
      effect(() => {
        document.body.classList.toggle("stale", store.get().status === "working");
        return () => document.body.classList.remove("stale");
      }),
      // unless the address says where to look
      ...(readView(frame.said.get("v")) ? [] : [fitFirst(frame.map, store)]),
    ];
    return () => {
      for (const end of ends) end();
    };
  },

  link: {
    steps: PLAN_NAMES,
    write: ({ store }) => writePlan(questionOf(store.get()), defaultsOf(store)),
    faults: planFaults,
    read: (said, { store }) => ask(store, readPlan(said, defaultsOf(store))),
  },
  seen({ store }: AtPlan) {
    const cordon = cordonGeoJson(store.get());
    return { ...cordon, features: [...cordon.features, ...stationsOf(store.get())] as Feature[] };
  },
  print: ({ store }) => planSheet(store.get()),
};
