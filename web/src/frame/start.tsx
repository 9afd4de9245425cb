/** Starts the page: reads network and operation, puts frame, desks and map together. */
import { effect } from "@preact/signals";
import type { Map as MapLibre } from "maplibre-gl";
import { render } from "preact";
import * as api from "../contract/api.ts";
import type { NetworkDetails, OperationDetails } from "../contract/index.ts";
import { err, ok, type Result } from "../lib/result.ts";
import { listed } from "../lib/words.ts";
import { createMap } from "../map/create.ts";
import type { LayersOf } from "../map/layers.ts";
import { keepAddress } from "./address.ts";
import { App, markRoot, SkipLink } from "./app.tsx";
import type { Desk, Frame } from "./desk.ts";
import { Entrance, enter } from "./entrance.tsx";
import { createFrame, isOpen } from "./frame.ts";
import { listenToKeys } from "./keys.ts";
import { readHash, readPlace, readView, unopenedIn } from "./link.ts";
import { preparePrint, printSheet } from "./print.tsx";
import { keepTheme, startsDark, themeOf } from "./theme.ts";

declare global {
  interface Window {
    /** For browser tests: the map, and the store of each desk ({get, set}) by its id. */
    clearway: { readonly map: MapLibre; readonly desks: Readonly<Record<string, unknown>> };
  }
}

type Three = [HTMLElement, HTMLElement, HTMLElement];

const NO_NETWORK = "This server has no network yet. Import one: clearway network import SOURCE --out FILE.";

/** What a link names that is not on this server: another is never shown in its place. */
const notHere = (what: string, wanted: string, there: readonly string[]): api.Failure => ({
  kind: "refused",
  message: `This link is for the ${what} \u201c${wanted}\u201d, which this server does not have${
    there.length ? ` (it has ${listed(there)})` : ""
  }. Ask who sent it for the address of their server, or open what is here.`,
});

/** The network that the address names, else the server's first. */
async function chosenNetwork(wanted: string | null): Promise<Result<NetworkDetails, api.Failure>> {
  const list = await api.listNetworks();
  if (!list.ok) return list;
  const ids = list.value.map(({ id }) => id);
  if (wanted !== null && !ids.includes(wanted)) return err(notHere("network", wanted, ids));
  const found = list.value.find(({ id }) => id === wanted) ?? list.value[0];
  if (!found) return err({ kind: "refused", message: NO_NETWORK });
  return api.getNetwork(found.id);
}

/** The operation that the address names, else the server's first; none where there is none yet. */
async function chosenOperation(wanted: string | null): Promise<Result<OperationDetails | null, api.Failure>> {
  const list = await api.listOperations();
  if (!list.ok) return list;
  const ids = list.value.map(({ id }) => id);
  if (wanted !== null && !ids.includes(wanted)) return err(notHere("operation", wanted, ids));
  const found = list.value.find(({ id }) => id === wanted) ?? list.value[0];
  if (!found) return ok(null);
  return api.getOperation(found.id);
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
  const said = readHash(location.hash);
  const [network, operation] = await Promise.all([chosenNetwork(said.get("net")), chosenOperation(said.get("op"))]);
  root.replaceChildren();
  if (!network.ok && network.error.kind === "locked") return render(<Entrance wrong={wrong} />, root);
  const elsewhere = said.has("net") || said.has("op");
  for (const found of [network, operation])
    if (!found.ok) return render(<Apology message={found.error.message} elsewhere={elsewhere} />, root);
  if (!network.ok || !operation.ok) return;
  const title = operation.value?.title || network.value.scenario.name || network.value.name;
  document.title = `${title} \u2013 Clearway`;

  const frame = createFrame({ network: network.value, operation: operation.value, dark: startsDark() }, said, desks);
  frame.state.set({ ...readPlace(said, frame), unopened: unopenedIn(said, frame) });
  markRoot(root, frame);
  const [skip, container, over] = ["div", "main", "div"].map((name) => document.createElement(name)) as Three;
  container.className = "map";
  container.setAttribute("aria-label", "Map");
  skip.className = over.className = "through";
  root.append(skip, container, over);
  render(<SkipLink />, skip);

  const layers: LayersOf = (theme) => frame.desks.flatMap(({ desk }) => desk.layers?.(theme) ?? []);
  frame.map = createMap(container, network.value, themeOf(frame), readView(said.get("v")), layers);
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
  preparePrint(frame);
}
