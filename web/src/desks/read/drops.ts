/** Files that are laid anywhere on the page while the desk is open. */
import type { Dispose } from "../../lib/store.ts";
import { type ReadStore, takeFiles } from "./store.ts";

export function letFilesBeDropped(store: ReadStore, isOpen: () => boolean): Dispose {
  const ends = new AbortController();
  const { signal } = ends;
  const mark = (on: boolean): void => void document.body.classList.toggle("receiving", on);
  const over = (event: DragEvent): void => {
    if (!isOpen() || !event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    mark(true);
  };
  const drop = (event: DragEvent): void => {
    mark(false);
    if (!isOpen() || !event.dataTransfer?.files.length) return;
    event.preventDefault();
    void takeFiles(store, [...event.dataTransfer.files]);
  };
  addEventListener("dragover", over, { signal });
  addEventListener("dragleave", () => mark(false), { signal });
  addEventListener("drop", drop, { signal });
  return () => ends.abort();
}
