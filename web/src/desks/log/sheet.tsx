/** The log in place of the map: a line for each entry, columns that sort, a page at a time. */
import type { JSX, TargetedKeyboardEvent } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import * as api from "../../contract/api.ts";
import type { LogLine } from "../../contract/index.ts";
import back from "../../icons/back.svg";
import forth from "../../icons/forth.svg";
import { gradeWords } from "../../lib/grades.ts";
import { IconButton } from "../../lib/icon.tsx";
import { dayOf, iso, whenWords } from "../../lib/times.ts";
import { count as figure } from "../../lib/units.ts";
import { readable } from "../../lib/words.ts";
import { Tag } from "../picture/facts.tsx";
import { standingWords } from "../picture/standing.ts";
import { choose, type PictureStore, zoneOf } from "../picture/store.ts";
import { type LogStore, PAGE, partOf, sortBy, want } from "./store.ts";

type Props = { readonly store: LogStore; readonly watch: PictureStore };

const TAGS: Readonly<Record<LogLine["standing"], string>> = {
  in_force: "verified",
  replaced: "single_source",
  corrected: "clash",
  withdrawn: "refuted",
};

const COLUMNS: readonly (readonly [sort: api.LogSort | null, title: string, name: string])[] = [
  ["happened", "When", "when"],
  ["kind", "Kind", "kind"],
  [null, "What", "what"],
  ["place", "Where", "where"],
  ["who", "Who", "who"],
  ["grade", "Grade", "grade"],
  ["release", "Visible to", "release"],
];

function Head({ store }: Pick<Props, "store">): JSX.Element {
  const { wanted } = store.get();
  return (
    <thead>
      <tr>
        {COLUMNS.map(([sort, title, name]) => (
          <th
            key={name}
            scope="col"
            class={name}
            aria-sort={sort !== wanted.sort ? undefined : wanted.descending ? "descending" : "ascending"}
          >
            {sort ? (
              <button type="button" onClick={() => sortBy(store, sort)}>
                {title}
                <span aria-hidden="true">
                  {sort === wanted.sort ? (wanted.descending ? " \u2193" : " \u2191") : ""}
                </span>
              </button>
            ) : (
              title
            )}
          </th>
        ))}
      </tr>
    </thead>
  );
}

const RELEASES: Readonly<Record<LogLine["release"], string>> = { room: "Room", partners: "Partners", public: "Public" };

function Line({ watch, line }: { readonly watch: PictureStore; readonly line: LogLine }): JSX.Element {
  const state = watch.get();
  const { operation, entry } = state;
  const zone = zoneOf(state);
  const day = dayOf(Date.parse(line.happened.start), zone, operation?.first_day ?? null);
  const isChosen = entry === line.id;
  const act = (): void => {
    choose(watch, isChosen ? null : line.id);
    if (!isChosen) watch.set({ panelOpen: true });
  };
  return (
    <tr class={`${line.standing}${isChosen ? " chosen" : ""}`} onClick={act}>
      <td class="when">
        {day !== null && <span class="day-number">{`Day ${day} `}</span>}
        {whenWords(line.happened, zone)}
      </td>
      <td class="kind">{readable(line.kind)}</td>
      <td class="what">
        <button
          type="button"
          class="line"
          aria-pressed={isChosen}
          onClick={(event) => {
            event.stopPropagation();
            act();
          }}
        >
          {line.says}
        </button>
        {line.standing !== "in_force" && <Tag kind={TAGS[line.standing]} word={standingWords(line.standing)} />}
      </td>
      <td class="where">{line.where}</td>
      <td class="who">{line.who}</td>
      <td class="grade" title={gradeWords(line.grade)}>
        {line.grade}
      </td>
      <td class="release">{RELEASES[line.release]}</td>
    </tr>
  );
}

/** Up and down go from line to line. */
function arrowKeys(event: TargetedKeyboardEvent<HTMLElement>): void {
  const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
  const lines = [...event.currentTarget.querySelectorAll<HTMLElement>("button.line")];
  const at = lines.indexOf(document.activeElement as HTMLElement);
  if (!step || at < 0) return;
  event.preventDefault();
  lines[at + step]?.focus();
}

function Pages({ store }: Pick<Props, "store">): JSX.Element {
  const { wanted } = store.get();
  const { first, last, total } = partOf(store.get());
  return (
    <nav class="log-pages" aria-label="Pages of the log">
      <IconButton
        label="The page before"
        drawing={back}
        disabled={wanted.page === 0}
        act={() => want(store, { page: wanted.page - 1 })}
      />
      <span role="status">{total ? `${figure(first)} to ${figure(last)} of ${figure(total)}` : "No lines"}</span>
      <IconButton
        label="The next page"
        drawing={forth}
        disabled={last >= total}
        act={() => want(store, { page: wanted.page + 1 })}
      />
    </nav>
  );
}

const NOTHING = "No entry fits. Take a filter away, or type less.";
const EMPTY = "No entries yet. Press N on the Picture desk to enter the first.";

export function LogSheet({ store, watch }: Props): JSX.Element {
  const { wanted, answer, failure, operation } = store.get();
  const body = useRef<HTMLElement>(null);
  useLayoutEffect(() => body.current?.scrollTo({ top: 0 }), [wanted]);
  return (
    <section class="sheet log" aria-label="Log">
      <header class="sheet-head">
        <label class="log-words">
          <span class="unseen">Words of the entry</span>
          <input
            type="search"
            placeholder="Words of an entry"
            value={wanted.words}
            autocomplete="off"
            onInput={(event) => want(store, { words: event.currentTarget.value })}
          />
        </label>
        <Pages store={store} />
        {operation && (
          <a class="button" href={api.logCsvUrl(operation.id, wanted, iso(watch.get().at))} download>
            CSV
          </a>
        )}
      </header>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: so that the arrow keys scroll it */}
      <section ref={body} class="sheet-body" tabIndex={0} aria-label="Lines of the log" onKeyDown={arrowKeys}>
        {failure && (
          <p class="warning" role="alert">
            {failure}
          </p>
        )}
        {answer && answer.total === 0 && <p class="quiet">{answer.entries ? NOTHING : EMPTY}</p>}
        {answer && answer.total > 0 && (
          <table>
            <Head store={store} />
            <tbody>
              {answer.lines.slice(0, PAGE).map((line) => (
                <Line key={line.id} watch={watch} line={line} />
              ))}
            </tbody>
          </table>
        )}
      </section>
    </section>
  );
}
