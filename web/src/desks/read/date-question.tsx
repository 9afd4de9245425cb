/** Asked before anything of a report is entered whose date is not known, or far from the operation: when it was published. */
import { useSignal } from "@preact/signals";
import type { JSX, TargetedSubmitEvent } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { askedOfReport, confirmDate, DATE_FIELD, type ReadStore, redate } from "./store.ts";

export function DateQuestion({ store }: { readonly store: ReadStore }): JSX.Element | null {
  const problem = useSignal("");
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => form.current?.scrollIntoView({ block: "nearest" }), []);
  const asks = askedOfReport(store.get());
  if (!asks) return null;
  const submit = async (event: TargetedSubmitEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    const said = `${new FormData(event.currentTarget).get("published")}`.trim();
    problem.value = said ? await redate(store, said) : "Write when it was published, such as 16 Feb 2022 7pm.";
  };
  return (
    <form ref={form} class="date-question" aria-label="When it was published" onSubmit={submit}>
      <p class="warning" role="alert">
        {asks}
      </p>
      <label class="entry-field">
        <span>When was it published</span>
        <input
          id={DATE_FIELD}
          type="text"
          name="published"
          autocomplete="off"
          placeholder="16 Feb 2022 7pm, 16/02/2022 or day 9"
        />
      </label>
      {problem.value && (
        <p class="warning" role="alert">
          {problem.value}
        </p>
      )}
      <div class="row">
        <button type="submit" class="primary">
          Read it as of then
        </button>
        <button type="button" onClick={() => confirmDate(store)}>
          {store.get().report?.published_known ? "The date is right" : "It is of the day that it came in"}
        </button>
      </div>
    </form>
  );
}
