/** What was checked, and where the data come from. */
import type { JSX } from "preact";
import { Sentences } from "../../../lib/items.tsx";
import { Section } from "../../../lib/parts.tsx";
import { count } from "../../../lib/units.ts";
import { addressesWord } from "../../../lib/words.ts";
import type { PlanStore } from "../store.ts";

export function Sources({ store }: { readonly store: PlanStore }): JSX.Element {
  const { answer, network } = store.get();
  const checks = answer?.cordon?.checks ?? [];
  return (
    <Section
      title="Checks and sources"
      id="sources"
      words={["certificate of a cordon", "access certificate", "checker"]}
    >
      {checks.length > 0 && (
        <>
          <h3>Checked</h3>
          <Sentences texts={checks} />
        </>
      )}
      <h3>Data</h3>
      <Sentences
        texts={[`${count(network.addresses)} ${addressesWord(network)} in ${network.name}.`, ...network.notices]}
      />
      {answer && <p class="quiet">{`Worked out in ${count(answer.elapsed_ms)} ms.`}</p>}
    </Section>
  );
}
