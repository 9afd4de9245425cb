/** The card of what is selected or in hand, at the head of the panel. */
import { effect, untracked } from "@preact/signals";
import type { Map as MapLibre } from "maplibre-gl";
import * as api from "../../../contract/api.ts";
import { card, facts } from "../../../lib/card.ts";
import { type Child, h, refill } from "../../../lib/dom.ts";
import { type Dispose, onChange } from "../../../lib/store.ts";
import { coordinates, delay, minutes } from "../../../lib/units.ts";
import { goTo } from "../../../map/view.ts";
import { type PlanStore, type State, select, tabOf } from "../store.ts";
import { barrierCard } from "./barrier-card.ts";
import { siteCard } from "./site-card.ts";
import { streetCard } from "./street-card.ts";

const secondsAt = (list: readonly number[] | undefined, address: number): number | null => {
  const seconds = list?.[address];
  return seconds === undefined || seconds < 0 ? null : seconds;
};

function cardOf(map: MapLibre, room: PlanStore, state: State): Child {
  const { selection, way, answer } = state;
  const close = (): void => select(room, null);
  if (state.tool === "edit-site") return siteCard(room);
  if (selection?.kind === "barrier") {
    const barrier = answer?.cordon?.barriers.find((one) => one.number === selection.number);
    return barrier ? barrierCard(map, room, barrier) : null;
  }
  if (selection?.kind === "way")
    return way
      ? streetCard(room, way, tabOf(state)?.factsOf(way.way) ?? [])
      : card("Street", close, h("p", {}, "Looking it up\u2026"));
  if (selection?.kind === "address") {
    const [before, after] = [
      secondsAt(answer?.seconds_before, selection.address),
      secondsAt(answer?.seconds_after, selection.address),
    ];
    const rows = facts(
      ["Before", minutes(before)],
      ["After", minutes(after)],
      before !== null && after !== null ? ["Difference", delay(before, after)] : null,
      ["Position", coordinates(selection.spot.lon, selection.spot.lat)],
    );
    return card(
      selection.label || `Point ${selection.address}`,
      close,
      h("p", {}, "Time from the nearest station"),
      rows,
    );
  }
  if (selection?.kind === "spot")
    return card(selection.label, close, facts(["Position", coordinates(selection.spot.lon, selection.spot.lat)]));
  return null;
}

/** Ask for the particulars of a street as soon as it is selected. */
function lookUp(room: PlanStore): Dispose {
  let asking: AbortController | null = null;
  return onChange(room, ["selection"], async ({ selection, network }) => {
    asking?.abort();
    if (selection?.kind !== "way") return;
    asking = new AbortController();
    const found = await api.getWay(network.id, selection.way, asking.signal);
    if (found.ok) room.set({ way: found.value });
    else if (found.error.kind !== "cancelled") room.set({ selection: null, notice: found.error.message });
  });
}

/** Bring what was selected in a list into view. */
function bringIntoView(map: MapLibre, room: PlanStore): Dispose {
  return onChange(room, ["selection"], ({ selection, answer }) => {
    const spot =
      selection?.kind === "barrier"
        ? answer?.cordon?.barriers.find((one) => one.number === selection.number)
        : selection && "spot" in selection
          ? selection.spot
          : null;
    if (spot && !map.getBounds().contains([spot.lon, spot.lat])) goTo(map, spot.lon, spot.lat, 15.5);
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

export function selectionCard(map: MapLibre, room: PlanStore): HTMLElement {
  const element = h("div", { class: "selection" });
  effect(() => {
    const found = cardOf(map, room, room.get());
    untracked(() => refill(element, found));
  });
  onChange(room, ["selection", "tool"], ({ selection, tool }) => {
    if (selection || tool === "edit-site") element.closest(".panel-body")?.scrollTo({ top: 0 });
  });
  return element;
}
