/** Keeps the map's sources and filters in step with the state. */

import type { FeatureCollection } from "geojson";
import type { GeoJSONSource, Map as MapLibre } from "maplibre-gl";
import { onChange } from "../../../lib/store.ts";
import { groundOf } from "../question.ts";
import { showsRing } from "../ring.ts";
import { groundInHand, type PlanStore, questionOf, type State } from "../store.ts";
import * as features from "./features.ts";
import { picks, type SourceName, type StreetPick } from "./layers.ts";
import { leakFeatures, ringFeatures } from "./ring.ts";

export function setData(map: MapLibre, source: SourceName, data: FeatureCollection): void {
  void map.getSource<GeoJSONSource>(source)?.setData(data);
}

const pick = (map: MapLibre, layer: StreetPick, ways: readonly number[]): void =>
  void map.setFilter(layer, picks(ways));

/** The ways of what is selected. */
export function pickedWays(state: State): readonly number[] {
  const { selection, answer } = state;
  if (selection?.kind === "way") return [selection.way];
  if (selection?.kind === "streets") return selection.ways;
  if (selection?.kind !== "barrier") return [];
  return answer?.cordon?.barriers.find((barrier) => barrier.number === selection.number)?.way_indexes ?? [];
}

function weak(state: State): number[] {
  const access = state.shown.weak ? state.answer?.access : null;
  return [...(access?.single_street ?? []), ...(access?.n_minus_1 ?? [])].flatMap((street) => street.way_indexes);
}

function drawPlan(map: MapLibre, state: State): void {
  setData(map, "barriers", features.barrierFeatures(state));
  setData(map, "bars", features.barFeatures(state));
  setData(map, "ghosts", features.ghostFeatures(state));
  setData(map, "marks", features.markFeatures(state));
  const showEnclosed = state.shown.enclosed && state.when === "after";
  const inside = showsRing(state) ? state.ring.seal?.encloses : state.answer?.cordon?.enclosed;
  pick(map, "enclosed", showEnclosed ? (inside?.way_indexes ?? []) : []);
  pick(map, "weak", showsRing(state) ? [] : weak(state));
}

function drawRing(map: MapLibre, state: State): void {
  setData(map, "ring", ringFeatures(state));
  setData(map, "leaks", leakFeatures(state));
}

function drawQuestion(map: MapLibre, state: State): void {
  const question = questionOf(state);
  setData(map, "site", features.groundFeatures(question.site));
  setData(map, "outside", features.groundFeatures(groundOf(question, "outside")));
  pick(map, "stretches", question.stretches);
  setData(map, "stations", features.stationFeatures(state));
  pick(map, "kept-open", question.keep_open);
  pick(map, "barred", question.never_ways);
  pick(map, "shut", state.when === "after" ? question.closures.map((closure) => closure.way) : []);
}

function drawSelection(map: MapLibre, state: State): void {
  pick(map, "picked", pickedWays(state));
  setData(map, "barriers", features.barrierFeatures(state));
  setData(map, "spot", features.spotFeatures(state));
  setData(map, "routes", features.routeFeatures(state));
}

function drawHandles(map: MapLibre, state: State): void {
  const name = groundInHand(state.tool);
  const ground = name ? groundOf(questionOf(state), name) : null;
  setData(map, "handles", features.handleFeatures(ground, state.corner));
}

export function keepInStep(map: MapLibre, room: PlanStore): void {
  const state = room.get();
  for (const draw of [drawQuestion, drawPlan, drawRing, drawSelection, drawHandles]) draw(map, state);
  onChange(room, ["history", "when"], (now) => drawQuestion(map, now));
  onChange(room, ["answer", "history", "when", "alternative", "ghosts", "shown", "ring"], (now) => drawPlan(map, now));
  onChange(room, ["ring", "history"], (now) => drawRing(map, now));
  onChange(room, ["selection", "history", "answer", "proof", "when"], (now) => drawSelection(map, now));
  onChange(room, ["tool", "history", "corner"], (now) => drawHandles(map, now));
}
