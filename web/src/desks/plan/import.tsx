/** The window that takes site, stations and barriers out of a file; loaded when it is first opened. */
import { useSignal } from "@preact/signals";
import type { FunctionComponent, JSX } from "preact";
import { useEffect } from "preact/hooks";
import type { Open } from "../../frame/desk.ts";
import type { PlanStore } from "./store.ts";

export const IMPORT = "plan-import";

type Window = FunctionComponent<{ readonly store: PlanStore; readonly closed: () => void }>;

export function PlanImport({ store, frame }: Open<PlanStore>): JSX.Element | null {
  const isOpen = frame.state.get().dialog === IMPORT;
  const loaded = useSignal<{ readonly part: Window } | null>(null);
  useEffect(() => {
    if (!isOpen || loaded.value) return;
    import("./import-dialog.tsx").then(
      ({ ImportDialog }) => {
        loaded.value = { part: ImportDialog };
      },
      () =>
        frame.state.set({
          dialog: "",
          notice: "This part of the page did not load. Try again when the server answers.",
        }),
    );
  }, [isOpen, frame, loaded]);
  if (!isOpen || !loaded.value) return null;
  const { part: Part } = loaded.value;
  return <Part store={store} closed={() => frame.state.set({ dialog: "" })} />;
}
