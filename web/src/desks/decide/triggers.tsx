/** Triggers: thresholds of decisions and options with when each was first known to be crossed; contacts without minutes. */
import type { JSX } from "preact";
import type { TriggerOf, Triggers } from "../../contract/index.ts";
import { Section } from "../../lib/parts.tsx";
import { fullTimeWords } from "../../lib/times.ts";
import { capital, counted } from "../../lib/units.ts";
import { listed, readable } from "../../lib/words.ts";
import { Cited, type ToEntry } from "../talks/cited.tsx";
import { CRITERION_WORDS } from "./options.ts";
import type { AtTab } from "./tabs.tsx";

const STATE_WORDS: Readonly<Record<TriggerOf["state"], string>> = {
  fired: "Fired",
  not_yet: "Not yet",
  nobody_counts: "Nobody counts it",
  cannot_say: "Nobody can say",
};
const SORT_WORDS: Readonly<Record<TriggerOf["sort"], string>> = {
  expectation: "Expected by",
  go: "To go on with",
  stop: "To stop",
};

/** The triggers in a sentence. */
function triggersLead({ triggers, alarms }: Triggers): string {
  const of = (state: TriggerOf["state"]): number => triggers.filter((one) => one.state === state).length;
  const parts = [
    of("fired") ? `${of("fired")} fired` : "",
    of("not_yet") ? `${of("not_yet")} not yet` : "",
    of("nobody_counts") + of("cannot_say") ? `${of("nobody_counts") + of("cannot_say")} that cannot fire` : "",
  ].filter(Boolean);
  const thresholds = triggers.length
    ? `${counted(triggers.length, "threshold")}: ${listed(parts)}.`
    : "No threshold: no decision expects anything of a figure, and no option was brought in.";
  return alarms.length
    ? `${thresholds} ${counted(alarms.length, "contact has", "contacts have")} no minutes.`
    : thresholds;
}

type OneProps = { readonly one: TriggerOf; readonly zone: string; readonly toEntry: ToEntry };

const timeWords = (moment: string, zone: string): string => fullTimeWords(Date.parse(moment), zone);

/** Why it has not fired, or since when it is known. */
function sinceWords({ state, fired, first_possible, figure }: TriggerOf, zone: string): string {
  if (fired) return `First known ${timeWords(fired, zone)}.`;
  if (state === "nobody_counts") return `Nobody has counted ${readable(figure)} in the last week, so it cannot fire.`;
  if (state === "cannot_say") return "It was counted at several places, and none is named.";
  return first_possible ? `Possible since ${timeWords(first_possible, zone)}: speakers or ranges leave it open.` : "";
}

const One = ({ one, zone, toEntry }: OneProps): JSX.Element => (
  <li class="matter">
    <p>
      <span class={`tag trigger-${one.state}`}>{STATE_WORDS[one.state]}</span> <b>{one.what}</b>
    </p>
    <p class="rest">
      {`${SORT_WORDS[one.sort]} ${one.whose}.${one.of ? ` ${capital(readable(one.figure))}: ${one.bounds}.` : ""}`}
    </p>
    <p>{sinceWords(one, zone)}</p>
    <p class="rest">{`Now: ${CRITERION_WORDS[one.now].toLowerCase()}. ${one.now_why}`}</p>
    <Cited lines={one.by} toEntry={toEntry} says />
    {one.of && (
      <button type="button" class="quiet" onClick={() => toEntry(one.of?.id ?? "")}>
        What was expected
      </button>
    )}
  </li>
);

type AlarmsProps = { readonly found: Triggers; readonly toEntry: ToEntry };

const Alarms = ({ found, toEntry }: AlarmsProps): JSX.Element => {
  const offices = [...new Set(found.alarms.map(({ office }) => office))];
  return (
    <Section title="Contacts without minutes" id="trigger-minutes" open>
      {offices.length === 0 && <p class="rest">Every contact with an outside authority has its minutes.</p>}
      {offices.map((office) => (
        <section key={office} class="matter">
          <h3>{capital(office)}</h3>
          <ul class="items nested">
            {found.alarms
              .filter((one) => one.office === office)
              .map(({ entry, says, since }) => (
                <li key={entry}>
                  <button type="button" class="item fact" onClick={() => toEntry(entry)}>
                    <span class="item-text">
                      <span>{says}</span>
                      <small>{`Due ${timeWords(since, found.zone)}`}</small>
                    </span>
                  </button>
                </li>
              ))}
          </ul>
        </section>
      ))}
    </Section>
  );
};

export function TriggersTab({ store, toEntry }: AtTab): JSX.Element {
  const { triggers, brought } = store.get();
  if (!triggers) return <p class="lead">Reading the thresholds…</p>;
  return (
    <>
      <section class="summary" role="status" aria-live="polite" aria-label="Summary">
        <p class="lead">{triggersLead(triggers)}</p>
      </section>
      <ul class="stack" aria-label="Thresholds">
        {triggers.triggers.map((one) => (
          <One key={`${one.sort} ${one.whose} ${one.what}`} one={one} zone={triggers.zone} toEntry={toEntry} />
        ))}
      </ul>
      {triggers.only_direction > 0 && (
        <p class="rest">
          {counted(triggers.only_direction, "expectation has", "expectations have")} nothing to be held to: no bound, or
          nobody had counted when it was decided.
        </p>
      )}
      {!brought?.options.length && (
        <p class="rest">The criteria of options stand here too, once options are brought in.</p>
      )}
      <Alarms found={triggers} toEntry={toEntry} />
    </>
  );
}
