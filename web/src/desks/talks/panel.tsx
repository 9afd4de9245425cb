/** The panel of the Talks desk: the answer in a sentence, deadlocks, terms, promises, requests, common ground, parties, contacts. */
import type { ComponentChildren, JSX } from "preact";
import type { PartyOf, TalksAnswer } from "../../contract/index.ts";
import { Facts, Section } from "../../lib/parts.tsx";
import { ageWords, fullTimeWords } from "../../lib/times.ts";
import { Cited, type ToEntry } from "./cited.tsx";
import { Ground } from "./common-ground.tsx";
import { DeadlockRing } from "./deadlock.tsx";
import type { TalksStore } from "./store.ts";
import { ANSWER_WORDS, leadOf, owedWords, PROMISE_WORDS, TERM_WORDS } from "./words.ts";

type At = { readonly talks: TalksAnswer; readonly toEntry: ToEntry };

const timeOf = (moment: string | null, zone: string): string => (moment ? fullTimeWords(Date.parse(moment), zone) : "");

type MatterProps = {
  readonly tag: string;
  readonly look: string;
  readonly says: string;
  readonly children: ComponentChildren;
};

/** One matter: how it stands, what it says, and below it why and by which entries. */
const Matter = ({ tag, look, says, children }: MatterProps): JSX.Element => (
  <li class="matter">
    <p>
      <span class={`tag ${look}`}>{tag}</span> {says}
    </p>
    {children}
  </li>
);

const Late = ({ talks }: Pick<At, "talks">): JSX.Element | null =>
  talks.alarms.length ? (
    <ul class="stack late-list" aria-label="Late">
      {talks.alarms.map((alarm) => (
        <li key={alarm.entry + alarm.says} class="warning">
          <b>{alarm.office}</b>: {alarm.says} Since {timeOf(alarm.since, talks.zone)}.
        </li>
      ))}
    </ul>
  ) : null;

const Terms = ({ talks, toEntry }: At): JSX.Element => (
  <Section title={`Terms (${talks.terms.length})`} id="talks-terms" open>
    {talks.terms.length === 0 && <p class="rest">Nobody has set a condition. Enter one with the kind “condition”.</p>}
    <ul class="stack">
      {talks.terms.map((term) => (
        <Matter
          key={term.line.id}
          tag={TERM_WORDS[term.state]}
          look={term.state}
          says={`${term.what}, before ${term.before}`}
        >
          <p class="rest">
            {`Set by ${term.by}. ${term.why}${term.since ? ` So since ${timeOf(term.since, talks.zone)}.` : ""}`}
          </p>
          <Cited lines={[term.line, ...term.figures]} toEntry={toEntry} says />
        </Matter>
      ))}
    </ul>
  </Section>
);

const Requests = ({ talks, toEntry }: At): JSX.Element => (
  <Section title={`Requests (${talks.requests.length})`} id="talks-requests" open>
    {talks.requests.length === 0 && <p class="rest">Nothing was asked or offered that waits for an answer.</p>}
    <ul class="stack">
      {talks.requests.map((asked) => (
        <Matter key={asked.line.id} tag={ANSWER_WORDS[asked.state]} look={asked.state} says={asked.line.says}>
          <p class="rest">
            {asked.answer ? `Asked ${ageWords(asked.age_s)} ago` : `For ${ageWords(asked.age_s)}`}, {owedWords(asked)}
          </p>
          <Cited lines={asked.answer ? [asked.line, asked.answer] : [asked.line]} toEntry={toEntry} says />
          {asked.elsewhere.length > 0 && (
            <details>
              <summary>Said elsewhere ({asked.elsewhere.length})</summary>
              <Cited lines={asked.elsewhere} toEntry={toEntry} says />
            </details>
          )}
        </Matter>
      ))}
    </ul>
  </Section>
);

const Promises = ({ talks, toEntry }: At): JSX.Element => (
  <Section title={`Promises (${talks.commitments.length})`} id="talks-promises">
    {talks.commitments.length === 0 && <p class="rest">No promise is in the record.</p>}
    <ul class="stack">
      {talks.commitments.map((one) => (
        <Matter key={one.line.id} tag={PROMISE_WORDS[one.state]} look={one.state} says={one.line.says}>
          <p class="rest">{one.why}</p>
          <Cited lines={[one.line, ...one.evidence]} toEntry={toEntry} />
        </Matter>
      ))}
    </ul>
  </Section>
);

const SORT_WORDS: Readonly<Record<PartyOf["sort"], string>> = {
  group: "Group",
  authority: "Authority",
  partner: "Partner",
};

function Party({
  party,
  toEntry,
  zone,
}: {
  readonly party: PartyOf;
  readonly toEntry: ToEntry;
  readonly zone: string;
}): JSX.Element {
  const claim = party.speaks_for ? `${party.speaks_for}, as claimed by ${party.claimed_by}` : "nobody has said";
  return (
    <details class="party">
      <summary>
        <b>{party.name}</b> <small>{SORT_WORDS[party.sort] + (party.is_assumed ? ", by its name" : "")}</small>
      </summary>
      <Facts
        rows={[
          ["Speaks for it", party.spokesperson ?? "nobody has said"],
          ["For how many", claim],
          party.spellings.length ? ["Also written", party.spellings.join(", ")] : null,
          party.split_from ? ["Split off from", party.split_from] : null,
          party.split_off.length ? ["Split off it", party.split_off.join(", ")] : null,
          party.last_contact
            ? ["Last contact", `${ageWords(party.last_contact.age_s)} ago`]
            : ["Last contact", "none entered"],
          party.next_due ? ["Next due", timeOf(party.next_due, zone)] : null,
        ]}
      />
      <Cited lines={[...party.demands, ...party.requests, ...party.offers, ...party.advice]} toEntry={toEntry} says />
    </details>
  );
}

const Contacts = ({ talks, toEntry }: At): JSX.Element => (
  <Section title={`Contacts (${talks.contacts.length})`} id="talks-contacts">
    {talks.contacts.length === 0 && <p class="rest">No contact is entered. Enter one with the kind “contact”.</p>}
    <ul class="stack">
      {talks.contacts.map((contact) => (
        <li key={contact.line.id}>
          <Cited lines={[contact.line]} toEntry={toEntry} says />
          {contact.minutes_due && (
            <p class="rest">
              {contact.minutes
                ? "Minutes are entered."
                : `Minutes are due by ${timeOf(contact.minutes_due, talks.zone)}.`}
            </p>
          )}
          {contact.next_due && <p class="rest">Next by {timeOf(contact.next_due, talks.zone)}.</p>}
        </li>
      ))}
    </ul>
  </Section>
);

export function TalksPanel({ store, toEntry }: { readonly store: TalksStore; readonly toEntry: ToEntry }): JSX.Element {
  const { talks, failure } = store.get();
  if (!talks) return <p class="lead">{failure || "Reading the talks…"}</p>;
  const at = { talks, toEntry };
  return (
    <div class="talks">
      <section class="summary" role="status" aria-live="polite" aria-label="Summary">
        <p class="lead">{leadOf(talks)}</p>
        <p class="rest">{`At ${timeOf(talks.at, talks.zone)}, as known at ${timeOf(talks.known_at, talks.zone)}.`}</p>
      </section>
      {failure && <p class="warning">{failure}</p>}
      <Late talks={talks} />
      {talks.deadlocks.length > 0 && (
        <Section
          title={`Deadlocks (${talks.deadlocks.length}${talks.all_deadlocks ? "" : " or more"})`}
          id="talks-deadlocks"
          open
        >
          {talks.deadlocks.map((one) => (
            <DeadlockRing key={one.entries.join()} deadlock={one} toEntry={toEntry} />
          ))}
        </Section>
      )}
      <Terms {...at} />
      <Requests {...at} />
      <Promises {...at} />
      <Section title="Common ground" id="talks-ground">
        {talks.common_ground.map((row) => (
          <Ground key={row.subject} row={row} toEntry={toEntry} />
        ))}
      </Section>
      <Section title={`Groups and offices (${talks.parties.length})`} id="talks-parties">
        {talks.parties.map((party) => (
          <Party key={party.name} party={party} toEntry={toEntry} zone={talks.zone} />
        ))}
      </Section>
      <Contacts {...at} />
    </div>
  );
}
