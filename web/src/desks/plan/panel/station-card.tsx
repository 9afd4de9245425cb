/** One station: what it is called, and where help sets out from. */
import type { Map as MapLibre } from "maplibre-gl";
import type { JSX } from "preact";
import { Select, TextField } from "../../../lib/fields.tsx";
import { Card, Facts } from "../../../lib/parts.tsx";
import { coordinates } from "../../../lib/units.ts";
import { readable } from "../../../lib/words.ts";
import { goTo } from "../../../map/view.ts";
import { changeStation, previewStation, removeStation } from "../edit/stations.ts";
import { OFFERED_KINDS, placeOf, type Station } from "../stations.ts";
import { type PlanStore, select } from "../store.ts";
import { Mover } from "./mover.tsx";

/** As long as the server takes. */
const LONGEST_NAME = 200;

export const kindWord = (kind: string): string => (kind === "station" ? "Other station" : readable(kind));

type Props = {
  readonly map: MapLibre;
  readonly store: PlanStore;
  readonly index: number;
  readonly station: Station;
};

export function StationCard({ map, store, index, station }: Props): JSX.Element {
  const { name, kind } = station.properties;
  const at = placeOf(station);
  const kinds = [...new Set<string>([...OFFERED_KINDS, kind])].map((value) => ({ value, label: kindWord(value) }));
  return (
    <Card title={name} close={() => select(store, null)}>
      <Facts rows={[["Position", coordinates(...at)]]} />
      <TextField
        label="Name"
        value={name}
        most={LONGEST_NAME}
        act={(text) => changeStation(store, index, { name: text })}
      />
      <Select
        label="Kind"
        options={kinds}
        chosen={kind}
        act={(chosen) => changeStation(store, index, { kind: chosen })}
      />
      <Mover
        key={at.join()}
        what="the station"
        from={at}
        preview={(to) => previewStation(map, store, index, to)}
        put={(to) => changeStation(store, index, { at: to })}
      />
      <div class="row">
        <button type="button" onClick={() => goTo(map, ...at, 17)}>
          Show on the map
        </button>
        <button type="button" onClick={() => removeStation(store, index)}>
          Remove this station
        </button>
      </div>
    </Card>
  );
}
