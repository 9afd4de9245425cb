/** What a number may be, and the sentence on one that is something else. */

export type Limits = {
  /** It may be this or more. */
  readonly least?: number;
  /** It must be more than this. */
  readonly above?: number;
  readonly most?: number;
  readonly whole?: boolean;
};

const shown = new Intl.NumberFormat("en-NZ");

/** "from 1 to 20,000", "above 0 and up to 1,440 min", "of at least 0 points". */
function range({ least, above, most }: Limits, unit: string): string {
  const figure = (value: number): string => `${shown.format(value)}${unit && `\u00a0${unit}`}`;
  if (above !== undefined)
    return most === undefined ? `above ${figure(above)}` : `above ${shown.format(above)} and up to ${figure(most)}`;
  return most === undefined
    ? `of at least ${figure(least ?? 0)}`
    : `from ${shown.format(least ?? 0)} to ${figure(most)}`;
}

/** The sentence on a text that is not a number within these limits; "" where it is. */
export function numberFault(text: string, limits: Limits, unit: string): string {
  const { least = -Infinity, above = -Infinity, most = Infinity, whole = false } = limits;
  const value = text.trim() === "" ? Number.NaN : Number(text);
  const isWithin = value >= least && value > above && value <= most && Number.isFinite(value);
  if (isWithin && (!whole || Number.isInteger(value))) return "";
  return `Give a ${whole ? "whole " : ""}number ${range(limits, unit)}.`;
}
