/** Save, adopt, withdraw: by an office, on the record. */
import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { wish, wishes } from "../../../frame/wishes.ts";
import { Section } from "../../../lib/parts.tsx";
import { adopt, compareWith, lastOf, putAfter, save, withdraw } from "../record.ts";
import { inHand, isUnsaved, type PlansStore, planOf } from "../store.ts";

type Props = { readonly store: PlansStore };

export function Sign({ store }: Props): JSX.Element | null {
  const by = useSignal(wishes().writer);
  const why = useSignal("");
  const trouble = useSignal("");
  const { doing, versions, checks } = store.get();
  const { from } = inHand(store.get());
  const plan = planOf(store.get());
  if (!plan) return null;
  const unsaved = isUnsaved(store.get());
  const last = lastOf(versions, plan.plan);
  const theirs =
    unsaved && last && last.version > (from?.saved.plan === plan.plan ? from.saved.version : 0) ? last : null;
  const holds = from?.saved.in_force ?? false;
  const failed = checks?.of === plan && !checks.said.ok;
  const act = (what: string, work: () => Promise<string>) => async (): Promise<void> => {
    wish({ writer: by.value });
    store.set({ doing: what });
    trouble.value = await work();
    store.set({ doing: "" });
  };
  const cannot = doing !== "" || by.value.trim() === "";
  return (
    <Section title="Save and adopt" id="plan-sign" open={true}>
      <p>
        {unsaved
          ? "What you see is not in the record yet."
          : holds
            ? `In force: adopted by ${from?.saved.adopted_by ?? ""}.`
            : "Saved. Nobody has adopted it."}
        {holds && from?.saved.override && ` Adopted although checks failed: ${from.saved.override}`}
      </p>
      <label class="field wide">
        <span>Your office, organisation</span>
        <input
          type="text"
          class="words"
          name="by"
          maxLength={200}
          placeholder="planner, Council"
          value={by.value}
          onInput={({ currentTarget }) => {
            by.value = currentTarget.value;
          }}
        />
      </label>
      {unsaved && (
        <div class="row">
          <button type="button" class="primary" disabled={cannot} onClick={act("Saving", () => save(store, by.value))}>
            {from ? `Save as version ${from.saved.version + 1}` : "Save it"}
          </button>
        </div>
      )}
      {theirs && (
        <div class="row">
          <button type="button" onClick={act("Comparing", () => compareWith(store, theirs.entry))}>
            {`See what differs from version ${theirs.version}`}
          </button>
          <button
            type="button"
            disabled={cannot}
            onClick={act("Saving", () => putAfter(store, theirs.entry, by.value))}
          >
            {`Save yours as version ${theirs.version + 1}`}
          </button>
        </div>
      )}
      {!unsaved && (
        <>
          <label class="field wide">
            <span>
              {holds
                ? "Why it is withdrawn"
                : failed
                  ? "Checks fail: why it is adopted all the same"
                  : "Reason, if checks fail"}
            </span>
            <textarea
              rows={2}
              name="why"
              maxLength={2000}
              value={why.value}
              onInput={({ currentTarget }) => {
                why.value = currentTarget.value;
              }}
            />
          </label>
          <div class="row">
            {holds ? (
              <button
                type="button"
                disabled={cannot}
                onClick={act("Withdrawing", () => withdraw(store, by.value, why.value))}
              >
                Withdraw it
              </button>
            ) : (
              <button
                type="button"
                class="primary"
                disabled={cannot}
                onClick={act("Checking and adopting", () => adopt(store, by.value, why.value))}
              >
                Adopt it
              </button>
            )}
          </div>
        </>
      )}
      <div role="status" aria-live="polite">
        {doing && <p class="quiet">{`${doing}\u2026`}</p>}
        {trouble.value && <p class="warning">{trouble.value}</p>}
        {by.value.trim() === "" && <p class="quiet">Say by which office before you save or adopt.</p>}
      </div>
    </Section>
  );
}
