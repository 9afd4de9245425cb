/** Starts the page: reads network and operation, puts frame, desks and map together. */
import { effect } from "@preact/signals";
import type { Map as MapLibre } from "maplibre-gl";
import { render } from "preact";
import * as api from "../contract/api.ts";
import type { NetworkDetails, NetworkSummary, OperationDetails, OperationSummary } from "../contract/index.ts";
import { ok, type Result } from "../lib/result.ts";
import { createMap } from "../map/create.ts";
import type { LayersOf } from "../map/layers.ts";
import { keepAddress } from "./address.ts";
import { App, markRoot, SkipLink } from "./app.tsx";
import type { Desk, Frame } from "./desk.ts";
import { Entrance, enter } from "./entrance.tsx";
import { createFrame, isOpen } from "./frame.ts";
import { offerTour } from "./invitation.tsx";
import { listenToKeys } from "./keys.ts";
import { readHash, readPlace, readView, unopenedIn } from "./link.ts";
import { preparePrint, printSheet } from "./print.tsx";
import { type Room, roomOf } from "./rooms.ts";
import { keepTheme, startsDark, themeOf } from "./theme.ts";
import { keepTitle } from "./title.ts";
import { applyWishes } from "./wishes.ts";

declare global {
  interface Window {
    /** For browser tests: the map, and the store of each desk ({get, set}) by its id. */
    clearway: { readonly map: MapLibre; readonly desks: Readonly<Record<string, unknown>> };
  }
}

type Three = [HTMLElement, HTMLElement, HTMLElement];

type Held = { readonly networks: readonly NetworkSummary[]; readonly operations: readonly OperationSummary[] };

/** What the server has. */
async function held(): Promise<Result<Held, api.Failure>> {
  const [networks, operations] = await Promise.all([api.listNetworks(), api.listOperations()]);
  if (!networks.ok) return networks;
  if (!operations.ok) return operations;
  return ok({ networks: networks.value, operations: operations.value });
}

type Opened = { readonly network: NetworkDetails; readonly operation: OperationDetails | null };

async function openRoom({ network, operation }: Room): Promise<Result<Opened, api.Failure>> {
  const [streets, record] = await Promise.all([
    api.getNetwork(network),
    operation === null ? ok(null) : api.getOperation(operation),
  ]);
  if (!streets.ok) return streets;
  if (!record.ok) return record;
  return ok({ network: streets.value, operation: record.value });
}

/** Without what the link said. */
function openHere(): void {
  history.replaceState(null, "", location.pathname);
  location.reload();
}

type ApologyProps = { readonly message: string; readonly elsewhere: boolean };

const Apology = ({ message, elsewhere }: ApologyProps) => (
  <div class="apology" role="alert">
    <h1>Clearway</h1>
    <p>{message}</p>
    <div class="row">
      <button type="button" class="primary" onClick={() => location.reload()}>
        Try again
      </button>
      {elsewhere && (
        <button type="button" onClick={() => openHere()}>
          Open what is here
        </button>
      )}
    </div>
  </div>
);

/** Each desk's layers, seen while it says so. */
function attach(frame: Frame): void {
  const { map } = frame;
  for (const { desk, open } of frame.desks) {
    const drawn = desk.layers?.("day");
    const layers = [...(drawn?.below ?? []), ...(drawn?.above ?? [])];
    effect(() => {
      for (const { id } of layers) {
        const seen = desk.shows ? desk.shows(open, id) : isOpen(frame, desk);
        map.setLayoutProperty(id, "visibility", seen ? "visible" : "none");
      }
    });
    desk.attach?.(open, map);
  }
}

export async function start(root: HTMLElement, desks: readonly Desk[]): Promise<void> {
  const wrong = await enter();
  offerTour(location.hash);
  const said = readHash(location.hash);
  const there = await held();
  root.replaceChildren();
  if (!there.ok && there.error.kind === "locked") return render(<Entrance wrong={wrong} />, root);
  if (!there.ok) return render(<Apology message={there.error.message} elsewhere={false} />, root);
  const { networks, operations } = there.value;
  if (networks.length === 0) {
    document.documentElement.setAttribute("data-theme", startsDark() ? "dark" : "light");
    const { FirstCity } = await import("./first-city.tsx");
    return render(<FirstCity taken={operations.map(({ id }) => id)} />, root);
  }
  const room = roomOf(said, networks, operations);
  if (!room.ok) return render(<Apology message={room.error} elsewhere={true} />, root);
  const opened = await openRoom(room.value);
  if (!opened.ok)
    return render(<Apology message={opened.error.message} elsewhere={said.has("net") || said.has("op")} />, root);
  const { network, operation } = opened.value;

  const frame = createFrame({ network, operation, dark: startsDark() }, said, desks);
  frame.state.set({ ...readPlace(said, frame), unopened: unopenedIn(said, frame) });
  markRoot(root, frame);
  const [skip, container, over] = ["div", "main", "div"].map((name) => document.createElement(name)) as Three;
  container.className = "map";
  container.setAttribute("aria-label", "Map");
  skip.className = over.className = "through";
  root.append(skip, container, over);
  render(<SkipLink />, skip);

  const layers: LayersOf = (theme) => frame.desks.flatMap(({ desk }) => desk.layers?.(theme) ?? []);
  frame.map = createMap(container, network, themeOf(frame), readView(said.get("v")), layers);
  window.clearway = {
    map: frame.map,
    desks: Object.fromEntries(frame.desks.map(({ desk, open }) => [desk.id, open.store])),
  };
  const print = (): void => void printSheet(frame, layers);
  const search = { current: (): void => undefined };
  render(<App frame={frame} search={search} print={print} />, over);
  for (const { desk, open } of frame.desks) desk.start?.(open);
  frame.map.once("style.load", () => attach(frame));
  listenToKeys(frame, { search: () => search.current(), print });
  keepTheme(frame, layers);
  keepAddress(frame);
  keepTitle(frame);
  applyWishes();
  preparePrint(frame);
}
