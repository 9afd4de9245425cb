/** The panel of the Decide desk: its tabs, or the decision that is looked at. */
import type { JSX } from "preact";
import { Choices } from "../../lib/parts.tsx";
import { BasisCard } from "./basis.tsx";
import { type AtTab, TABS } from "./tabs.tsx";

export function DecidePanel(at: AtTab): JSX.Element {
  const { store } = at;
  const { tab, chosen, failure } = store.get();
  const shown = TABS.find(({ id }) => id === tab) ?? TABS[0];
  return (
    <div class="decide">
      <Choices
        name="decide-tab"
        title="What is shown"
        options={TABS.map(({ id, label }) => ({ value: id, label }))}
        chosen={tab}
        act={(next) => store.set({ tab: next, chosen: "" })}
      />
      {failure && <p class="warning">{failure}</p>}
      {chosen ? <BasisCard {...at} /> : shown && <shown.Panel {...at} />}
    </div>
  );
}
