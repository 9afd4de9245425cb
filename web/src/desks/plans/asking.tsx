/** The head of a part that sends traffic round what is shut: the answer in a sentence, what it rests on, and the one thing to do. */
import type { ComponentChildren, JSX } from "preact";
import type { Asked, Asking } from "../../lib/asking.ts";
import { Choices } from "../../lib/parts.tsx";
import type { Store } from "../../lib/store.ts";
import { WorkBlock } from "../../lib/work.tsx";
import "./asking.css";
import { openPlan, type ShutBy } from "./shut.ts";

const NOTHING =
  "Nothing is closed yet, so nothing is cut. Draw the ground that people hold, close a street, or open a plan.";
const WHICH = [
  { value: "plan", label: "Management plan" },
  { value: "cordon", label: "Cordon, all day" },
] as const;

function WhatIsShut({ by, name }: { readonly by: ShutBy; readonly name: string }): JSX.Element | null {
  const { plans } = by;
  if (!plans || !openPlan(by)) return null;
  return (
    <Choices
      name={`${name}-shut-by`}
      title="What is shut"
      options={WHICH}
      chosen={plans.get().shutBy}
      act={(shutBy) => plans.set({ shutBy })}
    />
  );
}

type Props<A> = {
  readonly name: string;
  readonly title: string;
  readonly by: ShutBy;
  readonly store: Store<Asked<A>>;
  readonly asking: Asking;
  /** What is asked, where there is no answer yet. */
  readonly question: string;
  readonly sentence: (answer: A) => string;
  /** What is said below it, in smaller letters. */
  readonly more?: (answer: A) => string;
  /** What is being done, and what the button says. */
  readonly doing: string;
  readonly button: string;
  /** The fields of the question. */
  readonly children: ComponentChildren;
};

export function AskingHead<A>(props: Props<A>): JSX.Element {
  const { name, title, by, store, asking, question, sentence, more, doing, button, children } = props;
  const { known, work, failure } = store.get();
  const [isWorthIt, isPresent] = [asking.worthIt(), asking.isPresent()];
  return (
    <section class="asking" aria-label={title}>
      <div role="status" aria-live="polite">
        <p class="lead">{known ? sentence(known.answer) : isWorthIt ? question : NOTHING}</p>
        {known && more && <p>{more(known.answer)}</p>}
        {known && <p class="quiet">{`Rests on ${known.on}.`}</p>}
      </div>
      {known && !isPresent && (
        <p class="warning">{`This is still the answer for ${known.on}; what is asked has changed since.`}</p>
      )}
      {work && <WorkBlock work={work} label={doing} cancel={asking.cancel} />}
      {failure && (
        <p class="warning" role="alert">
          {failure}
        </p>
      )}
      {!work && (
        <div class="asking-fields">
          <WhatIsShut by={by} name={name} />
          {isWorthIt && (
            <>
              {!(known && isPresent) && <p class="quiet">{`It will rest on ${asking.on()}.`}</p>}
              {children}
              {!(known && isPresent) && (
                <button type="button" class="primary wide" onClick={asking.ask}>
                  {failure ? "Try again" : button}
                </button>
              )}
            </>
          )}
        </div>
      )}
    </section>
  );
}
