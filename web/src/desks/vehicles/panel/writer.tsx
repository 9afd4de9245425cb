/** Which office writes, asked once for all forms of the desk: whoever has said it reads it on the others, and may change it. */
import { signal, useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { wish, wishes } from "../../../frame/wishes.ts";

const said = signal(wishes().writer);
const isSaid = signal(said.value.trim() !== "");

/** The office that writes; empty where nobody said. */
export const writer = (): string => said.value.trim();

/**
 * Something was written: whoever uses this browser writes for that office from now on. Said only then, since a form that gets
 * smaller while another is filled in moves its buttons.
 */
export function wroteAs(): void {
  isSaid.value = true;
  wish({ writer: writer() });
}

type Props = { readonly name: string; readonly example: string };

export function Writer({ name, example }: Props): JSX.Element {
  const asks = useSignal(false);
  if (isSaid.value && !asks.value)
    return (
      <p class="row writer">
        <span>
          Written as <b>{said.value}</b>
        </span>
        <button
          type="button"
          class="quiet"
          onClick={() => {
            asks.value = true;
          }}
        >
          Change the office
        </button>
      </p>
    );
  return (
    <label class="field wide">
      <span>Your office, organisation</span>
      <input
        class="words"
        name={name}
        maxLength={200}
        placeholder={example}
        value={said.value}
        onInput={({ currentTarget: { value } }) => {
          asks.value = true;
          said.value = value;
        }}
      />
    </label>
  );
}
