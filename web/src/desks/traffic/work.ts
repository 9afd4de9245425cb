/** Long work: what is being done, how far it is, how long it may take, and cancel. */
import { button, h } from "../../lib/dom.ts";
import { leftWords } from "./words.ts";

export type Work = { readonly doing: string; readonly share: number; readonly secondsLeft: number | null };

export function workBlock({ doing, share, secondsLeft }: Work, label: string, cancel: () => void): HTMLElement {
  const words = [doing || "Asking", leftWords(secondsLeft)].filter(Boolean).join("; ");
  return h(
    "div",
    { class: "work" },
    h("progress", { value: share, max: 1, "aria-label": label }),
    h("p", {}, `${words}.`),
    button("Cancel", cancel, { "data-key": `cancel-${label}` }),
  );
}
