/** The source of what is selected: who said it, where it can be read again, what is tied to it, and what can be done. */
import type { JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";
import type { EntryAnswer, Fact, Tie } from "../../contract/index.ts";
import { Card, Facts } from "../../lib/parts.tsx";
import { Terms } from "../../lib/terms.tsx";
import { clockWords, DAY_MS, dateWords, fullTimeWords, whenWords } from "../../lib/times.ts";
import { Changes } from "./entry-check.tsx";
import { FactList, Tag } from "./facts.tsx";
import { gradeWords } from "./grades.ts";
import { isVoid, standingWords } from "./standing.ts";
import { choose, isNotHadYet, knowAs, type PictureStore, zoneOf } from "./store.ts";

type Relation = Tie["relation"];

const TIES: Readonly<Record<Relation, readonly [byThis: string, toThis: string]>> = {
  corrects: ["Corrects", "Corrected by"],
  withdraws: ["Withdraws", "Withdrawn by"],
  confirms: ["Confirms", "Confirmed by"],
  disputes: ["Disputes", "Disputed by"],
};
const RELEASE: Readonly<Record<Fact["release"], string>> = {
  room: "this room only",
  partners: "partners too",
  public: "everybody",
};
/** What can be done with an entry that counts, and the kind that does it where that is not its own. */
const ACTS: readonly (readonly [label: string, relation: Relation, kind?: string])[] = [
  ["Correct", "corrects"],
  ["Confirm", "confirms", "remark"],
  ["Dispute", "disputes"],
  ["Withdraw", "withdraws", "remark"],
];

const joined = (parts: readonly (string | null | false)[], by: string): string =>
  parts.filter(Boolean).join(by) || "not given";

function rowsOf({ source, where, happened, known, written, seq, id, release }: Fact, zone: string) {
  const moment = (text: string): string => fullTimeWords(Date.parse(text), zone);
  const { office, name, organisation, document, medium, published } = source;
  const said = happened.said ? ` (\u201c${happened.said}\u201d)` : "";
  const read = [document, medium !== "other" && medium.replaceAll("_", " "), published && moment(published)];
  return [
    ["Said by", joined([office, name && `(${name})`, organisation && `for ${organisation}`], " ")],
    ["Grade", gradeWords(source.grade)],
    ["Read in", joined(read, ", ")],
    ["Where", where || "not given"],
    ["Happened", whenWords(happened, zone) + said],
    ["Known", moment(known)],
    ["Written", `${moment(written)}, entry ${seq}, ${id}`],
    ["Visible to", RELEASE[release]],
  ] as const;
}

/** The time alone where it is of the same day as another. */
const timeBeside = (moment: number, other: number, zone: string): string =>
  dateWords(moment, zone) === dateWords(other, zone) && Math.abs(moment - other) < DAY_MS
    ? clockWords(moment, zone)
    : fullTimeWords(moment, zone);

/** How it came into the record, where that is not at once. */
export function cameWords({ came, known, written }: Fact, zone: string): string {
  if (came === "imported") return "Imported: it counts from when it was known.";
  if (came !== "late") return "";
  const [from, to] = [Date.parse(known), Date.parse(written)];
  return `Learnt late: known ${timeBeside(from, to, zone)}, written ${timeBeside(to, from, zone)}.`;
}

function Came({ store, fact }: { readonly store: PictureStore; readonly fact: Fact }): JSX.Element | null {
  const words = cameWords(fact, zoneOf(store.get()));
  if (!words) return null;
  return (
    <div class={`came ${fact.came}`}>
      <p>{words}</p>
      {isNotHadYet(store.get(), fact) && (
        <>
          <p>The room did not have it at the time shown, so the picture is without it.</p>
          <button type="button" onClick={() => knowAs(store, "could")}>
            Show as it could have been known
          </button>
        </>
      )}
    </div>
  );
}

/** That it no longer counts, since when and by whose word, and what does instead. */
function Standing({ store, detail: { fact, ties } }: AtEntry): JSX.Element | null {
  const by = ties.find((tie) => tie.to_this && ["withdraws", "corrects"].includes(tie.relation) && !isVoid(tie.fact));
  if (fact.standing === "in_force") return null;
  if (fact.standing === "replaced")
    return (
      <p>
        <Tag kind="single_source" word={standingWords(fact.standing)} /> The same was said anew.
      </p>
    );
  const zone = zoneOf(store.get());
  const when = by && `${fullTimeWords(Date.parse(by.fact.written), zone)} by ${by.fact.source.speaker}`;
  const isCorrected = fact.standing === "corrected";
  return (
    <div class="standing">
      <p>
        <Tag kind="refuted" word={isCorrected ? "Corrected" : "Withdrawn"} />
        {[
          " ",
          when ?? "",
          isCorrected ? "; it no longer counts." : "; it no longer counts, and nothing stands in its place.",
        ]}
      </p>
      {isCorrected && <Changes changes={by?.changes ?? []} />}
      {isCorrected && by && (
        <button type="button" onClick={() => choose(store, by.fact.id)}>
          {`In force: ${by.fact.says}`}
        </button>
      )}
    </div>
  );
}

/** What can be done with it: what no longer counts can only be entered again. */
function Acts({ store, detail }: AtEntry): JSX.Element | null {
  const { fact } = detail;
  const isTyped = store.get().kinds?.form.includes(fact.kind) ?? true;
  if (fact.standing === "corrected") return null;
  if (fact.standing === "withdrawn")
    return (
      <button type="button" onClick={() => store.set({ wish: { kind: fact.kind, again: detail } })}>
        Enter it again
      </button>
    );
  return (
    <>
      {ACTS.filter(([, , kind]) => isTyped || kind).map(([label, relation, kind = fact.kind]) => (
        <button
          key={relation}
          type="button"
          onClick={() => store.set({ wish: { kind, tie: { relation, to: detail } } })}
        >
          {label}
        </button>
      ))}
    </>
  );
}

type AtEntry = { readonly store: PictureStore; readonly detail: EntryAnswer };
type Props = { readonly store: PictureStore; readonly toWords: (fact: Fact) => void };

function Source({ store, toWords, detail }: Props & { readonly detail: EntryAnswer }): JSX.Element {
  const { fact, ties, notices, said = [] } = detail;
  const holder = useRef<HTMLDivElement>(null);
  useEffect(() => holder.current?.closest(".panel-body")?.scrollTo({ top: 0 }), [fact.id]);
  return (
    <div ref={holder} class="entry-card">
      <Card title="Source" close={() => choose(store, null)}>
        <p class={isVoid(fact) ? "quote void" : "quote"}>{fact.says}</p>
        <Standing store={store} detail={detail} />
        <Came store={store} fact={fact} />
        {notices.map((notice) => (
          <p key={notice} class="warning" role="alert">
            {notice}
          </p>
        ))}
        <Facts rows={rowsOf(fact, zoneOf(store.get()))} />
        <Terms words={["grade", "release level", "happened, known, written"]} />
        {said.map((words) => (
          <blockquote key={words} class="said" aria-label="In these words">
            {words}
          </blockquote>
        ))}
        {ties.map((tie) => (
          <div key={`${tie.relation} ${tie.fact.id}`}>
            <h3>{TIES[tie.relation][tie.to_this ? 1 : 0]}</h3>
            <Changes changes={tie.changes ?? []} />
            <FactList store={store} facts={[tie.fact]} />
          </div>
        ))}
        <div class="row">
          {fact.source.words.length > 0 && (
            <button type="button" onClick={() => toWords(fact)}>
              Read the words
            </button>
          )}
          <Acts store={store} detail={detail} />
        </div>
      </Card>
    </div>
  );
}

export function EntryCard(props: Props): JSX.Element | null {
  const { detail, entry } = props.store.get();
  return detail && detail.fact.id === entry ? <Source {...props} detail={detail} /> : null;
}
