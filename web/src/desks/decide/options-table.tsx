/** The table of options: one column each, one row a figure; a press on a figure shows where it comes from. */
import { Fragment, type JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";
import type { Comparison, OptionFigure, OptionRow } from "../../contract/index.ts";
import { Card } from "../../lib/parts.tsx";
import { capital } from "../../lib/units.ts";
import { listed } from "../../lib/words.ts";
import { BASIS_WORDS, EFFECT_WORDS, figureWords, rowsOf } from "./options.ts";
import type { DecideStore } from "./store.ts";
import type { AtTab } from "./tabs.tsx";

type Props = { readonly store: DecideStore; readonly found: Comparison };

const titleOf = ({ options }: Comparison, id: string): string => options.find((one) => one.id === id)?.title ?? id;

const Head = ({ row, found }: { readonly row: OptionRow; readonly found: Comparison }): JSX.Element => (
  <th scope="col">
    <span>{`${row.place}. ${row.title}`}</span>
    {row.dominated.map(({ by, better_in }) => (
      <span key={by} class="tag dominated" title={`Better in: ${listed(better_in)}.`}>
        {`Dominated by ${titleOf(found, by)}`}
      </span>
    ))}
  </th>
);

const isLooked = (store: DecideStore, option: string, figure: string): boolean => {
  const { figure: looked } = store.get();
  return looked?.option === option && looked.figure === figure;
};

type CellProps = { readonly store: DecideStore; readonly option: OptionRow; readonly figure: OptionFigure };

const Cell = ({ store, option, figure }: CellProps): JSX.Element => {
  const on = isLooked(store, option.id, figure.figure);
  const basis = BASIS_WORDS[figure.basis];
  return (
    <td>
      <button
        type="button"
        class="traced"
        aria-pressed={on}
        onClick={() => store.set({ figure: on ? null : { option: option.id, figure: figure.figure } })}
      >
        <span class="unseen">{`${option.title}, ${figure.title}: `}</span>
        <b>{figureWords(figure)}</b>
        <small>{figure.assumed.length > 0 ? `${basis} *` : basis}</small>
      </button>
    </td>
  );
};

export const SideBySide = (at: AtTab & Props): JSX.Element => {
  const { store, found } = at;
  const { figure: looked } = store.get();
  const rows = rowsOf(found);
  const same = new Set(found.constant);
  const risks = found.options[0]?.risks ?? [];
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is to be reached by the keyboard */}
      <section class="options-wide" aria-label="Options side by side" tabIndex={0}>
        <table class="options-table">
          <thead>
            <tr>
              <td />
              {found.options.map((row) => (
                <Head key={row.id} row={row} found={found} />
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => {
              const [first] = row;
              return first ? (
                <Fragment key={first.figure}>
                  <tr class={same.has(first.title) ? "same" : ""}>
                    <th scope="row">
                      {capital(first.title)}
                      <small>{`${first.unit}; ${first.better} is better`}</small>
                    </th>
                    {found.options.map((option, at) => {
                      const figure = row[at];
                      return figure && <Cell key={option.id} store={store} option={option} figure={figure} />;
                    })}
                  </tr>
                  {looked?.figure === first.figure && (
                    <tr>
                      <td class="trace" colSpan={found.options.length + 1}>
                        <Traced {...at} />
                      </td>
                    </tr>
                  )}
                </Fragment>
              ) : null;
            })}
            {risks.map(({ risk }, at) => (
              <tr key={risk}>
                <th scope="row">
                  {risk}
                  <small>risk</small>
                </th>
                {found.options.map((option) => {
                  const effect = option.risks[at]?.effect ?? "not_said";
                  return (
                    <td key={option.id} class={`effect ${effect}`}>
                      {EFFECT_WORDS[effect]}
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      <p class="rest">* rests on something that is assumed. Press a figure to see where it comes from.</p>
      {found.constant.length > 0 && (
        <p class="rest">{`The same for every option, so it decides nothing: ${listed(found.constant)}.`}</p>
      )}
      {found.unknown.length > 0 && (
        <p class="rest">{`Not known for any option, and left out of every claim: ${listed(found.unknown)}.`}</p>
      )}
    </>
  );
};

const WHOSE: Readonly<Record<OptionFigure["basis"], string>> = {
  computed: "Computed by a desk",
  entered: "Entered by hand",
  judged: "Judged, never computed",
  unknown: "Not known",
};

/** Where the figure comes from that was pressed. */
function Traced({ store, toEntry, found }: AtTab & Props): JSX.Element | null {
  const card = useRef<HTMLDivElement>(null);
  const { figure: looked } = store.get();
  const option = found.options.find(({ id }) => id === looked?.option);
  const figure = option?.figures.find(({ figure: name }) => name === looked?.figure);
  const key = option && figure ? `${option.id} ${figure.figure}` : "";
  useEffect(() => {
    if (key) card.current?.scrollIntoView({ block: "nearest" });
  }, [key]);
  if (!option || !figure) return null;
  const judged = option.judged.find((one) => one.figure === figure.figure);
  return (
    <div ref={card}>
      <Card title={`${option.title}: ${figure.title}`} close={() => store.set({ figure: null })}>
        <p class="lead">{`${figureWords(figure)} ${figure.unit}`}</p>
        <p>{`${WHOSE[figure.basis]}: ${figure.source}`}</p>
        {judged && <p>{`If that is wrong: ${judged.if_wrong}.`}</p>}
        <Opens ids={figure.rests_on} found={found} toEntry={toEntry} />
        {figure.assumed.length > 0 && (
          <details>
            <summary>{`Assumed (${figure.assumed.length})`}</summary>
            <ul class="sentences">
              {figure.assumed.map((says) => (
                <li key={says}>{says}</li>
              ))}
            </ul>
          </details>
        )}
      </Card>
    </div>
  );
}

/** The address of a version of a plan, with all else as an address has it: the moments that are looked at. */
function planAddress(address: string, plan: string): string {
  const said = new URLSearchParams(address);
  for (const [name, value] of [
    ["desk", "plan"],
    ["part", "plans"],
    ["tmp", plan],
  ] as const)
    said.set(name, value);
  return said.toString();
}

function openPlan(event: Event, plan: string): void {
  event.preventDefault();
  location.hash = planAddress(location.hash.slice(1), plan);
}

type OpensProps = Pick<AtTab, "toEntry"> & { readonly ids: readonly string[]; readonly found: Comparison };

/** The plans and entries that a figure or a criterion rests on, each to be opened. */
export const Opens = ({ ids, found, toEntry }: OpensProps): JSX.Element | null => {
  const cited = found.cited.filter(({ entry }) => ids.includes(entry));
  return cited.length ? (
    <ul class="items nested" aria-label="What it rests on">
      {cited.map(({ entry, plan, says }) => (
        <li key={entry}>
          {plan ? (
            <a class="item fact" href={`#${planAddress("", plan)}`} onClick={(event) => openPlan(event, plan)}>
              <span class="item-text">
                <span>{`Open the plan ${plan.replace(/:(\d+)$/, ", version $1")}`}</span>
              </span>
            </a>
          ) : (
            <button type="button" class="item fact" onClick={() => toEntry(entry)}>
              <span class="item-text">
                <span>{says}</span>
                <small>{`Entry ${entry}`}</small>
              </span>
            </button>
          )}
        </li>
      ))}
    </ul>
  ) : null;
};
