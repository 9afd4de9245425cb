/** What the Talks desk knows: where the talks stand at the moments that the time bar shows. */
import * as api from "../../contract/api.ts";
import type { TalksAnswer } from "../../contract/index.ts";
import type { FrameState, FrameStore } from "../../frame/desk.ts";
import { createStore, type Dispose, onChange, type Store } from "../../lib/store.ts";
import { iso } from "../../lib/times.ts";
import type { PictureStore } from "../picture/store.ts";

type TalksParts = { readonly talks: TalksAnswer | null; readonly failure: string };

export type TalksState = TalksParts & FrameState;
export type TalksStore = Store<TalksState>;

export const createTalksStore = (frame: FrameStore): TalksStore =>
  createStore<TalksParts, FrameState>({ talks: null, failure: "" }, frame);

const STILL_MS = 150;

/** Ask whenever the moments or the record change, as long as the desk is open. */
export function keepTalks(store: TalksStore, picture: PictureStore): Dispose {
  let timer = 0;
  let asking: AbortController | null = null;
  const ask = async (): Promise<void> => {
    const { operation, desk } = store.get();
    if (!operation || desk !== "talks") return;
    asking?.abort();
    const mine = new AbortController();
    asking = mine;
    const { at, knownAt, knowledge } = picture.get();
    const found = await api.getTalks(
      operation.id,
      { at: iso(at), knownAt: iso(knownAt), knowledge, without: [] },
      mine.signal,
    );
    if (asking !== mine) return;
    if (found.ok) store.set({ talks: found.value, failure: "" });
    else if (found.error.kind !== "cancelled") store.set({ failure: found.error.message });
  };
  const soon = (): void => {
    clearTimeout(timer);
    timer = window.setTimeout(() => void ask(), STILL_MS);
  };
  const ends = [
    onChange(store, ["operation", "desk"], soon),
    onChange(picture, ["at", "knownAt", "knowledge", "picture"], soon),
  ];
  void ask();
  return () => {
    clearTimeout(timer);
    asking?.abort();
    for (const end of ends) end();
  };
}
