/** One line of what is overdue, beside the title; it leads to the list. */
import type { JSX } from "preact";
import { showPart } from "./part.tsx";
import type { PictureStore } from "./store.ts";
import { pendingCount, pendingLine } from "./summary.ts";

export function Pending({ store }: { readonly store: PictureStore }): JSX.Element | null {
  const line = pendingLine(store.get().picture);
  if (!line) return null;
  const act = (): void => {
    store.set({ desk: "picture", panelOpen: true });
    requestAnimationFrame(() => showPart("pending")); // the panel may be made only now
  };
  return (
    <button type="button" class="pending" onClick={act}>
      <span class="wide-only">{line}</span>
      <span class="narrow-only">
        {`${pendingCount(store.get().picture)} due`}
        <span class="unseen">{`: ${line}`}</span>
      </span>
    </button>
  );
}
