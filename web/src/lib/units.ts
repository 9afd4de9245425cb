/** Numbers as people read them, each with its unit. */

const whole = new Intl.NumberFormat("en-NZ", { maximumFractionDigits: 0 });
const tenth = new Intl.NumberFormat("en-NZ", { maximumFractionDigits: 1 });

export const count = (value: number): string => whole.format(value);

/** "1 barrier", "8 barriers". */
export const counted = (value: number, one: string, many = `${one}s`): string =>
  `${count(value)} ${value === 1 ? one : many}`;

export const points = (value: number): string => tenth.format(value);

/** What one point of cost stands for: a crew for a quarter of an hour. */
const POINT_MIN = 15;

/** What barriers cost, as the work of a crew: "45 crew-minutes", "17.8 crew-hours". */
export const effort = (cost: number): string =>
  cost * POINT_MIN < 60
    ? `${tenth.format(cost * POINT_MIN)} crew-minutes`
    : `${tenth.format((cost * POINT_MIN) / 60)} crew-hours`;

export const metres = (value: number): string =>
  value < 1000 ? `${whole.format(value)} m` : `${tenth.format(value / 1000)} km`;

/** "4:05 min"; what is not reached is said in words. */
export function minutes(seconds: number | null): string {
  if (seconds === null || seconds < 0) return "not reached";
  const rounded = Math.round(seconds);
  return `${Math.floor(rounded / 60)}:${`${rounded % 60}`.padStart(2, "0")} min`;
}

/** How much longer: "+0:40 min", or "same". */
export function delay(before: number | null, after: number | null): string {
  if (before === null || after === null) return "";
  const more = Math.round(after - before);
  return more === 0 ? "same" : `${more < 0 ? "\u2212" : "+"}${minutes(Math.abs(more))}`;
}

/** "1:10\u20131:30 min" for several waits; those not reached are counted apart. */
export function minutesRange(seconds: readonly number[]): string {
  const reached = seconds.filter((value) => value >= 0);
  const missing = seconds.length - reached.length;
  if (!reached.length) return missing ? "not reached" : "";
  const [least, most] = [minutes(Math.min(...reached)), minutes(Math.max(...reached))];
  const range = least === most ? most : `${least.replace(" min", "")}\u2013${most}`;
  return missing ? `${range}; ${missing} not reached` : range;
}

export const coordinates = (lon: number, lat: number): string => `${lat.toFixed(5)}, ${lon.toFixed(5)}`;

export const percent = (part: number, all: number): string =>
  all === 0 ? "\u2013" : `${tenth.format(Math.min(part === all ? 100 : 99.9, (100 * part) / all))} %`;

export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** "about 40 s", "about 3 min". */
export function leftWords(seconds: number | null): string {
  if (seconds === null) return "";
  if (seconds < 2) return "nearly done";
  return seconds < 90
    ? `about ${Math.max(5, Math.round(seconds / 5) * 5)} s left`
    : `about ${Math.round(seconds / 60)} min left`;
}
