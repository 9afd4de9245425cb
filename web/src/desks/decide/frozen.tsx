/** The picture that a decision was signed on: opened exactly as it was, its digest checked. */
import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import * as api from "../../contract/api.ts";
import type { Opened } from "../../contract/index.ts";
import { Section } from "../../lib/parts.tsx";
import { iso } from "../../lib/times.ts";
import { Cited, type ToEntry } from "../talks/cited.tsx";
import type { AtTab } from "./tabs.tsx";

/** What was in it, by the entries that it held. */
const held = ({
  picture,
}: Opened): readonly { readonly id: string; readonly says: string; readonly part: string }[] => [
  ...picture.counts.flatMap(({ latest }) => latest),
  ...picture.states,
  ...picture.events,
  ...picture.promises,
  ...picture.requests,
];

type ShownProps = { readonly found: Opened; readonly toEntry: ToEntry };

const Shown = ({ found, toEntry }: ShownProps): JSX.Element => (
  <>
    <p class={found.is_same === false || found.problems.length ? "warning" : "rest"} role="status">
      {found.says}
    </p>
    {found.since.length > 0 && (
      <details>
        <summary>{`Came later, and is not in it (${found.since.length})`}</summary>
        <Cited lines={found.since} toEntry={toEntry} says />
      </details>
    )}
    <details>
      <summary>{`What it held (${held(found).length})`}</summary>
      <ul class="items nested">
        {held(found).map((fact) => (
          <li key={fact.id + fact.part}>
            <button type="button" class="item fact" onClick={() => toEntry(fact.id)}>
              <span class="item-text">{fact.says}</span>
            </button>
          </li>
        ))}
      </ul>
    </details>
  </>
);

export function FrozenPicture({ store, moment, toEntry }: AtTab): JSX.Element {
  const { chosen, operation } = store.get();
  const found = useSignal<Opened | null>(null);
  const fault = useSignal("");
  const open = async (): Promise<void> => {
    if (!operation) return;
    const { at, knownAt, knowledge } = moment.get();
    const answer = await api.openDecision(operation.id, chosen, {
      at: iso(at),
      knownAt: iso(knownAt),
      knowledge,
      without: [],
    });
    found.value = answer.ok ? answer.value : null;
    fault.value = answer.ok ? "" : answer.error.message;
  };
  const shown = found.value && found.value.decision.id === chosen ? found.value : null;
  return (
    <Section title="The picture it was signed on" id="decide-frozen" open>
      {fault.value && <p class="rest">{fault.value}</p>}
      {shown ? (
        <>
          <Shown found={shown} toEntry={toEntry} />
          <button
            type="button"
            onClick={() => {
              moment.set({ at: Date.parse(shown.at), knownAt: Date.parse(shown.known_at), linked: false });
              store.set({ desk: "picture" });
            }}
          >
            Go to that moment
          </button>
        </>
      ) : (
        <button type="button" onClick={() => void open()}>
          Open exactly that picture
        </button>
      )}
    </Section>
  );
}
