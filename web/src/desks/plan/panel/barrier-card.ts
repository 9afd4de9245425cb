/** One barrier: where it stands, what it does, and the wishes one can have for it. */
import type { Map as MapLibre } from "maplibre-gl";
import type { Barrier } from "../../../contract/index.ts";
import { card, facts } from "../../../lib/card.ts";
import { button, h } from "../../../lib/dom.ts";
import { capital, coordinates, metres, points } from "../../../lib/units.ts";
import { classWords } from "../../../lib/words.ts";
import { goTo } from "../../../map/view.ts";
import { moveBarrier, previewBarrier } from "../edit/barriers.ts";
import { forbidden, isPinned, pinned, spotOf, unpinned } from "../question.ts";
import { ask, type PlanStore, questionOf, select } from "../store.ts";
import { placeWord, whereWords } from "./barriers.ts";
import { nudgePad, shiftedBy } from "./nudge.ts";

function mover(map: MapLibre, room: PlanStore, barrier: Barrier): HTMLElement {
  let at: [number, number] = [barrier.lon, barrier.lat];
  const put = button("Put it here", () => void moveBarrier(room, barrier, spotOf(at)), {
    class: "primary",
    disabled: true,
  });
  const pad = nudgePad("the barrier", (east, north) => {
    at = shiftedBy(at, east, north);
    previewBarrier(map, room, barrier.number, at);
    put.disabled = false;
  });
  return h(
    "details",
    { class: "mover" },
    h("summary", {}, "Move it"),
    h("p", {}, "Drag it on the map, or step by step:"),
    h("div", { class: "row" }, pad, put),
  );
}

function wishes(room: PlanStore, barrier: Barrier): HTMLElement {
  const question = questionOf(room.get());
  const spot = spotOf([barrier.lon, barrier.lat]);
  const barriers = room.get().answer?.cordon?.barriers ?? [];
  const isPin = isPinned(question, barrier, barriers);
  const pin = button(
    isPin ? "Unpin" : "Pin here",
    () => ask(room, isPin ? unpinned(question, barrier, barriers) : pinned(question, spot)),
    { "aria-pressed": String(isPin), "data-key": "pin" },
  );
  const never = button("Never here", () => {
    select(room, null);
    ask(room, forbidden(unpinned(question, barrier, barriers), spot));
  });
  return h("div", { class: "row" }, pin, never);
}

export function barrierCard(map: MapLibre, room: PlanStore, barrier: Barrier): HTMLElement {
  const rows = facts(
    ["Stands", placeWord(barrier).toLowerCase()],
    ["Where", capital(whereWords(barrier)) || barrier.street],
    ["Position", coordinates(barrier.lon, barrier.lat)],
    ["Kind", barrier.kind],
    barrier.width_m === null ? null : ["Width", metres(barrier.width_m)],
    barrier.today ? ["Today", barrier.today] : null,
    ["Lets through", classWords(barrier.passes)],
    ["Keeps out", classWords(barrier.shuts)],
    ["Cost", `${points(barrier.cost)} points`],
  );
  const show = button("Show on the map", () => goTo(map, barrier.lon, barrier.lat, 17));
  return card(
    `Barrier ${barrier.number}: ${barrier.street}`,
    () => select(room, null),
    wishes(room, barrier),
    rows,
    mover(map, room, barrier),
    h("div", { class: "row" }, show),
  );
}
