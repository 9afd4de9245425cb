/** The address as the part after '#': what the frame says, then what each desk says. */

import type { View } from "../map/view.ts";
import type { Desk, Frame, Pairs } from "./desk.ts";
import { railDesks } from "./frame.ts";

export const writeView = (view: View): string =>
  [
    view.lon.toFixed(5),
    view.lat.toFixed(5),
    view.zoom.toFixed(2),
    ...(view.bearing ? [view.bearing.toFixed(0)] : []),
  ].join(",");

export function readView(text: string | null): View | null {
  const [lon = NaN, lat = NaN, zoom = NaN, bearing = 0] = (text ?? "").split(",").map(Number);
  const sound = Math.abs(lon) <= 180 && Math.abs(lat) <= 90 && zoom >= 0 && zoom <= 24 && Number.isFinite(bearing);
  return sound ? { lon, lat, zoom, bearing } : null;
}

export const readHash = (hash: string): URLSearchParams => new URLSearchParams(hash.replace(/^#/, ""));

/** Signs that an address bears as they are. */
const PLAIN = /%(2C|3A|3B)/g;
const escaped = (text: string): string => encodeURIComponent(text).replace(PLAIN, decodeURIComponent);

export const writeHash = (pairs: Pairs): string => pairs.map(([name, value]) => `${name}=${escaped(value)}`).join("&");

/** The desk and the tab that an address names; where it names none the picture, or the plan where there is no operation. */
export function readPlace(said: URLSearchParams, frame: Frame): { desk: string; part: string } {
  const named = railDesks(frame).find(({ id }) => id === said.get("desk"));
  const tab = frame.desks.find(({ desk }) => desk.within && desk.id === said.get("part"));
  return { desk: (named ?? firstDesk(frame))?.id ?? "", part: tab?.desk.id ?? "" };
}

/** Before there is an operation, the first desk that does without one. */
function firstDesk(frame: Frame): Desk | undefined {
  const desks = railDesks(frame);
  return frame.state.get().operation ? desks[0] : (desks.find(({ title }) => title === "network") ?? desks[0]);
}

/** The names whose change is a step that "back" takes back. */
export const stepNames = ({ desks }: Frame): ReadonlySet<string> =>
  new Set(["desk", "part", ...desks.flatMap(({ desk }) => desk.link?.steps ?? [])]);

/** All that can be sent of what is looked at. */
export function pairsOf(frame: Frame, view: View | null): Pairs {
  const { desk, part, operation } = frame.state.get();
  const network = frame.said.get("net");
  const tab = frame.desks.find((one) => one.desk.within && one.desk.id === part);
  return [
    ...(network ? [["net", network] as const] : []),
    ...(view ? [["v", writeView(view)] as const] : []),
    ...(operation
      ? ([
          ["desk", desk],
          ["op", operation.id],
        ] as const)
      : []),
    ...(tab ? [["part", tab.desk.id] as const] : []),
    ...frame.desks.flatMap((one) => one.desk.link?.write(one.open) ?? []),
  ];
}

/** What of an address cannot be opened, in words. */
export function unopenedIn(said: URLSearchParams, frame: Frame): readonly string[] {
  const [view, desk, part] = ["v", "desk", "part"].map((name) => said.get(name));
  const tabs = frame.desks.map(({ desk: { id } }) => id);
  return [
    ...(view && !readView(view) ? ["where on the map it looks"] : []),
    ...(desk && !tabs.includes(desk) ? [`the desk \u201c${desk}\u201d`] : []),
    ...(part && !tabs.includes(part) ? [`the part \u201c${part}\u201d`] : []),
    ...frame.desks.flatMap((one) => one.desk.link?.faults?.(said) ?? []),
  ];
}

/** Look at what an address says. */
export function follow(said: URLSearchParams, frame: Frame): void {
  frame.state.set({ ...readPlace(said, frame), unopened: unopenedIn(said, frame) });
  for (const { desk, open } of frame.desks) desk.link?.read(said, open);
}
