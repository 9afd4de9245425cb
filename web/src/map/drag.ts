/** Dragging by mouse and by finger, the same for barriers, corners and the whole site. */
import type { MapGeoJSONFeature, Map as MapLibre, MapMouseEvent, MapTouchEvent } from "maplibre-gl";
import type { Position } from "../contract/index.ts";

type Grip = MapMouseEvent | MapTouchEvent;

export type Drag = {
  /** Layers whose features can be grabbed, the foremost first. */
  readonly layers: readonly string[];
  readonly when: () => boolean;
  /** Gives false where this feature is not to be dragged after all. */
  readonly start: (feature: MapGeoJSONFeature, at: Position) => boolean;
  readonly move: (at: Position) => void;
  readonly end: (at: Position) => void;
  readonly cancel: () => void;
};

const STILL_PX = 4;
const positionOf = ({ lngLat }: Grip): Position => [lngLat.lng, lngLat.lat];

function grabbed(
  map: MapLibre,
  { point }: Grip,
  layers: readonly string[],
  touch: boolean,
): MapGeoJSONFeature | undefined {
  const reach = touch ? 14 : 4;
  const found = map.queryRenderedFeatures(
    [
      [point.x - reach, point.y - reach],
      [point.x + reach, point.y + reach],
    ],
    { layers: [...layers] },
  );
  return layers.map((layer) => found.find((feature) => feature.layer.id === layer)).find(Boolean);
}

export function listenToDrags(map: MapLibre, drag: Drag): void {
  const begin = (event: Grip, touch: boolean): void => {
    if (!drag.when() || (event instanceof Object && "points" in event && event.points.length > 1)) return;
    const feature = grabbed(map, event, drag.layers, touch);
    if (!feature || !drag.start(feature, positionOf(event))) return;
    event.preventDefault();
    follow(map, drag, event, touch ? ["touchmove", "touchend", "touchcancel"] : ["mousemove", "mouseup", "mouseout"]);
  };
  map.on("mousedown", (event) => {
    if (event.originalEvent.button === 0) begin(event, false);
  });
  map.on("touchstart", (event) => begin(event, true));
}

type Names = readonly ["mousemove" | "touchmove", "mouseup" | "touchend", "mouseout" | "touchcancel"];

function follow(map: MapLibre, drag: Drag, first: Grip, [moveName, endName, lostName]: Names): void {
  let last = first;
  let moved = false;
  const move = (event: Grip): void => {
    last = event;
    moved ||= event.point.dist(first.point) > STILL_PX;
    if (moved) drag.move(positionOf(event));
  };
  const stop = (): void => {
    map.off(moveName, move);
    map.off(endName, end);
    map.off(lostName, lost);
    removeEventListener("keydown", letGo);
  };
  const end = (): void => {
    stop();
    if (moved) drag.end(positionOf(last));
    else drag.cancel();
  };
  const lost = (): void => {
    stop();
    drag.cancel();
  };
  const letGo = (event: KeyboardEvent): void => {
    if (event.key === "Escape") lost();
  };
  map.on(moveName, move);
  map.on(endName, end);
  map.on(lostName, lost);
  addEventListener("keydown", letGo);
}
