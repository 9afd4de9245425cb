/** The site in hand: corners and middles of sides are dragged, the inside moves all of it, new ground is drawn. */
import type { MapGeoJSONFeature, Map as MapLibre } from "maplibre-gl";
import type { Ground, Position } from "../../../contract/index.ts";
import { onChange } from "../../../lib/store.ts";
import { listenToDrags } from "../../../map/drag.ts";
import { draftFeatures, groundFeatures, handleFeatures } from "../map/features.ts";
import { setData } from "../map/overlay.ts";
import { rounded, withSite } from "../question.ts";
import { ask, type PlanStore, questionOf, takeTool } from "../store.ts";
import { type CornerRef, cornerInserted, cornerMoved, crossesItself, polygonThrough, shifted } from "./ground.ts";

export const CROSSING = "The site's outline would cross itself. Nothing was changed; move the corner elsewhere.";

const tidy = ([lon, lat]: Position): Position => [rounded(lon), rounded(lat)];

/** Ask for the plan of changed ground, unless its outline crosses itself. */
export function askForSite(room: PlanStore, ground: Ground | null): void {
  if (ground && crossesItself(ground)) room.set({ notice: CROSSING });
  else ask(room, withSite(questionOf(room.get()), ground));
}

const refOf = ({ properties }: MapGeoJSONFeature): CornerRef => ({
  polygon: Number(properties["polygon"]),
  ring: Number(properties["ring"]),
  corner: Number(properties["corner"]),
});

export function letSiteBeEdited(map: MapLibre, room: PlanStore): void {
  let change: ((at: Position) => Ground) | null = null;
  const show = (ground: Ground | null): void => {
    setData(map, "site", groundFeatures(ground));
    setData(map, "handles", handleFeatures(ground, room.get().corner));
  };
  const start = (feature: MapGeoJSONFeature, from: Position): boolean => {
    const { site } = questionOf(room.get());
    if (!site) return false;
    const { role } = feature.properties;
    const ref = refOf(feature);
    if (role === "corner") room.set({ corner: ref });
    change = (at) => {
      if (role === "corner") return cornerMoved(site, ref, tidy(at));
      if (role === "middle") return cornerInserted(site, ref, tidy(at));
      return shifted(site, rounded(at[0] - from[0]), rounded(at[1] - from[1]));
    };
    return true;
  };
  const back = (): void => show(questionOf(room.get()).site);
  listenToDrags(map, {
    layers: ["handles", "site-fill"],
    when: () => room.get().tool === "edit-site",
    start,
    move: (at) => show(change?.(at) ?? null),
    end: (at) => {
      askForSite(room, change?.(at) ?? null);
      back();
    },
    cancel: back,
  });
}

/** Corner by corner; a double click, Enter or the first corner again closes the shape. */
export function letSiteBeDrawn(map: MapLibre, room: PlanStore): void {
  let drawn: Position[] = [];
  const drawing = (): boolean => room.get().tool === "draw-site";
  const show = (pointer: Position | null): void => setData(map, "handles", draftFeatures(drawn, pointer));
  const finish = (): void => {
    const ground = drawn.length >= 3 ? polygonThrough(drawn) : null;
    drawn = [];
    takeTool(room, "select");
    if (!ground)
      room.set({
        notice: "A site needs three corners or more. Nothing was changed; choose Draw a new site to start again.",
      });
    else if (crossesItself(ground)) room.set({ notice: CROSSING });
    else ask(room, { ...questionOf(room.get()), site: ground, stretches: [] });
  };
  map.on("click", ({ lngLat, point }) => {
    if (!drawing()) return;
    const first = drawn[0];
    if (first && drawn.length >= 3 && map.project(first).dist(point) < 14) return finish();
    const last = drawn.at(-1);
    if (!last || map.project(last).dist(point) > 3) drawn.push(tidy([lngLat.lng, lngLat.lat]));
    show(null);
  });
  map.on("mousemove", ({ lngLat }) => {
    if (drawing() && drawn.length) show([lngLat.lng, lngLat.lat]);
  });
  map.on("dblclick", (event) => {
    if (!drawing()) return;
    event.preventDefault();
    finish();
  });
  addEventListener("keydown", ({ key }) => {
    if (!drawing()) return;
    if (key === "Enter") finish();
    if (key === "Backspace") {
      drawn.pop();
      show(null);
    }
  });
  addEventListener("clearway:finish-site", () => drawing() && finish());
  onChange(room, ["tool"], () => {
    drawn = [];
    if (drawing()) show(null);
  });
}
