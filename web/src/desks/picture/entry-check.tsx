/** What the entry in the form would change, and what is doubtful about it: said while it is typed, and asked before it is written. */
import { type ReadonlySignal, useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";
import * as api from "../../contract/api.ts";
import type { ChangeOf, EntryCheck } from "../../contract/index.ts";
import type { Result } from "../../lib/result.ts";
import type { Made, Refusal } from "./new-entry.ts";

const PAUSE_MS = 300;

/** What the server says of the entry as it is typed; null where it cannot be written yet. */
export type Checked = { readonly check: EntryCheck | null; readonly problem: string };

const NOTHING: Checked = { check: null, problem: "" };

type Make = () => Promise<Result<Made, Refusal>>;

/** Checks the entry a moment after each change; the latest wins. */
export function useCheck(operation: string, make: Make): { checked: ReadonlySignal<Checked>; soon: () => void } {
  const checked = useSignal(NOTHING);
  const asked = useRef(0);
  const look = async (mine: number): Promise<void> => {
    const made = await make();
    if (mine !== asked.current) return;
    if (!made.ok) {
      checked.value = NOTHING;
      return;
    }
    const answer = await api.checkEntry(operation, made.value.question);
    if (mine !== asked.current) return;
    checked.value = answer.ok ? { check: answer.value, problem: "" } : { check: null, problem: answer.error.message };
  };
  const soon = (): void => {
    asked.current += 1;
    const mine = asked.current;
    setTimeout(() => mine === asked.current && void look(mine), PAUSE_MS);
  };
  useEffect(() => {
    soon();
    return () => {
      asked.current += 1;
    };
  }, []);
  return { checked, soon };
}

export const Changes = ({ changes }: { readonly changes: readonly ChangeOf[] }): JSX.Element => (
  <ul class="changes">
    {changes.map(({ what, before, after }) => (
      <li key={what}>
        {`${what}: `}
        <del>{before}</del>
        {" \u2192 "}
        <ins>{after}</ins>
      </li>
    ))}
  </ul>
);

type Props = { readonly checked: Checked; readonly comparesWith: string };

export function CheckSection({ checked: { check, problem }, comparesWith }: Props): JSX.Element {
  const told = [...(check?.notices ?? []), ...(check?.asks ?? []), problem].filter(Boolean);
  return (
    <section class="entry-check" role="status" aria-label="Before it is written">
      {comparesWith && check && (
        <>
          <h3>{check.changes.length ? comparesWith : "Nothing is changed yet"}</h3>
          <Changes changes={check.changes} />
        </>
      )}
      {told.map((one) => (
        <p key={one} class="doubt">
          {one}
        </p>
      ))}
    </section>
  );
}
