/** The detours on paper: the answer, each detour turn by turn, where to warn, places near by. */
import type { Detour, Detours, Movement, PlaceAccess, Warn } from "../../contract/index.ts";
import type { Sheet } from "../../frame/desk.ts";
import { type Column, Table } from "../../lib/parts.tsx";
import { boundsOfFeatures } from "../../map/features.ts";
import { legWords } from "../plan/legs.tsx";
import { planBounds } from "../plan/map/fit.ts";
import { detourFeatures } from "./features.ts";
import type { DetourDesk } from "./store.ts";
import {
  backWords,
  fromToWords,
  fullWords,
  heavyWords,
  leadWords,
  metresMore,
  minutesMore,
  pastWords,
  warnWords,
} from "./words.ts";

type Line = { readonly movement: Movement; readonly way: Detour; readonly past: readonly string[] };

const DETOURS: readonly Column<Line>[] = [
  ["Movement", ({ movement }) => `${movement.number}  ${movement.along}: ${fromToWords(movement)}`],
  ["Coming from", ({ way }) => way.coming_from],
  [
    "Longer",
    ({ way }) =>
      way.metres_added === null ? "" : `${metresMore(way.metres_added)}, ${minutesMore(way.minutes_added)}`,
  ],
  ["Turn by turn", ({ way }) => way.legs.map(legWords).join("; ") || "This map has no detour."],
  ["Look at", ({ way }) => [...backWords(way), ...way.tight.map((one) => `Tight ${one}.`), fullWords(way)].join(" ")],
];

const PAST: readonly Column<Line>[] = [
  ["Movement", ({ movement }) => `${movement.number}`],
  ["Past it", ({ past }) => past.join(" ")],
];

const WARN: readonly Column<Warn>[] = [
  ["Where", ({ where }) => where],
  ["What to say", warnWords],
];

const PLACES: readonly Column<PlaceAccess>[] = [
  ["Place", ({ name }) => name],
  ["How people get there", ({ tell }) => tell],
];

function linesOf({ general, other_ways }: Detours): Line[] {
  const past = new Map(other_ways.map((ways) => [ways.movement, pastWords(ways)]));
  return general.movements.flatMap((movement) =>
    movement.detours.map((way) => ({ movement, way, past: past.get(movement.number) ?? [] })),
  );
}

const firstOfEach = (lines: readonly Line[]): Line[] =>
  lines.filter(({ movement }, index) => lines[index - 1]?.movement !== movement);

/** Null while no detours are looked at. */
export function detourSheet(store: DetourDesk): Sheet | null {
  const { known } = store.get();
  const plan = store.by.cordon.get();
  if (plan.part !== "detours" || !known) return null;
  const { detours } = known.answer;
  const lines = linesOf(detours);
  const rows = <T,>(caption: string, list: readonly T[], columns: readonly Column<T>[]) =>
    list.length > 0 && <Table class="plain wraps" caption={caption} rows={list} columns={columns} />;
  return {
    bounds: boundsOfFeatures(detourFeatures(detours)) ?? planBounds(plan),
    alt: "Map of the detours, of what is cut, and of where drivers are warned",
    head: <p class="print-lead">{`${leadWords(detours)} Rests on ${known.on}.`}</p>,
    rest: (
      <>
        {rows("Detours, turn by turn", lines, DETOURS)}
        {rows("Where to warn drivers", detours.general.warn, WARN)}
        {rows("Past each movement without a car", firstOfEach(lines), PAST)}
        {rows("Places near by", detours.places, PLACES)}
        {[...(detours.heavy ? [heavyWords(detours)] : []), ...detours.warnings].map((text) => (
          <p key={text} class="print-statement">
            {text}
          </p>
        ))}
      </>
    ),
  };
}
