/** The source of what is selected: who said it, where it can be read again, what is tied to it, and what can be done. */
import type { EntryAnswer, Fact } from "../../contract/index.ts";
import { card, facts } from "../../lib/card.ts";
import { button, h, refill } from "../../lib/dom.ts";
import { onChange } from "../../lib/store.ts";
import { fullTimeWords, whenWords } from "../../lib/times.ts";
import { factItem } from "./facts.ts";
import { choose, type PictureStore, type Wish } from "./store.ts";

const RELIABILITY: Readonly<Record<string, string>> = {
  A: "completely reliable",
  B: "usually reliable",
  C: "fairly reliable",
  D: "not usually reliable",
  E: "unreliable",
  F: "reliability cannot be judged",
};
const CREDIBILITY: Readonly<Record<string, string>> = {
  1: "confirmed by others",
  2: "probably true",
  3: "possibly true",
  4: "doubtful",
  5: "improbable",
  6: "truth cannot be judged",
};
const TIES: Readonly<Record<string, readonly [string, string]>> = {
  corrects: ["Corrects", "Corrected by"],
  withdraws: ["Withdraws", "Withdrawn by"],
  confirms: ["Confirms", "Confirmed by"],
  disputes: ["Disputes", "Disputed by"],
};
const RELEASE: Readonly<Record<string, string>> = {
  room: "this room alone",
  partners: "partners too",
  public: "everybody",
};

export const gradeWords = (grade: string): string =>
  `${grade}: ${RELIABILITY[grade.charAt(0)] ?? ""}, ${CREDIBILITY[grade.charAt(1)] ?? ""}`;

function filled(watch: PictureStore, detail: EntryAnswer, zone: string, toWords: (fact: Fact) => void): HTMLElement {
  const { fact } = detail;
  const { source } = fact;
  const moment = (text: string): string => fullTimeWords(Date.parse(text), zone);
  const read = [
    source.document,
    source.medium === "other" ? "" : source.medium.replaceAll("_", " "),
    source.published ? moment(source.published) : "",
  ]
    .filter(Boolean)
    .join(", ");
  const wish = (relation: NonNullable<Wish["tie"]>["relation"], kind: string): void =>
    watch.set({ wish: { kind, tie: { relation, to: detail } } });
  return card(
    "Source",
    () => choose(watch, null),
    h("p", { class: "quote" }, fact.says),
    facts(
      [
        "Said by",
        [source.office, source.name ? `(${source.name})` : "", source.organisation ? `for ${source.organisation}` : ""]
          .filter(Boolean)
          .join(" ") || "not given",
      ],
      ["Grade", gradeWords(source.grade)],
      ["Read in", read || "not given"],
      ["Where", fact.where || "not given"],
      ["Happened", whenWords(fact.happened, zone) + (fact.happened.said ? ` (\u201c${fact.happened.said}\u201d)` : "")],
      ["Known", moment(fact.known)],
      ["Written", `${moment(fact.written)}, entry ${fact.seq}, ${fact.id}`],
      ["May see it", RELEASE[fact.release] ?? fact.release],
    ),
    ...detail.ties.map((tie) =>
      h(
        "div",
        {},
        h("h3", {}, TIES[tie.relation]?.[tie.to_this ? 1 : 0] ?? tie.relation),
        h("ul", { class: "items" }, factItem(watch, tie.fact, zone)),
      ),
    ),
    h(
      "div",
      { class: "row" },
      source.words.length ? button("Read the words", () => toWords(fact), { "data-key": "words" }) : null,
      button("Correct", () => wish("corrects", fact.kind), { "data-key": "correct" }),
      button("Confirm", () => wish("confirms", "remark"), { "data-key": "confirm" }),
      button("Dispute", () => wish("disputes", "remark"), { "data-key": "dispute" }),
      button("Withdraw", () => wish("withdraws", "remark"), { "data-key": "withdraw" }),
    ),
  );
}

export function entryCard(watch: PictureStore, toWords: (fact: Fact) => void): HTMLElement {
  const element = h("div", { class: "entry-card" });
  const show = (): void => {
    const { detail, entry, operation } = watch.get();
    refill(
      element,
      detail && operation && detail.fact.id === entry ? filled(watch, detail, operation.zone, toWords) : null,
    );
  };
  show();
  onChange(watch, ["detail", "entry"], show);
  onChange(watch, ["detail"], ({ detail }) => {
    if (detail) element.closest(".panel-body")?.scrollTo({ top: 0 });
  });
  return element;
}
