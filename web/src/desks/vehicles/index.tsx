/** The Vehicles desk: where they stand, which to move first, when not to, and the ladder of steps. */
import type { Desk, Open } from "../../frame/desk.ts";
import { goTo } from "../../frame/frame.ts";
import fit from "../../icons/fit.svg";
import icon from "../../icons/vehicles.svg";
import { picture } from "../picture/index.tsx";
import { TimeBar } from "../picture/timebar.tsx";
import { fitStretches, keepStretches, vehicleFeatures } from "./features.ts";
import { vehicleLayers } from "./layers.ts";
import { VehiclesLegend } from "./legend.tsx";
import { VehiclesPanel } from "./panel.tsx";
import { vehiclesSheet } from "./sheet.tsx";
import { createVehiclesStore, keepForecast, keepLadder, keepWays, type VehiclesStore } from "./store.ts";
import "./vehicles.css";

type AtVehicles = Open<VehiclesStore>;

export const vehicles: Desk<VehiclesStore> = {
  id: "vehicles",
  label: "Vehicles",
  icon,
  group: "act",
  about: "where they stand, which to move first, and when not to",
  needsOperation: true,
  title: "operation",

  createStore: (frame) => createVehiclesStore(frame, frame.storeOf(picture)),

  panel: ({ store, frame }: AtVehicles) => <VehiclesPanel store={store} frame={frame} />,
  legend: ({ store, frame }: AtVehicles) => (
    <VehiclesLegend
      store={store}
      also={frame.desks.map(({ desk, open }) => desk.signs && <desk.signs key={desk.id} {...open} />)}
    />
  ),
  timebar: ({ store }) => <TimeBar store={store.watch} />,
  moment: ({ store }) => store.watch.get().at,

  tools: ({ store, frame }: AtVehicles) => [
    {
      id: "fit",
      label: "All stretches",
      title: "Show all stretches with vehicles",
      icon: fit,
      act: () => {
        store.set({ stretch: "" });
        fitStretches(frame.map, store);
      },
    },
  ],
  commands: ({ store, frame }: AtVehicles) => [
    {
      id: "staircase",
      label: "Work out which vehicles to move first",
      also: "staircase tow clear fewest",
      act: () => {
        goTo(frame, vehicles);
        if (store.stairs.asking.worthIt()) store.stairs.asking.ask();
      },
    },
    {
      id: "count-vehicles",
      label: "Count the vehicles on a stretch",
      also: "tally",
      act: () => {
        goTo(frame, vehicles);
        document.getElementById("vehicles-count")?.setAttribute("open", "");
        document.getElementById("vehicles-count")?.scrollIntoView({ block: "start" });
      },
    },
  ],
  keys: ({ store }) => (store.get().stretch ? { escape: () => store.set({ stretch: "" }) } : {}),

  layers: vehicleLayers,
  attach: ({ store }: AtVehicles, map) => keepStretches(map, store),
  fit: ({ store, frame }) => fitStretches(frame.map, store),
  start({ store }) {
    const ends = [keepLadder(store), keepForecast(store), keepWays(store), store.outbox.start()];
    return () => {
      for (const end of ends) end();
    };
  },

  link: {
    steps: ["stretch"],
    write: ({ store }) => (store.get().stretch ? [["stretch", store.get().stretch]] : []),
    read: (said, { store }) => store.set({ stretch: said.get("stretch") ?? "" }),
  },
  seen: ({ store }) => (store.get().standing ? vehicleFeatures(store) : null),
  print: ({ store }) => vehiclesSheet(store),
};
