/** The drafts on the right: one open at a time, decided with single keys. */
import { Fragment, type JSX } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import type { ReadingAnswer } from "../../contract/index.ts";
import { Checkbox } from "../../lib/parts.tsx";
import { Terms } from "../../lib/terms.tsx";
import { counted } from "../../lib/units.ts";
import { DateQuestion } from "./date-question.tsx";
import { Draft, type DraftProps } from "./draft.tsx";
import { listed, openOnes, type ReadStore, showSure, sureOnes, takeBack } from "./store.ts";
import { SureDialog } from "./sure.tsx";

const EMPTY = "What a report says appears here as drafts, each with the words that support it.";
const DONE = "Every draft is decided. Open another report, or see under Picture what changed.";
const NOTHING = "Nothing in this report can become an entry.";

const KEYS = [
  ["A", "enter"],
  ["M", "edit"],
  ["D", "drop"],
  ["J", "next"],
  ["K", "back"],
  ["U", "undo"],
] as const;

type Props = { readonly store: ReadStore };

const Keys = (): JSX.Element => (
  <p class="quiet keys">
    {KEYS.map(([key, deed]) => (
      <Fragment key={key}>
        <kbd>{key}</kbd>
        {` ${deed} `}
      </Fragment>
    ))}
  </p>
);

function Deeds({ store }: Props): JSX.Element {
  const { steps, onlyOpen } = store.get();
  const sure = sureOnes(store.get()).length;
  return (
    <div class="row">
      {sure > 1 && (
        <button type="button" onClick={() => showSure(store)}>
          {`Enter the ${sure} sure ones\u2026`}
        </button>
      )}
      {steps.length > 0 && (
        <button type="button" aria-keyshortcuts="U" onClick={() => void takeBack(store)}>
          Undo
        </button>
      )}
      <Checkbox label="Open ones only" checked={onlyOpen} act={(on) => store.set({ onlyOpen: on })} />
    </div>
  );
}

function Progress({ store, report }: Props & { readonly report: ReadingAnswer }): JSX.Element {
  const all = report.drafts.length;
  const open = openOnes(store.get()).length;
  const spelled = report.spellings.map(({ first, other }) => `\u201c${other}\u201d is read as ${first}.`).join(" ");
  return (
    <>
      <p class="lead">{all === 0 ? NOTHING : open ? `${counted(open, "draft")} to decide` : DONE}</p>
      <Terms words={["draft", "grade"]} />
      <progress max={Math.max(all, 1)} value={all - open} aria-label="Drafts decided" />
      {spelled && <p class="quiet">{spelled}</p>}
      <Keys />
      <Deeds store={store} />
    </>
  );
}

/** Read aloud when it changes. */
function Summary({ store }: Props): JSX.Element {
  const { report } = store.get();
  return (
    <section class="summary read-head" role="status" aria-live="polite" aria-label="Summary">
      {report ? (
        <Progress store={store} report={report} />
      ) : (
        <div class="nothing-open">
          <p class="lead">No report is open</p>
          <p class="rest">{EMPTY}</p>
        </div>
      )}
    </section>
  );
}

type DraftsProps = Omit<DraftProps, "draft">;

/** Where a draft is decided on by one of its buttons, the same button of the next one has the keyboard then. */
function Drafts({ store, mend }: DraftsProps): JSX.Element {
  const list = useRef<HTMLUListElement>(null);
  const { draft } = store.get();
  const held = list.current?.querySelector(".draft-detail :focus")?.getAttribute("aria-keyshortcuts");
  useLayoutEffect(() => {
    if (held && document.activeElement === document.body)
      list.current?.querySelector<HTMLElement>(`[aria-keyshortcuts="${held}"]`)?.focus({ preventScroll: true });
  }, [draft]);
  return (
    <ul ref={list} class="items drafts" aria-label="Drafts">
      {listed(store.get()).map((one) => (
        <Draft key={one.id} store={store} draft={one} mend={mend} />
      ))}
    </ul>
  );
}

export function ReadPanel({ store, mend }: DraftsProps): JSX.Element {
  const { report, problem, working } = store.get();
  return (
    <>
      <Summary store={store} />
      {report && <DateQuestion key={report.id} store={store} />}
      <SureDialog store={store} />
      {report && problem && (
        <p class="warning" role="alert">
          {problem}
        </p>
      )}
      <p class="quiet" role="status">
        {report && working}
      </p>
      <Drafts store={store} mend={mend} />
    </>
  );
}
