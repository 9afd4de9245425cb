/** Plans kept beside the present one: what each does to the city, and which is best by what. */
import type { JSX } from "preact";
import { useRef } from "preact/hooks";
import type { ImpactAnswer } from "../../contract/index.ts";
import close from "../../icons/close.svg";
import { IconButton } from "../../lib/icon.tsx";
import { Section } from "../../lib/parts.tsx";
import { counted } from "../../lib/units.ts";
import { listed } from "../../lib/words.ts";
import { ask } from "../plan/store.ts";
import { bestOf, difference, drawByDraw, MEASURES, type Measure } from "./measures.ts";
import { isPinned, type Kept, keyOf, MOST_PINS, presentOf, type TrafficDesk } from "./store.ts";
import { hourWords } from "./words.ts";

const LETTERS = "ABC";

type Column = {
  readonly name: string;
  readonly kept: Kept;
  readonly answer: ImpactAnswer | null;
  readonly pin: number | null;
  readonly isPresent: boolean;
};

function columnsOf(store: TrafficDesk): Column[] {
  const { pins, known } = store.get();
  const present = presentOf(store.plan, store);
  const answerOf = (kept: Kept): ImpactAnswer | null => known.get(keyOf(kept))?.answer ?? null;
  const kept = pins.map(
    (pin, index): Column => ({
      name: LETTERS[index] ?? "",
      kept: pin,
      answer: answerOf(pin),
      pin: index,
      isPresent: keyOf(pin) === keyOf(present),
    }),
  );
  return isPinned(pins, present)
    ? kept
    : [...kept, { name: "Now", kept: present, answer: answerOf(present), pin: null, isPresent: true }];
}

function take(store: TrafficDesk, { question, hour }: Kept): void {
  store.set({ hour });
  ask(store.plan, question);
}

type Props = { readonly store: TrafficDesk };

function Head({ store, column }: Props & { readonly column: Column }): JSX.Element {
  const { name, kept, answer, pin, isPresent } = column;
  const drop = (index: number): void => store.set({ pins: store.get().pins.toSpliced(index, 1) });
  return (
    <th scope="col">
      <span class="pin-head">
        {pin === null ? (
          name
        ) : (
          <>
            <button
              type="button"
              title={`Show plan ${name}`}
              aria-label={`Show plan ${name}`}
              aria-pressed={isPresent}
              onClick={() => take(store, kept)}
            >
              {name}
            </button>
            <IconButton label={`Drop plan ${name}`} drawing={close} act={() => drop(pin)} />
          </>
        )}
      </span>
      {pin !== null && isPresent && <small>now</small>}
      {answer && <small>{counted(answer.barriers, "barrier")}</small>}
      <small>{hourWords(kept.hour)}</small>
    </th>
  );
}

type CellProps = {
  readonly measure: Measure;
  readonly answer: ImpactAnswer | null;
  /** The answer that it is compared with; null for the first. */
  readonly first: ImpactAnswer | null;
  readonly isBest: boolean;
};

function Cell({ measure, answer, first, isBest }: CellProps): JSX.Element {
  const value = answer && measure.of(answer);
  const more = first && difference(measure, first, answer);
  const range = answer && measure.range?.(answer);
  const nothing = answer ? "\u2013" : "\u2026";
  return (
    <td class={isBest ? "best" : ""}>
      {value === null ? nothing : measure.show(value)}
      {isBest && (
        <span class="star">
          {" \u2605"}
          <span class="unseen"> best</span>
        </span>
      )}
      {more && <small>{more}</small>}
      {range && <small>{range}</small>}
    </td>
  );
}

function SideBySide({ store, columns }: Props & { readonly columns: readonly Column[] }): JSX.Element {
  const answers = columns.map(({ answer }) => answer);
  const measures = MEASURES.filter((measure) => answers.some((answer) => answer && measure.of(answer) !== null));
  return (
    <table class="numbers compared">
      <caption>Less is better; a star marks the best, small figures the difference to A</caption>
      <thead>
        <tr>
          <td />
          {columns.map((column) => (
            <Head key={column.name} store={store} column={column} />
          ))}
        </tr>
      </thead>
      <tbody>
        {measures.map((measure) => {
          const best = bestOf(measure, answers);
          return (
            <tr key={measure.title}>
              <th scope="row">{measure.title}</th>
              {columns.map(({ name, answer }, index) => (
                <Cell
                  key={name}
                  measure={measure}
                  answer={answer}
                  first={index ? (answers[0] ?? null) : null}
                  isBest={best[index] ?? false}
                />
              ))}
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

/** "Now takes fewer vehicle hours than A in 19 of 20 draws." Said of the first two plans of one hour. */
function drawn([first, second]: readonly Column[]): string {
  const found = first?.answer && second?.answer ? drawByDraw(first.answer, second.answer) : null;
  if (!found || !first || !second) return "";
  if (found.same === found.draws) return "Draw by draw both take the same vehicle hours.";
  const same = found.same ? `, as many in ${found.same}` : "";
  const more = found.draws - found.fewer - found.same;
  const [kinder, other, wins] = found.fewer >= more ? [second, first, found.fewer] : [first, second, more];
  return `${kinder.name} takes fewer vehicle hours than ${other.name} in ${wins} of ${found.draws} draws${same}.`;
}

/** "B is best by 4 of 6 measures that differ." */
function verdict(columns: readonly Column[]): string {
  const marks = MEASURES.map((measure) =>
    bestOf(
      measure,
      columns.map(({ answer }) => answer),
    ),
  ).filter((best) => best.some(Boolean));
  if (!marks.length) return columns.length > 1 ? "By these measures the plans are alike." : "";
  if (marks.length === 1)
    return `${listed(columns.filter((_, index) => marks[0]?.[index]).map(({ name }) => name))} is best by the one measure that differs.`;
  const wins = columns.map((_, index) => marks.filter((best) => best[index]).length);
  const most = Math.max(...wins);
  const leaders = columns.filter((_, index) => wins[index] === most).map(({ name }) => name);
  return `${listed(leaders)} ${leaders.length === 1 ? "is" : "are each"} best by ${most} of the ${marks.length} measures that differ.`;
}

function Pinned({ store }: Props): JSX.Element {
  const columns = columnsOf(store);
  return (
    <>
      <p role="status">
        {columns.length > 1
          ? [verdict(columns), drawn(columns)].filter(Boolean).join(" ")
          : "Now change the plan or the hour to compare."}
      </p>
      {/* biome-ignore-start lint/a11y: a table that is wider than the panel is scrolled by the keyboard too */}
      <div class="scroll" tabIndex={0} role="group" aria-label="Plans side by side">
        <SideBySide store={store} columns={columns} />
      </div>
      {/* biome-ignore-end lint/a11y: as above */}
    </>
  );
}

export function Comparison({ store }: Props): JSX.Element | null {
  const { pins, shown } = store.get();
  const present = presentOf(store.plan, store);
  const offers = !isPinned(pins, present) && pins.length < MOST_PINS;
  const startsOpen = useRef(pins.length > 0);
  if (shown === null && !pins.length) return null;
  return (
    <Section
      title={pins.length ? `Compare plans (${pins.length} pinned)` : "Compare plans"}
      id="compare"
      words={["vehicle hours", "delay"]}
      open={startsOpen.current}
    >
      {pins.length ? (
        <Pinned store={store} />
      ) : (
        <p>Pin this plan, then change it: both stand side by side, with their differences.</p>
      )}
      {offers && (
        <button type="button" onClick={() => store.set({ pins: [...pins, present] })}>
          {`Pin this plan as ${LETTERS[pins.length]}`}
        </button>
      )}
    </Section>
  );
}
