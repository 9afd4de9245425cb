/** A line of text with suggestions below it, by mouse and by keyboard: the combobox of the WAI-ARIA practices. Others may be typed. */
import { useSignal } from "@preact/signals";
import type { JSX, TargetedKeyboardEvent } from "preact";
import { useRef } from "preact/hooks";

export type Suggestion = { readonly value: string; readonly note?: string };

type Props<S extends Suggestion> = {
  readonly id: string;
  readonly name: string;
  readonly label: string;
  readonly first: string;
  readonly placeholder?: string;
  /** The id of what describes it. */
  readonly describedBy?: string | undefined;
  /** What is suggested for a text, the best first. */
  readonly suggest: (text: string) => readonly S[] | Promise<readonly S[]>;
  /** The text with a suggestion in it; by default the suggestion alone. */
  readonly filled?: (text: string, taken: S) => string;
  readonly took?: (taken: S) => void;
};

const PAUSE_MS = 120;

export function Combobox<S extends Suggestion>(props: Props<S>): JSX.Element {
  const { id, name, label, first, placeholder, describedBy, suggest, filled, took } = props;
  const input = useRef<HTMLInputElement>(null);
  const asked = useRef(0);
  const hits = useSignal<readonly S[]>([]);
  const chosen = useSignal(-1);
  const isOpen = hits.value.length > 0;
  const listId = `${id}-list`;

  const close = (): void => {
    asked.current += 1;
    hits.value = [];
    chosen.value = -1;
  };
  const look = async (): Promise<void> => {
    asked.current += 1;
    const mine = asked.current;
    const found = await suggest(input.current?.value ?? "");
    if (mine !== asked.current || document.activeElement !== input.current) return;
    hits.value = found;
    chosen.value = -1;
  };
  const soon = (): void => {
    asked.current += 1;
    const mine = asked.current;
    setTimeout(() => mine === asked.current && void look(), PAUSE_MS);
  };
  const take = (hit: S | undefined): void => {
    const control = input.current;
    if (!hit || !control) return;
    control.value = filled ? filled(control.value, hit) : hit.value;
    close();
    control.focus();
    took?.(hit);
    control.dispatchEvent(new Event("input", { bubbles: true }));
    close(); // what is filled in is not suggested again
  };
  const step = (by: number): void => {
    const many = hits.value.length;
    chosen.value = chosen.value < 0 && by < 0 ? many - 1 : (chosen.value + by + many) % many;
  };
  const keys: Readonly<Record<string, () => boolean>> = {
    ArrowDown: () => {
      if (isOpen) step(1);
      else void look();
      return true;
    },
    ArrowUp: () => {
      if (isOpen) step(-1);
      return isOpen;
    },
    Enter: () => {
      const hit = hits.value[chosen.value];
      take(hit);
      return hit !== undefined;
    },
    Escape: () => {
      close();
      return isOpen;
    },
  };
  const press = (event: TargetedKeyboardEvent<HTMLInputElement>): void => {
    if (!keys[event.key]?.()) return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div class="entry-field combobox">
      <label for={id}>{label}</label>
      <input
        ref={input}
        id={id}
        name={name}
        type="text"
        role="combobox"
        aria-expanded={isOpen}
        aria-controls={listId}
        aria-autocomplete="list"
        aria-activedescendant={chosen.value < 0 ? undefined : `${listId}-${chosen.value}`}
        aria-describedby={describedBy}
        autocomplete="off"
        spellcheck={false}
        placeholder={placeholder}
        defaultValue={first}
        onInput={soon}
        onKeyDown={press}
        onBlur={close}
      />
      <div class="suggestions" id={listId} role="listbox" aria-label="Suggestions" hidden={!isOpen}>
        {hits.value.map((hit, index) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents lint/a11y/useFocusableInteractive: the keys are those of the line above
          <div
            key={`${hit.value} ${hit.note}`}
            id={`${listId}-${index}`}
            role="option"
            aria-selected={index === chosen.value}
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => take(hit)}
          >
            <span>{hit.value}</span>
            {hit.note && <small>{hit.note}</small>}
          </div>
        ))}
      </div>
    </div>
  );
}
