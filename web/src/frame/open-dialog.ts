/** Opens one of the frame's own windows (dialogs/). */
import type { Frame } from "./desk.ts";

export type DialogName = "help" | "settings" | "tour" | "measure" | "export" | "rooms";

export const openDialog = ({ state }: Frame, dialog: DialogName): void => state.set({ dialog });
