/** The head of the Traffic part: the answer in a sentence, how far the work is, and the one thing to do. */
import type { JSX } from "preact";
import { NumberChoice } from "../../lib/fields.tsx";
import { WorkBlock } from "../../lib/work.tsx";
import { questionOf } from "../plan/store.ts";
import {
  askForDraws,
  closesAnything,
  type Known,
  keyOf,
  onShow,
  presentOf,
  type TrafficDesk,
  USUAL_DRAWS,
} from "./store.ts";
import { answerWords, hourWords } from "./words.ts";

type Props = { readonly store: TrafficDesk };

const NOTHING =
  "Nothing is closed yet, so traffic stays as it is. Draw the ground that people hold, or close a street.";
const ASK = "What do these closures do to the traffic of the city?";
const HOURS = Array.from({ length: 24 }, (_, hour) => hour);
const DRAWS = [5, USUAL_DRAWS, 60];

function sentence({ plan }: TrafficDesk, known: Known | null): string {
  if (known) return answerWords(known.answer, plan.get().network.own_trips);
  return closesAnything(questionOf(plan.get())) ? ASK : NOTHING;
}

function Fields({ store }: Props): JSX.Element {
  const { hour, draws } = store.get();
  return (
    <>
      <NumberChoice
        label="Hour of a working day"
        values={HOURS}
        chosen={hour}
        words={hourWords}
        act={(chosen) => store.set({ hour: chosen })}
      />
      <NumberChoice
        label="Draws of the demand"
        values={DRAWS.includes(draws) ? DRAWS : [...DRAWS, draws]}
        chosen={draws}
        words={String}
        act={(chosen) => askForDraws(store, chosen)}
      />
    </>
  );
}

/** What is to be done next; nothing while it is being done or is done. */
function Action({ store }: Props): JSX.Element | null {
  const { work, known, failure } = store.get();
  const wish = presentOf(store.plan, store);
  const answer = known.get(keyOf(wish));
  if (work || answer?.whole || !closesAnything(wish.question)) return null;
  const next = answer ? "Work out how sure that is" : "Work out the traffic";
  return (
    <button type="button" class="primary wide" onClick={store.runner.again}>
      {failure ? "Try again" : next}
    </button>
  );
}

export function Lead({ store }: Props): JSX.Element {
  const { known, isPresent } = onShow(store.plan, store);
  const { failure, work } = store.get();
  return (
    <section class="traffic-lead" aria-label="Traffic">
      <div role="status" aria-live="polite">
        <p class="lead">{sentence(store, known)}</p>
      </div>
      {known && !isPresent && (
        <p class="warning">The plan or the hour has changed since: these figures are for the one before.</p>
      )}
      <div>{work && <WorkBlock work={work} label="Working out the traffic" cancel={store.runner.cancel} />}</div>
      <div class="traffic-doing">
        {failure && (
          <p class="warning" role="alert">
            {failure}
          </p>
        )}
        <Fields store={store} />
        <Action store={store} />
      </div>
    </section>
  );
}
