/** The Plan desk: where barriers stand, and how help reaches the addresses. */
import { effect } from "@preact/signals";
import type { Desk, Open } from "../../frame/desk.ts";
import { readView } from "../../frame/link.ts";
import icon from "../../icons/plan.svg";
import { DomPart } from "../../lib/dom-part.tsx";
import { canRedo, canUndo } from "../../lib/history.ts";
import { planCommands, planTools } from "./commands.ts";
import { letBarriersBeDragged } from "./edit/barriers.ts";
import { letSiteBeDrawn, letSiteBeEdited } from "./edit/site.ts";
import { legend } from "./legend.ts";
import { PLAN_NAMES, readPlan, writePlan } from "./link.ts";
import { colourAddresses } from "./map/addresses.ts";
import { fitFirst } from "./map/fit.ts";
import { planLayers, showsPlanLayer } from "./map/layers.ts";
import { keepInStep } from "./map/overlay.ts";
import { listenToPointer } from "./map/pointer.ts";
import { accessParts } from "./panel/access.ts";
import { alternatives } from "./panel/alternatives.ts";
import { figures, summary } from "./panel/answer.ts";
import { barrierList } from "./panel/barriers.ts";
import { frontierSlider } from "./panel/frontier.ts";
import { followSelection, selectionCard } from "./panel/selection.ts";
import { settings } from "./panel/settings.ts";
import { sources } from "./panel/sources.ts";
import { startPlanner } from "./planner.ts";
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

  head: ({ store, frame }) => <DomPart make={() => selectionCard(frame.map, store)} />,
  panel: ({ store }) => (
    <DomPart
      make={() => [
        summary(store),
        frontierSlider(store),
        figures(store),
        barrierList(store),
        alternatives(store),
        ...accessParts(store),
        settings(store),
        sources(store),
      ]}
    />
  ),
  legend: ({ store }) => <DomPart make={() => legend(store)} />,
  status: ({ store }) => <PlanStatus store={store} />,

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
  found: ({ store }, { way, label, lon, lat }) =>
    select(store, way === null ? { kind: "spot", label, spot: { lon, lat } } : { kind: "way", way }),

  layers: planLayers,
  shows: ({ store }, layer) => showsPlanLayer(store.get(), layer),
  attach({ store }: AtPlan, map) {
    keepInStep(map, store);
    colourAddresses(map, store);
    letBarriersBeDragged(map, store);
    letSiteBeEdited(map, store);
    letSiteBeDrawn(map, store);
    listenToPointer(map, store);
  },
  start({ store, frame }: AtPlan) {
    const ends = [
      startPlanner(store),
      followSelection(frame.map, store),
      effect(() => void document.body.classList.toggle("stale", store.get().status === "working")),
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
    read: (said, { store }) => ask(store, readPlan(said, defaultsOf(store))),
  },
  print: ({ store }) => planSheet(store.get()),
};
