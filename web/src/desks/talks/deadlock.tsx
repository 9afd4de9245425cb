/** A deadlock as a picture: who waits for what, in a ring, and the step that would open it. */
import type { JSX } from "preact";
import type { Deadlock } from "../../contract/index.ts";
import { capital } from "../../lib/units.ts";
import { Cited, type ToEntry } from "./cited.tsx";

type Props = { readonly deadlock: Deadlock; readonly toEntry: ToEntry };

/** Claims one below the other, each with an arrow to the next; the last one leads back to the first. */
export const DeadlockRing = ({ deadlock, toEntry }: Props): JSX.Element => (
  <figure class="deadlock">
    <figcaption class="unseen">{deadlock.says}</figcaption>
    <ol class="ring">
      {deadlock.claims.map((claim) => (
        <li key={`${claim.party} ${claim.holds} ${claim.until}`}>
          <p>
            <b>{capital(claim.party)}</b>: “{claim.holds}”
          </p>
          <p class="until">only after “{claim.until}”</p>
          <Cited lines={claim.lines} toEntry={toEntry} />
        </li>
      ))}
    </ol>
    <p class="round">↑ which is held back by the first: nobody begins.</p>
    <ul class="openings" aria-label="Steps that would open it">
      {deadlock.openings.map((step) => (
        <li key={step.says}>
          <span class={step.is_smallest ? "tag good" : "tag"}>{step.is_smallest ? "Smallest step" : "Or"}</span>{" "}
          {capital(step.says)}
        </li>
      ))}
    </ul>
    {deadlock.offers.length > 0 && (
      <>
        <p>An offer to mediate waits for an answer:</p>
        <Cited lines={deadlock.offers} toEntry={toEntry} says />
      </>
    )}
  </figure>
);
