/** By what plans are compared: each measure is better the smaller it is. Pure functions of answers. */
import type { ImpactAnswer } from "../../contract/index.ts";
import { count } from "../../lib/units.ts";
import { bare, between } from "./words.ts";

export type Measure = {
  readonly title: string;
  readonly of: (answer: ImpactAnswer) => number | null;
  readonly show: (value: number) => string;
  /** What it is rounded to where it is shown. */
  readonly step: number;
  readonly range?: (answer: ImpactAnswer) => string;
};

/** Of a minute. */
const SECOND = 1 / 60;

const most = (values: readonly (number | null)[]): number | null =>
  values.reduce<number | null>(
    (best, value) => (value !== null && (best === null || value > best) ? value : best),
    null,
  );

/** Extra minutes of all trips of all routes on a day; routes that are stopped are counted apart. */
const busMinutes = ({ impact: { buses } }: ImpactAnswer): number | null =>
  buses?.reduce((sum, bus) => sum + Math.max(0, bus.extra_minutes ?? 0) * bus.trips_per_day, 0) ?? null;

const busesHurt = ({ impact: { buses } }: ImpactAnswer): number | null =>
  buses?.filter(({ state }) => state === "stopped" || state === "cut short").length ?? null;

const helpIn =
  (service: string) =>
  ({ impact: { emergency } }: ImpactAnswer): number | null =>
    emergency?.find((one) => one.service === service)?.congested_after.ninth_decile_minutes ?? null;

export const MEASURES: readonly Measure[] = [
  {
    title: "Extra vehicle hours",
    of: ({ impact }) => impact.totals.extra_vehicle_hours,
    show: count,
    step: 1,
    range: ({ impact }) => between(impact.how_sure.extra_vehicle_hours, count),
  },
  { title: "Burden, vehicle hours", of: (answer) => answer.burden_vehicle_hours, show: count, step: 1 },
  { title: "Trips cut off", of: ({ impact }) => impact.totals.trips_lost_per_hour, show: count, step: 1 },
  {
    title: "Worst street, minutes longer",
    of: ({ impact }) => most(impact.streets.map((street) => street.extra_minutes)),
    show: bare,
    step: SECOND,
  },
  {
    title: "Worst suburb, minutes longer",
    of: ({ impact }) => most(impact.zones.map((zone) => zone.extra_minutes_per_trip)),
    show: bare,
    step: SECOND,
  },
  { title: "Bus minutes a day", of: busMinutes, show: count, step: 1 },
  { title: "Bus directions cut", of: busesHurt, show: count, step: 1 },
  ...["ambulance", "fire", "all stations"].map(
    (service): Measure => ({
      title: `${service === "all stations" ? "Help" : service[0]?.toUpperCase() + service.slice(1)}, 9 of 10 in minutes`,
      of: helpIn(service),
      show: bare,
      step: SECOND,
    }),
  ),
];

/** As it is shown: what looks the same is the same, and differences add up. */
const rounded = ({ step }: Measure, value: number): number => Math.round(value / step) * step;
const alike = (measure: Measure, a: number, b: number): boolean =>
  Math.abs(rounded(measure, a) - rounded(measure, b)) < measure.step / 2;

/** Which of some plans are best by a measure: none where all are alike. */
export function bestOf(measure: Measure, answers: readonly (ImpactAnswer | null)[]): boolean[] {
  const values = answers.map((answer) => answer && measure.of(answer));
  const known = values.filter((value): value is number => value !== null);
  const least = Math.min(...known);
  if (known.length < 2 || known.every((value) => alike(measure, value, least))) return values.map(() => false);
  return values.map((value) => value !== null && alike(measure, value, least));
}

/** "+32" against the first plan; nothing where they are alike. */
export function difference(measure: Measure, first: ImpactAnswer | null, other: ImpactAnswer | null): string {
  const [was, is] = [first && measure.of(first), other && measure.of(other)];
  if (was === null || is === null || alike(measure, was, is)) return "";
  return `${is < was ? "\u2212" : "+"}${measure.show(Math.abs(rounded(measure, is) - rounded(measure, was)))}`;
}

/** A difference of vehicle hours below this is none. */
const SAME_HOURS = 0.05;

export type DrawByDraw = { readonly fewer: number; readonly same: number; readonly draws: number };

/** In how many draws the second plan takes fewer vehicle hours than the first, in how many as many; null where the draws are not the same ones. */
export function drawByDraw(first: ImpactAnswer, second: ImpactAnswer): DrawByDraw | null {
  const [a, b] = [first, second].map(({ impact }) => impact.how_sure.draw_extra_vehicle_hours) as [
    (number | null)[],
    (number | null)[],
  ];
  if (first.hour !== second.hour || a.length !== b.length || !a.length) return null;
  const more = a.map((hours, draw) => (b[draw] ?? Infinity) - (hours ?? Infinity));
  return {
    fewer: more.filter((hours) => hours <= -SAME_HOURS).length,
    same: more.filter((hours) => !(Math.abs(hours) >= SAME_HOURS)).length,
    draws: a.length,
  };
}
