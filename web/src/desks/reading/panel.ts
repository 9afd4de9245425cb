/** The drafts on the right: one open at a time, decided with single keys. */
import type { DraftFound } from "../../contract/index.ts";
import { checkbox, facts } from "../../lib/card.ts";
import { button, type Child, h, refill } from "../../lib/dom.ts";
import { onChange } from "../../lib/store.ts";
import { whenWords } from "../../lib/times.ts";
import { counted } from "../../lib/units.ts";
import { readable } from "../../lib/words.ts";
import { gradeWords } from "../picture/grades.ts";
import type { PictureStore } from "../picture/store.ts";
import {
  accept,
  acceptSure,
  draftOf,
  drop,
  openOnes,
  type ReadingState,
  type ReadingStore,
  stepTo,
  sureOnes,
  takeBack,
} from "./store.ts";

const MODALITY: Readonly<Record<DraftFound["modality"], string>> = {
  done: "told as a fact",
  not_done: "told as not so",
  intended: "told as meant or expected",
  possible: "told as possible",
  asked: "told as asked for",
};
const FATES: Readonly<Record<DraftFound["fate"], string>> = { open: "", entered: "Entered", dropped: "Dropped" };
const EMPTY =
  "Nothing is read yet. Paste a text on the left or lay a file on the page; what it says comes here as drafts, each with the words that support it.";
const DONE = "Every draft is decided on. Take another report, or look at what changed under Picture.";

export type Mend = (draft: DraftFound) => void;

const grade = ({ grade: word, confidence }: DraftFound): HTMLElement =>
  h("span", { class: `tag grade ${word}`, title: `${Math.round(confidence * 100)} %` }, word);

function detail(room: ReadingStore, watch: PictureStore, draft: DraftFound, mend: Mend): HTMLElement {
  const zone = watch.get().operation?.zone ?? "UTC";
  const { happened, source } = draft.entry as {
    happened: { start: string; end: string; said?: string };
    source: { reliability?: string; credibility?: number };
  };
  const clashes = draft.clashes.map((one) =>
    h(
      "li",
      { class: "contested" },
      h("p", {}, h("span", { class: "tag clash" }, "Clash"), `${one.speaker}: ${one.says}`),
      h("small", {}, one.in_record ? "in the record" : "another draft"),
    ),
  );
  const decide = draft.fate === "open" || draft.fate === "dropped";
  return h(
    "div",
    { class: "draft-detail" },
    clashes.length > 0 && h("ul", { class: "stack", "aria-label": "Clashes" }, ...clashes),
    draft.printed && h("p", { class: "warning" }, `Printed before in ${draft.printed.name}.`),
    facts(
      ["Said by", draft.speaker],
      ["Grade", gradeWords(`${source.reliability ?? "F"}${source.credibility ?? 6}`)],
      [
        "When",
        whenWords({ ...happened, said: happened.said ?? "" }, zone) +
          (happened.said ? ` (\u201c${happened.said}\u201d)` : ""),
      ],
      draft.where ? ["Where", draft.where] : null,
      ["It is", MODALITY[draft.modality]],
      ["Changes", draft.changes],
      ["Sure?", `${draft.grade}, ${Math.round(draft.confidence * 100)} %: ${draft.why.join("; ")}`],
    ),
    decide
      ? h(
          "div",
          { class: "row" },
          button("Enter it", () => void accept(room, watch, draft), {
            class: "primary",
            "data-key": "accept",
            "aria-keyshortcuts": "A",
            disabled: draft.fate !== "open",
          }),
          button("Mend", () => mend(draft), { "data-key": "mend", "aria-keyshortcuts": "M" }),
          button("Drop", () => void drop(room, watch, draft), {
            "data-key": "drop",
            "aria-keyshortcuts": "D",
            disabled: draft.fate !== "open",
          }),
        )
      : null,
  );
}

function draftItem(room: ReadingStore, watch: PictureStore, draft: DraftFound, mend: Mend): HTMLElement {
  const chosen = room.get().draft === draft.id;
  const fate = FATES[draft.fate];
  const told = [draft.speaker, draft.where].filter(Boolean).join(", ");
  const text = h(
    "span",
    { class: "item-text" },
    h(
      "small",
      { class: "kind" },
      readable(draft.kind),
      draft.clashes.length > 0 && h("span", { class: "tag clash" }, "Clash"),
    ),
    h("span", {}, draft.says),
    h("small", {}, told),
  );
  const choose = (): void => room.set({ draft: chosen ? null : draft.id, words: null });
  return h(
    "li",
    { class: `draft ${draft.fate}${chosen ? " chosen" : ""}`, "data-draft": draft.id },
    h(
      "button",
      {
        type: "button",
        class: "item",
        "aria-expanded": String(chosen),
        "data-key": `draft-${draft.id}`,
        on: { click: choose },
      },
      text,
      fate
        ? h("span", { class: `tag ${draft.fate === "entered" ? "verified" : "single_source"}` }, fate)
        : grade(draft),
    ),
    chosen && detail(room, watch, draft, mend),
  );
}

function head(room: ReadingStore, watch: PictureStore, state: ReadingState): Child[] {
  const { report, steps, onlyOpen } = state;
  if (!report) return [h("p", { class: "lead" }, "Reading room"), h("p", { class: "rest" }, EMPTY)];
  const open = openOnes(state).length;
  const sure = sureOnes(state).length;
  const done = report.drafts.length - open;
  const spelled = report.spellings.map(({ first, other }) => `\u201c${other}\u201d is taken for ${first}.`).join(" ");
  return [
    h(
      "p",
      { class: "lead" },
      report.drafts.length === 0
        ? "Nothing was found that would be an entry."
        : open
          ? `${counted(open, "draft")} to decide on`
          : DONE,
    ),
    h("progress", { max: Math.max(report.drafts.length, 1), value: done, "aria-label": "Decided on" }),
    spelled ? h("p", { class: "quiet" }, spelled) : null,
    h(
      "p",
      { class: "quiet keys" },
      h("kbd", {}, "A"),
      " enter ",
      h("kbd", {}, "M"),
      " mend ",
      h("kbd", {}, "D"),
      " drop ",
      h("kbd", {}, "J"),
      " next ",
      h("kbd", {}, "K"),
      " back ",
      h("kbd", {}, "U"),
      " undo",
    ),
    h(
      "div",
      { class: "row" },
      sure > 1
        ? button(`Enter the ${sure} sure ones`, () => void acceptSure(room, watch), { "data-key": "accept-sure" })
        : null,
      steps.length
        ? button("Undo", () => void takeBack(room, watch), { "data-key": "take-back", "aria-keyshortcuts": "U" })
        : null,
      checkbox("Open ones only", onlyOpen, (checked) => room.set({ onlyOpen: checked })),
    ),
  ];
}

export function readingParts(room: ReadingStore, watch: PictureStore, mend: Mend): HTMLElement[] {
  const top = h("section", {
    class: "summary reading-head",
    role: "status",
    "aria-live": "polite",
    "aria-label": "Summary",
  });
  const problem = h("p", { class: "warning", role: "alert", hidden: true });
  const working = h("p", { class: "quiet", role: "status" });
  const list = h("ul", { class: "items drafts", "aria-label": "Drafts" });
  const show = (): void => {
    const state = room.get();
    refill(top, ...head(room, watch, state));
    problem.textContent = state.report ? state.problem : "";
    problem.hidden = problem.textContent === "";
    working.textContent = state.report ? state.working : "";
    const shown = (state.report?.drafts ?? []).filter(
      ({ fate, id }) => !state.onlyOpen || fate === "open" || id === state.draft,
    );
    refill(list, ...shown.map((draft) => draftItem(room, watch, draft, mend)));
    list.querySelector(".chosen")?.scrollIntoView({ block: "nearest" });
  };
  show();
  onChange(room, ["report", "draft", "onlyOpen", "problem", "working", "steps"], show);
  return [top, problem, working, list];
}

/** Single keys of the desk; none while something is worked on. */
export function readingKeys(room: ReadingStore, watch: PictureStore, mend: Mend): Readonly<Record<string, () => void>> {
  const draft = draftOf(room.get());
  if (!room.get().report || room.get().working) return {};
  return {
    j: () => stepTo(room, 1),
    arrowdown: () => stepTo(room, 1),
    k: () => stepTo(room, -1),
    arrowup: () => stepTo(room, -1),
    u: () => void takeBack(room, watch),
    ...(draft?.fate === "open"
      ? { a: () => void accept(room, watch, draft), d: () => void drop(room, watch, draft) }
      : {}),
    ...(draft && draft.fate !== "entered" ? { m: () => mend(draft) } : {}),
  };
}
