/** How far a search besides the plan is, with cancel; what it did not look at; and how to begin again. */
import type { JSX } from "preact";
import { WorkBlock } from "../../../lib/work.tsx";
import type { Part } from "../question.ts";
import { lookAgain, type PlanStore, stopLooking } from "../store.ts";

type Props = { readonly store: PlanStore; readonly part: Part; readonly label: string };

/** Who cancelled by the keyboard goes on from here: the button that had the focus is gone. */
const takeFocus = (button: HTMLButtonElement | null): void => {
  if (button && document.activeElement === document.body) button.focus();
};

function Stopped({ store, part }: Props): JSX.Element {
  const { failure } = store.get()[part];
  return (
    <div class="looking">
      <p role="status">{failure || "You cancelled the search."}</p>
      <button type="button" ref={takeFocus} onClick={() => lookAgain(store, part)}>
        {failure ? "Try again" : "Look again"}
      </button>
    </div>
  );
}

export function Looking({ store, part, label }: Props): JSX.Element | null {
  const { work, stopped, answer } = store.get()[part];
  if (work) return <WorkBlock work={work} label={label} cancel={() => stopLooking(store, part)} />;
  if (stopped) return <Stopped store={store} part={part} label={label} />;
  if (!answer?.notes.length) return null;
  return (
    <div class="looking" role="status">
      {answer.notes.map((text) => (
        <p key={text}>{text}</p>
      ))}
    </div>
  );
}
