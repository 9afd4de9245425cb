/** The panel of the Log desk: the entry that is chosen, and what the log is filtered by. */
import type { ComponentProps, JSX } from "preact";
import type { Fact, LogAnswer } from "../../contract/index.ts";
import { Select } from "../../lib/fields.tsx";
import type { Choice } from "../../lib/parts.tsx";
import { Terms } from "../../lib/terms.tsx";
import { useTyping } from "../../lib/typing.ts";
import { capital, counted, count as figure } from "../../lib/units.ts";
import { readable } from "../../lib/words.ts";
import { EntryCard } from "../picture/entry-card.tsx";
import { STANDINGS } from "../picture/standing.ts";
import { goToFact, type PictureStore } from "../picture/store.ts";
import { ALL, isFiltered, type LogStore, sortBy, type Wanted, want } from "./store.ts";

type Props = { readonly store: LogStore; readonly watch: PictureStore; readonly toWords: (fact: Fact) => void };
type At = Pick<Props, "store">;

const RELEASES: readonly Choice<string>[] = [
  { value: "", label: "Any level" },
  { value: "room", label: "This room only" },
  { value: "partners", label: "Partners too" },
  { value: "public", label: "Everybody" },
];

const SORTS: readonly Choice<Wanted["sort"]>[] = [
  { value: "happened", label: "When it happened" },
  { value: "known", label: "When it could be known" },
  { value: "written", label: "When it was written" },
  { value: "kind", label: "Kind" },
  { value: "place", label: "Place" },
  { value: "who", label: "Who said it" },
  { value: "grade", label: "Grade" },
  { value: "release", label: "Release level" },
];

type TextProps = {
  readonly store: LogStore;
  readonly part: "place" | "who" | "since" | "until";
  readonly label: string;
  readonly offered?: LogAnswer["places"] | undefined;
} & Pick<ComponentProps<"input">, "placeholder">;

/** A line that is typed; places and speakers of the log are offered. */
function Text({ store, part, label, offered = [], placeholder }: TextProps): JSX.Element {
  const { shown, keep, taken } = useTyping(store.get().wanted[part]);
  const list = `log-${part}-list`;
  return (
    <label class="field">
      <span>{label}</span>
      <input
        type="text"
        value={shown}
        placeholder={placeholder}
        list={offered.length ? list : undefined}
        autocomplete="off"
        onInput={keep}
        onChange={(event) => {
          taken();
          want(store, { [part]: event.currentTarget.value.trim() });
        }}
      />
      {offered.length > 0 && (
        <datalist id={list}>
          {offered.map(({ name }) => (
            <option key={name} value={name} />
          ))}
        </datalist>
      )}
    </label>
  );
}

const kindsOf = (answer: LogAnswer | null): readonly Choice<string>[] => [
  { value: "", label: answer ? `All kinds (${answer.entries})` : "All kinds" },
  ...(answer?.kinds ?? []).map(({ name, count }) => ({ value: name, label: `${readable(name)} (${count})` })),
];

function Filters({ store }: At): JSX.Element {
  const { wanted, answer } = store.get();
  return (
    <section class="log-filters" aria-label="Filters">
      <Select label="Kind" options={kindsOf(answer)} chosen={wanted.kind} act={(kind) => want(store, { kind })} />
      <Text store={store} part="place" label="Place" offered={answer?.places} placeholder="Molesworth St" />
      <Text store={store} part="who" label="Who said it, or in what" offered={answer?.speakers} placeholder="Police" />
      <div class="log-pair">
        <Text store={store} part="since" label="From" placeholder="day 9 noon" />
        <Text store={store} part="until" label="To" placeholder="day 11" />
      </div>
      <Select
        label="Does it hold"
        options={[{ value: "", label: "In force or not" }, ...STANDINGS.map(([value, label]) => ({ value, label }))]}
        chosen={wanted.standing}
        act={(standing) => want(store, { standing })}
      />
      <Select
        label="Visible to"
        options={RELEASES}
        chosen={wanted.release}
        act={(release) => want(store, { release })}
      />
      <Terms words={["standing (of an entry)", "release level"]} />
      <Select label="Sort by" options={SORTS} chosen={wanted.sort} act={(sort) => sortBy(store, sort)} />
      <Select
        label="Order"
        options={[
          { value: "down", label: "Newest first, Z to A" },
          { value: "up", label: "Oldest first, A to Z" },
        ]}
        chosen={wanted.descending ? "down" : "up"}
        act={(order) => want(store, { descending: order === "down" })}
      />
      <button
        type="button"
        disabled={!isFiltered(wanted)}
        onClick={() => want(store, { ...ALL, sort: wanted.sort, descending: wanted.descending })}
      >
        Show all
      </button>
    </section>
  );
}

function leadOf({ answer, wanted }: ReturnType<LogStore["get"]>): string {
  if (!answer) return "Reading the log\u2026";
  const all = counted(answer.entries, "entry", "entries");
  return isFiltered(wanted) ? `${figure(answer.total)} of ${all} fit` : capital(all);
}

export function LogPanel({ store, watch, toWords }: Props): JSX.Element {
  const { detail, entry } = watch.get();
  return (
    <>
      <EntryCard store={watch} toWords={toWords} />
      {detail && detail.fact.id === entry && (
        <p class="row">
          <button type="button" onClick={() => goToFact(watch, detail.fact)}>
            Show it in the picture
          </button>
        </p>
      )}
      <section class="summary" role="status" aria-live="polite" aria-label="Summary">
        <p class="lead">{leadOf(store.get())}</p>
      </section>
      <Filters store={store} />
    </>
  );
}
