/** What is assumed of the occupied streets: one switch, and who is reached otherwise with it. */
import type { JSX } from "preact";
import type { LaneAddress } from "../../../contract/index.ts";
import { Item, Items } from "../../../lib/items.tsx";
import { Checkbox } from "../../../lib/parts.tsx";
import { count, counted, minutes } from "../../../lib/units.ts";
import { addressesWord, addressWord } from "../../../lib/words.ts";
import { withLane } from "../question.ts";
import { ask, type PlanStore, questionOf, select } from "../store.ts";

type Props = { readonly store: PlanStore };

function Changed({ store, row }: Props & { readonly row: LaneAddress }): JSX.Element {
  const { selection } = store.get();
  const { address, label, lon, lat, seconds_full, seconds_with_lane } = row;
  const isCurrent = selection?.kind === "address" && selection.address === address;
  return (
    <Item
      isCurrent={isCurrent}
      act={() => select(store, isCurrent ? null : { kind: "address", address, label, spot: { lon, lat } })}
      text={
        <>
          <strong>{label}</strong>
          <small>{`with a lane ${minutes(seconds_with_lane)}`}</small>
        </>
      }
      note={minutes(seconds_full)}
    />
  );
}

export function Occupied({ store }: Props): JSX.Element | null {
  const { answer, network } = store.get();
  const occupied = answer?.access?.occupied;
  if (!occupied) return null;
  const question = questionOf(store.get());
  const { change_count: many, changes } = occupied;
  const who = counted(many, addressWord(network), addressesWord(network));
  return (
    <section class="occupied" aria-label="Occupied streets">
      <Checkbox
        label="A lane along the occupied streets is free for help"
        checked={!question.occupied_shuts.includes(question.access_class)}
        act={(free) => ask(store, withLane(questionOf(store.get()), free))}
      />
      {many > 0 && (
        <details class="more">
          <summary>{`Who depends on it: ${who}`}</summary>
          <p>
            {`Minutes until the last service is there if vehicles stand on the occupied streets.${
              changes.length < many ? ` The ${count(changes.length)} that lose most.` : ""
            }`}
          </p>
          <Items label="Who depends on a free lane">
            {changes.map((row) => (
              <Changed key={row.address} store={store} row={row} />
            ))}
          </Items>
        </details>
      )}
    </section>
  );
}
