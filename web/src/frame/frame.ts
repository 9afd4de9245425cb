/** The frame with every desk in it: which one is open, and what each has. */
import { createStore } from "../lib/store.ts";
import type { Desk, Frame, FrameState, Placed } from "./desk.ts";

type Begin = Pick<FrameState, "network" | "operation" | "dark">;

/** The frame with every desk in it; which one is open follows from the address (link.ts). */
export function createFrame(begin: Begin, said: URLSearchParams, desks: readonly Desk[]): Frame {
  const placed: Placed[] = [];
  const frame: Frame = {
    state: createStore<FrameState>({
      ...begin,
      desk: "",
      part: "",
      dialog: "",
      panelOpen: true,
      notice: "",
      unopened: [],
      trouble: "",
    }),
    map: undefined as unknown as Frame["map"],
    said,
    desks: placed,
    storeOf: <S>(desk: Desk<S>): S => {
      const found = placed.find((one) => one.desk.id === desk.id);
      if (!found) throw new Error(`The ${desk.label} desk is not here, or comes later in desks/index.ts.`);
      return found.open.store as S;
    },
  };
  for (const desk of desks) {
    if (desk.needsOperation && !begin.operation) continue;
    placed.push({ desk, open: { store: desk.createStore(frame), frame } });
  }
  return frame;
}

/** The desks that have an entry in the rail. */
export const railDesks = ({ desks }: Frame): readonly Desk[] =>
  desks.map(({ desk }) => desk).filter((desk) => !desk.within);

/** A desk and those that are tabs of its panel. */
export const tabsOf = ({ desks }: Frame, id: string): readonly Placed[] =>
  desks.filter(({ desk }) => desk.id === id || desk.within === id);

/** The tab that is looked at in a desk's panel: the desk itself where none was chosen. */
export function tabIn(frame: Frame, id: string): string {
  const { part } = frame.state.get();
  return tabsOf(frame, id).some(({ desk }) => desk.id === part) ? part : id;
}

/** Whether a desk is open, and its tab is the one looked at where it has tabs beside it. */
export function isOpen(frame: Frame, { id, within }: Desk): boolean {
  const whole = within ?? id;
  return frame.state.get().desk === whole && tabIn(frame, whole) === id;
}

/** The desk whose panel, tools and keys are there. */
export const openDesk = ({ state, desks }: Frame): Placed | undefined =>
  desks.find(({ desk }) => desk.id === state.get().desk);

export function goTo({ state }: Frame, { id, within }: Desk): void {
  state.set({ desk: within ?? id, panelOpen: true, ...(within ? { part: id } : {}) });
}

/** Whether the map is seen: a desk with a sheet of its own lies over it. */
export const isMapSeen = (frame: Frame): boolean => !openDesk(frame)?.desk.sheet;

/** Leave a desk that lies over the map for the first that shows it. */
export function goToMap(frame: Frame): void {
  const withMap = railDesks(frame).find((desk) => !desk.sheet);
  if (!isMapSeen(frame) && withMap) goTo(frame, withMap);
}

/** What the open desk has of something; what any desk has where the open one has none. A tab comes before its desk. */
export function firstOf<T>(frame: Frame, pick: (placed: Placed) => T | null | undefined): T | null {
  const rank = ({ desk }: Placed): number =>
    isOpen(frame, desk) ? 0 : desk.id === frame.state.get().desk ? 1 : desk.within ? 2 : 3;
  for (const placed of frame.desks.toSorted((a, b) => rank(a) - rank(b))) {
    const found = pick(placed);
    if (found !== null && found !== undefined) return found;
  }
  return null;
}

/** What the tab that is looked at has of something, else the desk that it is in. */
export function hereOf<T>(frame: Frame, pick: (placed: Placed) => T | null | undefined): T | null {
  const here = frame.state.get().desk;
  const tabs = tabsOf(frame, here).toSorted((a, b) => Number(isOpen(frame, b.desk)) - Number(isOpen(frame, a.desk)));
  for (const placed of tabs.filter(({ desk }) => desk.id === here || isOpen(frame, desk))) {
    const found = pick(placed);
    if (found !== null && found !== undefined) return found;
  }
  return null;
}

export const say = ({ state }: Frame, notice: string): void => state.set({ notice });
