/** Facts as lists: each a button that leads to its source. */
import type { ComponentChildren, JSX } from "preact";
import type { Fact } from "../../contract/index.ts";
import { gradeWords } from "../../lib/grades.ts";
import { ageWords, whenWords } from "../../lib/times.ts";
import { choose, type PictureStore, zoneOf } from "./store.ts";

export const Tag = ({ kind, word }: { readonly kind: string; readonly word: string }): JSX.Element => (
  <span class={`tag ${kind}`}>{word}</span>
);

function sourceWords({ source, happened, age_s, confirmed_by, disputed_by }: Fact, zone: string): string {
  const notes = [confirmed_by.length && "confirmed by another", disputed_by.length && "disputed"].filter(Boolean);
  const said = `${source.short}, ${source.grade}, ${whenWords(happened, zone)}, ${ageWords(age_s)} ago`;
  return notes.length ? `${said}; ${notes.join(", ")}` : said;
}

type ItemProps = { readonly store: PictureStore; readonly fact: Fact; readonly tag?: ComponentChildren };

export function FactItem({ store, fact, tag }: ItemProps): JSX.Element {
  const isChosen = store.get().entry === fact.id;
  const isPlaceSaid = fact.says.toLowerCase().includes(fact.where.toLowerCase());
  return (
    <li>
      <button
        type="button"
        class="item fact"
        aria-pressed={isChosen}
        onClick={() => choose(store, isChosen ? null : fact.id)}
      >
        <span class="item-text">
          <span>
            {tag}
            {fact.says}
            {!isPlaceSaid && ` (${fact.where})`}
          </span>
          <small title={gradeWords(fact.source.grade)}>{sourceWords(fact, zoneOf(store.get()))}</small>
        </span>
      </button>
    </li>
  );
}

type ListProps<F extends Fact> = {
  readonly store: PictureStore;
  readonly facts: readonly F[];
  readonly label?: string;
  readonly nested?: boolean;
  readonly tag?: (fact: F) => ComponentChildren;
};

export const FactList = <F extends Fact>({ store, facts, label, nested, tag }: ListProps<F>): JSX.Element | null =>
  facts.length ? (
    <ul class={nested ? "items nested" : "items"} aria-label={label}>
      {facts.map((fact) => (
        <FactItem key={fact.id + fact.part} store={store} fact={fact} tag={tag?.(fact)} />
      ))}
    </ul>
  ) : null;
