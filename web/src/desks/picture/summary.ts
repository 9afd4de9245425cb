/** The picture in sentences. */
import type { Band, Contested, CountOf, Fact, PictureAnswer } from "../../contract/index.ts";
import { timeWords } from "../../lib/times.ts";
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

/** The answer in a sentence or two. */
export function leadOf(picture: PictureAnswer): string {
  const open = new Set(mattersOf(picture).flatMap(({ facts }) => facts.map(({ id }) => id)));
  const figures = picture.counts.filter(({ group }) => group === null).slice(0, 2);
  const sentences = figures.map((count) => {
    const newest = count.latest[0] as Fact;
    const band = count.estimate ? `, probably ${bandWords(count.estimate)}` : "";
    return `${newest.says}${open.has(newest.id) ? " (contested)" : ""}${band}`;
  });
  return sentences.length ? `${sentences.join(". ")}.` : "No people counted yet.";
}

/** What waits for somebody. */
export function restOf(picture: PictureAnswer): string {
  const matters = mattersOf(picture).length;
  return [pendingLine(picture), matters ? `${counted(matters, "report")} contested` : ""]
    .filter(Boolean)
    .map((text) => `${capital(text)}.`)
    .join(" ");
}
