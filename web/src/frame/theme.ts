/** Day and night: as chosen, else as the system says. */
import { effect } from "@preact/signals";
import { type Dispose, onChange } from "../lib/store.ts";
import { repaint } from "../map/create.ts";
import type { LayersOf } from "../map/layers.ts";
import type { Theme } from "../map/theme.ts";
import type { Frame } from "./desk.ts";

const KEY = "clearway-theme";
const darkWanted = matchMedia("(prefers-color-scheme: dark)");

export function startsDark(): boolean {
  const chosen = localStorage.getItem(KEY);
  return chosen ? chosen === "dark" : darkWanted.matches;
}

/** What was chosen in this browser. */
export function themeWish(): "system" | "light" | "dark" {
  const chosen = localStorage.getItem(KEY);
  return chosen === "dark" || chosen === "light" ? chosen : "system";
}

/** As the system says, now and from now on. */
export function followSystem({ state }: Frame): void {
  state.set({ dark: darkWanted.matches });
  localStorage.removeItem(KEY);
}

export const themeOf = (frame: Frame): Theme => (frame.state.get().dark ? "night" : "day");

export function keepTheme(frame: Frame, drawn: LayersOf): Dispose {
  const { state, map } = frame;
  const follow = ({ matches }: MediaQueryListEvent): void => {
    if (localStorage.getItem(KEY) !== null) return;
    state.set({ dark: matches });
    localStorage.removeItem(KEY);
  };
  darkWanted.addEventListener("change", follow);
  const ends = [
    effect(() => document.documentElement.setAttribute("data-theme", state.get().dark ? "dark" : "light")),
    onChange(state, ["dark"], ({ dark }) => {
      repaint(map, themeOf(frame), drawn);
      localStorage.setItem(KEY, dark ? "dark" : "light");
    }),
  ];
  return () => {
    for (const end of ends) end();
    darkWanted.removeEventListener("change", follow);
  };
}
