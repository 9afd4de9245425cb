/** Numbers as people type them: "450", "about 450", "300-3000", "at least 20", "up to 40". */
import { err, ok, type Result } from "../../lib/result.ts";

export type TypedAmount = { readonly low?: number; readonly high?: number; readonly about?: true };

const HELP = "Write a number such as 450, about 450, 300-3000, at least 20 or up to 40.";
const NUMBER = String.raw`(\d[\d ,]*(?:\.\d+)?)\s*(k)?`;
const ABOUT = /^(?:about|around|some|nearly|almost|roughly|circa|c\.|~)\s*/i;
const LEAST = new RegExp(String.raw`^(?:at least|more than|over|from|>=?)\s*${NUMBER}\+?$`, "i");
const MOST = new RegExp(String.raw`^(?:at most|up to|less than|under|<=?)\s*${NUMBER}$`, "i");
const RANGE = new RegExp(String.raw`^(?:between\s+)?${NUMBER}\s*(?:-|\u2013|to|and)\s*${NUMBER}$`, "i");
const ONE = new RegExp(String.raw`^${NUMBER}(\+)?$`, "i");

const value = (digits = "", thousands?: string): number => Number(digits.replace(/[ ,]/g, "")) * (thousands ? 1000 : 1);

export function amountOf(text: string): Result<TypedAmount> {
  const whole = text.trim();
  const rest = whole.replace(ABOUT, "");
  const about = rest === whole ? {} : { about: true as const };
  const least = LEAST.exec(rest);
  if (least) return ok({ low: value(least[1], least[2]), ...about });
  const most = MOST.exec(rest);
  if (most) return ok({ high: value(most[1], most[2]), ...about });
  const range = RANGE.exec(rest);
  if (range) {
    const [low, high] = [value(range[1], range[2]), value(range[3], range[4])];
    return low <= high ? ok({ low, high, ...about }) : err("Write the lower number of a range first.");
  }
  const one = ONE.exec(rest);
  if (!one) return err(HELP);
  const exact = value(one[1], one[2]);
  return ok(one[3] ? { low: exact, ...about } : { low: exact, high: exact, ...about });
}

/** A number as it would be typed. */
export function amountShown({
  low,
  high,
  about,
}: {
  readonly low?: number;
  readonly high?: number;
  readonly about?: boolean;
}): string {
  const told =
    low === undefined
      ? `up to ${high}`
      : high === undefined
        ? `at least ${low}`
        : low === high
          ? `${low}`
          : `${low}-${high}`;
  return about ? `about ${told}` : told;
}
