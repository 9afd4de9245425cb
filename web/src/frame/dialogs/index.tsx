/** The frame's own windows. Each is a file of its own, which is loaded when it is first opened. */
import { useSignal } from "@preact/signals";
import type { FunctionComponent, JSX } from "preact";
import { useEffect } from "preact/hooks";
import type { Command, Frame } from "../desk.ts";
import { say } from "../frame.ts";
import type { DialogName } from "../open-dialog.ts";

export type DialogProps = { readonly frame: Frame; readonly commands: readonly Command[]; readonly closed: () => void };
type Part = FunctionComponent<DialogProps>;

const PARTS = {
  help: async (): Promise<Part> => (await import("./help.tsx")).Help,
  settings: async (): Promise<Part> => (await import("./settings.tsx")).SettingsDialog,
  tour: async (): Promise<Part> => (await import("./tour.tsx")).Tour,
  measure: async (): Promise<Part> => (await import("./measure.tsx")).Measure,
  export: async (): Promise<Part> => (await import("./export.tsx")).Export,
  rooms: async (): Promise<Part> => (await import("./rooms.tsx")).Rooms,
} as const satisfies Readonly<Record<DialogName, () => Promise<Part>>>;

const isKnown = (name: string): name is DialogName => name in PARTS;

const NOT_LOADED = "This part of the page did not load. Try again when the server answers.";

type Props = Omit<DialogProps, "closed">;

/** The window that is open. */
export function Dialogs({ frame, commands }: Props): JSX.Element | null {
  const { dialog } = frame.state.get();
  const loaded = useSignal<{ readonly name: string; readonly part: Part } | null>(null);
  useEffect(() => {
    if (!isKnown(dialog) || loaded.value?.name === dialog) return;
    PARTS[dialog]().then(
      (part) => {
        loaded.value = { name: dialog, part };
      },
      () => {
        frame.state.set({ dialog: "" });
        say(frame, NOT_LOADED);
      },
    );
  }, [dialog, frame, loaded]);
  if (!dialog || loaded.value?.name !== dialog) return null;
  const { part: Window } = loaded.value;
  return <Window frame={frame} commands={commands} closed={() => frame.state.set({ dialog: "" })} />;
}
