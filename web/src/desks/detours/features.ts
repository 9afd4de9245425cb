/** What is cut, detours, ways past, warnings and places as GeoJSON, and the movements as CSV. Pure functions. */
import type { Feature, FeatureCollection } from "geojson";
import type { Detour, Detours, Movement, OtherWays, VehicleDetours } from "../../contract/index.ts";
import { type Column, csvTable } from "../../lib/csv.ts";
import { line, point } from "../../map/features.ts";
import { legWords } from "../plan/legs.tsx";
import { mainOf } from "./words.ts";

type Whom = "general" | "heavy";

/** What a movement is called by whoever chooses it. */
export const keyOf = (whom: Whom, { number }: Movement): string => `${whom}/${number}`;

const detourFeature = (movement: Movement, way: Detour, whom: Whom): Feature[] =>
  way.line
    ? [
        line(way.line, {
          kind: "detour",
          whom,
          movement: movement.number,
          along: movement.along,
          coming_from: way.coming_from,
          metres_added: way.metres_added,
          minutes_added: way.minutes_added,
          legs: way.legs.map(legWords).join("; "),
        }),
      ]
    : [];

function movementFeatures(movement: Movement, whom: Whom, isChosen: boolean): Feature[] {
  const { along, number, closures } = movement;
  const main = mainOf(movement);
  const ways = isChosen ? movement.detours : main ? [main] : [];
  return [
    line(movement.line, { kind: "cut", whom, movement: number, along, closures: closures.join(", ") }),
    ...ways.flatMap((way) => detourFeature(movement, way, whom)),
  ];
}

const pastFeatures = ({ movement, on_foot, step_free, cycle }: OtherWays): Feature[] =>
  Object.entries({ on_foot, step_free, cycle }).flatMap(([whom, way]) =>
    way?.line ? [line(way.line, { kind: "past", whom, movement, metres: way.metres })] : [],
  );

const warnFeatures = ({ warn }: VehicleDetours): Feature[] =>
  warn.map(({ lon, lat, where, street, arms, metres, traps }) =>
    point(lon, lat, { kind: "warn", name: where, street, arms: arms.join(", "), metres, traps }),
  );

const placeFeatures = ({ places }: Detours): Feature[] =>
  places.map(({ lon, lat, name, kind, by_car, tell }) =>
    point(lon, lat, { kind: "place", name, place: kind, by_car, tell }),
  );

/** All movements, each with its main detour, and the places near by; or the one that is chosen, with every detour and the ways past it. */
export function detourFeatures(found: Detours | null, chosen = ""): FeatureCollection {
  if (!found) return { type: "FeatureCollection", features: [] };
  const kinds = [
    ["general", found.general],
    ["heavy", found.heavy],
  ] as const;
  const of = chosen ? kinds.filter(([whom]) => chosen.startsWith(`${whom}/`)) : kinds.slice(0, 1);
  const movements = of.flatMap(([whom, vehicle]) =>
    (vehicle?.movements ?? [])
      .filter((movement) => !chosen || keyOf(whom, movement) === chosen)
      .flatMap((movement) => movementFeatures(movement, whom, chosen !== "")),
  );
  const past = chosen
    ? found.other_ways.filter(({ movement }) => `general/${movement}` === chosen).flatMap(pastFeatures)
    : [];
  const places = chosen ? [] : placeFeatures(found);
  return { type: "FeatureCollection", features: [...movements, ...past, ...warnFeatures(found.general), ...places] };
}

/** The same with the places near by in any case, as a file has it. */
export function detourFile(found: Detours, chosen: string): FeatureCollection {
  const { type, features } = detourFeatures(found, chosen);
  return { type, features: chosen ? [...features, ...placeFeatures(found)] : features };
}

type Row = { readonly whom: string; readonly movement: Movement; readonly way: Detour };

const figure = (value: number | null, decimals = 0): number | string =>
  value === null ? "" : Number(value.toFixed(decimals));

const COLUMNS: readonly Column<Row>[] = [
  ["for", ({ whom }) => whom],
  ["movement", ({ movement }) => movement.number],
  ["along", ({ movement }) => movement.along],
  ["from", ({ movement }) => movement.starts_at],
  ["to", ({ movement }) => movement.ends_at],
  ["cut by", ({ movement }) => movement.closures.join("; ")],
  ["vehicles an hour before", ({ movement }) => figure(movement.flow_before_per_hour)],
  ["coming from", ({ way }) => way.coming_from],
  ["leave at", ({ way }) => way.leaves_at],
  ["join at", ({ way }) => way.joins_at],
  ["turn by turn", ({ way }) => way.legs.map(legWords).join("; ")],
  ["metres added", ({ way }) => figure(way.metres_added)],
  ["minutes added", ({ way }) => figure(way.minutes_added, 1)],
  ["minutes added in traffic", ({ way }) => figure(way.minutes_added_in_traffic, 1)],
  ["beyond capacity", ({ way }) => (way.overloaded === null ? "not known" : way.overloaded.join("; "))],
  ["there and back", ({ way }) => way.there_and_back.join("; ")],
  ["tight corners", ({ way }) => way.tight.join("; ")],
];

/** A line for each movement and each street by which its traffic comes. */
export const detourCsv = ({ general, heavy }: Detours): string =>
  csvTable(
    [general, ...(heavy ? [heavy] : [])].flatMap(({ vehicle: whom, movements }) =>
      movements.flatMap((movement) => movement.detours.map((way) => ({ whom, movement, way }))),
    ),
    COLUMNS,
  );
