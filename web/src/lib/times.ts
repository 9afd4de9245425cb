/** Times as the room says them: 24 hours, the operation's own zone, with the day. Moments are milliseconds since 1970. */

export const HOUR_MS = 3_600_000;
export const DAY_MS = 24 * HOUR_MS;

const formats = new Map<string, Intl.DateTimeFormat>();

function format(zone: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = zone + JSON.stringify(options);
  const known = formats.get(key) ?? new Intl.DateTimeFormat("en-NZ", { ...options, timeZone: zone, hourCycle: "h23" });
  formats.set(key, known);
  return known;
}

const parts = (moment: number, zone: string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    format(zone, {
      weekday: "short",
      day: "numeric",
      month: "short",
      year: "numeric",
      hour: "2-digit",
      minute: "2-digit",
    })
      .formatToParts(moment)
      .map(({ type, value }) => [type, value]),
  );

/** "Fri 18 Feb 19:05" */
export function timeWords(moment: number, zone: string): string {
  const { weekday, day, month, hour, minute } = parts(moment, zone);
  return `${weekday} ${day} ${month} ${hour}:${minute}`;
}

/** "Fri 18 Feb 2022 19:05" */
export function fullTimeWords(moment: number, zone: string): string {
  const { weekday, day, month, year, hour, minute } = parts(moment, zone);
  return `${weekday} ${day} ${month} ${year} ${hour}:${minute}`;
}

/** "Fri 18 Feb" */
export function dateWords(moment: number, zone: string): string {
  const { weekday, day, month } = parts(moment, zone);
  return `${weekday} ${day} ${month}`;
}

export const clockWords = (moment: number, zone: string): string => {
  const { hour, minute } = parts(moment, zone);
  return `${hour}:${minute}`;
};

/** "Fri 18 Feb, from 19:00" */
export const hourWords = (moment: number, zone: string): string =>
  `${dateWords(moment, zone)}, from ${clockWords(moment, zone).slice(0, 2)}:00`;

/** How far the zone is ahead of UTC at a moment, in milliseconds. */
export function offsetMs(moment: number, zone: string): number {
  const name =
    format(zone, { timeZoneName: "longOffset" })
      .formatToParts(moment)
      .find(({ type }) => type === "timeZoneName")?.value ?? "";
  const found = /([+-])(\d{2}):(\d{2})/.exec(name);
  return found ? (found[1] === "-" ? -1 : 1) * (Number(found[2]) * 60 + Number(found[3])) * 60_000 : 0;
}

/** The midnight at or before a moment, in the zone. */
export function midnight(moment: number, zone: string): number {
  const local = moment + offsetMs(moment, zone);
  const floor = local - (((local % DAY_MS) + DAY_MS) % DAY_MS);
  return floor - offsetMs(floor - offsetMs(moment, zone), zone);
}

/** "2022-02-18T19:05+13:00": what the record reads. */
export function isoIn(moment: number, zone: string): string {
  const offset = offsetMs(moment, zone);
  const local = new Date(moment + offset).toISOString().slice(0, 16);
  const minutes = Math.abs(offset) / 60_000;
  const two = (value: number): string => `${Math.floor(value)}`.padStart(2, "0");
  return `${local}${offset < 0 ? "-" : "+"}${two(minutes / 60)}:${two(minutes % 60)}`;
}

/** Which day of an operation a moment is in, the first being 1; null where no first day is known. */
export const dayOf = (moment: number, zone: string, firstDay: string | null): number | null =>
  firstDay === null
    ? null
    : Math.round((Date.parse(isoIn(moment, zone).slice(0, 10)) - Date.parse(firstDay)) / DAY_MS) + 1;

export const iso = (moment: number): string => new Date(moment).toISOString();

/** "2 h", "3 days": as the record says it. */
export function ageWords(seconds: number): string {
  if (seconds >= 2 * 86_400) return `${Math.floor(seconds / 86_400)} days`;
  if (seconds >= 3600) return `${Math.floor(seconds / 3600)} h`;
  return seconds >= 60 ? `${Math.floor(seconds / 60)} min` : "less than a minute";
}

/** When something happened, as precisely as it was said. */
export function whenWords(when: { start: string; end: string; said: string }, zone: string): string {
  const [start, end] = [Date.parse(when.start), Date.parse(when.end)];
  if (start === end) return timeWords(start, zone);
  if (midnight(start, zone) !== midnight(end - 1, zone)) {
    const isWhole = [start, end].every((moment) => midnight(moment, zone) === moment);
    return isWhole
      ? `${dateWords(start, zone)} to ${dateWords(end - 1, zone)}`
      : `${timeWords(start, zone)} to ${timeWords(end, zone)}`;
  }
  if (end - start >= 23 * HOUR_MS) return dateWords(start, zone);
  if (when.said.includes("about")) return `${dateWords(start, zone)} about ${clockWords((start + end) / 2, zone)}`;
  return `${dateWords(start, zone)} ${clockWords(start, zone)} to ${clockWords(end, zone)}`;
}
