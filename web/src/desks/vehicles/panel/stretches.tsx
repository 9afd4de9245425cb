/** What stands where: each stretch with its vehicles, its lanes and the age of the count; as a table for other programs. */
import type { JSX } from "preact";
import type { Frame } from "../../../frame/desk.ts";
import { csvTable } from "../../../lib/csv.ts";
import { Item, Items, Sentences } from "../../../lib/items.tsx";
import { Section } from "../../../lib/parts.tsx";
import { save } from "../../../lib/save.ts";
import { count } from "../../../lib/units.ts";
import { fitStretches } from "../features.ts";
import { pick, type VehiclesStore } from "../store.ts";
import { ageOf, kindsOf, lanesWords, TYPES, totalOf } from "../words.ts";

type Props = { readonly store: VehiclesStore; readonly frame: Frame };

/** As 'clearway vehicles clear --tally' and 'clearway vehicles count' read it. */
function download(store: VehiclesStore): void {
  const { standing, operation } = store.get();
  const rows = standing?.stretches ?? [];
  const table = csvTable(rows, [
    ["stretch", ({ stretch }) => stretch],
    ...TYPES.map((type) => [type, (one: (typeof rows)[number]) => one[type]] as const),
    ["across", ({ across }) => across ?? ""],
    ["lanes_left", ({ lanes_left }) => lanes_left ?? ""],
    ["lane_moves", ({ lane_moves }) => lane_moves ?? ""],
    ["assumed", ({ assumed }) => (assumed ? "yes" : "")],
  ]);
  save(`${operation?.id ?? "operation"}-tally.csv`, "text/csv", table);
}

export function Stretches({ store, frame }: Props): JSX.Element {
  const { standing, stretch, unplaced } = store.get();
  const rows = standing?.stretches ?? [];
  return (
    <Section
      title={rows.length ? `What stands where (${rows.length})` : "What stands where"}
      id="vehicles-stretches"
      open={true}
    >
      {unplaced && <p class="warning">{unplaced}</p>}
      {standing && <p class="quiet">{standing.says}</p>}
      {standing && !rows.length && (
        <p class="quiet">Count a stretch below, or bring in a file: clearway vehicles count.</p>
      )}
      <Items label="Stretches with vehicles">
        {rows.map((one) => (
          <Item
            key={one.stretch}
            isCurrent={one.stretch === stretch}
            act={() => {
              pick(store, one.stretch);
              fitStretches(frame.map, store);
            }}
            text={
              <>
                <span>{one.stretch}</span>
                <small>{`${kindsOf(one)}; ${lanesWords(one)}`}</small>
                <small class={one.assumed ? "assumed" : ""}>{ageOf(one)}</small>
              </>
            }
            note={<b>{count(totalOf(one))}</b>}
          />
        ))}
      </Items>
      {standing && standing.notes.length > 0 && <Sentences texts={standing.notes} />}
      {rows.length > 0 && (
        <p class="row">
          <button type="button" onClick={() => download(store)}>
            Download as CSV
          </button>
        </p>
      )}
    </Section>
  );
}
