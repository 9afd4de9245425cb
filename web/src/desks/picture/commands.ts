/** What can be done at the Picture desk: by name, by button. */
import * as api from "../../contract/api.ts";
import type { Command, Hit, Open, Tool } from "../../frame/desk.ts";
import add from "../../icons/add.svg";
import download from "../../icons/download.svg";
import report from "../../icons/report.svg";
import { map, type Result } from "../../lib/result.ts";
import { goToFact, knowAs, type PictureStore, toTheEnd, whenOf, write } from "./store.ts";
import { timeCommands } from "./time-steps.ts";

function openReport(store: PictureStore, form: "html" | "pdf"): void {
  const { operation } = store.get();
  if (operation) window.open(api.sitrepUrl(operation.id, form, whenOf(store.get())), "_blank", "noopener");
}

export function pictureCommands({ store }: Open<PictureStore>): readonly Command[] {
  if (!store.get().operation) return [];
  return [
    { id: "write", label: "New entry", keys: "N", act: () => write(store) },
    {
      id: "sitrep",
      label: "Situation report: fill its head, open or issue it",
      act: () => store.set({ reporting: true }),
    },
    { id: "sitrep-html", label: "Situation report as a page", act: () => openReport(store, "html") },
    { id: "sitrep-pdf", label: "Situation report as PDF", act: () => openReport(store, "pdf") },
    {
      id: "play",
      label: "Play the days like a film, or pause",
      act: () => store.set({ playing: !store.get().playing }),
    },
    ...timeCommands(store),
    { id: "end", label: "Go to the last moment", act: () => toTheEnd(store) },
    { id: "had", label: "Show the picture as the room had it", act: () => knowAs(store, "had") },
    { id: "could", label: "Show the picture as it could have been known", act: () => knowAs(store, "could") },
  ];
}

export function pictureTools({ store }: Open<PictureStore>): readonly Tool[] {
  if (!store.get().operation) return [];
  return [
    {
      id: "write",
      label: "New entry",
      title: "New entry (N)",
      name: "New entry",
      icon: add,
      act: () => write(store),
    },
    {
      id: "sitrep",
      label: "Report",
      title: "Situation report for the moment shown",
      name: "Report",
      icon: report,
      act: () => store.set({ reporting: true }),
    },
    {
      id: "sitrep-pdf",
      label: "PDF",
      title: "Situation report as PDF",
      name: "PDF",
      icon: download,
      act: () => openReport(store, "pdf"),
    },
  ];
}

/** Entries that hold these words, the newest first. */
export async function findEntries(
  { store }: Open<PictureStore>,
  words: string,
  signal: AbortSignal,
): Promise<Result<readonly Hit[], unknown>> {
  const { operation } = store.get();
  if (!operation) return { ok: true, value: [] };
  const found = await api.findEntries(operation.id, words, signal);
  return map(found, (facts) =>
    facts.toReversed().map((fact) => ({ label: fact.says, note: "entry", act: () => goToFact(store, fact) })),
  );
}
