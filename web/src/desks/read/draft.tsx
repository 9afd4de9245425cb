/** A draft of the list: what it says; and, where it is looked at, what it rests on and what can be done with it. */
import type { JSX } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import type { DraftFound } from "../../contract/index.ts";
import { Facts } from "../../lib/parts.tsx";
import { whenWords } from "../../lib/times.ts";
import { readable } from "../../lib/words.ts";
import { gradeWords } from "../picture/grades.ts";
import { accept, askedOfReport, drop, type ReadStore, zoneOf } from "./store.ts";

const MODALITY: Readonly<Record<DraftFound["modality"], string>> = {
  done: "stated as fact",
  not_done: "denied",
  intended: "intended or expected",
  possible: "possible",
  asked: "asked for",
};
const FATES: Readonly<Record<DraftFound["fate"], string>> = { open: "", entered: "Entered", dropped: "Dropped" };

/** Correct a draft in the form for entries. */
export type Mend = (draft: DraftFound) => void;

export type DraftProps = { readonly store: ReadStore; readonly draft: DraftFound; readonly mend: Mend };

const sureness = ({ confidence }: DraftFound): string => `${Math.round(confidence * 100)} %`;

function rowsOf(draft: DraftFound, zone: string): readonly (readonly [string, string] | null)[] {
  const { happened, source } = draft.entry as {
    happened: { start: string; end: string; said?: string };
    source: { reliability?: string; credibility?: number };
  };
  const { said = "" } = happened;
  return [
    ["Said by", draft.speaker],
    ["Grade", gradeWords(`${source.reliability ?? "F"}${source.credibility ?? 6}`)],
    ["When", whenWords({ ...happened, said }, zone) + (said && ` (\u201c${said}\u201d)`)],
    draft.where ? ["Where", draft.where] : null,
    ["It is", MODALITY[draft.modality]],
    ["Changes", draft.changes],
    ["Sure?", `${draft.grade}, ${sureness(draft)}: ${draft.why.join("; ")}`],
  ];
}

const Clashes = ({ clashes }: Pick<DraftFound, "clashes">): JSX.Element => (
  <ul class="stack" aria-label="Clashes">
    {clashes.map(({ speaker, says, in_record }, index) => (
      <li key={index} class="contested">
        <p>
          <span class="tag clash">Clash</span>
          {`${speaker}: ${says}`}
        </p>
        <small>{in_record ? "in the record" : "another draft"}</small>
      </li>
    ))}
  </ul>
);

function Deeds({ store, draft, mend }: DraftProps): JSX.Element {
  const isDecided = draft.fate !== "open";
  return (
    <div class="row">
      <button
        type="button"
        class="primary"
        aria-keyshortcuts="A"
        disabled={isDecided}
        onClick={() => void accept(store, draft)}
      >
        Enter it
      </button>
      <button type="button" aria-keyshortcuts="M" onClick={() => mend(draft)}>
        Edit
      </button>
      <button type="button" aria-keyshortcuts="D" disabled={isDecided} onClick={() => void drop(store, draft)}>
        Drop
      </button>
    </div>
  );
}

function Detail(props: DraftProps): JSX.Element {
  const { store, draft } = props;
  return (
    <div class="draft-detail">
      {draft.clashes.length > 0 && <Clashes clashes={draft.clashes} />}
      {draft.asks && !askedOfReport(store.get()) && <p class="warning">{draft.asks}</p>}
      {draft.printed && <p class="warning">{`Already printed in ${draft.printed.name}.`}</p>}
      <Facts rows={rowsOf(draft, zoneOf(store.get()))} />
      {draft.fate !== "entered" && <Deeds {...props} />}
    </div>
  );
}

function State({ draft }: Pick<DraftProps, "draft">): JSX.Element {
  const { fate, grade } = draft;
  if (fate !== "open")
    return <span class={`tag ${fate === "entered" ? "verified" : "single_source"}`}>{FATES[fate]}</span>;
  return (
    <span class={`tag grade ${grade}`} title={sureness(draft)}>
      {grade}
    </span>
  );
}

export function Draft(props: DraftProps): JSX.Element {
  const { store, draft } = props;
  const { id, fate, kind, clashes, says, speaker, where } = draft;
  const isChosen = store.get().draft === id;
  const line = useRef<HTMLLIElement>(null);
  useLayoutEffect(() => {
    if (isChosen) line.current?.scrollIntoView({ block: "nearest" });
  }, [isChosen]);
  return (
    <li ref={line} class={`draft ${fate}${isChosen ? " chosen" : ""}`} data-draft={id}>
      <button
        type="button"
        class="item"
        aria-expanded={isChosen}
        onClick={() => store.set({ draft: isChosen ? null : id, words: null })}
      >
        <span class="item-text">
          <small class="kind">
            {readable(kind)}
            {clashes.length > 0 && <span class="tag clash">Clash</span>}
          </small>
          <span>{says}</span>
          <small>{[speaker, where].filter(Boolean).join(", ")}</small>
        </span>
        <State draft={draft} />
      </button>
      {isChosen && <Detail {...props} />}
    </li>
  );
}
