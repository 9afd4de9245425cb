/** Levels of restrictions: which holds, what it means here, what another would change, what would ease it. */
import type { JSX } from "preact";
import type { Gathering, LevelChange, SchemeOf } from "../../contract/index.ts";
import { Facts, Section } from "../../lib/parts.tsx";
import { ageWords, fullTimeWords, whenWords } from "../../lib/times.ts";
import { listed } from "../../lib/words.ts";
import { Cited, type ToEntry } from "../talks/cited.tsx";
import type { AtTab } from "./tabs.tsx";
import { GATHERING_WORDS, levelsLead } from "./words.ts";

type SchemeProps = { readonly scheme: SchemeOf; readonly zone: string; readonly toEntry: ToEntry };

const gatheringWords = (one: Gathering): string => `${one.limit}: ${GATHERING_WORDS[one.state]}. ${one.why}`;

const Change = ({ change }: { readonly change: LevelChange }): JSX.Element => (
  <li class="matter">
    <p>
      <b>{change.to}</b>
    </p>
    <Facts
      rows={[
        ["This gathering", gatheringWords(change.gathering)],
        change.dropped.length ? ["Would go", listed(change.dropped)] : null,
        change.added.length ? ["Would come", listed(change.added)] : null,
        change.staff_dropped.length ? ["Would go for staff", listed(change.staff_dropped)] : null,
        change.staff_added.length ? ["Would come for staff", listed(change.staff_added)] : null,
      ]}
    />
  </li>
);

const lasting = (scheme: SchemeOf, zone: string): string => {
  if (!scheme.since)
    return scheme.is_over ? "the last one is over; nobody said what came after it" : "nobody said which";
  const until = scheme.until ? ` until ${fullTimeWords(Date.parse(scheme.until), zone)}` : "";
  return `since ${whenWords(scheme.since, zone)}${until}`;
};

const Scheme = ({ scheme, zone, toEntry }: SchemeProps): JSX.Element => (
  <section class="matter" aria-label={scheme.scheme}>
    <p>
      <span class="tag">{scheme.level ?? "Not known"}</span> <b>{scheme.scheme}</b> {scheme.where}
    </p>
    <Facts
      rows={[
        ["Holds", lasting(scheme, zone)],
        scheme.rules.length ? ["Rules", scheme.rules.join("; ")] : null,
        scheme.staff_rules.length ? ["For staff", scheme.staff_rules.join("; ")] : null,
        scheme.level ? ["This gathering", gatheringWords(scheme.gathering)] : null,
        scheme.eases_when.length ? ["Eases when", scheme.eases_when.join("; ")] : null,
        scheme.stays_when ? ["Stays when", scheme.stays_when] : null,
        ...scheme.coming.map(
          (one) => ["To come", `${one.level}, from ${fullTimeWords(Date.parse(one.starts), zone)}`] as const,
        ),
      ]}
    />
    {scheme.line && <Cited lines={[scheme.line]} toEntry={toEntry} />}
    {scheme.contested_by.length > 0 && (
      <div class="warning">
        Said otherwise:
        <Cited lines={scheme.contested_by} toEntry={toEntry} says />
      </div>
    )}
    {scheme.changes.length > 0 && (
      <details>
        <summary>{`At another level (${scheme.changes.length})`}</summary>
        <ul class="stack">
          {scheme.changes.map((change) => (
            <Change key={change.line.id} change={change} />
          ))}
        </ul>
      </details>
    )}
    {scheme.asked.map((one) => (
      <p key={one.line.id} class="rest">
        {`${one.line.says}. `}
        {one.answer
          ? `Answered by ${one.answer.speaker}.`
          : `Waits for ${ageWords(one.age_s)}, owed by ${one.owed_by ?? "nobody named"}.`}
      </p>
    ))}
  </section>
);

export function LevelsTab({ store, toEntry }: AtTab): JSX.Element {
  const { levels } = store.get();
  if (!levels) return <p class="lead">Reading the restrictions…</p>;
  const beside = [
    ["On duty here: rules for staff apply to them", levels.staff],
    ["Demanded", levels.demands],
    ["Said of mandates and restrictions", levels.said],
  ] as const;
  return (
    <>
      <section class="summary" role="status" aria-live="polite" aria-label="Summary">
        <p class="lead">{levelsLead(levels)}</p>
      </section>
      {levels.schemes.map((scheme) => (
        <Scheme key={scheme.scheme + scheme.where} scheme={scheme} zone={levels.zone} toEntry={toEntry} />
      ))}
      {beside
        .filter(([, lines]) => lines.length)
        .map(([title, lines]) => (
          <Section key={title} title={`${title} (${lines.length})`} id={`levels-${title}`}>
            <Cited lines={lines} toEntry={toEntry} says />
          </Section>
        ))}
    </>
  );
}
