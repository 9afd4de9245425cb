/** Lists whose items are selected by a press, in step with the map; the arrow keys move along them. */
import type { ComponentChildren, JSX, TargetedKeyboardEvent } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";

/** Up and down move along the list. */
function arrowKeys(event: TargetedKeyboardEvent<HTMLElement>): void {
  const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
  const items = [...event.currentTarget.querySelectorAll<HTMLElement>("button.item")];
  const at = items.indexOf(document.activeElement as HTMLElement);
  if (!step || at < 0) return;
  event.preventDefault();
  items[at + step]?.focus();
}

type ItemsProps = {
  readonly label: string;
  readonly id?: string;
  /** A class beside `items`. */
  readonly look?: string;
  readonly children: ComponentChildren;
};

export const Items = ({ label, id, look, children }: ItemsProps): JSX.Element => (
  <ol class={look ? `items ${look}` : "items"} id={id} aria-label={label} onKeyDown={arrowKeys}>
    {children}
  </ol>
);

type ItemProps = {
  /** Whether it is what is selected; it is scrolled into view then. */
  readonly isCurrent: boolean;
  readonly act: () => void;
  /** A sign before the text. */
  readonly sign?: ComponentChildren;
  readonly text: ComponentChildren;
  readonly note?: ComponentChildren;
  /** Below the button. */
  readonly children?: ComponentChildren;
};

export function Item({ isCurrent, act, sign, text, note, children }: ItemProps): JSX.Element {
  const button = useRef<HTMLButtonElement>(null);
  useLayoutEffect(() => {
    if (isCurrent) button.current?.scrollIntoView({ block: "nearest" });
  }, [isCurrent]);
  return (
    <li>
      <button ref={button} type="button" class="item" aria-pressed={isCurrent} onClick={act}>
        {sign}
        <span class="item-text">{text}</span>
        {note && <span class="item-note">{note}</span>}
      </button>
      {children}
    </li>
  );
}

type FigureProps = { readonly value: string; readonly label: string; readonly note?: string };

/** One figure of a grid of figures. */
export const Figure = ({ value, label, note }: FigureProps): JSX.Element => (
  <div class="figure">
    <dd>{value}</dd>
    <dt>
      {label}
      {note && <small>{note}</small>}
    </dt>
  </div>
);

export const Sentences = ({ texts }: { readonly texts: readonly string[] }): JSX.Element => (
  <ul class="sentences">
    {texts.map((text) => (
      <li key={text}>{text}</li>
    ))}
  </ul>
);
