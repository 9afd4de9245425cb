/** The risk register: what may happen, whose it is, what is late or unsaid, and what was learnt elsewhere. */
import type { JSX } from "preact";
import type { EventOf, RiskOf } from "../../contract/index.ts";
import { Facts, Section } from "../../lib/parts.tsx";
import { ageWords, fullTimeWords } from "../../lib/times.ts";
import { capital } from "../../lib/units.ts";
import { listed } from "../../lib/words.ts";
import { Cited, type ToEntry } from "../talks/cited.tsx";
import type { AtTab } from "./tabs.tsx";
import { rangeWords, risksLead, STANDING_WORDS } from "./words.ts";

type RiskProps = { readonly risk: RiskOf; readonly zone: string; readonly toEntry: ToEntry };

const reviewWords = (risk: RiskOf, zone: string): string => {
  if (!risk.review) return "no time is set";
  const due = fullTimeWords(Date.parse(risk.review), zone);
  return risk.overdue_s === null ? due : `overdue for ${ageWords(risk.overdue_s)}: it was due ${due}`;
};

const Entries = ({
  title,
  lines,
  toEntry,
}: {
  readonly title: string;
  readonly lines: RiskOf["signs"];
  readonly toEntry: ToEntry;
}): JSX.Element | null =>
  lines.length ? (
    <details>
      <summary>{`${title} (${lines.length})`}</summary>
      <Cited lines={lines} toEntry={toEntry} says />
    </details>
  ) : null;

const RiskCard = ({ risk, zone, toEntry }: RiskProps): JSX.Element => (
  <li class="matter">
    <p>
      {(risk.is_due || risk.state !== "open") && (
        <span class={`tag ${risk.is_due ? "missed" : risk.state}`}>
          {risk.is_due ? "Review overdue" : STANDING_WORDS[risk.state]}
        </span>
      )}{" "}
      <b>{risk.risk}</b>
    </p>
    {risk.what && <p>{risk.what}</p>}
    <Facts
      rows={[
        ["Likelihood", rangeWords(risk.likelihood, risk.likelihood_to)],
        ["Consequence", rangeWords(risk.consequence, risk.consequence_to)],
        risk.for_whom.length ? ["For", listed(risk.for_whom)] : null,
        risk.done.length ? ["Done", risk.done.join("; ")] : null,
        ["Owner", risk.owner ?? "nobody is named"],
        ["Review", reviewWords(risk, zone)],
        risk.grown ? ["Grows", `${risk.grown.says}. ${risk.grown.why}`] : null,
      ]}
    />
    {risk.missing.length > 0 && <p class="rest">{`Nobody has said ${listed(risk.missing)}.`}</p>}
    <Cited lines={[risk.line]} toEntry={toEntry} />
    <Entries title="Judged otherwise" lines={risk.contested_by} toEntry={toEntry} />
    <Entries title="Reported since: read it" lines={risk.signs} toEntry={toEntry} />
    <Entries title="Said before" lines={risk.before} toEntry={toEntry} />
  </li>
);

const EventCard = ({ event, toEntry }: { readonly event: EventOf; readonly toEntry: ToEntry }): JSX.Element => (
  <li class="matter">
    <p>
      <b>{event.event}</b>
    </p>
    <p>{event.happened_then}</p>
    <ul>
      {event.lessons.map((lesson) => (
        <li key={lesson}>{lesson}</li>
      ))}
    </ul>
    <Facts
      rows={[
        event.alike ? ["Alike", event.alike] : null,
        event.differs ? ["Different", event.differs] : null,
        event.risks.length ? ["Bears on", listed(event.risks)] : null,
        ["Source", event.reference],
      ]}
    />
    {event.not_in_register.length > 0 && (
      <p class="rest">{`Not in the register: ${capital(listed(event.not_in_register))}.`}</p>
    )}
    <Cited lines={[event.line]} toEntry={toEntry} />
  </li>
);

export function RisksTab({ store, toEntry }: AtTab): JSX.Element {
  const { risks } = store.get();
  if (!risks) return <p class="lead">Reading the register…</p>;
  return (
    <>
      <section class="summary" role="status" aria-live="polite" aria-label="Summary">
        <p class="lead">{risksLead(risks)}</p>
      </section>
      <ul class="stack" aria-label="Risks">
        {risks.risks.map((risk) => (
          <RiskCard key={risk.line.id} risk={risk} zone={risks.zone} toEntry={toEntry} />
        ))}
      </ul>
      {risks.risks.length > 0 && <p class="rest">{risks.rule}</p>}
      {risks.events.length > 0 && (
        <Section title={`Comparable events (${risks.events.length})`} id="risk-events" open>
          <ul class="stack">
            {risks.events.map((event) => (
              <EventCard key={event.line.id} event={event} toEntry={toEntry} />
            ))}
          </ul>
        </Section>
      )}
    </>
  );
}
