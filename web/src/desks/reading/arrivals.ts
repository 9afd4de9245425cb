/** Where reports come in: paste a text, lay a file on the page, or watch a folder; and the list of those that came. */
import type { ReportSummary } from "../../contract/index.ts";
import { button, h, refill } from "../../lib/dom.ts";
import { type Dispose, onChange } from "../../lib/store.ts";
import { timeWords } from "../../lib/times.ts";
import { counted } from "../../lib/units.ts";
import type { PictureStore } from "../picture/store.ts";
import { openReport, type ReadingStore, take } from "./store.ts";

const ACCEPTED = ".txt,.html,.htm,.pdf,.eml,.xml,.rss,.atom,text/*,application/pdf,message/rfc822";

const TITLE = 80;

/** Take files in one after the other. */
export async function takeFiles(room: ReadingStore, watch: PictureStore, files: Iterable<File>): Promise<void> {
  for (const file of files) await take(room, watch, file.name, file);
}

function item(room: ReadingStore, watch: PictureStore, one: ReportSummary): HTMLElement {
  const zone = watch.get().operation?.zone ?? "UTC";
  const open = Math.max(one.drafts - one.entered - one.dropped, 0);
  const state = open ? `${counted(open, "draft")} open` : one.drafts ? "worked through" : "nothing found";
  const told = `${[one.publisher, timeWords(Date.parse(one.published), zone)].filter(Boolean).join(", ")}; ${one.entered} entered, ${one.dropped} dropped`;
  return h(
    "li",
    {},
    h(
      "button",
      { type: "button", class: "item", "data-key": one.id, on: { click: () => void openReport(room, watch, one.id) } },
      h("span", { class: "item-text" }, h("strong", {}, one.title), h("small", {}, told)),
      h("span", { class: open ? "tag clash" : "tag verified" }, state),
    ),
  );
}

/** What a pasted text is called: its first line, cut at a word. */
const titleOf = (text: string): string => {
  const line = text.trim().split("\n")[0] ?? "Pasted";
  return line.length <= TITLE ? line : `${line.slice(0, TITLE).replace(/\s+\S*$/, "")} \u2026`;
};

export function arrivalsPart(room: ReadingStore, watch: PictureStore): HTMLElement {
  const words = h("textarea", {
    name: "words",
    rows: 6,
    placeholder: "Paste an article, a press release, a radio log, a message",
    "aria-label": "Text of a report",
  });
  const publisher = h("input", { type: "text", name: "publisher", autocomplete: "off" });
  const published = h("input", {
    type: "text",
    name: "published",
    autocomplete: "off",
    placeholder: "day 14 8.30pm, or 2022-02-21T20:30+13:00",
  });
  const file = h("input", {
    type: "file",
    multiple: true,
    accept: ACCEPTED,
    "aria-label": "Files of reports",
    class: "unseen",
    tabindex: "-1",
    on: { change: () => void takeFiles(room, watch, [...(file.files ?? [])]) },
  });
  const problem = h("p", { class: "warning", role: "alert", hidden: true });
  const working = h("p", { class: "quiet", role: "status" });
  const folder = h("p", { class: "quiet" });
  const refused = h("ul", { class: "items refused", "aria-label": "What could not be read" });
  const list = h("ul", { class: "items", "aria-label": "Reports" });
  const heading = h("h2", {}, "Reports");
  const form = h(
    "form",
    { class: "paste" },
    h("h2", {}, "Read a report"),
    words,
    h(
      "div",
      { class: "entry-fields" },
      h("label", { class: "entry-field" }, h("span", {}, "Published by"), publisher),
      h("label", { class: "entry-field" }, h("span", {}, "Published when (now, where empty)"), published),
    ),
    problem,
    working,
    h(
      "div",
      { class: "row" },
      h("button", { type: "submit", class: "primary" }, "Read it"),
      button("Choose files", () => file.click()),
      file,
      h("span", { class: "quiet" }, "or lay files anywhere on the page: text, HTML, PDF, e-mail, feeds"),
    ),
  );
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const text = words.value;
    if (!text.trim()) return words.focus();
    const name = titleOf(text);
    void take(room, watch, name, new Blob([text], { type: "text/plain;charset=utf-8" }), {
      publisher: publisher.value.trim(),
      published: published.value.trim() || new Date().toISOString(),
    }).then((read) => {
      if (read) words.value = "";
    });
  });
  const show = (): void => {
    const state = room.get();
    problem.textContent = state.problem;
    problem.hidden = state.problem === "";
    working.textContent = state.working;
    folder.textContent = state.list?.inbox ? `Whatever is laid into ${state.list.inbox} is read too.` : "";
    refill(
      refused,
      ...(state.list?.refused ?? []).map(({ name, why }) =>
        h("li", {}, h("p", { class: "warning" }, why.includes(name) ? why : `${name}: ${why}`)),
      ),
    );
    refill(list, ...(state.list?.reports ?? []).map((one) => item(room, watch, one)));
    heading.hidden = !state.list?.reports.length;
  };
  show();
  onChange(room, ["list", "problem", "working"], show);
  return h("div", { class: "arrivals" }, form, folder, refused, heading, list);
}

/** Files that are laid anywhere on the page while the desk is open. */
export function letFilesBeDropped(room: ReadingStore, watch: PictureStore, isOpen: () => boolean): Dispose {
  const ends = new AbortController();
  const { signal } = ends;
  const mark = (on: boolean): void => void document.body.classList.toggle("receiving", on);
  const over = (event: DragEvent): void => {
    if (!isOpen() || !event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    mark(true);
  };
  const drop = (event: DragEvent): void => {
    mark(false);
    if (!isOpen() || !event.dataTransfer?.files.length) return;
    event.preventDefault();
    void takeFiles(room, watch, [...event.dataTransfer.files]);
  };
  addEventListener("dragover", over, { signal });
  addEventListener("dragleave", () => mark(false), { signal });
  addEventListener("drop", drop, { signal });
  return () => ends.abort();
}
