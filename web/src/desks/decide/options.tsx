/** Options side by side: brought in as files, held against the streets and the record, each figure with where it comes from. */
import type { JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { Checkbox } from "../../lib/parts.tsx";
import { fullTimeWords } from "../../lib/times.ts";
import { WorkBlock } from "../../lib/work.tsx";
import { tableLead } from "./options.ts";
import { BroughtIn } from "./options-brought.tsx";
import { Each } from "./options-each.tsx";
import { SideBySide } from "./options-table.tsx";
import type { AtTab } from "./tabs.tsx";

export function OptionsTab(at: AtTab): JSX.Element {
  const { store, moment } = at;
  const { traffic } = store.get();
  const { known, work, failure } = store.options.get();
  const { asking } = store.options;
  const found = known?.answer;
  const isOld = known !== null && !asking.isPresent();
  const zone = moment.get().picture?.zone ?? "UTC";
  const top = useRef<HTMLElement>(null);
  useEffect(() => {
    if (known) top.current?.scrollIntoView({ block: "start" });
  }, [known]);
  return (
    <div class="options">
      <section ref={top} class="summary" role="status" aria-live="polite" aria-label="Summary">
        <p class="lead">
          {found ? tableLead(found) : "Bring in options as files, and they stand side by side with the same figures."}
        </p>
        {found?.at && <p class="rest">{`On ${found.network}, ${fullTimeWords(Date.parse(found.at), zone)}.`}</p>}
        {failure && <p class="warning">{failure}</p>}
      </section>
      <BroughtIn store={store} />
      {asking.worthIt() && (
        <>
          <Checkbox
            label="With traffic: hours lost and trips without a route (takes longer)"
            checked={traffic}
            act={(on) => store.set({ traffic: on })}
          />
          {work ? (
            <WorkBlock work={work} label="Holding the options against the streets" cancel={() => asking.cancel()} />
          ) : (
            <p class="row-acts">
              <button type="button" class="primary" onClick={() => asking.ask()}>
                {found ? "Compare again" : "Set them side by side"}
              </button>
            </p>
          )}
        </>
      )}
      {isOld && <p class="warning">The options, the choice or the moment have changed since. Compare again.</p>}
      {found && (
        <div class={isOld ? "old" : ""}>
          <SideBySide {...at} found={found} />
          {found.options.map((row) => (
            <Each key={row.id} {...at} row={row} found={found} />
          ))}
          <p class="rest">{found.rule}</p>
          {found.notes.length > 0 && (
            <ul class="sentences">
              {found.notes.map((note) => (
                <li key={note}>{note}</li>
              ))}
            </ul>
          )}
        </div>
      )}
    </div>
  );
}
