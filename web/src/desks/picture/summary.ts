/** The picture in sentences. */
import type { Band, Contested, CountOf, Fact, PictureAnswer } from "../../contract/index.ts";
import { timeWords, whenWords } from "../../lib/times.ts";
import { capital, counted, count as figure } from "../../lib/units.ts";

const mattersOf = (picture: PictureAnswer): Contested[] =>
  picture.contested.filter(({ kind }) => kind !== "single_source" && kind !== "verified");

const overdueIn = (picture: PictureAnswer | null): number =>
  picture?.promises.filter((promise) => promise.overdue).length ?? 0;
const waitingIn = (picture: PictureAnswer | null): number =>
  picture?.requests.filter((request) => request.unanswered).length ?? 0;

/** How many things the line on top of the page is about. */
export const pendingCount = (picture: PictureAnswer | null): number => overdueIn(picture) + waitingIn(picture);

/** "3 promises overdue, 2 requests unanswered": the line on top of the page. */
export function pendingLine(picture: PictureAnswer | null): string {
  const [overdue, waiting] = [overdueIn(picture), waitingIn(picture)];
  return [overdue && `${counted(overdue, "promise")} overdue`, waiting && `${counted(waiting, "request")} unanswered`]
    .filter(Boolean)
    .join(", ");
}

export const bandWords = (band: Band): string => `${figure(Math.round(band.low))} to ${figure(Math.round(band.high))}`;

/** What a figure counts: "People (police) · Bowen St". */
export const nameOf = ({ what, group, where }: CountOf): string =>
  capital([what.replaceAll("_", " "), group && `(${group})`, where && `\u00b7 ${where}`].filter(Boolean).join(" "));

/** About which moment, as known when, and what "known" means. */
export function momentWords({ day, at, known_at, knowledge, zone }: PictureAnswer): string {
  const [moment, known] = [Date.parse(at), Date.parse(known_at)];
  const asKnown = moment === known ? "" : `, as known on ${timeWords(known, zone)}`;
  const couldBe = knowledge === "could" ? ", as it could have been known" : "";
  return `${day === null ? "" : `Day ${day}, `}${timeWords(moment, zone)}${asKnown}${couldBe}`;
}

/** Words that begin with a small letter where they stand behind others; names and abbreviations keep theirs. */
const small = (text: string): string =>
  /^[A-Z][a-z]+ [a-z\d]/.test(text) ? text[0]?.toLowerCase() + text.slice(1) : text;

/** Where, before what: "Parliament grounds: about 800 people". */
const placed = (where: string, says: string): string =>
  where === "" || says.toLowerCase().includes(where.toLowerCase()) ? says : `${where}: ${small(says)}`;

/** The figures of everybody, each with its place, what is contested, and its band. */
export function leadOf(picture: PictureAnswer): string {
  const open = new Set(mattersOf(picture).flatMap(({ facts }) => facts.map(({ id }) => id)));
  const whole = picture.counts.filter(({ group, part_of }) => group === null && part_of === null);
  const estimated = whole.filter(({ estimate }) => estimate);
  const sentences = (estimated.length ? estimated : whole.slice(0, 2)).map((count) => {
    const newest = count.latest[0] as Fact;
    const band = count.estimate ? `, probably ${bandWords(count.estimate)}` : "";
    return `${placed(count.where, newest.says)}${open.has(newest.id) ? " (contested)" : ""}${band}`;
  });
  return sentences.length ? `${sentences.join(". ")}.` : "No people counted yet.";
}

const INCIDENT = "incident";
const HAPPENED = 2;

/** What happened last, and which streets are shut, by their names. */
export function happenedOf(picture: PictureAnswer): string {
  const { events, states, zone } = picture;
  const last = events.filter(({ kind }) => kind === INCIDENT).slice(0, HAPPENED);
  const told = last.map(({ happened, where, says }) => {
    const place = says.toLowerCase().includes(where.toLowerCase()) ? "" : `${where}, `;
    return `${says.replace(/\.$/, "")} (${place}${whenWords(happened, zone)})`;
  });
  const shut = states.filter(({ kind, body }) => kind === "road_state" && body["state"] === "shut");
  const streets = [...new Set(shut.map(({ where }) => where).filter(Boolean))];
  return [...told, streets.length ? `Shut: ${streets.join(", ")}` : ""]
    .filter(Boolean)
    .map((text) => `${text.replace(/\.$/, "")}.`)
    .join(" ");
}

/** What waits for somebody. */
export function restOf(picture: PictureAnswer): string {
  const matters = mattersOf(picture).length;
  return [pendingLine(picture), matters ? `${counted(matters, "report")} contested` : ""]
    .filter(Boolean)
    .map((text) => `${capital(text)}.`)
    .join(" ");
}
