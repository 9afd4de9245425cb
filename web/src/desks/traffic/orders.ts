/** By what other cordons are ranked; the least comes first. Pure functions. */
import type { VariantImpact } from "../../contract/index.ts";
import { count, counted, effort } from "../../lib/units.ts";
import { bare } from "./words.ts";

export type Order = "burden" | "traffic" | "lost" | "help" | "buses" | "cost";

type Figure = {
  readonly title: string;
  readonly of: (variant: VariantImpact) => number | null;
  readonly value: (figure: number) => string;
  readonly unit: string;
  readonly told: (variant: VariantImpact) => string;
};

const shown = (value: number | null, show: (value: number) => string): string =>
  value === null ? "\u2013" : show(value);

export const ORDERS: Readonly<Record<Order, Figure>> = {
  burden: {
    title: "Burden, all but help",
    of: (v) => v.burden_vehicle_hours,
    value: count,
    unit: "vehicle hours",
    told: (v) => `burden ${shown(v.burden_vehicle_hours, count)} vehicle hours`,
  },
  traffic: {
    title: "Extra vehicle hours",
    of: (v) => v.extra_vehicle_hours,
    value: count,
    unit: "vehicle hours",
    told: (v) => `traffic ${shown(v.extra_vehicle_hours, count)} vehicle hours`,
  },
  lost: {
    title: "Trips cut off",
    of: (v) => v.trips_lost_per_hour,
    value: count,
    unit: "trips",
    told: (v) => `${counted(Math.round(v.trips_lost_per_hour), "trip")} cut off`,
  },
  help: {
    title: "Longest time of help",
    of: (v) => v.help_worst_minutes,
    value: bare,
    unit: "minutes",
    told: (v) => `help at most ${shown(v.help_worst_minutes, bare)} min`,
  },
  buses: {
    title: "Bus minutes in the hour",
    of: (v) => v.bus_vehicle_minutes_per_hour,
    value: count,
    unit: "bus minutes",
    told: (v) => `buses ${count(v.bus_vehicle_minutes_per_hour)} min longer, ${count(v.bus_lines_cut)} directions cut`,
  },
  cost: {
    title: "Work to set the barriers up",
    of: (v) => v.cost_points,
    value: effort,
    unit: "of work",
    told: () => "",
  },
};

/** Best first; what is not known comes last. */
export const ordered = (variants: readonly VariantImpact[], by: Order): VariantImpact[] => {
  const of = (variant: VariantImpact): number => ORDERS[by].of(variant) ?? Infinity;
  return variants.toSorted((a, b) => of(a) - of(b) || 0);
};

/** The figure that ranks, and the others in words. */
export function figuresOf(
  variant: VariantImpact,
  by: Order,
): { readonly main: { readonly value: string; readonly unit: string }; readonly rest: string[] } {
  const { of, value, unit } = ORDERS[by];
  const rest = Object.entries(ORDERS)
    .filter(([name]) => name !== by)
    .map(([, figure]) => figure.told(variant))
    .filter(Boolean);
  return { main: { value: shown(of(variant), value), unit }, rest };
}

/** One of those that do the same in every figure but cost, the cheapest, and how many others there are. */
export type Alike = { readonly variant: VariantImpact; readonly others: number };

const doing = (variant: VariantImpact): string =>
  Object.entries(ORDERS)
    .filter(([name]) => name !== "cost")
    .map(([, figure]) => figure.told(variant))
    .join();

/** Variants that do the same told once, in the order of the first of each kind. */
export function alike(variants: readonly VariantImpact[]): Alike[] {
  const kinds = new Map<string, VariantImpact[]>();
  for (const variant of variants) kinds.set(doing(variant), [...(kinds.get(doing(variant)) ?? []), variant]);
  return [...kinds.values()].flatMap((kind): Alike[] => {
    const [cheapest] = ordered(kind, "cost");
    return cheapest ? [{ variant: cheapest, others: kind.length - 1 }] : [];
  });
}
