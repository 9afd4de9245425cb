/** The days like a film: the next frame comes when this one is drawn. */
import { type Dispose, onChange } from "../../lib/store.ts";
import { HOUR_MS } from "../../lib/times.ts";
import { lookAt, type PictureStore, spanOf } from "./store.ts";

/** One frame of the film, and how much time passes in it. */
const FRAME_MS = 180;
const FILM_STEP_MS = 2 * HOUR_MS;
/** A picture of a moment is drawn when it is that near to it. */
const NEAR_MS = 1000;

export function playFilm(store: PictureStore): Dispose {
  let timer = 0;
  const frame = (): void => {
    const { operation, playing, at, picture } = store.get();
    if (!playing || !operation) return;
    const isDrawn = picture !== null && Math.abs(Date.parse(picture.at) - at) < NEAR_MS;
    if (isDrawn && at >= spanOf(operation)[1]) return store.set({ playing: false });
    if (isDrawn) lookAt(store, at + FILM_STEP_MS);
    timer = window.setTimeout(frame, FRAME_MS);
  };
  const endOfPlay = onChange(store, ["playing"], ({ playing, operation, at }) => {
    clearTimeout(timer);
    if (!playing || !operation) return;
    const [first, last] = spanOf(operation);
    if (at >= last) lookAt(store, first); // from the beginning, when it stands at the end
    timer = window.setTimeout(frame, FRAME_MS);
  });
  return () => {
    clearTimeout(timer);
    endOfPlay();
  };
}
