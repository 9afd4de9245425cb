/** Where help sets out from: the scenario's stations, or the plan's own. */
import type { JSX } from "preact";
import { MapSign } from "../../../lib/canvas.tsx";
import { Item, Items } from "../../../lib/items.tsx";
import { Section } from "../../../lib/parts.tsx";
import { stationSign } from "../map/features.ts";
import { isChanged, type Station, stationsOf } from "../stations.ts";
import { ask, type PlanStore, questionOf, select, takeTool } from "../store.ts";
import { kindWord } from "./station-card.tsx";

type Props = { readonly store: PlanStore };
type ItemProps = Props & { readonly station: Station; readonly index: number };

function StationItem({ store, station, index }: ItemProps): JSX.Element {
  const { selection, dark, network } = store.get();
  const isCurrent = selection?.kind === "station" && selection.index === index;
  const { name, kind } = station.properties;
  return (
    <Item
      isCurrent={isCurrent}
      act={() => select(store, isCurrent ? null : { kind: "station", index })}
      sign={<MapSign name={stationSign(kind)} theme={dark ? "night" : "day"} />}
      text={
        <>
          <strong>{name}</strong>
          <small>{kindWord(kind)}</small>
        </>
      }
      note={isChanged(station, network.scenario.stations.features) ? "changed" : ""}
    />
  );
}

export function Stations({ store }: Props): JSX.Element {
  const stations = stationsOf(store.get());
  const question = questionOf(store.get());
  return (
    <Section title={`Stations (${stations.length})`} id="stations">
      <p>
        {stations.length
          ? "Help sets out from here. Drag a station on the map, or choose it to move, rename or remove it."
          : "Without a station no time can be worked out. Add one."}
      </p>
      <Items label="Stations" look="station-list">
        {stations.map((station, index) => (
          <StationItem key={index} store={store} station={station} index={index} />
        ))}
      </Items>
      <div class="row">
        <button type="button" onClick={() => takeTool(store, "add-station")}>
          {"Add a station\u2026"}
        </button>
        {question.stations && (
          <button type="button" onClick={() => ask(store, { ...question, stations: null })}>
            {"Back to the scenario's stations"}
          </button>
        )}
      </div>
    </Section>
  );
}
