/** A real answer of the server for a drawn town, and a way to change its parts. */
import { readFileSync } from "node:fs";
import { check } from "../src/contract/check.ts";
import type { BusImpact, Impact, ImpactAnswer, ImpactRange, StreetImpact } from "../src/contract/index.ts";
import * as contract from "../src/contract/index.ts";

const read = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`../../tests/snapshots/${name}.json`, import.meta.url), "utf8"));

function answered(): ImpactAnswer {
  const job = check(contract.impactJob, read("impact"));
  if (!job.ok || !job.value.answer) throw new Error("tests/snapshots/impact.json holds no answer");
  return job.value.answer;
}

export const ANSWER: ImpactAnswer = answered();

export const changed = (impact: Partial<Impact>, answer: Partial<ImpactAnswer> = {}): ImpactAnswer => ({
  ...ANSWER,
  ...answer,
  impact: { ...ANSWER.impact, ...impact },
});

export const range = (low: number, high: number, draws = 20): ImpactRange => ({
  low,
  middle: (low + high) / 2,
  high,
  draws,
  agree: draws,
});

export const withHours = (hours: number, drawn: ImpactRange | null, impact: Partial<Impact> = {}): ImpactAnswer =>
  changed({
    totals: { ...ANSWER.impact.totals, extra_vehicle_hours: hours, trips_lost_per_hour: 0 },
    how_sure: { ...ANSWER.impact.how_sure, extra_vehicle_hours: drawn, draws: drawn?.draws ?? 0 },
    ...impact,
  });

export const STREET: StreetImpact = {
  street: "Hill Street",
  at: "Hill Street between First Avenue and Second Avenue",
  way_indexes: [3, 4],
  sources: [30, 40],
  flow_before_per_hour: 100,
  flow_after_per_hour: 250,
  flow_change_per_hour: 150,
  saturation_before: 0.5,
  saturation_after: 1.13,
  extra_minutes: 0.93,
  extra_delay_vehicle_hours: 12,
  flow_change_range_per_hour: range(80, 210),
  extra_minutes_range: range(0.2, 4.2),
  how_sure: "grows in 20 of 20 draws",
};

export const bus = (route: string, towards: string, trips: number, state: string, extra: number | null): BusImpact => ({
  route,
  towards,
  trips_per_day: trips,
  state,
  minutes_free: 20,
  minutes_before: 22,
  minutes_after: extra === null ? null : 22 + extra,
  extra_minutes: extra,
  away_from_line_m: 0,
  blocked_at: [],
  way_round: [],
  way_round_indexes: [],
});
