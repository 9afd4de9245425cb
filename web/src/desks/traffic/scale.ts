/** The classes in which a change of flow is drawn, and what each looks like by day and by night. ColorBrewer's purple and green. */
import type { Theme } from "../../map/theme.ts";

/** Vehicles an hour from which each class begins; less than the first is not drawn. */
export const FLOW_STEPS: readonly [number, number, number, number] = [10, 50, 150, 400];

/** How wide each class is, in pixels at zoom 14. */
export const FLOW_WIDTHS: readonly [number, number, number, number] = [2, 3.6, 6, 9];

type Four = readonly [string, string, string, string];
export type FlowColours = { readonly more: Four; readonly less: Four };

const DAY: FlowColours = {
  more: ["#a87fbd", "#8c55a5", "#6d2580", "#40004b"],
  less: ["#5fae68", "#3f9650", "#1b7837", "#00441b"],
};
const NIGHT: FlowColours = {
  more: ["#8562a3", "#a678c4", "#cfa4e8", "#f2defc"],
  less: ["#47864f", "#5fab68", "#93d69b", "#d6f5d4"],
};

export const flowColours = (theme: Theme): FlowColours => (theme === "night" ? NIGHT : DAY);

/** 0 to 3, or -1 where the change is too small to be drawn. */
export const flowClass = (change: number): number => FLOW_STEPS.findLastIndex((step) => Math.abs(change) >= step);

/** Draws of which less than this share point the same way disagree. */
export const AGREED = 0.8;

/** "10 to 50", "over 400". */
export const stepWords = (index: number): string => {
  const [from, to] = [FLOW_STEPS[index], FLOW_STEPS[index + 1]];
  return to === undefined ? `over ${from}` : `${from}\u2013${to}`;
};
