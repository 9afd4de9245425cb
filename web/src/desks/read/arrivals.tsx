/** Where reports come in: paste a text, lay a file on the page, or watch a folder; and the list of those that came. */
import type { JSX, TargetedSubmitEvent } from "preact";
import { useRef } from "preact/hooks";
import type { ReportList, ReportSummary } from "../../contract/index.ts";
import { forget, useKept } from "../../lib/kept.ts";
import { timeWords } from "../../lib/times.ts";
import { counted } from "../../lib/units.ts";
import { openReport, type ReadStore, take, takeFiles, zoneOf } from "./store.ts";

const ACCEPTED = ".txt,.html,.htm,.pdf,.eml,.xml,.rss,.atom,text/*,application/pdf,message/rfc822";

const TITLE = 80;

/** What a pasted text is called: its first line, cut at a word. */
const titleOf = (text: string): string => {
  const line = text.trim().split("\n")[0] ?? "Pasted";
  return line.length <= TITLE ? line : `${line.slice(0, TITLE).replace(/\s+\S*$/, "")} \u2026`;
};

/** What is wrong with a file, without its name: "is empty. Nothing was read." as a sentence. */
const sentence = (problem: string): string =>
  /^(is|has|takes|gives|nests) /.test(problem) ? `It ${problem}` : problem;

type Props = { readonly store: ReadStore };

function Files({ store }: Props): JSX.Element {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <button type="button" onClick={() => input.current?.click()}>
        Choose files
      </button>
      <input
        ref={input}
        class="unseen"
        type="file"
        multiple
        accept={ACCEPTED}
        aria-label="Report files"
        tabIndex={-1}
        onChange={({ currentTarget: { files } }) => void takeFiles(store, [...(files ?? [])])}
      />
    </>
  );
}

function PasteForm({ store }: Props): JSX.Element {
  const { problem, working } = store.get();
  const words = useRef<HTMLTextAreaElement>(null);
  const sheet = useRef<HTMLFormElement>(null);
  const key = `report ${store.get().operation?.id ?? ""}`;
  useKept(sheet, key);
  async function submit(event: TargetedSubmitEvent<HTMLFormElement>): Promise<void> {
    event.preventDefault();
    const field = words.current;
    if (!field?.value.trim()) return field?.focus();
    const said = new FormData(event.currentTarget);
    const read = await take(
      store,
      titleOf(field.value),
      new Blob([field.value], { type: "text/plain;charset=utf-8" }),
      {
        publisher: `${said.get("publisher")}`.trim(),
        published: `${said.get("published")}`.trim(),
      },
    );
    if (!read) return;
    field.value = "";
    forget(key);
  }
  return (
    <form ref={sheet} class="paste" onSubmit={submit}>
      <h2>Read a report</h2>
      <textarea
        ref={words}
        name="words"
        rows={6}
        placeholder="Paste an article, a press release, a radio log, a message"
        aria-label="Text of a report"
      />
      <div class="entry-fields">
        <label class="entry-field">
          <span>Published by</span>
          <input type="text" name="publisher" autocomplete="off" />
        </label>
        <label class="entry-field">
          <span>Published (default: as the text says)</span>
          <input type="text" name="published" autocomplete="off" placeholder="day 14 8.30pm, or 2022-02-21 20:30" />
        </label>
      </div>
      {problem && (
        <p class="warning" role="alert">
          {problem}
        </p>
      )}
      <p class="quiet" role="status">
        {working}
      </p>
      <div class="row">
        <button type="submit" class="primary">
          Read it
        </button>
        <Files store={store} />
        <span class="quiet">or drop files anywhere on the page: text, HTML, PDF, e-mail, feeds</span>
      </div>
    </form>
  );
}

function Report({ store, report }: Props & { readonly report: ReportSummary }): JSX.Element {
  const { id, title, publisher, published, published_known, drafts, entered, dropped, text_deleted } = report;
  const open = text_deleted ? 0 : Math.max(drafts - entered - dropped, 0);
  const decided = drafts ? "all decided" : "nothing found";
  const state = text_deleted ? "text deleted" : open ? `${counted(open, "draft")} open` : decided;
  const when = published_known ? timeWords(Date.parse(published), zoneOf(store.get())) : "date not known";
  const from = [publisher, when].filter(Boolean).join(", ");
  return (
    <li>
      <button type="button" class="item" disabled={!!text_deleted} onClick={() => void openReport(store, id)}>
        <span class="item-text">
          <strong>{title}</strong>
          <small>{`${from}; ${entered} entered, ${dropped} dropped`}</small>
        </span>
        <span class={open ? "tag clash" : "tag verified"}>{state}</span>
      </button>
    </li>
  );
}

const Refused = ({ refused }: Pick<ReportList, "refused">): JSX.Element => (
  <section class="refused">
    <h2>Not read</h2>
    <p class="quiet">Each leaves this list once its file is changed or removed.</p>
    <ul aria-label="What could not be read">
      {refused.map(({ name, why }) => (
        <li key={name}>
          <strong>{name}</strong>
          <p>{why.startsWith(`${name}: `) ? sentence(why.slice(name.length + 2)) : why}</p>
        </li>
      ))}
    </ul>
  </section>
);

function Reports({ store, list }: Props & { readonly list: ReportList }): JSX.Element {
  return (
    <>
      {list.inbox && <p class="quiet">{`Files put into ${list.inbox} are read too.`}</p>}
      {list.refused.length > 0 && <Refused refused={list.refused} />}
      {list.reports.length > 0 && (
        <>
          <h2>Reports</h2>
          <ul class="items" aria-label="Reports">
            {list.reports.map((report) => (
              <Report key={report.id} store={store} report={report} />
            ))}
          </ul>
        </>
      )}
    </>
  );
}

export function Arrivals({ store }: Props): JSX.Element {
  const { list } = store.get();
  return (
    <div class="arrivals">
      <PasteForm store={store} />
      {list && <Reports store={store} list={list} />}
    </div>
  );
}
