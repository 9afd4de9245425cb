/** Figures of traffic as people read them. */
import type { ImpactAnswer, ImpactRange } from "../../contract/index.ts";
import { count, minutes } from "../../lib/units.ts";

const MINUS = "\u2212";
const NONE = "\u2013";
const HUNDRED = 100;

const clock = (value: number): string => minutes(60 * value).replace(" min", "");
const sign = (value: number, text: string): string => (/[1-9]/.test(text) ? `${value < 0 ? MINUS : "+"}${text}` : text);

/** "4:05", where the unit stands in the head of a table. */
export const bare = (value: number | null): string => (value === null ? NONE : clock(value));

/** "4:05 min". */
export const min = (value: number | null): string => (value === null ? NONE : `${clock(value)} min`);

/** "+4:05". */
export const moreBare = (value: number | null): string => (value === null ? NONE : sign(value, clock(Math.abs(value))));

/** "+4:05 min", "−0:10 min", "0:00 min". */
export const moreMinutes = (value: number | null): string =>
  value === null ? NONE : sign(value, min(Math.abs(value)));

/** Two figures are as many as such a number bears: "78", "410", "1,200". */
export function about(value: number): string {
  const size = Math.abs(value) < HUNDRED ? 1 : 10 ** (Math.floor(Math.log10(Math.abs(value))) - 1);
  return count(Math.round(value / size) * size);
}

/** "+450", "−1,200". */
export const moreCount = (value: number | null): string =>
  value === null ? NONE : sign(value, count(Math.abs(value)));

/** "2:54 to 5:30"; nothing where there were no draws. */
export function between(range: ImpactRange | null, show: (value: number) => string = clock): string {
  if (!range || range.low === null || range.high === null) return "";
  const signed = (value: number): string => (value < 0 ? `${MINUS}${show(-value)}` : show(value));
  return `${signed(range.low)} to ${signed(range.high)}`;
}

/** How full a street is: "113 % full". */
export const full = (saturation: number | null): string =>
  saturation === null ? "" : `${count(100 * saturation)} % full`;

/** "8:00\u20139:00". */
export const hourWords = (hour: number): string => `${hour}:00\u2013${(hour + 1) % 24}:00`;

/** What the trips are, in two words, for wherever a figure is. */
export const demandWord = (ownTrips: boolean): string => (ownTrips ? "your own trips" : "synthetic demand");

/** The answer in one sentence, for the head of the panel. */
export function answerWords({ hour, impact }: ImpactAnswer, ownTrips = false): string {
  const { totals, how_sure: sure, streets } = impact;
  const when = `Between ${hour}:00 and ${(hour + 1) % 24}:00`;
  const lost =
    totals.trips_lost_per_hour >= 0.5
      ? ` About ${about(totals.trips_lost_per_hour)} trips no longer have a route.`
      : "";
  const extra = Math.round(totals.extra_vehicle_hours);
  if (extra === 0) return `${when} the city's traffic stays much as it is.${lost}`;
  const range = between(sure.extra_vehicle_hours, count);
  const demand = demandWord(ownTrips);
  const drawn = range
    ? ` (${range} over ${sure.draws} draws of ${ownTrips ? "" : "a "}${demand})`
    : ` (${ownTrips ? "" : "one "}${demand}, no draws yet)`;
  const worst = extra > 0 && streets[0] ? `, most of all on ${streets[0].street}` : "";
  return `${when} the city's traffic ${extra > 0 ? "loses" : "gains"} about ${about(Math.abs(extra))} vehicle hours${drawn}${worst}.${lost}`;
}

const SENTENCE_END = /(?<=[.!?]) +(?=[A-Z0-9])/;
const FIRST = 1;
const LAST = 2;

/** A statement as what must always be seen, and what can be folded away: the first sentence and the last two are seen. */
export function parted(statement: string): { readonly seen: string; readonly folded: string } {
  const sentences = statement.split(SENTENCE_END);
  if (sentences.length <= FIRST + LAST + 1) return { seen: statement, folded: "" };
  return {
    seen: [...sentences.slice(0, FIRST), ...sentences.slice(-LAST)].join(" "),
    folded: sentences.slice(FIRST, -LAST).join(" "),
  };
}
