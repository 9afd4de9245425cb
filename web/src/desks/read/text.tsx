/** The report on the left: its words, what was found in them, and which of them support the draft that is looked at. */
import type { JSX } from "preact";
import { useEffect, useLayoutEffect, useMemo, useRef } from "preact/hooks";
import type { ReadingAnswer } from "../../contract/index.ts";
import { fullTimeWords } from "../../lib/times.ts";
import { Arrivals } from "./arrivals.tsx";
import { type Passage, paragraphsOf, type Sign } from "./segments.ts";
import { closeReport, draftOf, type ReadStore, zoneOf } from "./store.ts";

const SIGNS: readonly (readonly [Sign, string])[] = [
  ["quantity", "number"],
  ["time", "time"],
  ["place", "place"],
];

type Props = { readonly store: ReadStore };
type ReportProps = Props & { readonly report: ReadingAnswer };

const classes = (...names: readonly (string | null | false)[]): string | undefined =>
  names.filter(Boolean).join(" ") || undefined;

/** Look at a draft of a passage: the next one at each press, an open one first. */
function choose(store: ReadStore, drafts: readonly string[]): void {
  const { draft, report } = store.get();
  const at = drafts.indexOf(draft ?? "");
  const open = drafts.find((id) => report?.drafts.find((found) => found.id === id)?.fate === "open");
  store.set({ draft: (at >= 0 ? drafts[(at + 1) % drafts.length] : (open ?? drafts[0])) ?? null, words: null });
}

function PassageText({ store, report, passage }: ReportProps & { readonly passage: Passage }): JSX.Element {
  const { drafts } = passage;
  const pieces = passage.pieces.map(({ text, start, sign, words }) => (
    <span key={start} class={classes(sign, words && "rests")}>
      {text}
    </span>
  ));
  if (!drafts.length) return <>{pieces}</>;
  const { draft } = store.get();
  const isCurrent = draft !== null && drafts.includes(draft);
  const isDone = report.drafts.every(({ id, fate }) => fate !== "open" || !drafts.includes(id));
  return (
    // biome-ignore lint/a11y: the keys J and K, and the list of drafts, do the same
    <span class={classes("passage", isCurrent && "current", isDone && "done")} onClick={() => choose(store, drafts)}>
      {pieces}
    </span>
  );
}

/** The place of these characters of the report in the page. */
function rangeOf(text: HTMLElement, start: number, end: number): Range | null {
  const range = document.createRange();
  let begun = false;
  for (const line of text.querySelectorAll<HTMLElement>("[data-start]")) {
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

/** The focus of a draft, drawn with the browser's own highlights: it may begin and end within any piece. */
function paint(text: HTMLElement, focus: { readonly start: number; readonly end: number }): (() => void) | undefined {
  const range = "highlights" in CSS && rangeOf(text, focus.start, focus.end);
  if (!range) return;
  CSS.highlights.set("focus", new Highlight(range));
  return () => void CSS.highlights.delete("focus");
}

function scrollToCurrent(text: HTMLElement): void {
  const isCalm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const current = text.querySelector(".passage.current, .rests");
  current?.scrollIntoView({ block: "center", behavior: isCalm ? "auto" : "smooth" });
}

function Words({ store, report }: ReportProps): JSX.Element {
  const { draft, words } = store.get();
  const text = useRef<HTMLDivElement>(null);
  const paragraphs = useMemo(() => paragraphsOf(report, words), [report, words]);
  useLayoutEffect(() => {
    const current = draftOf(store.get());
    return current && text.current ? paint(text.current, current.focus) : undefined;
  }, [report, draft, words]);
  useEffect(() => {
    if (text.current) scrollToCurrent(text.current);
  }, [report, draft, words]);
  return (
    <div ref={text} class="words">
      {paragraphs.map((paragraph) => {
        const start = paragraph[0]?.start ?? 0;
        return (
          <p key={start} data-start={start}>
            {paragraph.map((passage) => (
              <PassageText key={passage.start} store={store} report={report} passage={passage} />
            ))}
          </p>
        );
      })}
    </div>
  );
}

function Head({ store, report }: ReportProps): JSX.Element {
  const { title, name, publisher, published, published_known, dated_by } = report;
  const by = dated_by ? ` (\u201c${dated_by}\u201d)` : "";
  const when = published_known
    ? `${fullTimeWords(Date.parse(published), zoneOf(store.get()))}${by}`
    : "publication not known";
  return (
    <header class="sheet-head">
      <div>
        <h2>{title ?? name}</h2>
        <p class="quiet">{[publisher, when, title && title !== name && name].filter(Boolean).join(", ")}</p>
      </div>
      <div class="row">
        {SIGNS.map(([sign, word]) => (
          <span key={sign} class={`key ${sign}`}>
            {word}
          </span>
        ))}
        <button type="button" onClick={() => closeReport(store)}>
          All reports
        </button>
      </div>
    </header>
  );
}

export function ReportSheet({ store }: Props): JSX.Element {
  const { report } = store.get();
  const body = useRef<HTMLElement>(null);
  useLayoutEffect(() => body.current?.scrollTo({ top: 0 }), [report?.id]);
  return (
    <section class="sheet" aria-label="Report">
      {report && <Head store={store} report={report} />}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: so that the arrow keys scroll it */}
      <section ref={body} class="sheet-body" tabIndex={0} aria-label="Text of the report">
        {/* hidden, not taken away: what is half typed stays */}
        <div hidden={report !== null}>
          <Arrivals store={store} />
        </div>
        {report && <Words key={report.id} store={store} report={report} />}
      </section>
    </section>
  );
}
