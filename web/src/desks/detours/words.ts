/** Movements, detours and warnings in words; what nobody knows is said to be not known. Pure functions. */
import type { Detour, Detours, Movement, OpenWay, OtherWays, SignedLeg, Warn } from "../../contract/index.ts";
import { count, counted } from "../../lib/units.ts";
import { listed } from "../../lib/words.ts";
import { minutesWords } from "../plan/legs.tsx";

const NONE_HERE = "this map has no detour";
const NOT_KNOWN = "not known";

export const metresMore = (metres: number | null): string =>
  metres === null ? NONE_HERE : `${metres < -0.5 ? "\u2212" : "+"}${count(Math.abs(Math.round(metres)))} m`;

export const minutesMore = (minutes: number | null): string => minutesWords(minutes, NONE_HERE);

/** The detour of those who come straight on, which stands for the movement. */
export const mainOf = ({ detours }: Movement): Detour | undefined => detours[0];

export const leadWords = ({ summary }: Detours): string => summary.join(" ");

export const fromToWords = ({ starts_at, ends_at }: Movement): string => `${starts_at} to ${ends_at}`;

export const cutByWords = ({ closures }: Movement): string =>
  closures.length > 0 ? `cut by ${listed(closures)}` : "cut by a closure without a name";

export function howWords({ coming_from, leaves_at, joins_at, ...way }: Detour): string {
  if (way.metres_added === null) return `From ${coming_from}: ${NONE_HERE}.`;
  const inTraffic = way.minutes_added_in_traffic;
  const traffic = inTraffic === null ? "" : `, ${minutesMore(inTraffic)} in traffic`;
  const more = `${metresMore(way.metres_added)}, ${minutesMore(way.minutes_added)} on empty streets${traffic}`;
  return `From ${coming_from}: leave at ${leaves_at}, join at ${joins_at}. ${more}.`;
}

/** That a detour turns round, in a sentence; none where it does not. */
export const backWords = ({ there_and_back }: Detour): readonly string[] =>
  there_and_back.length > 0
    ? [`Turns round: drives ${listed(there_and_back)} there and back. No better way was found.`]
    : [];

/** How full the streets of a detour get; empty where there is none. */
export function fullWords({ overloaded, legs }: Detour): string {
  if (legs.length === 0) return "";
  if (overloaded === null) return `How full it gets is ${NOT_KNOWN}.`;
  return overloaded.length > 0 ? `Beyond capacity: ${overloaded.join("; ")}.` : "Nowhere beyond capacity in that hour.";
}

const PERCENT = 100;

/** "450 vehicles an hour, 60 % full" where a leg is fullest; empty where that is not known. */
export const loadWords = ({ load }: SignedLeg): string =>
  load
    ? `${count(load.flow_per_hour)} vehicles an hour, ${count(PERCENT * load.share_of_capacity)} % full (${count(PERCENT * load.share_before)} % before)`
    : "";

const openWords = (way: OpenWay | null): string => {
  if (!way) return "no open way is known";
  const metres = `${count(way.metres)} m`;
  if (way.metres_added === null) return metres;
  return way.metres_added < 1 ? `${metres}, as before` : `${metres} (${metresMore(way.metres_added)})`;
};

/** How people get past who do not drive. */
export const pastWords = ({ on_foot, step_free, cycle }: OtherWays): readonly string[] => [
  `On foot: ${openWords(on_foot)}.`,
  `Without steps: ${openWords(step_free)}.`,
  `By bicycle: ${openWords(cycle)}.`,
];

export function warnWords({ street, metres, traps, arms, closures }: Warn): string {
  const by = closures.length > 0 ? ` (${listed(closures)})` : "";
  const closed = traps ? `closed ${count(metres)} m on${by}, with no room to turn off` : `closed at the junction${by}`;
  return `${street} is ${closed}. Drivers come by ${listed(arms)}.`;
}

/** What heavy vehicles find, in a sentence. */
export function heavyWords({ heavy, general }: Detours): string {
  if (!heavy)
    return `Whether heavy vehicles fit along the detours is ${NOT_KNOWN}: the network records no limit of size.`;
  const more = heavy.movements.length - general.movements.length;
  return `For ${heavy.vehicle}: ${counted(heavy.movements.length, "movement")} cut${more ? `, ${general.movements.length} for cars` : ""}.`;
}
