/** Entries that are cited: each a button that leads to its source. */
import type { JSX } from "preact";
import type { CitedEntry } from "../../contract/index.ts";
import { gradeWords } from "../../lib/grades.ts";
import { ageWords } from "../../lib/times.ts";

export type ToEntry = (id: string) => void;

type LineProps = { readonly line: CitedEntry; readonly toEntry: ToEntry; readonly says?: boolean };

const CitedLine = ({ line, toEntry, says = false }: LineProps): JSX.Element => (
  <li>
    <button type="button" class="item fact" onClick={() => toEntry(line.id)}>
      <span class="item-text">
        {says && <span>{line.says}</span>}
        <small title={gradeWords(line.grade)}>{`${line.speaker}, ${line.grade}, ${ageWords(line.age_s)} ago`}</small>
      </span>
    </button>
  </li>
);

type Props = { readonly lines: readonly CitedEntry[]; readonly toEntry: ToEntry; readonly says?: boolean };

export const Cited = ({ lines, toEntry, says = false }: Props): JSX.Element | null =>
  lines.length ? (
    <ul class="items nested">
      {lines.map((line) => (
        <CitedLine key={line.id} line={line} toEntry={toEntry} says={says} />
      ))}
    </ul>
  ) : null;
