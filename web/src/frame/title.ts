/** What the page, its print and its files are called: by the desk that is open, its operation and the time looked at. */
import { effect } from "@preact/signals";
import type { Dispose } from "../lib/store.ts";
import { fullTimeWords } from "../lib/times.ts";
import type { Frame } from "./desk.ts";
import { openDesk, tabIn } from "./frame.ts";

/** What the page is called at the desk that is open. */
export function titleOf(frame: Frame): string {
  const { operation, network } = frame.state.get();
  const ofOperation = openDesk(frame)?.desk.title === "network" ? undefined : operation?.title;
  return ofOperation || network.scenario.name || network.name;
}

/** The desk or tab that is looked at, by its label. */
export function deskWords(frame: Frame): string {
  const here = openDesk(frame);
  const tab = here && frame.desks.find(({ desk }) => desk.id === tabIn(frame, here.desk.id));
  return (tab ?? here)?.desk.label ?? "";
}

/** The moment that the open desk looks at, where it looks at one. */
function momentOf(frame: Frame): number | null {
  const here = openDesk(frame);
  return here?.desk.moment?.(here.open) ?? null;
}

export const zoneOf = (frame: Frame): string => {
  const { operation, network } = frame.state.get();
  return operation?.zone ?? network.zone ?? Intl.DateTimeFormat().resolvedOptions().timeZone;
};

/** "Fri 18 Feb 2022 19:05"; empty where the desk looks at no moment. */
export function momentWords(frame: Frame): string {
  const moment = momentOf(frame);
  return moment === null ? "" : fullTimeWords(moment, zoneOf(frame));
}

/** "Picture - Parliament grounds, Fri 18 Feb 2022 19:05": the browser offers it as the name of a printed file. */
export const pageTitle = (frame: Frame): string =>
  [`${deskWords(frame)} \u2013 ${titleOf(frame)}`, momentWords(frame)].filter(Boolean).join(", ");

const SIGNS = /[\\/:*?"<>|]+/g;

/** A name for a file that holds what is seen: "Picture - Parliament grounds - 2022-02-18 1905.csv". */
export function fileName(frame: Frame, ending: string, now = Date.now()): string {
  const local = (moment: number): string =>
    new Date(moment)
      .toLocaleString("sv", { timeZone: zoneOf(frame), dateStyle: "short", timeStyle: "short" })
      .replace(":", "");
  const name = [deskWords(frame), titleOf(frame), local(momentOf(frame) ?? now)].join(" - ");
  return `${name.replace(SIGNS, " ").replace(/\s+/g, " ").slice(0, 120)}.${ending}`;
}

/** The title of the page follows the desk, the operation and the time. */
export const keepTitle = (frame: Frame): Dispose =>
  effect(() => {
    document.title = `${pageTitle(frame)} \u2013 Clearway`;
  });
