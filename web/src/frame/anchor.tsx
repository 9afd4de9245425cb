/** Where the record ends, at the foot of every panel and printed sheet: noted down elsewhere, it shows later what was changed. */
import type { JSX } from "preact";
import type { Anchor } from "../contract/index.ts";
import { fullTimeWords } from "../lib/times.ts";
import type { Frame } from "./desk.ts";
import { say } from "./frame.ts";

const SHOWN = 8;

/** As `clearway record verify --head` takes it. */
const headOf = ({ seq, hash }: Anchor): string => `${seq}:${hash}`;

async function copyHead(frame: Frame, anchor: Anchor): Promise<void> {
  try {
    await navigator.clipboard.writeText(headOf(anchor));
    say(frame, "Copied. Keep it elsewhere: 'clearway record verify --head' checks the record against it.");
  } catch {
    say(frame, `The browser does not allow the page to copy. Note it down: ${headOf(anchor)}`);
  }
}

const wordsOf = (anchor: Anchor, zone: string): string =>
  `Record up to entry ${anchor.seq}, written ${fullTimeWords(Date.parse(anchor.written), zone)}, hash `;

export function RecordFoot({ frame }: { readonly frame: Frame }): JSX.Element | null {
  const { operation } = frame.state.get();
  if (!operation?.anchor) return null;
  const { anchor, zone } = operation;
  return (
    <p class="anchor">
      <button type="button" title="Copy number and hash" onClick={() => void copyHead(frame, anchor)}>
        {wordsOf(anchor, zone)}
        <code>{anchor.hash.slice(0, SHOWN)}</code>
      </button>
    </p>
  );
}

export function PrintedAnchor({ frame }: { readonly frame: Frame }): JSX.Element | null {
  const { operation } = frame.state.get();
  if (!operation?.anchor) return null;
  return <p class="link">{`${wordsOf(operation.anchor, operation.zone)}${operation.anchor.hash}`}</p>;
}
