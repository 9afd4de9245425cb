/** How the plan in hand stands: green or red with each hole by name; older than the plan where it was changed since. */
import type { JSX } from "preact";
import { fullTimeWords } from "../../../lib/times.ts";
import { isGate } from "../document.ts";
import { type PlansStore, planOf } from "../store.ts";
import { isGone, standOf } from "./stand.ts";

type Props = { readonly store: PlansStore };

/** The sign of a barrier or gate in a list; crossed where it is gone. */
export function StandBadge({ store, id }: Props & { readonly id: string }): JSX.Element {
  const state = store.get();
  const barrier = planOf(state)?.barriers.find((one) => one.id === id);
  const gone = isGone(standOf(state, id));
  return (
    <span
      class={`badge${barrier && isGate(barrier) ? " gate" : ""}${gone ? " gone" : ""}`}
      title={gone ? "gone, or on no street" : barrier && isGate(barrier) ? "gate" : "barrier"}
    >
      {gone ? "!" : ""}
    </span>
  );
}

export function Verdict({ store }: Props): JSX.Element | null {
  const { status, fault, operation } = store.get();
  const plan = planOf(store.get());
  if (!plan) return null;
  const isOld = status !== null && status.of !== plan;
  const said = status?.said;
  const look = !said ? "" : said.ok ? (said.closed && said.seal?.certain ? "sealed" : "doubted") : "leaking";
  return (
    <div class="plan-verdict" role="status" aria-live="polite">
      {fault && <p class="warning">{fault}</p>}
      {!said && !fault && <p class="quiet">{"Looking how it stands\u2026"}</p>}
      {said && (
        <div class={`verdict ${look}${isOld ? " old" : ""}`}>
          <p class="lead">{said.summary[0]}</p>
          {said.holes.map((hole) => (
            <p key={hole}>{hole}</p>
          ))}
          {(said.repairs ?? []).map(({ barrier, says }) => (
            <p key={barrier}>{says}</p>
          ))}
          {said.summary.slice(1).map((text) => (
            <p key={text}>{text}</p>
          ))}
          <p class="quiet">
            {isOld
              ? "Of the plan before your last change."
              : `At ${fullTimeWords(Date.parse(said.at), operation?.zone ?? "UTC")}.`}
          </p>
        </div>
      )}
    </div>
  );
}
