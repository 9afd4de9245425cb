/** Wishes that are numbers: a further one is a further row. What each may be is what the API takes. */
import type { BarrierCosts, PlanQuestion } from "../../../contract/index.ts";
import type { Limits } from "../../../lib/limits.ts";

export type Quantity = {
  readonly label: string;
  readonly unit: string;
  /** How many of the question's units one of the shown ones has. */
  readonly scale: number;
  /** In the shown unit. */
  readonly limits: Limits;
  readonly step: number;
  /** What an empty field means; without it the field may not be empty. */
  readonly empty?: string;
};

export type NumberWish = Extract<keyof PlanQuestion, "radius_m" | "at_most" | "within_s" | "gate_s" | "address_cost">;

export const QUANTITIES: Readonly<Record<NumberWish, Quantity>> = {
  radius_m: { label: "Stays outside beyond", unit: "m", scale: 1, limits: { above: 0, most: 20_000 }, step: 50 },
  at_most: {
    label: "Barriers at most",
    unit: "",
    scale: 1,
    limits: { least: 1, most: 20_000, whole: true },
    step: 1,
    empty: "any",
  },
  within_s: { label: "Help should arrive within", unit: "min", scale: 60, limits: { above: 0, most: 1440 }, step: 0.5 },
  gate_s: { label: "Opening a barrier takes", unit: "s", scale: 1, limits: { least: 0, most: 7200 }, step: 10 },
  address_cost: {
    label: "Enclosing one costs",
    unit: "crew-units",
    scale: 1,
    limits: { least: 0, most: 1000 },
    step: 0.1,
  },
};

/** What a barrier costs in points, and what of a price is paid where one crew closes several arms. */
export type CostWish = Exclude<keyof BarrierCosts, "by_class">;

export const POINTS = { unit: "crew-units", scale: 1, limits: { least: 0, most: 1_000_000 }, step: 1 } as const;
const SHARE = { unit: "%", scale: 0.01, limits: { least: 0, most: 100 }, step: 5 } as const;

export const COSTS: Readonly<Record<CostWish, Quantity>> = {
  motorway: { ...POINTS, label: "On a motorway, where allowed" },
  extra_lane: { ...POINTS, label: "For each lane beyond two" },
  bus_trip: { ...POINTS, label: "For each bus trip a day that is cut", step: 0.01 },
  off_ground: { ...POINTS, label: "On a bridge or in a tunnel" },
  by_hand: { ...POINTS, label: "On steps and paths, where no truck fits" },
  mid_block: { ...POINTS, label: "Away from a junction" },
  junction_share: { ...SHARE, label: "Each further arm of a junction" },
  carriageway_share: { ...SHARE, label: "The second carriageway" },
};

/** Without the dust of a multiplication: 0.57 of a price is 57 %, not 56.99999999999999. */
const clean = (value: number): number => Number(value.toPrecision(12));

export const shownIn = ({ scale }: Quantity, value: number): number => clean(value / scale);
export const askedIn = ({ scale }: Quantity, shown: number): number => clean(shown * scale);
