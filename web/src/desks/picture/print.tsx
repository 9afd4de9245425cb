/** The picture on paper: what is known, how surely, who said it, and what waits for somebody. */
import type { Fact, PictureAnswer } from "../../contract/index.ts";
import type { Sheet } from "../../frame/desk.ts";
import { type Column, Table } from "../../lib/parts.tsx";
import { ageWords, timeWords, whenWords } from "../../lib/times.ts";
import { type PictureStore, zoneOf } from "./store.ts";
import { leadOf, momentWords, nameOf, restOf } from "./summary.ts";

/** Speakers of a figure, the newest first. */
const SPEAKERS = 3;
const MOST_ROWS = 40;

const GRADES =
  "Grades: A to F how reliable the source is (A always, F not known), 1 to 6 how credible the information (1 confirmed, 6 not known).";

type Row = { readonly name: string; readonly fact: Fact };

const columns = (zone: string): readonly Column<Row>[] => [
  ["What", ({ name }) => name],
  ["Said", ({ fact }) => fact.says],
  ["Where", ({ fact }) => fact.where],
  ["By", ({ fact }) => `${fact.source.short}, ${fact.source.grade}`],
  ["When", ({ fact }) => `${whenWords(fact.happened, zone)} (${ageWords(fact.age_s)} before)`],
];

function pendingRows({ promises, requests }: PictureAnswer): Row[] {
  const overdue = promises.filter((promise) => promise.overdue).map((fact) => ({ name: "Overdue", fact }));
  const waiting = requests.filter((request) => request.unanswered).map((fact) => ({ name: "Unanswered", fact }));
  return [...overdue, ...waiting];
}

const figureRows = ({ counts }: PictureAnswer): Row[] =>
  counts.flatMap((count) => count.latest.slice(0, SPEAKERS).map((fact) => ({ name: nameOf(count), fact })));

const stateRows = ({ states }: PictureAnswer): Row[] =>
  states.map((fact) => ({ name: fact.kind.replaceAll("_", " "), fact }));

type PartProps = { readonly title: string; readonly rows: readonly Row[]; readonly zone: string };

/** What is left out for want of room is said. */
const Part = ({ title, rows, zone }: PartProps) =>
  rows.length > 0 && (
    <>
      <Table class="facts-table" caption={title} rows={rows.slice(0, MOST_ROWS)} columns={columns(zone)} />
      {rows.length > MOST_ROWS && <p>{`${rows.length - MOST_ROWS} more are in the room.`}</p>}
    </>
  );

/** Null while there is no picture. */
export function pictureSheet(store: PictureStore): Sheet | null {
  const { picture, operation } = store.get();
  if (!picture || !operation) return null;
  const zone = zoneOf(store.get());
  return {
    bounds: null,
    alt: `Map of the picture at ${timeWords(Date.parse(picture.at), zone)}`,
    head: (
      <>
        <p>{`${momentWords(picture)} (${zone})`}</p>
        <p class="print-lead">{leadOf(picture)}</p>
        <p>{restOf(picture)}</p>
      </>
    ),
    rest: (
      <>
        <Part title="Past due and unanswered" rows={pendingRows(picture)} zone={zone} />
        <Part title="Figures, each speaker's last word" rows={figureRows(picture)} zone={zone} />
        <Part title="What is so, by the last that was said" rows={stateRows(picture)} zone={zone} />
        <p>{GRADES}</p>
      </>
    ),
  };
}
