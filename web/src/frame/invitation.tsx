/** Who opens the page for the first time is offered the tour, once. */
import { signal } from "@preact/signals";
import type { JSX } from "preact";
import type { Frame } from "./desk.ts";
import { openDialog } from "./open-dialog.ts";

const KEY = "clearway-tour";
const SEEN = "seen";

const offered = signal(false);

/** The tour was taken or declined. */
export function seen(): void {
  offered.value = false;
  localStorage.setItem(KEY, SEEN);
}

/** Nobody is offered it who opens a link: they came for what it shows. */
export function offerTour(hash: string): void {
  offered.value = hash.length <= 1 && localStorage.getItem(KEY) !== SEEN;
}

export function Invitation({ frame }: { readonly frame: Frame }): JSX.Element | null {
  if (!offered.value || frame.state.get().dialog === "tour") return null;
  return (
    <div class="pill" role="status">
      New here? A tour takes two minutes.
      <button type="button" class="primary" onClick={() => openDialog(frame, "tour")}>
        Take the tour
      </button>
      <button type="button" onClick={seen}>
        No, thanks
      </button>
    </div>
  );
}
