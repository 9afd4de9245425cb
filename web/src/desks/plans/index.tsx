/** Traffic management plans, a tab of the plan: from the cordon, or from nothing, to one that is checked and adopted. */
import type { Desk, Frame, Open } from "../../frame/desk.ts";
import { goTo } from "../../frame/frame.ts";
import barrier from "../../icons/barrier.svg";
import fit from "../../icons/fit.svg";
import icon from "../../icons/plan.svg";
import pointer from "../../icons/pointer.svg";
import { canRedo, canUndo } from "../../lib/history.ts";
import { plan } from "../plan/index.tsx";
import { showsPlan } from "../plan/store.ts";
import { PlansLegend } from "./legend.tsx";
import { planFaults, readWanted, writeWanted } from "./link.ts";
import { fitPlan, keepPlan, listenToMap } from "./map/keep.ts";
import { plansLayers } from "./map/layers.ts";
import { PlansPanel } from "./panel.tsx";
import "./plans.css";
import "./stages.css";
import { beginFromCordon, openWanted } from "./record.ts";
import { startRolling, stopFilm } from "./rolling.ts";
import { isHere, startPlans } from "./runner.ts";
import { plansSheet } from "./sheet.tsx";
import { planShut, type ShutBy } from "./shut.ts";
import { createPlansStore, linkOf, type PlansStore, pick, planOf, stepBack, stepForward } from "./store.ts";
import { PlanTimes } from "./timebar.tsx";

type AtPlans = Open<PlansStore>;

/** The tool is put down first, then the barrier that is looked at is let go. */
function letGo(store: PlansStore): void {
  if (store.get().tool === "put") store.set({ tool: "select" });
  else pick(store, null);
}

/** The plans of the room; null where no operation is open. */
const plansIn = (frame: Frame): PlansStore | null =>
  frame.desks.some(({ desk }) => desk.id === plans.id) ? frame.storeOf(plans) : null;

/** A tab of the Plan desk that sends traffic round what is shut; the map shows that plan, or that cordon. */
export function asTab(frame: Frame, id: string): ShutBy {
  const [cordon, store] = [frame.storeOf(plan), plansIn(frame)];
  const by: ShutBy = { cordon, plans: store };
  const tab = { id, layers: [], factsOf: () => [], showsPlan: () => planShut(by) !== null };
  cordon.set({ tabs: [...cordon.get().tabs, tab] });
  return by;
}

const shutByIn = (said: URLSearchParams): "plan" | "cordon" => (said.get("shut-by") === "cordon" ? "cordon" : "plan");

/** Whether a tab is open at which traffic is sent round a plan, or round the cordon. */
const sendsRound = (store: PlansStore): boolean =>
  store.get().desk === "plan" && ["detours", "buses"].includes(store.get().part);

export const plans: Desk<PlansStore> = {
  id: "plans",
  label: "Management plan",
  icon,
  group: "act",
  within: "plan",
  needsOperation: true,
  title: "operation",

  createStore(frame) {
    const cordon = frame.storeOf(plan);
    cordon.set({ tabs: [...cordon.get().tabs, { id: "plans", layers: [], factsOf: () => [], showsPlan: () => true }] });
    const store = createPlansStore(frame.state, cordon, readWanted(frame.said));
    store.set({ shutBy: shutByIn(frame.said) });
    return store;
  },

  panel: ({ store }) => <PlansPanel store={store} />,
  legend: ({ store }) => <PlansLegend store={store} />,
  timebar: ({ store }) => <PlanTimes store={store} />,

  tools: ({ store, frame }: AtPlans) => [
    {
      id: "plan-select",
      label: "Select",
      title: "Select a barrier, or drag it",
      icon: pointer,
      act: () => store.set({ tool: "select" }),
      isOn: () => store.get().tool === "select",
    },
    {
      id: "plan-put",
      label: "Barrier",
      title: "Put a barrier of the plan on the map",
      icon: barrier,
      act: () => store.set({ tool: planOf(store.get()) ? "put" : "select" }),
      isOn: () => store.get().tool === "put",
    },
    {
      id: "fit",
      label: "Whole plan",
      title: "Show the whole plan",
      icon: fit,
      act: () => void fitPlan(frame.map, store.get()),
    },
  ],
  commands: ({ store, frame }: AtPlans) => [
    { id: "plans", label: "Go to the traffic management plan", also: "TMP", act: () => goTo(frame, plans) },
    {
      id: "plan-from-cordon",
      label: "Make a traffic management plan from the cordon",
      also: "TMP",
      act: () => {
        goTo(frame, plans);
        void beginFromCordon(store);
      },
    },
  ],
  keys: ({ store }) => {
    const { tool, picked } = store.get();
    return tool === "put" || picked !== null ? { escape: () => letGo(store) } : {};
  },
  undo({ store }: AtPlans) {
    const { history } = store.get();
    return {
      canUndo: canUndo(history),
      canRedo: canRedo(history),
      undo: () => stepBack(store),
      redo: () => stepForward(store),
    };
  },

  layers: plansLayers,
  shows: ({ store }) => showsPlan(store.cordon.get()),
  attach({ store }: AtPlans, map) {
    keepPlan(map, store);
    listenToMap(map, store);
  },
  start({ store }) {
    const ends = [startPlans(store), startRolling(store), () => stopFilm(store)];
    return () => {
      for (const end of ends) end();
    };
  },
  link: {
    steps: [],
    faults: planFaults,
    write: ({ store }) => [
      ...(isHere(store) || sendsRound(store) ? writeWanted(linkOf(store.get())) : []),
      ...(sendsRound(store) && store.get().shutBy === "cordon" ? [["shut-by", "cordon"] as const] : []),
    ],
    read(said, { store }) {
      store.set({ shutBy: shutByIn(said) });
      const wanted = readWanted(said);
      if (!wanted.version) return;
      store.set({ wanted });
      if (store.get().versions.length) void openWanted(store);
    },
  },
  print: ({ store }) => plansSheet(store),
  fit: ({ store, frame }) => fitPlan(frame.map, store.get()),
};
