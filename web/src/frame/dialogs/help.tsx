/** Help: what each desk is for, the keys, the grades, and the words of the room from one list (docs/reference/words.md). */
import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { Dialog } from "../../lib/dialog.tsx";
import { CREDIBILITY, RELIABILITY } from "../../lib/grades.ts";
import { Section } from "../../lib/parts.tsx";
import { WORDS } from "../../lib/word-list.ts";
import { railDesks } from "../frame.ts";
import type { DialogProps } from "./index.tsx";

const DESKS: Readonly<Record<string, string>> = {
  picture: [
    "What was reported: who said it, how surely, what is contested, what is past due.",
    "Drag the time bar to see what was known when. Press N to enter what you hear.",
  ].join(" "),
  read: "Paste a report, or drop a file. Clearway drafts entries from its words; you check each and enter it.",
  log: "Every entry in a flat list: filter, sort, save as CSV.",
  plan: "Draw the ground that people hold. Clearway says where barriers stand, what they close off, and how help gets to every address.",
};

const KEYS: readonly (readonly [keys: string, does: string])[] = [
  ["Ctrl K", "Search streets, places, entries and commands"],
  ["N", "New entry (Picture desk)"],
  ["Ctrl Z, Ctrl Shift Z", "Undo, redo (Plan desk)"],
  ["Ctrl P", "Print the desk that is open"],
  ["M", "Measure a distance or an area"],
  ["?", "This help"],
  ["Esc", "Put a tool down, let go of what is selected, close a window"],
  ["Tab, arrow keys", "Go through lists; on the map, move it; + and \u2212 zoom"],
];

const STEPS: readonly (readonly [task: string, how: string])[] = [
  [
    "Find a figure and who said it",
    "Picture desk: press a figure. Its card shows speaker, grade, age and the words it rests on.",
  ],
  ["Correct an entry", "Select it, press Correct in its card, change what is wrong. The old one stays readable."],
  ["Plan a cordon", "Plan desk: New site, click round the ground. Drag a barrier to move it; Ctrl Z takes it back."],
  [
    "Prove that help gets to an address",
    "Search the address on the Plan desk, then How help gets here. Print it for whoever signs.",
  ],
  ["Begin an operation, bring a city in", "Press the title in the top bar."],
  ["Send what you see", "Copy link in the top bar, or Print, or Download."],
];

const Grades = (): JSX.Element => (
  <>
    <p>
      A grade has a letter for the source and a figure for what it says: B2 is a source that is usually reliable with a
      report that is probably true.
    </p>
    <dl class="facts">
      {Object.entries({ ...RELIABILITY, ...CREDIBILITY })
        .toSorted(([a], [b]) => Number(/\d/.test(a)) - Number(/\d/.test(b)) || a.localeCompare(b))
        .map(([sign, words]) => [<dt key={sign}>{sign}</dt>, <dd key={`${sign} words`}>{words}</dd>])}
    </dl>
  </>
);

function Glossary(): JSX.Element {
  const asked = useSignal("");
  const sought = asked.value.trim().toLowerCase();
  const found = WORDS.filter(({ word, meaning }) => `${word} ${meaning}`.toLowerCase().includes(sought));
  return (
    <>
      <label class="entry-field">
        <span>Find a word</span>
        <input
          type="text" // in a search field Escape would empty it, and leave the window open
          autocomplete="off"
          value={asked.value}
          onInput={(event) => {
            asked.value = event.currentTarget.value;
          }}
        />
      </label>
      <dl class="glossary" aria-label="Words of the room">
        {found.map(({ word, meaning }) => (
          <div key={word + meaning}>
            <dt>{word}</dt>
            <dd>{meaning}</dd>
          </div>
        ))}
      </dl>
      {found.length === 0 && <p role="status">No such word. Try a part of it.</p>}
    </>
  );
}

export function Help({ frame, closed }: DialogProps): JSX.Element {
  return (
    <Dialog title="Help" closed={closed}>
      <p>
        <button type="button" class="primary" onClick={() => frame.state.set({ dialog: "tour" })}>
          Two-minute tour
        </button>
      </p>
      <Section title="What each desk is for" id="help-desks" open>
        <dl class="glossary">
          {railDesks(frame).map(({ id, label, about }) => (
            <div key={id}>
              <dt>{label}</dt>
              <dd>{DESKS[id] ?? about ?? ""}</dd>
            </div>
          ))}
        </dl>
      </Section>
      <Section title="How to" id="help-how">
        <dl class="glossary">
          {STEPS.map(([task, how]) => (
            <div key={task}>
              <dt>{task}</dt>
              <dd>{how}</dd>
            </div>
          ))}
        </dl>
      </Section>
      <Section title="Keys" id="help-keys">
        <dl class="glossary">
          {KEYS.map(([keys, does]) => (
            <div key={keys}>
              <dt>
                <kbd>{keys}</kbd>
              </dt>
              <dd>{does}</dd>
            </div>
          ))}
        </dl>
      </Section>
      <Section title="Grades A1 to F6" id="help-grades">
        <Grades />
      </Section>
      <Section title="Words" id="help-words">
        <Glossary />
      </Section>
    </Dialog>
  );
}
