/** The answer in a sentence, and the figures. */
import type { JSX } from "preact";
import type { Access, Cordon } from "../../../contract/index.ts";
import { Figure } from "../../../lib/items.tsx";
import { count, counted, effort, metres, minutes, percent } from "../../../lib/units.ts";
import { addressesWord } from "../../../lib/words.ts";
import { hasSite } from "../question.ts";
import { type PlanStore, questionOf, type State, untilWhom } from "../store.ts";
import { placesWords } from "./barriers.tsx";

type Props = { readonly store: PlanStore };

const EMPTY = "Nothing is closed yet. Draw the ground that people hold, or click a street and mark it as occupied.";

function sentence(state: State): string {
  if (state.answer) return state.answer.summary[0] ?? EMPTY;
  if (state.status === "failed") return "There is no plan to show.";
  return hasSite(questionOf(state)) ? "Working out the cordon\u2026" : EMPTY;
}

/** Whether help no longer reaches somebody; the summary begins with that. */
const losesHelp = ({ answer }: State): boolean =>
  (answer?.access?.services ?? []).some(({ before, after }) => after.reached < before.reached);

const OLD = "This answer is older than the last wish, which has none: it answers the question before.";

/** Whether what is shown answers another question than the present one, which was refused or could not be asked. */
const isOld = (state: State): boolean =>
  state.status === "failed" && state.answer !== null && state.answered !== questionOf(state);

/** Read aloud when it changes. */
export function Summary({ store }: Props): JSX.Element {
  const rest = store.get().answer?.summary.slice(1) ?? [];
  return (
    <section class="summary" role="status" aria-live="polite" aria-label="Summary">
      {isOld(store.get()) && <p class="warning old">{OLD}</p>}
      <p class={losesHelp(store.get()) ? "lead lost" : "lead"}>{sentence(store.get())}</p>
      {rest.length > 0 && (
        <div class="rest">
          {rest.map((text) => (
            <p key={text}>{text}</p>
          ))}
        </div>
      )}
    </section>
  );
}

function proof(cordon: Cordon): string {
  if (cordon.optimal) return "proven: none takes less";
  return `best found; proven to take at least ${effort(cordon.bound)}`;
}

function CordonFigures({ cordon, word }: { readonly cordon: Cordon; readonly word: string }): JSX.Element {
  const { barrier_count: barriers, enclosed } = cordon;
  const whole = cordon.cost > cordon.barrier_cost ? `${effort(cordon.cost)} with what is enclosed; ` : "";
  return (
    <>
      <Figure value={count(barriers)} label={barriers === 1 ? "barrier" : "barriers"} note={placesWords(cordon)} />
      <Figure value={effort(cordon.barrier_cost)} label="to set the barriers up" note={`${whole}${proof(cordon)}`} />
      <Figure
        value={count(enclosed.addresses)}
        label={`${word} enclosed`}
        note={`${counted(enclosed.streets.length, "street")}, ${metres(enclosed.length_m)}`}
      />
    </>
  );
}

const AccessFigure = ({ access: { within, addresses, services } }: { readonly access: Access }): JSX.Element => (
  <Figure
    value={percent(within.after, addresses)}
    label={`reached ${services.length > 1 ? "by every service " : ""}within ${Math.round(within.seconds / 6) / 10} min`}
    note={within.before === within.after ? "as before" : `before: ${percent(within.before, addresses)}`}
  />
);

const TIMES = [
  ["Half within", "p50"],
  ["9 of 10 within", "p90"],
  ["Longest", "max"],
] as const;

function BeforeAfter({
  access: { before, after },
  until,
}: {
  readonly access: Access;
  readonly until: string;
}): JSX.Element {
  const rows = [
    ...TIMES.map(([title, key]) => [title, minutes(before[key]), minutes(after[key])] as const),
    ["Not reached", count(before.unreached_count), count(after.unreached_count)] as const,
  ];
  return (
    <table class="numbers">
      <caption>{`Time ${until}, in the whole network`}</caption>
      <thead>
        <tr>
          <td />
          <th scope="col">Before</th>
          <th scope="col">After</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(([title, was, is]) => (
          <tr key={title}>
            <th scope="row">{title}</th>
            <td>{was}</td>
            <td class={was === is ? "" : "changed"}>{is}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

export function Figures({ store }: Props): JSX.Element {
  const { answer, network } = store.get();
  const { cordon = null, access = null } = answer ?? {};
  return (
    <section class="figures-part" aria-label="Figures">
      {cordon?.warnings.map((text) => (
        <p key={text} class="warning">
          {text}
        </p>
      ))}
      {answer && (
        <dl class="figures">
          {cordon && <CordonFigures cordon={cordon} word={addressesWord(network)} />}
          {access && <AccessFigure access={access} />}
        </dl>
      )}
      {access && <BeforeAfter access={access} until={untilWhom(store.get())} />}
    </section>
  );
}
