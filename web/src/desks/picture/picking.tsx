/**
 * A point on the map as an entry's place. The form waits, so that nothing hides the map: a click or a tap marks the point, or the
 * cross-hair does with Enter; the words for it are offered, and the exact point is kept.
 */
import { signal } from "@preact/signals";
import { type Map as MapLibre, type MapMouseEvent, Marker } from "maplibre-gl";
import type { JSX, TargetedKeyboardEvent } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import * as api from "../../contract/api.ts";
import type { PlacePicked } from "../../contract/index.ts";
import { middleOf } from "../../map/view.ts";
import type { PictureStore } from "./store.ts";

type Picking = {
  readonly picked: PlacePicked | null;
  readonly problem: string;
  readonly cross: readonly [number, number];
};

const START: Picking = { picked: null, problem: "", cross: [0, 0] };
/** How far an arrow key moves the map. */
const STEP_PX = 30;
const ARROWS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowUp: [0, -STEP_PX],
  ArrowDown: [0, STEP_PX],
  ArrowLeft: [-STEP_PX, 0],
  ArrowRight: [STEP_PX, 0],
};

const now = signal<Picking>(START);
let map: MapLibre | null = null;
let marker: Marker | null = null;
let answer: (words: string | null) => void = () => undefined;

export function keepPicking(drawn: MapLibre, store: PictureStore): void {
  map = drawn;
  drawn.on("click", ({ lngLat }: MapMouseEvent) => {
    if (store.get().picking) void mark(store, lngLat.lng, lngLat.lat);
  });
}

/** The words for a point that somebody picks; null where they go back without one. */
export function pick(store: PictureStore): Promise<string | null> {
  return new Promise((resolve) => {
    answer = resolve;
    now.value = START;
    store.set({ picking: true });
  });
}

function end(store: PictureStore, words: string | null): void {
  marker?.remove();
  marker = null;
  store.set({ picking: false });
  answer(words);
}

async function mark(store: PictureStore, lon: number, lat: number): Promise<void> {
  if (!map) return;
  marker?.remove();
  marker = new Marker({ color: "#b3261e" }).setLngLat([lon, lat]).addTo(map);
  const named = await api.pickPlace(store.get().network.id, lon, lat);
  if (store.get().picking)
    now.value = { ...now.value, picked: named.ok ? named.value : null, problem: named.ok ? "" : named.error.message };
}

/** Where the cross-hair stands: in the middle of what the panels leave of the map. */
function aim(): void {
  if (!map) return;
  const { x, y } = map.project(middleOf(map));
  now.value = { ...now.value, cross: [x, y] };
}

export function PickBar({ store }: { readonly store: PictureStore }): JSX.Element | null {
  const { picking } = store.get();
  const bar = useRef<HTMLDivElement>(null);
  const { picked, problem, cross } = now.value;
  useLayoutEffect(() => {
    if (!picking) return;
    aim();
    bar.current?.querySelector("button")?.focus();
  }, [picking]);
  useLayoutEffect(() => bar.current?.querySelector<HTMLElement>("button.primary")?.focus(), [picked]);
  if (!picking) return null;

  const take = (): void => void (map && mark(store, ...middleOf(map)));
  const press = (event: TargetedKeyboardEvent<HTMLDivElement>): void => {
    const step = ARROWS[event.key];
    if (step) map?.panBy([...step], { duration: 0 });
    else if (event.key === "Escape") end(store, null);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <>
      <div class="cross-hair" aria-hidden="true" style={{ left: `${cross[0]}px`, top: `${cross[1]}px` }} />
      <div class="pick-bar" role="dialog" aria-label="Pick a place on the map" ref={bar} onKeyDown={press}>
        <p aria-live="polite">
          {problem ||
            (picked ? picked.place.label || picked.words : "Click or tap where it is. Arrow keys move the map.")}
        </p>
        <div class="row">
          {picked && (
            <button type="button" class="primary" onClick={() => end(store, picked.words)}>
              Use this place
            </button>
          )}
          <button type="button" class={picked ? "" : "primary"} onClick={take}>
            Take the cross-hair
          </button>
          <button type="button" onClick={() => end(store, null)}>
            Back
          </button>
        </div>
      </div>
    </>
  );
}
