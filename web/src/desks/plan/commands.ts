/** What can be done at the Plan desk: tools in hand, commands by name. */
import type { Command, Open, Tool } from "../../frame/desk.ts";
import { isOpen } from "../../frame/frame.ts";
import barrier from "../../icons/barrier.svg";
import draw from "../../icons/draw.svg";
import editSite from "../../icons/edit-site.svg";
import fit from "../../icons/fit.svg";
import forbid from "../../icons/forbid.svg";
import pointer from "../../icons/pointer.svg";
import up from "../../icons/up.svg";
import { downloadGeoJson, downloadJson } from "./download.ts";
import { IMPORT } from "./import.tsx";
import { fitPlan } from "./map/fit.ts";
import { ask, type PlanStore, questionOf, type Shown, type Tool as ToolName, takeTool } from "./store.ts";

type HeldTool = readonly [tool: ToolName, label: string, title: string, icon: string];

const TOOLS: readonly HeldTool[] = [
  ["select", "Select", "Select a street, barrier or address", pointer],
  ["edit-site", "Edit site", "Edit site corners", editSite],
  ["draw-site", "New site", "Draw a new site", draw],
  ["add-barrier", "Barrier", "Place a barrier", barrier],
  ["forbid-spot", "Forbid", "Forbid barriers at a spot", forbid],
];

/** The whole plan, or what the tab that is looked at shows of it. */
function fitWhole({ store, frame }: Open<PlanStore>): void {
  const ofTab = frame.desks.some(({ desk, open }) => isOpen(frame, desk) && desk.fit?.(open));
  if (!ofTab) fitPlan(frame.map, store.get());
}

export const planTools = (open: Open<PlanStore>): readonly Tool[] => [
  ...TOOLS.map(([tool, label, title, icon]) => ({
    id: tool,
    label,
    title,
    icon,
    act: () => takeTool(open.store, tool),
    isOn: () => open.store.get().tool === tool,
  })),
  {
    id: "import",
    label: "Import",
    title: "Import site, stations or barriers from a file",
    name: "Import",
    icon: up,
    act: () => open.frame.state.set({ dialog: IMPORT }),
  },
  { id: "fit", label: "Whole plan", title: "Show the whole plan", icon: fit, act: () => fitWhole(open) },
];

export function planCommands(open: Open<PlanStore>): readonly Command[] {
  const { store } = open;
  const hold = (tool: ToolName) => (): void => takeTool(store, tool);
  const flip = (key: keyof Shown) => (): void => {
    const { shown } = store.get();
    store.set({ shown: { ...shown, [key]: !shown[key] } });
  };
  const change = (): void => store.set({ when: store.get().when === "after" ? "before" : "after" });
  return [
    { id: "select", label: "Select", keys: "Esc", act: hold("select") },
    { id: "edit", label: "Edit the site", act: hold("edit-site") },
    { id: "draw", label: "Draw a new site", act: hold("draw-site") },
    { id: "barrier", label: "Place a barrier", act: hold("add-barrier") },
    { id: "forbid", label: "Forbid barriers at a spot", act: hold("forbid-spot") },
    { id: "outside", label: "Draw an area that must stay outside", act: hold("draw-outside") },
    { id: "edit-outside", label: "Edit what must stay outside", act: hold("edit-outside") },
    { id: "station", label: "Add a station", act: hold("add-station") },
    { id: "ring", label: "Put barriers as they stand on the map", act: hold("put-barrier") },
    {
      id: "clear",
      label: "Drop all pins, forbidden spots and streets without barriers",
      act: () => ask(store, { ...questionOf(store.get()), pins: [], never: [], never_ways: [] }),
    },
    {
      id: "open-all",
      label: "Open all streets shut by hand",
      act: () => ask(store, { ...questionOf(store.get()), closures: [] }),
    },
    { id: "fit", label: "Show the whole plan", act: () => fitWhole(open) },
    {
      id: "cordon",
      label: "Show the cordon and access",
      act: () => store.set({ desk: "plan", part: "plan" }),
    },
    { id: "when", label: "Switch between before and after", act: change },
    { id: "seconds", label: "Show or hide the time to each address", act: flip("seconds") },
    { id: "weak", label: "Show or hide weak streets", act: flip("weak") },
    { id: "enclosed", label: "Show or hide enclosed streets", act: flip("enclosed") },
    { id: "buses", label: "Show or hide bus routes", act: flip("buses") },
    {
      id: "geojson",
      label: "Download the cordon as GeoJSON",
      act: () => downloadGeoJson(store.get()),
    },
    {
      id: "import",
      label: "Import site, stations or barriers from a file",
      act: () => {
        open.frame.state.set({ desk: "plan", dialog: IMPORT });
      },
    },
    { id: "json", label: "Download the plan as JSON", act: () => downloadJson(store.get()) },
    {
      id: "reset",
      label: "Start again from the scenario",
      act: () => ask(store, store.get().network.scenario.question),
    },
  ];
}
