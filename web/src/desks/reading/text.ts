/** The report on the left: its words, what was found in them, and which of them support the draft that is looked at. */
import { button, h, refill } from "../../lib/dom.ts";
import { onChange } from "../../lib/store.ts";
import { fullTimeWords } from "../../lib/times.ts";
import type { PictureStore } from "../picture/store.ts";
import { type Passage, paragraphsOf, type Sign } from "./segments.ts";
import { closeReport, draftOf, type ReadingState, type ReadingStore } from "./store.ts";

const SIGNS: readonly (readonly [Sign, string])[] = [
  ["quantity", "number"],
  ["time", "time"],
  ["place", "place"],
];

function passage(room: ReadingStore, one: Passage): HTMLElement | DocumentFragment {
  const pieces = one.pieces.map(({ text, sign, words }) =>
    sign || words ? h("span", { class: [sign ?? "", words ? "rests" : ""].filter(Boolean).join(" ") }, text) : text,
  );
  if (!one.drafts.length) {
    const plain = document.createDocumentFragment();
    plain.append(...pieces);
    return plain;
  }
  const chosen = (): void => {
    const { draft, report } = room.get();
    const at = one.drafts.indexOf(draft ?? "");
    const open = one.drafts.find((id) => report?.drafts.find((found) => found.id === id)?.fate === "open");
    room.set({
      draft: (at >= 0 ? one.drafts[(at + 1) % one.drafts.length] : (open ?? one.drafts[0])) ?? null,
      words: null,
    });
  };
  return h("span", { class: "passage", "data-drafts": one.drafts.join(" "), on: { click: chosen } }, ...pieces);
}

/** Mark what is decided and what is looked at without making the text anew. */
function mark(sheet: HTMLElement, state: ReadingState, scroll: boolean): void {
  const current = draftOf(state);
  const fates = new Map(state.report?.drafts.map(({ id, fate }) => [id, fate]));
  let first: Element | null = null;
  for (const one of sheet.querySelectorAll<HTMLElement>(".passage")) {
    const drafts = (one.dataset["drafts"] ?? "").split(" ");
    const here = current !== null && drafts.includes(current.id);
    one.classList.toggle("current", here);
    one.classList.toggle(
      "done",
      drafts.every((id) => fates.get(id) !== "open"),
    );
    if (here && !first) first = one;
  }
  first ??= sheet.querySelector(".rests");
  if (scroll && first)
    first.scrollIntoView({
      block: "center",
      behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth",
    });
}

/** The focus of the draft that is looked at, drawn with the browser's own highlights so that the text is not made anew. */
function paintFocus(sheet: HTMLElement, state: ReadingState): void {
  if (!("highlights" in CSS)) return;
  CSS.highlights.delete("focus");
  const current = draftOf(state);
  if (!current) return;
  const range = rangeOf(sheet, current.focus.start, current.focus.end);
  if (range) CSS.highlights.set("focus", new Highlight(range));
}

function rangeOf(sheet: HTMLElement, start: number, end: number): Range | null {
  const range = document.createRange();
  let begun = false;
  for (const line of sheet.querySelectorAll<HTMLElement>("[data-start]")) {
    let at = Number(line.dataset["start"]);
    const walker = document.createTreeWalker(line, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const length = node.textContent?.length ?? 0;
      if (!begun && start < at + length) {
        range.setStart(node, Math.max(start - at, 0));
        begun = true;
      }
      if (begun && end <= at + length) {
        range.setEnd(node, Math.max(end - at, 0));
        return range;
      }
      at += length;
    }
  }
  return null;
}

export function reportSheet(room: ReadingStore, watch: PictureStore, arrivals: HTMLElement): HTMLElement {
  const body = h("div", { class: "sheet-body", tabindex: "0", role: "region", "aria-label": "Text of the report" });
  const head = h("header", { class: "sheet-head" });
  const sheet = h("section", { class: "sheet", "aria-label": "Report" }, head, body);
  const fill = (): void => {
    const { report, words } = room.get();
    const zone = watch.get().operation?.zone ?? "UTC";
    head.hidden = !report;
    if (!report) return refill(body, arrivals);
    const when = report.published_known ? fullTimeWords(Date.parse(report.published), zone) : "publication not known";
    refill(
      head,
      h(
        "div",
        {},
        h("h2", {}, report.title ?? report.name),
        h(
          "p",
          { class: "quiet" },
          [report.publisher, when, report.title && report.title !== report.name ? report.name : ""]
            .filter(Boolean)
            .join(", "),
        ),
      ),
      h(
        "div",
        { class: "row" },
        ...SIGNS.map(([sign, word]) => h("span", { class: `key ${sign}` }, word)),
        button("All reports", () => closeReport(room, watch), { "data-key": "all-reports" }),
      ),
    );
    refill(
      body,
      h(
        "div",
        { class: "words" },
        ...paragraphsOf(report, words).map((paragraph) =>
          h("p", { "data-start": paragraph[0]?.start ?? 0 }, ...paragraph.map((one) => passage(room, one))),
        ),
      ),
    );
    body.scrollTo({ top: 0 });
  };
  const show = (scroll: boolean): void => {
    mark(body, room.get(), scroll);
    paintFocus(body, room.get());
  };
  let shown = "";
  const refresh = (): void => {
    const { report, words } = room.get();
    const now = `${report?.id ?? ""} ${words?.start ?? ""}`;
    if (now !== shown) fill();
    shown = now;
    show(true);
  };
  fill();
  onChange(room, ["report", "words"], refresh);
  onChange(room, ["draft"], () => show(true));
  return sheet;
}
