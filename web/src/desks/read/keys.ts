/** Single keys of the desk; none while something is worked on. */
import type { DraftFound } from "../../contract/index.ts";
import { accept, draftOf, drop, type ReadStore, stepTo, takeBack } from "./store.ts";

export function readKeys(store: ReadStore, mend: (draft: DraftFound) => void): Readonly<Record<string, () => void>> {
  const draft = draftOf(store.get());
  if (!store.get().report || store.get().working) return {};
  return {
    j: () => stepTo(store, 1),
    arrowdown: () => stepTo(store, 1),
    k: () => stepTo(store, -1),
    arrowup: () => stepTo(store, -1),
    u: () => void takeBack(store),
    ...(draft?.fate === "open" ? { a: () => void accept(store, draft), d: () => void drop(store, draft) } : {}),
    ...(draft && draft.fate !== "entered" ? { m: () => mend(draft) } : {}),
  };
}
