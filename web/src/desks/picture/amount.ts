/** Amounts as people type them: "450", "about 450", "300-3000", "at least 20", "up to 40"; the server reads them. */

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
