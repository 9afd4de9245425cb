/** What was just written, with Undo beside it: the record keeps both, what was entered and that it was taken back. */
import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useEffect } from "preact/hooks";
import * as api from "../../contract/api.ts";
import type { EntryAnswer, EntryQuestion } from "../../contract/index.ts";
import type { UndoSteps } from "../../frame/desk.ts";
import { iso } from "../../lib/times.ts";
import { choose, type PictureStore, type Wish, type Written } from "./store.ts";

/** So long it can be taken back beside the map; later by Ctrl-Z, or on its card. */
const SHOWN_MS = 30_000;
const MOST = 50;

/** The entry that takes another back; what that corrected or withdrew counts again then. */
const backOf = (entry: string): EntryQuestion => ({
  kind: "remark",
  body: { text: "Taken back by who entered it" },
  happened: iso(Date.now()),
  withdraws: [entry],
});

export function keepWritten(store: PictureStore, answer: EntryAnswer, wish: Wish): void {
  const { says, id } = answer.fact;
  const shown = wish.tie?.relation === "withdraws" ? `Withdrawn: ${wish.tie.to.fact.says}` : `Written: ${says}`;
  const one = { says: shown, entry: id, back: backOf(id) };
  store.set({ written: [...store.get().written, one].slice(-MOST) });
}

async function takeBack(store: PictureStore): Promise<void> {
  const { operation, written, entry } = store.get();
  const last = written.at(-1);
  if (!operation || !last) return;
  const answer = await api.writeEntry(operation.id, last.back);
  if (!answer.ok) return store.set({ notice: answer.error.message });
  store.set({ written: written.filter((one) => one !== last), notice: `Taken back. ${last.says}` });
  if (entry === last.entry) choose(store, null);
}

export const writtenSteps = (store: PictureStore): UndoSteps => ({
  canUndo: store.get().written.length > 0,
  canRedo: false,
  undo: () => void takeBack(store),
  redo: () => undefined,
});

export function JustWritten({ store }: { readonly store: PictureStore }): JSX.Element | null {
  const last = store.get().written.at(-1);
  const gone = useSignal<Written | null>(null);
  useEffect(() => {
    if (!last) return undefined;
    const timer = setTimeout(() => {
      gone.value = last;
    }, SHOWN_MS);
    return () => clearTimeout(timer);
  }, [last]);
  if (!last || gone.value === last) return null;
  return (
    <div class="pill written" role="status">
      <span>{last.says}</span>
      <button type="button" onClick={() => void takeBack(store)}>
        Undo
      </button>
    </div>
  );
}
