/** Keeps the map in step with the plan in hand, and takes clicks and drags on it. */
import type { FeatureCollection } from "geojson";
import type { GeoJSONSource, Map as MapLibre } from "maplibre-gl";
import * as api from "../../../contract/api.ts";
import type { Spot } from "../../../contract/index.ts";
import { onChange } from "../../../lib/store.ts";
import { listenToDrags } from "../../../map/drag.ts";
import { fit } from "../../../map/view.ts";
import { onStreet } from "../../plan/map/pointer.ts";
import { spotOf as spotAt } from "../../plan/question.ts";
import { added, changed, freeId, type Place } from "../document.ts";
import { isHere } from "../runner.ts";
import { edit, inHand, momentOf, type PlansStore, pick, planOf, type State } from "../store.ts";
import {
  beforeFeatures,
  boundsOfPlan,
  groundFeatures,
  marchFeatures,
  meetingFeatures,
  signFeatures,
  stageFeatures,
  touchedFeatures,
  wayInFeatures,
} from "./features.ts";
import { SIGNS, type Source } from "./layers.ts";

const REACH_PX = 7;
const MOST_ZOOM = 17;

const put = (map: MapLibre, source: Source, data: FeatureCollection): void =>
  void map.getSource<GeoJSONSource>(source)?.setData(data);

function drawSigns(map: MapLibre, state: State): void {
  put(map, "plan-signs", signFeatures(state, momentOf(state)));
  put(map, "plan-ways-in", wayInFeatures(state));
  put(map, "plan-before", beforeFeatures(state));
}

export function keepPlan(map: MapLibre, store: PlansStore): void {
  const ground = (state: State): void => put(map, "plan-ground", groundFeatures(planOf(state)));
  const touched = (state: State): void => put(map, "plan-touched", touchedFeatures(state));
  const meeting = (state: State): void => put(map, "plan-meeting", meetingFeatures(state));
  const march = (state: State): void => put(map, "plan-march", marchFeatures(state, momentOf(state)));
  for (const draw of [ground, touched, meeting, march, (state: State) => drawSigns(map, state)]) draw(store.get());
  onChange(store, ["history"], ground);
  onChange(store, ["compared"], touched);
  onChange(store, ["history", "met"], meeting);
  onChange(store, ["history", "rolled", "moment"], march);
  onChange(store, ["staging", "history", "moment"], (state) => put(map, "plan-stage", stageFeatures(state)));
  onChange(store, ["history", "status", "picked", "moment", "compared"], (state) => drawSigns(map, state));
  onChange(store, ["film"], (state) => void (state.film && fitPlan(map, state))); // nobody watches a march out of sight
  fitEach(map, store);
  onChange(store, ["tool", "desk", "part"], ({ tool }) => {
    if (isHere(store)) map.getCanvas().style.cursor = tool === "put" ? "crosshair" : "";
  });
}

/** Another plan that comes in hand is shown whole, once it is known where it stands. */
function fitEach(map: MapLibre, store: PlansStore): void {
  let shown = "";
  onChange(store, ["status", "desk", "part"], (state) => {
    const { document, from } = inHand(state);
    const key = from?.saved.entry ?? document?.plan ?? "";
    if (key === shown || !isHere(store) || state.status?.of !== document) return;
    if (fitPlan(map, state)) shown = key;
  });
}

/** The whole plan on the map; false where it stands nowhere. */
export function fitPlan(map: MapLibre, state: State): boolean {
  const bounds = boundsOfPlan(state);
  if (bounds) fit(map, bounds, MOST_ZOOM);
  return bounds !== null;
}

/** A place on the street nearest to a spot, called by that street or its corner. */
async function placeAt(store: PlansStore, spot: Spot): Promise<Place> {
  const { at } = await onStreet(store.cordon, spot);
  const picked = await api.pickPlace(store.get().network.id, at.lon, at.lat);
  return picked.ok ? picked.value.place : { type: "point", at: [at.lon, at.lat], label: null };
}

async function putBarrier(store: PlansStore, spot: Spot): Promise<void> {
  store.set({ tool: "select" });
  const place = await placeAt(store, spot);
  const plan = planOf(store.get());
  if (!plan) return;
  const barrier = { place, structure: "barrier", opens: "machine", opening_seconds: null, starts: null, ends: null };
  edit(store, added(plan, "barriers", { id: freeId(plan, "barriers", "B"), ...barrier }));
  pick(store, plan.barriers.length);
}

async function moveBarrier(store: PlansStore, index: number, spot: Spot): Promise<void> {
  const place = await placeAt(store, spot);
  const plan = planOf(store.get());
  const id = plan?.barriers[index]?.id;
  if (!plan || !id) return;
  edit(store, changed(plan, "barriers", index, "place", place));
  store.set({ notice: `${id} was moved. Undo puts it back.` });
}

export function listenToMap(map: MapLibre, store: PlansStore): void {
  map.on("click", ({ point: { x, y }, lngLat }) => {
    if (!isHere(store) || !planOf(store.get())) return;
    if (store.get().tool === "put") return void putBarrier(store, spotAt([lngLat.lng, lngLat.lat]));
    const box: [[number, number], [number, number]] = [
      [x - REACH_PX, y - REACH_PX],
      [x + REACH_PX, y + REACH_PX],
    ];
    const [sign] = map.queryRenderedFeatures(box, { layers: [SIGNS] });
    pick(store, sign ? Number(sign.id) : null);
  });
  let dragged = -1;
  listenToDrags(map, {
    layers: [SIGNS],
    when: () => isHere(store) && store.get().tool === "select",
    start: ({ id }) => {
      dragged = Number(id);
      return true;
    },
    move: (at) => {
      const shown = signFeatures(store.get(), momentOf(store.get()));
      const features = shown.features.map((one) =>
        one.id === dragged ? { ...one, geometry: { type: "Point" as const, coordinates: at } } : one,
      );
      put(map, "plan-signs", { ...shown, features });
    },
    end: (at) => void moveBarrier(store, dragged, spotAt(at)),
    cancel: () => drawSigns(map, store.get()),
  });
}
