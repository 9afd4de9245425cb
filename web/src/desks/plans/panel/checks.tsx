/** Every check of the plan in hand, those that fail first; older than the plan where it was changed since. */
import type { JSX } from "preact";
import { useRef } from "preact/hooks";
import type { Check } from "../../../contract/index.ts";
import { Section } from "../../../lib/parts.tsx";
import { counted, leftWords } from "../../../lib/units.ts";
import { readable } from "../../../lib/words.ts";
import { type PlansStore, planOf } from "../store.ts";

type Props = { readonly store: PlansStore };

const Row = ({ check: { name, ok, why, source } }: { readonly check: Check }): JSX.Element => (
  <li class={ok ? "holds" : "fails"}>
    <details>
      <summary>
        <span class="mark" aria-hidden="true">
          {ok ? "\u2713" : "\u2717"}
        </span>
        <span>
          <strong>{readable(name)}</strong>
          <span class="unseen">{ok ? " holds. " : " fails. "}</span>
          {!ok && <small>{why}</small>}
        </span>
      </summary>
      {ok && <p>{why}</p>}
      <p class="quiet">{`By ${source}.`}</p>
    </details>
  </li>
);

function Works({ store }: Props): JSX.Element {
  const input = useRef<HTMLInputElement>(null);
  const { works, network } = store.get();
  const known = network.works ?? null;
  const load = async (file: File): Promise<void> => {
    try {
      store.set({ works: { name: file.name, document: JSON.parse(await file.text()) }, unchecked: "" });
    } catch {
      store.set({
        unchecked: `${file.name} is not GeoJSON. Give a file of works and events as the council publishes them.`,
      });
    }
  };
  return (
    <p class="row">
      {!works && known !== null && (
        <span class="quiet">{`Checked against ${counted(known, "work or event", "works and events")} that the server knows.`}</span>
      )}
      <button type="button" onClick={() => input.current?.click()}>
        {works ? `Other works: ${works.name}` : "Load other works and events\u2026"}
      </button>
      {works && (
        <button type="button" onClick={() => store.set({ works: null })}>
          Leave them out
        </button>
      )}
      <input
        ref={input}
        type="file"
        accept=".geojson,.json"
        aria-label="File of other works and events"
        class="unseen"
        tabIndex={-1}
        onChange={({ currentTarget }) => {
          const [file] = currentTarget.files ?? [];
          if (file) void load(file);
          currentTarget.value = "";
        }}
      />
    </p>
  );
}

export function Checks({ store }: Props): JSX.Element | null {
  const { checks, work, unchecked } = store.get();
  const plan = planOf(store.get());
  if (!plan) return null;
  const isOld = checks !== null && checks.of !== plan;
  const all = checks?.said.checks ?? [];
  return (
    <Section title="Checks before anybody signs" id="plan-checks" open={true}>
      <div class={`checks${isOld ? " old" : ""}`} role="status" aria-live="polite" aria-busy={work !== null}>
        {unchecked && <p class="warning">{unchecked}</p>}
        {checks && <p class="lead">{checks.said.summary[0]}</p>}
        {isOld && <p class="quiet">These are of the plan before your last change.</p>}
        {work && <p class="quiet">{[work.doing, leftWords(work.secondsLeft)].filter(Boolean).join("; ")}</p>}
        {!checks && !work && !unchecked && <p class="quiet">{"They begin in a moment\u2026"}</p>}
      </div>
      <ol class="check-list">
        {all
          .toSorted((a, b) => Number(a.ok) - Number(b.ok))
          .map((check) => (
            <Row key={check.name + check.source} check={check} />
          ))}
      </ol>
      <Works store={store} />
    </Section>
  );
}
