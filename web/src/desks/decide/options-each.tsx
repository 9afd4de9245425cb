/** One option in words: judgements, rights, powers, when to go and when to stop, risks, what it rests on, what is open. */
import type { JSX } from "preact";
import type { Comparison, OptionRow } from "../../contract/index.ts";
import { Section } from "../../lib/parts.tsx";
import { capital, counted } from "../../lib/units.ts";
import { listed, readable } from "../../lib/words.ts";
import { ADVICE_WORDS, CRITERION_WORDS, EFFECT_WORDS, figureWords, formFor } from "./options.ts";
import { Opens } from "./options-table.tsx";
import type { AtTab } from "./tabs.tsx";

type Props = AtTab & { readonly row: OptionRow; readonly found: Comparison };

const VERDICTS = { yes: "Yes", no: "No", unknown: "Unknown" } as const;

const given = (said: OptionRow["views"], which: keyof typeof VERDICTS): number =>
  said.filter(({ verdict }) => verdict === which).length;

const Asked = ({ title, said }: { readonly title: string; readonly said: OptionRow["views"] }): JSX.Element => (
  <details>
    <summary>{`${title}: ${counted(given(said, "yes"), "yes", "yes")}, ${given(said, "no")} no, ${given(said, "unknown")} unknown`}</summary>
    <ul class="checks">
      {said.map(({ question, verdict, why }) => (
        <li key={question}>
          <span class={`tag verdict-${verdict}`}>{VERDICTS[verdict]}</span>
          <span>
            {question}
            <small>{why}</small>
          </span>
        </li>
      ))}
    </ul>
  </details>
);

const Criteria = ({ row, found, toEntry }: Props): JSX.Element => (
  <>
    <p>
      <span class={`tag advice-${row.advice}`}>{ADVICE_WORDS[row.advice]}</span>
    </p>
    <ul class="checks">
      {row.criteria.map(({ says, state, why, rests_on }) => (
        <li key={says}>
          <span class={`tag criterion-${state}`}>{CRITERION_WORDS[state]}</span>
          <span>
            {says}
            <small>{why}</small>
            <Opens ids={rests_on} found={found} toEntry={toEntry} />
          </span>
        </li>
      ))}
    </ul>
  </>
);

const Judged = ({ row }: { readonly row: OptionRow }): JSX.Element => (
  <ul class="checks">
    {row.judged.map(({ figure, low, high, by, why, if_wrong }) => (
      <li key={figure}>
        <span>
          <b>{`${capital(readable(figure))}: ${figureWords({ low, high })}`}</b>
          <small>{`Judged by ${by}: ${why}.`}</small>
          <small>{`If that is wrong: ${if_wrong}.`}</small>
        </span>
      </li>
    ))}
  </ul>
);

const Sources = ({ row, toEntry }: Pick<Props, "row" | "toEntry">): JSX.Element => (
  <ul class="items nested">
    {row.sources.map(({ entry, says, by }) => (
      <li key={says}>
        {entry ? (
          <button type="button" class="item fact" onClick={() => toEntry(entry)}>
            <span class="item-text">
              <span>{says}</span>
              <small>{by}</small>
            </span>
          </button>
        ) : (
          <span class="item-text">
            <span>{says}</span>
            <small>{by}</small>
          </span>
        )}
      </li>
    ))}
  </ul>
);

export const Each = (at: Props): JSX.Element => {
  const { row, found, store, toEntry } = at;
  const said = row.risks.filter(({ effect }) => effect !== "not_said");
  return (
    <Section title={`${row.place}. ${row.title}`} id={`option-${row.id}`}>
      <p>{`${capital(row.does.join("; "))}.`}</p>
      {row.dominated.map(({ by, better_in }) => (
        <p key={by} class="warning">
          {`Dominated by ${found.options.find(({ id }) => id === by)?.title ?? by}: ${listed(better_in)}.`}
        </p>
      ))}
      <Criteria {...at} />
      <h3>Judged</h3>
      <Judged row={row} />
      <Asked title="Would it work, and can it be answered for" said={row.views} />
      <Asked title="Rights" said={row.rights} />
      {row.powers.length > 0 && (
        <details>
          <summary>{`Powers needed (${row.powers.length})`}</summary>
          <ul class="sentences">
            {row.powers.map(({ row: name, by, may, when, instrument, is_read }) => (
              <li key={name}>
                {`${capital(readable(by))} may ${may}, ${when} (${instrument}).`}
                {!is_read && " The text of this law was not read for the table: have it checked."}
              </li>
            ))}
          </ul>
        </details>
      )}
      {said.length > 0 && (
        <details>
          <summary>{`Risks (${said.length})`}</summary>
          <ul class="sentences">
            {said.map(({ risk, effect, why, judged, is_due }) => (
              <li key={risk}>
                {`${EFFECT_WORDS[effect]}: ${risk}, because ${why} (${judged}${is_due ? "; its review is overdue" : ""}).`}
              </li>
            ))}
          </ul>
        </details>
      )}
      {row.contingencies.length > 0 && (
        <details>
          <summary>{`If it comes otherwise (${row.contingencies.length})`}</summary>
          <ul class="sentences">
            {row.contingencies.map((says) => (
              <li key={says}>{`${says}.`}</li>
            ))}
          </ul>
        </details>
      )}
      <h3>Rests on</h3>
      <Sources row={row} toEntry={toEntry} />
      <p>{`Against it: ${row.dissent}.`}</p>
      {row.notes.map((note) => (
        <p key={note} class="warning">
          {note}
        </p>
      ))}
      {row.open.length > 0 && (
        <details>
          <summary>{`Nobody has answered (${row.open.length})`}</summary>
          <ul class="sentences">
            {row.open.map((says) => (
              <li key={says}>{says}</li>
            ))}
          </ul>
        </details>
      )}
      <p class="row-acts">
        <button
          type="button"
          class="primary"
          onClick={() => store.set({ form: formFor(row, found), completing: "", tab: "sign" })}
        >
          {`Decide this: ${row.title}`}
        </button>
      </p>
    </Section>
  );
};
