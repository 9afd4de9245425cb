/** Which plan is in hand, and how one is begun: from the cordon, from what the record says, or from nothing. */
import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import type { StatedPlan } from "../../../contract/index.ts";
import { versionWords } from "../document.ts";
import { beginEmpty, beginFromCordon, beginFromRecord, openVersion } from "../record.ts";
import { inHand, isUnsaved, type PlansStore, planOf } from "../store.ts";

type Props = { readonly store: PlansStore };

/** The pieces of a street that the record names alone. */
function Pieces({ store, stated }: Props & { readonly stated: StatedPlan }): JSX.Element {
  const chosen = useSignal<Readonly<Record<string, string>>>({});
  const open = stated.places.filter(({ placed, candidates }) => !placed && candidates.length > 0);
  const choose = (where: string, words: string): void => {
    chosen.value = { ...chosen.value, [where]: words };
    void beginFromRecord(store, chosen.value);
  };
  return (
    <div class="of-the-record">
      {stated.summary.map((text) => (
        <p key={text}>{text}</p>
      ))}
      {open.map(({ where, candidates }) => (
        <label key={where} class="field wide">
          <span>{`${where}: on which piece?`}</span>
          <select
            value={chosen.value[where] ?? ""}
            onChange={({ currentTarget }) => choose(where, currentTarget.value)}
          >
            <option value="" disabled>
              Choose the piece
            </option>
            {candidates.map(({ words, from_site_m }) => (
              <option key={words} value={words}>
                {from_site_m === null ? words : `${words} (${Math.round(from_site_m)} m from the site)`}
              </option>
            ))}
          </select>
        </label>
      ))}
    </div>
  );
}

export function Begin({ store }: Props): JSX.Element {
  const trouble = useSignal("");
  const busy = useSignal(false);
  const { versions, operation, stated } = store.get();
  const { from } = inHand(store.get());
  const plan = planOf(store.get());
  const zone = operation?.zone ?? "UTC";
  const act = async (work: () => Promise<string>): Promise<void> => {
    busy.value = true;
    trouble.value = await work();
    busy.value = false;
  };
  return (
    <>
      {!plan && versions.length === 0 && (
        <p class="lead">
          There is no plan yet. Begin with the cordon, with what the record says of barriers, or with nothing.
        </p>
      )}
      {versions.length > 0 && (
        <label class="field wide">
          <span>Plan</span>
          <select
            id="plan-versions"
            value={from?.saved.entry ?? ""}
            onChange={({ currentTarget }) => void act(() => openVersion(store, currentTarget.value))}
          >
            {!from && <option value="">{plan ? "A new one, not saved yet" : "Choose one"}</option>}
            {versions.toReversed().map((one) => (
              <option key={one.entry} value={one.entry}>
                {versionWords(one, zone)}
              </option>
            ))}
          </select>
        </label>
      )}
      {isUnsaved(store.get()) && (
        <p class="quiet">Not saved yet. Undo takes back each change, and the opening of another plan.</p>
      )}
      <details class="more" open={!plan}>
        <summary>Begin a new plan</summary>
        <div class="row">
          <button
            type="button"
            class="primary"
            disabled={busy.value}
            onClick={() => void act(() => beginFromCordon(store))}
          >
            From the cordon
          </button>
          <button type="button" disabled={busy.value} onClick={() => void act(() => beginFromRecord(store))}>
            From the record
          </button>
          <button type="button" disabled={busy.value} onClick={() => beginEmpty(store)}>
            Empty
          </button>
        </div>
      </details>
      <div role="status" aria-live="polite">
        {busy.value && <p class="quiet">{"Fetching it\u2026"}</p>}
        {trouble.value && <p class="warning">{trouble.value}</p>}
      </div>
      {stated && <Pieces store={store} stated={stated} />}
    </>
  );
}
