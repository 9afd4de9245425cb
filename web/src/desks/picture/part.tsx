/** A part of the panel that can be folded away, and stays so for whoever folded it; and the index that leads to the parts. */
import type { ComponentChildren, JSX, TargetedEvent } from "preact";
import { useState } from "preact/hooks";
import { Section } from "../../lib/parts.tsx";

const REMEMBERED = "clearway-folds";

type Folds = Readonly<Record<string, boolean>>;

function remembered(): Folds {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(REMEMBERED) ?? "{}");
    return typeof kept === "object" && kept !== null ? (kept as Folds) : {};
  } catch {
    return {}; // a browser that keeps nothing
  }
}

function remember(id: string, isOpen: boolean): void {
  try {
    localStorage.setItem(REMEMBERED, JSON.stringify({ ...remembered(), [id]: isOpen }));
  } catch {
    // it is folded as long as the page is open
  }
}

type PartProps = {
  readonly title: string;
  readonly id: string;
  readonly count: number;
  /** Whether it is unfolded for somebody who never folded it. */
  readonly open: boolean;
  readonly words?: readonly string[];
  readonly children: ComponentChildren;
};

/** With the number of its items in its title; nothing where there are none. */
export function Part({ title, id, count, open, words, children }: PartProps): JSX.Element | null {
  const [first] = useState(() => remembered()[id] ?? open);
  if (!count) return null;
  return (
    <Section
      title={`${title} (${count})`}
      id={id}
      open={first}
      words={words}
      toggled={(event: TargetedEvent<HTMLDetailsElement>) => remember(id, event.currentTarget.open)}
    >
      <div>{children}</div>
    </Section>
  );
}

export type Entry = {
  readonly id: string;
  readonly title: string;
  readonly count: number;
  readonly isUrgent?: boolean;
};

/** Unfold a part and go to it. */
export function showPart(id: string): void {
  const part = document.getElementById(id);
  part?.setAttribute("open", "");
  part?.scrollIntoView({ block: "start" });
  part?.querySelector("summary")?.focus({ preventScroll: true });
}

/** So many parts are always seen in the index: those that matter first. */
const FIRST = 4;

const Jump = ({ id, title, count, isUrgent }: Entry): JSX.Element => (
  <button type="button" class={isUrgent ? "urgent" : undefined} onClick={() => showPart(id)}>
    {title} <b>{count}</b>
  </button>
);

/** What the panel holds, at its head: each part with how many things it holds. */
export function PartIndex({ entries }: { readonly entries: readonly Entry[] }): JSX.Element {
  const held = entries.filter(({ count }) => count > 0);
  const rest = held.slice(FIRST);
  return (
    <nav class="part-index" aria-label="What the picture holds">
      {held.slice(0, FIRST).map((entry) => (
        <Jump key={entry.id} {...entry} />
      ))}
      {rest.length > 0 && (
        <details>
          <summary>{`${rest.length} more parts`}</summary>
          {rest.map((entry) => (
            <Jump key={entry.id} {...entry} />
          ))}
        </details>
      )}
    </nav>
  );
}
