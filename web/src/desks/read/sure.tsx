/** The sure ones, shown before they are entered: each can be left out. */
import { useSignal } from "@preact/signals";
import type { JSX, TargetedSubmitEvent } from "preact";
import type { DraftFound } from "../../contract/index.ts";
import { Dialog } from "../../lib/dialog.tsx";
import { whenWords } from "../../lib/times.ts";
import { counted } from "../../lib/units.ts";
import { readable } from "../../lib/words.ts";
import { enterSure, type ReadStore, sureOnes, zoneOf } from "./store.ts";

const whenOf = ({ entry }: DraftFound, zone: string): string => {
  const { happened } = entry as { happened: { start: string; end: string; said?: string } };
  return whenWords({ said: "", ...happened }, zone);
};

type ListProps = { readonly store: ReadStore; readonly sure: readonly DraftFound[] };

function SureList({ store, sure }: ListProps): JSX.Element {
  const left = useSignal<ReadonlySet<string>>(new Set());
  const chosen = sure.filter(({ id }) => !left.value.has(id));
  const zone = zoneOf(store.get());
  const choose = (id: string, isIn: boolean): void => {
    left.value = new Set(isIn ? [...left.value].filter((one) => one !== id) : [...left.value, id]);
  };
  const submit = (event: TargetedSubmitEvent<HTMLFormElement>): void => {
    event.preventDefault();
    void enterSure(store, chosen);
  };
  return (
    <form onSubmit={submit}>
      <p class="quiet">Untick what is not to be entered. All of them can be taken back together.</p>
      <ul class="sure-list">
        {sure.map((draft) => (
          <li key={draft.id}>
            <label class="check">
              <input
                type="checkbox"
                checked={!left.value.has(draft.id)}
                onChange={(event) => choose(draft.id, event.currentTarget.checked)}
              />
              <span>
                <span>{draft.says}</span>
                <small>
                  {[readable(draft.kind), whenOf(draft, zone), draft.where, draft.speaker].filter(Boolean).join(", ")}
                </small>
              </span>
            </label>
          </li>
        ))}
      </ul>
      <div class="row">
        <button type="submit" class="primary" disabled={!chosen.length}>
          {chosen.length === sure.length ? `Enter all ${sure.length}` : `Enter ${chosen.length} of ${sure.length}`}
        </button>
        <button type="button" onClick={() => store.set({ sureShown: false })}>
          Cancel
        </button>
      </div>
    </form>
  );
}

export function SureDialog({ store }: { readonly store: ReadStore }): JSX.Element | null {
  if (!store.get().sureShown) return null;
  const sure = sureOnes(store.get());
  return (
    <Dialog
      title={`${counted(sure.length, "draft")} that are sure`}
      class="sure-form"
      closed={() => store.set({ sureShown: false })}
      holds
    >
      <SureList store={store} sure={sure} />
    </Dialog>
  );
}
