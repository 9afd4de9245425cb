/** The plans of the operation, held against what is reported: red from the moment at which a barrier is reported gone. */
import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useEffect } from "preact/hooks";
import * as api from "../../../contract/api.ts";
import type { PlanStanding } from "../../../contract/index.ts";
import { Section } from "../../../lib/parts.tsx";
import { counted } from "../../../lib/units.ts";
import type { PlanStore } from "../store.ts";

const STANDS: Readonly<Record<string, string>> = {
  reported: "reported standing",
  as_planned: "no report",
  moved: "moved",
  gone: "gone",
  disputed: "reports contradict each other",
};

function Standing({ standing: { saved, status } }: { readonly standing: PlanStanding }): JSX.Element {
  const look = status.ok ? (status.closed ? "sealed" : "doubted") : "leaking";
  return (
    <div class={`verdict ${look}`}>
      <p class="lead">{status.summary[0]}</p>
      {status.holes.map((hole) => (
        <p key={hole}>{hole}</p>
      ))}
      {status.summary.slice(1).map((text) => (
        <p key={text}>{text}</p>
      ))}
      <p>{saved.in_force ? `Adopted by ${saved.adopted_by ?? "nobody"}.` : "Nobody has adopted it."}</p>
      <details class="more">
        <summary>{counted(status.barriers.length, "barrier")}</summary>
        <ul>
          {status.barriers.map(({ id, where, stand, says }) => (
            <li key={id}>
              <strong>{id}</strong> {`${where}: ${STANDS[stand] ?? stand}.`} <small>{says}</small>
            </li>
          ))}
        </ul>
      </details>
    </div>
  );
}

export function PlansPart({ store }: { readonly store: PlanStore }): JSX.Element | null {
  const found = useSignal<readonly PlanStanding[]>([]);
  const trouble = useSignal("");
  const { operation } = store.get();
  useEffect(() => {
    if (!operation) return;
    void api.findPlans(operation.id).then((answer) => {
      if (answer.ok) found.value = answer.value;
      trouble.value = answer.ok ? "" : answer.error.message;
    });
  }, [operation, found, trouble]);
  if (found.value.length === 0 && !trouble.value) return null;
  return (
    <Section title="Plans of this operation" id="plans">
      <div role="status" aria-live="polite">
        {trouble.value && <p class="warning">{`How the plans stand is not known: ${trouble.value}`}</p>}
        {found.value.map((standing) => (
          <Standing key={standing.saved.plan} standing={standing} />
        ))}
      </div>
    </Section>
  );
}
