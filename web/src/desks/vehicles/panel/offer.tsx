/** The offer: which vehicles could park where, how long that takes, how far it was taken up, and what ends soon. */
import type { JSX } from "preact";
import { Sentences } from "../../../lib/items.tsx";
import { Section, Table } from "../../../lib/parts.tsx";
import { counted } from "../../../lib/units.ts";
import { WorkBlock } from "../../../lib/work.tsx";
import { parkingOffers, type VehiclesStore } from "../store.ts";
import { type DriveOut, placesOffered } from "../words.ts";

type Props = { readonly store: VehiclesStore };

export function Offer({ store }: Props): JSX.Element {
  const { known, work, failure } = store.offer.get();
  const { asking } = store.offer;
  const rows = store.get().standing?.stretches.length ?? 0;
  const found = known?.answer;
  const isOld = known !== null && !asking.isPresent();
  return (
    <Section title="A place to park instead" id="vehicles-offer">
      {parkingOffers(store.watch).map(({ id, says }) => (
        <p key={id}>{`${says}.`}</p>
      ))}
      {!work && (
        <p class="row">
          <button type="button" disabled={rows === 0} onClick={() => asking.ask()}>
            Who could go where
          </button>
        </p>
      )}
      {work && <WorkBlock work={work} label="Finding the least driving" cancel={() => asking.cancel()} />}
      <div role="status" aria-live="polite">
        {failure && <p class="warning">{failure}</p>}
        {found && <p class="lead">{found.summary[0]}</p>}
      </div>
      {found && (
        <div class={isOld ? "old" : ""}>
          <Sentences texts={found.summary.slice(1)} />
          {found.alerts.map(({ place, says, next_steps }) => (
            <div key={place} class="warning">
              <p>{says}</p>
              <Sentences texts={next_steps} />
            </div>
          ))}
          {placesOffered(found).map(({ title, sameBack, drives }) => (
            <Table
              key={title}
              class="plan-table"
              caption={title}
              rows={drives}
              columns={[
                ["From", ({ from }) => from],
                ["Vehicles", ({ vehicles }) => vehicles],
                ["Drive", ({ drive }) => drive],
                ["Out at", ({ gates }) => gates],
                ...(sameBack ? [] : [["Back", ({ back }: DriveOut) => back] as const]),
              ]}
            />
          ))}
          {found.notes.length > 0 && <Sentences texts={found.notes} />}
          <details class="more">
            <summary>{`${counted(found.assumed.length, "thing is", "things are")} assumed`}</summary>
            <Sentences texts={found.assumed} />
          </details>
        </div>
      )}
      {isOld && <p class="quiet">The stretches or the moment have changed since. Ask again.</p>}
    </Section>
  );
}
