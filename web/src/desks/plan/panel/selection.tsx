/** The card of what is selected or in hand, at the head of the panel. */
import type { Map as MapLibre } from "maplibre-gl";
import type { JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";
import * as api from "../../../contract/api.ts";
import type { Spot } from "../../../contract/index.ts";
import { Card, Facts } from "../../../lib/parts.tsx";
import { type Dispose, onChange } from "../../../lib/store.ts";
import { coordinates } from "../../../lib/units.ts";
import { goTo, isSeen } from "../../../map/view.ts";
import { spotOf } from "../question.ts";
import { placeOf, stationsOf } from "../stations.ts";
import { groundInHand, type PlanStore, type State, select, tabOf } from "../store.ts";
import { AddressCard } from "./address-card.tsx";
import { BarrierCard } from "./barrier-card.tsx";
import { GroundCard } from "./ground-card.tsx";
import { StationCard } from "./station-card.tsx";
import { StreetCard } from "./street-card.tsx";

type Props = { readonly map: MapLibre; readonly store: PlanStore };

function Selected({ map, store }: Props): JSX.Element | null {
  const state = store.get();
  const { selection, way, answer } = state;
  const close = (): void => select(store, null);
  const inHand = groundInHand(state.tool);
  if (inHand) return <GroundCard key={inHand} map={map} store={store} name={inHand} />;
  switch (selection?.kind) {
    case "barrier": {
      const barrier = answer?.cordon?.barriers.find(({ number }) => number === selection.number);
      return barrier ? <BarrierCard key={barrier.number} map={map} store={store} barrier={barrier} /> : null;
    }
    case "way":
      return way ? (
        <StreetCard key={way.way} store={store} way={way} known={tabOf(state)?.factsOf(way.way) ?? []} />
      ) : (
        <Card title="Street" close={close}>
          <p>{"Looking it up\u2026"}</p>
        </Card>
      );
    case "address":
      return <AddressCard store={store} selected={selection} />;
    case "station": {
      const station = stationsOf(state)[selection.index];
      return station ? (
        <StationCard key={selection.index} map={map} store={store} index={selection.index} station={station} />
      ) : null;
    }
    case "spot":
      return (
        <Card title={selection.label} close={close}>
          <Facts rows={[["Position", coordinates(selection.spot.lon, selection.spot.lat)]]} />
        </Card>
      );
    default:
      return null;
  }
}

/** Ask for the particulars of a street or an address as soon as it is selected, and of an address for each plan anew. */
function lookUp(room: PlanStore): Dispose {
  let asking: AbortController | null = null;
  const latest = (): AbortSignal => {
    asking?.abort();
    asking = new AbortController();
    return asking.signal;
  };
  const failed = ({ kind, message }: api.Failure): void => {
    if (kind !== "cancelled") room.set({ selection: null, notice: message });
  };
  return onChange(room, ["selection", "answered"], async ({ selection, network, answered, way, proof }) => {
    const signal = latest();
    if (selection?.kind === "way" && way?.way !== selection.way) {
      const found = await api.getWay(network.id, selection.way, signal);
      if (found.ok) room.set({ way: found.value });
      else failed(found.error);
    }
    if (selection?.kind === "address" && answered) {
      if (proof) room.set({ proof: null });
      const found = await api.proveAddress(network.id, { question: answered, address: selection.address }, signal);
      if (found.ok) room.set({ proof: found.value });
      else failed(found.error);
    }
  });
}

function spotOfSelection(state: State): Spot | undefined {
  const { selection, answer } = state;
  if (selection?.kind === "barrier") return answer?.cordon?.barriers.find((one) => one.number === selection.number);
  const station = selection?.kind === "station" ? stationsOf(state)[selection.index] : undefined;
  if (station) return spotOf(placeOf(station));
  return selection && "spot" in selection ? selection.spot : undefined;
}

/** Bring what was selected in a list into view. */
function bringIntoView(map: MapLibre, room: PlanStore): Dispose {
  return onChange(room, ["selection"], ({ selection }) => {
    const spot = spotOfSelection(room.get());
    if (spot && !isSeen(map, spot.lon, spot.lat)) goTo(map, spot.lon, spot.lat, 15.5);
    if (selection?.kind === "address") goTo(map, selection.spot.lon, selection.spot.lat, 16);
  });
}

/** What is selected is looked up and brought into view. */
export function followSelection(map: MapLibre, room: PlanStore): Dispose {
  const ends = [lookUp(room), bringIntoView(map, room)];
  return () => {
    for (const end of ends) end();
  };
}

export function SelectionCard({ map, store }: Props): JSX.Element {
  const holder = useRef<HTMLDivElement>(null);
  const { selection, tool } = store.get();
  useEffect(() => {
    if (selection || groundInHand(tool)) holder.current?.closest(".panel-body")?.scrollTo({ top: 0 });
  }, [selection, tool]);
  return (
    <div ref={holder} class="selection">
      <Selected map={map} store={store} />
    </div>
  );
}
