/** Places to park and to store, and what tow operators answered: who says so, and what of it is assumed. */
import type { JSX } from "preact";
import { Item, Items, Sentences } from "../../../lib/items.tsx";
import { Checkbox, Section } from "../../../lib/parts.tsx";
import { count, counted } from "../../../lib/units.ts";
import { goToPlace } from "../features.ts";
import type { VehiclesStore } from "../store.ts";
import { placeWords } from "../words.ts";

type Props = { readonly store: VehiclesStore; readonly go: (lon: number, lat: number) => void };

export function Places({ store, go }: Props): JSX.Element | null {
  const { means, meansFailure, places } = store.get();
  if (meansFailure) return <p class="warning">{meansFailure}</p>;
  if (!means) return null;
  return (
    <Section title={`Places and operators (${means.places.length}, ${means.operators.length})`} id="vehicles-places">
      {means.places.length === 0 && (
        <p class="quiet">
          Nobody has said where vehicles could park or be stored. Enter a &ldquo;Parking place&rdquo; or a
          &ldquo;Storage place&rdquo; at the Picture desk.
        </p>
      )}
      {means.places.length > 0 && (
        <Checkbox label="On the map" checked={places} act={(on) => store.set({ places: on })} />
      )}
      <Items label="Places to park and to store">
        {means.places.map((one) => (
          <Item
            key={`${one.what} ${one.name}`}
            isCurrent={false}
            act={() => goToPlace(one, go)}
            text={
              <>
                <span>{one.name}</span>
                <small>{`${placeWords(one)}. ${one.says}`}</small>
                {one.over_cap.map((says) => (
                  <small key={says} class="fault">{`! ${says}`}</small>
                ))}
                <small class={one.of === "file" ? "assumed" : ""}>
                  {one.of === "file" ? "of the server's file, not of the record" : "of the record"}
                </small>
              </>
            }
            note={
              <b>{`${one.capacity === null ? "?" : count(one.capacity)}${one.assumed.includes("capacity") ? " ?" : ""}`}</b>
            }
          />
        ))}
      </Items>
      {means.operators.length > 0 && (
        <Sentences
          texts={means.operators.map(
            ({ label, says, of }) => `${label}${of === "file" ? " (of the server's file)" : ""}: ${says}`,
          )}
        />
      )}
      {means.notes.length > 0 && (
        <details class="more">
          <summary>{`${counted(means.notes.length, "note")} on what this rests on, for the room alone`}</summary>
          <Sentences texts={means.notes} />
        </details>
      )}
    </Section>
  );
}
