/** The review: what was expected, against what came, and how well each office knew. */
import type { JSX } from "preact";
import type { Held } from "../../contract/index.ts";
import { Section } from "../../lib/parts.tsx";
import { ageWords, fullTimeWords } from "../../lib/times.ts";
import { counted } from "../../lib/units.ts";
import { Cited, type ToEntry } from "../talks/cited.tsx";
import { Contradictions } from "./log.tsx";
import { Reliability } from "./reliability.tsx";
import type { AtTab } from "./tabs.tsx";
import { CAME_WORDS, GROUPS, reviewLead } from "./words.ts";

type HeldProps = { readonly held: Held; readonly zone: string; readonly toEntry: ToEntry };

const HeldLine = ({ held, zone, toEntry }: HeldProps): JSX.Element => (
  <li class="matter">
    <p>
      <span class={`tag ${held.came}`}>{CAME_WORDS[held.came]}</span> {held.expected}
    </p>
    <p class="rest">
      {`${held.office}${held.by_when ? `, by ${fullTimeWords(Date.parse(held.by_when), zone)}` : ""}. ${held.why}`}
      {held.last_figure_age_s !== null && held.came !== "unknown"
        ? ` The last figure is ${ageWords(held.last_figure_age_s)} old.`
        : ""}
    </p>
    <details>
      <summary>{`Entries (${held.entries.length + 1})`}</summary>
      <Cited lines={[held.of, ...held.entries]} toEntry={toEntry} says />
    </details>
  </li>
);

export function ReviewTab({ store, toEntry }: AtTab): JSX.Element {
  const { review } = store.get();
  if (!review) return <p class="lead">Holding what was expected against the record…</p>;
  const groups = GROUPS.map(([title, came]) => ({ title, held: review.held.filter((one) => came.includes(one.came)) }));
  return (
    <>
      <section class="summary" role="status" aria-live="polite" aria-label="Summary">
        <p class="lead">{reviewLead(review)}</p>
      </section>
      {review.contradictions.length > 0 && <Contradictions pairs={review.contradictions} toEntry={toEntry} />}
      {groups
        .filter(({ held }) => held.length)
        .map(({ title, held }) => (
          <Section
            key={title}
            title={`${title} (${held.length})`}
            id={`review-${title}`}
            open={title !== "Still to come"}
          >
            <ul class="stack">
              {held.map((one) => (
                <HeldLine key={one.of.id + one.expected} held={one} zone={review.zone} toEntry={toEntry} />
              ))}
            </ul>
          </Section>
        ))}
      <Section title="How well each office knew" id="review-calibration" open>
        {review.calibration.length === 0 && (
          <p class="rest">
            No expectation with a probability has come to its time yet. Give one when you sign, and it is scored here.
          </p>
        )}
        {review.calibration.map((one) => (
          <Reliability key={one.by + one.of} scores={one} />
        ))}
        {review.without_probability > 0 && (
          <p class="rest">
            {`${counted(review.without_probability, "expectation")} kept or missed without a probability: not scored.`}
          </p>
        )}
      </Section>
    </>
  );
}
