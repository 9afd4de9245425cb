/** Ground in hand: corners and middles of sides are dragged, the inside moves all of it, new ground is drawn. */
import type { MapGeoJSONFeature, Map as MapLibre } from "maplibre-gl";
import type { Ground, Position } from "../../../contract/index.ts";
import { onChange } from "../../../lib/store.ts";
import { listenToDrags } from "../../../map/drag.ts";
import { draftFeatures, groundFeatures, handleFeatures } from "../map/features.ts";
import { setData } from "../map/overlay.ts";
import { type GroundName, groundOf } from "../question.ts";
import { ask, DRAWING, EDITING, type PlanStore, questionOf, takeTool } from "../store.ts";
import {
  added,
  type CornerRef,
  cornerInserted,
  cornerMoved,
  crossesItself,
  polygonThrough,
  shifted,
  tidied,
} from "./ground.ts";

const CROSSING = "The outline would cross itself. Nothing was changed; move the corner elsewhere.";
const TOO_FEW = "An area needs three corners or more. Nothing was changed; draw it again.";

/** Ask for the plan of changed ground, unless its outline crosses itself. */
export function askForGround(room: PlanStore, name: GroundName, ground: Ground | null): void {
  if (ground && crossesItself(ground)) room.set({ notice: CROSSING });
  else ask(room, { ...questionOf(room.get()), [name]: ground && tidied(ground) });
}

/** New ground: another site, or one more area that must stay outside. */
export function askForDrawn(room: PlanStore, name: GroundName, corners: readonly Position[]): void {
  const question = questionOf(room.get());
  const drawn = tidied(polygonThrough(corners));
  if (crossesItself(drawn)) room.set({ notice: CROSSING });
  else if (name === "site") ask(room, { ...question, site: drawn, stretches: [] });
  else askForGround(room, name, added(groundOf(question, name), corners));
}

const refOf = ({ properties }: MapGeoJSONFeature): CornerRef => ({
  polygon: Number(properties["polygon"]),
  ring: Number(properties["ring"]),
  corner: Number(properties["corner"]),
});

export function letGroundBeEdited(map: MapLibre, room: PlanStore, name: GroundName): void {
  let change: ((at: Position) => Ground) | null = null;
  const now = (): Ground | null => groundOf(questionOf(room.get()), name);
  const show = (ground: Ground | null): void => {
    setData(map, name, groundFeatures(ground));
    setData(map, "handles", handleFeatures(ground, room.get().corner));
  };
  const start = (feature: MapGeoJSONFeature, from: Position): boolean => {
    const ground = now();
    if (!ground) return false;
    const { role } = feature.properties;
    const ref = refOf(feature);
    if (role === "corner") room.set({ corner: ref });
    change = (at) => {
      if (role === "corner") return cornerMoved(ground, ref, at);
      if (role === "middle") return cornerInserted(ground, ref, at);
      return shifted(ground, at[0] - from[0], at[1] - from[1]);
    };
    return true;
  };
  const back = (): void => show(now());
  listenToDrags(map, {
    layers: ["handles", `${name}-fill`],
    when: () => room.get().tool === EDITING[name],
    start,
    move: (at) => show(change?.(at) ?? null),
    end: (at) => {
      askForGround(room, name, change?.(at) ?? null);
      back();
    },
    cancel: back,
  });
}

/** Corner by corner; a double click, Enter or the first corner again closes the shape. */
export function letGroundBeDrawn(map: MapLibre, room: PlanStore, name: GroundName): void {
  let drawn: Position[] = [];
  const drawing = (): boolean => room.get().tool === DRAWING[name];
  const show = (pointer: Position | null): void => setData(map, "handles", draftFeatures(drawn, pointer));
  const finish = (): void => {
    const corners = drawn;
    drawn = [];
    takeTool(room, "select");
    if (corners.length < 3) room.set({ notice: TOO_FEW });
    else askForDrawn(room, name, corners);
  };
  map.on("click", ({ lngLat, point }) => {
    if (!drawing()) return;
    const first = drawn[0];
    if (first && drawn.length >= 3 && map.project(first).dist(point) < 14) return finish();
    const last = drawn.at(-1);
    if (!last || map.project(last).dist(point) > 3) drawn.push([lngLat.lng, lngLat.lat]);
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
  addEventListener("clearway:finish-ground", () => drawing() && finish());
  onChange(room, ["tool"], () => {
    drawn = [];
    if (drawing()) show(null);
  });
}
