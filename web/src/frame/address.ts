/** The page's address holds what is looked at; back and forward work. */
import { batch, effect, signal, untracked } from "@preact/signals";
import type { Dispose } from "../lib/store.ts";
import { viewOf } from "../map/view.ts";
import type { Frame, Pairs } from "./desk.ts";
import { follow, pairsOf, readHash, readView, stepNames, writeHash } from "./link.ts";

const MOVED_MS = 300;

/** The names whose values are others now. */
function changed(before: Pairs, now: Pairs): string[] {
  const valuesOf = (pairs: Pairs, name: string): string =>
    JSON.stringify(pairs.filter(([one]) => one === name).map(([, value]) => value));
  const names = new Set([...before, ...now].map(([name]) => name));
  return [...names].filter((name) => valuesOf(before, name) !== valuesOf(now, name));
}

/** Whether an address leads to another city or operation than the one that is open. */
function isElsewhere(said: URLSearchParams, { state, said: first }: Frame): boolean {
  const { operation } = state.get();
  const op = said.get("op");
  return said.get("net") !== first.get("net") || (op !== null && op !== (operation?.id ?? null));
}

export function keepAddress(frame: Frame): Dispose {
  const { map } = frame;
  const view = signal(viewOf(map));
  const steps = stepNames(frame);
  let before: Pairs | null = null;
  let fromAddress = false;
  let timer = 0;
  const address = (): string => `#${writeHash(pairsOf(frame, viewOf(map)))}`;
  const soon = (): void => {
    clearTimeout(timer);
    timer = window.setTimeout(() => history.replaceState(null, "", address()), MOVED_MS);
  };
  const write = (now: Pairs): void => {
    const names = before === null || fromAddress ? [] : changed(before, now);
    before = now;
    if (names.some((name) => steps.has(name))) history.pushState(null, "", address());
    else if (names.length) soon();
  };
  const end = effect(() => {
    const now = pairsOf(frame, view.value);
    untracked(() => write(now));
  });
  const moved = (): void => {
    view.value = viewOf(map);
  };
  const back = (): void => {
    clearTimeout(timer);
    const said = readHash(location.hash);
    if (isElsewhere(said, frame)) return location.reload();
    fromAddress = true;
    batch(() => follow(said, frame));
    fromAddress = false;
    const there = readView(said.get("v"));
    if (there) map.jumpTo({ center: [there.lon, there.lat], zoom: there.zoom, bearing: there.bearing });
  };
  map.on("moveend", moved);
  addEventListener("popstate", back);
  return () => {
    end();
    map.off("moveend", moved);
    removeEventListener("popstate", back);
  };
}
