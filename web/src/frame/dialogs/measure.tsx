/** Measure on the map: point by point, by mouse, by finger, or by arrow keys and the cross-hair. */
import { useSignal } from "@preact/signals";
import type { Feature } from "geojson";
import type { GeoJSONSource, Map as MapLibre } from "maplibre-gl";
import type { JSX } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import type { Position } from "../../contract/index.ts";
import { metres } from "../../lib/units.ts";
import { areaM2, areaWords, lengthM } from "../../map/measure.ts";
import { middleOf } from "../../map/view.ts";
import type { DialogProps } from "./index.tsx";

const SOURCE = "measure";
const INK = "#8a3ffc";
const STEP_PX = 40;
/** The pointer moved further between press and release: the map was dragged. */
const STILL_PX = 6;
const ARROWS: Readonly<Record<string, readonly [x: number, y: number]>> = {
  ArrowLeft: [-STEP_PX, 0],
  ArrowRight: [STEP_PX, 0],
  ArrowUp: [0, -STEP_PX],
  ArrowDown: [0, STEP_PX],
};

function draw(map: MapLibre, line: readonly Position[]): void {
  const coordinates = line.map((place) => [...place]);
  const features: Feature[] = [
    ...(line.length > 2
      ? [
          {
            type: "Feature" as const,
            properties: {},
            geometry: { type: "Polygon" as const, coordinates: [[...coordinates, coordinates[0] as number[]]] },
          },
        ]
      : []),
    { type: "Feature", properties: {}, geometry: { type: "LineString", coordinates } },
    { type: "Feature", properties: {}, geometry: { type: "MultiPoint", coordinates } },
  ];
  map.getSource<GeoJSONSource>(SOURCE)?.setData({ type: "FeatureCollection", features });
}

function lay(map: MapLibre): () => void {
  map.addSource(SOURCE, { type: "geojson", data: { type: "FeatureCollection", features: [] } });
  map.addLayer({
    id: "measure-area",
    type: "fill",
    source: SOURCE,
    filter: ["==", ["geometry-type"], "Polygon"],
    paint: { "fill-color": INK, "fill-opacity": 0.15 },
  });
  map.addLayer({
    id: "measure-line",
    type: "line",
    source: SOURCE,
    filter: ["==", ["geometry-type"], "LineString"],
    paint: { "line-color": INK, "line-width": 3 },
  });
  map.addLayer({
    id: "measure-points",
    type: "circle",
    source: SOURCE,
    filter: ["==", ["geometry-type"], "Point"],
    paint: { "circle-color": "#ffffff", "circle-stroke-color": INK, "circle-stroke-width": 3, "circle-radius": 5 },
  });
  return () => {
    for (const id of ["measure-area", "measure-line", "measure-points"]) map.removeLayer(id);
    map.removeSource(SOURCE);
  };
}

function words(line: readonly Position[]): string {
  if (line.length < 2) return "Press or tap the map, point by point. Arrow keys move it under the cross.";
  const length = `${metres(Math.round(lengthM(line)))} along the line`;
  return line.length < 3 ? `${length}.` : `${length}; ${areaWords(areaM2(line))} within it.`;
}

export function Measure({ frame, closed }: DialogProps): JSX.Element {
  const { map } = frame;
  const line = useSignal<readonly Position[]>([]);
  const add = useRef<HTMLButtonElement>(null);
  const put = (now: readonly Position[]): void => {
    line.value = now;
    draw(map, now);
  };
  // a layout effect: the drawing comes and goes with the bar, not a paint later
  useLayoutEffect(() => {
    const remove = lay(map);
    const ground = map.getContainer();
    let pressed: readonly [number, number] = [0, 0];
    const press = (event: PointerEvent): void => {
      pressed = [event.clientX, event.clientY];
    };
    // before the desks hear of it: while one measures, nothing is selected
    const take = (event: MouseEvent): void => {
      if (!(event.target instanceof HTMLCanvasElement)) return;
      event.stopPropagation();
      if (Math.hypot(event.clientX - pressed[0], event.clientY - pressed[1]) > STILL_PX) return;
      const box = ground.getBoundingClientRect();
      const { lng, lat } = map.unproject([event.clientX - box.left, event.clientY - box.top]);
      put([...line.value, [lng, lat]]);
    };
    ground.addEventListener("pointerdown", press, true);
    ground.addEventListener("click", take, true);
    add.current?.focus();
    return () => {
      ground.removeEventListener("pointerdown", press, true);
      ground.removeEventListener("click", take, true);
      remove();
    };
  }, [map]);
  useLayoutEffect(() => {
    // wherever the keyboard is: a click on the map takes it off the bar
    const press = (event: KeyboardEvent): void => {
      const step = ARROWS[event.key];
      if (step) map.panBy([...step], { duration: 0 });
      else if (event.key === "Escape") closed();
      else if (event.key === "Backspace") put(line.value.slice(0, -1));
      else return;
      event.preventDefault();
      event.stopPropagation();
    };
    addEventListener("keydown", press, true);
    return () => removeEventListener("keydown", press, true);
  });
  const { x, y } = map.project(middleOf(map));
  return (
    <>
      <div class="cross-hair" aria-hidden="true" style={{ left: `${x}px`, top: `${y}px` }} />
      <div class="pick-bar measure-bar" role="dialog" aria-label="Measure">
        <p aria-live="polite">{words(line.value)}</p>
        <div class="row">
          <button type="button" class="primary" ref={add} onClick={() => put([...line.value, middleOf(map)])}>
            Add the cross
          </button>
          <button type="button" disabled={!line.value.length} onClick={() => put(line.value.slice(0, -1))}>
            Take back
          </button>
          <button type="button" onClick={closed}>
            Done
          </button>
        </div>
      </div>
    </>
  );
}
