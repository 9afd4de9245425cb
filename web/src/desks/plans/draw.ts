/** Keeps what was answered on the map, all of it or what is chosen, and brings it into view. */
import type { FeatureCollection } from "geojson";
import type { GeoJSONSource, Map as MapLibre } from "maplibre-gl";
import type { Asked } from "../../lib/asking.ts";
import { onChange, type Store } from "../../lib/store.ts";
import { boundsOfFeatures } from "../../map/features.ts";
import { fit } from "../../map/view.ts";
import type { PlanStore } from "../plan/store.ts";

const NEAREST_ZOOM = 16;

export type Drawn<A> = {
  /** The tab at which it is drawn. */
  readonly tab: string;
  readonly cordon: PlanStore;
  readonly store: Store<Asked<A>>;
  readonly source: string;
  readonly features: (answer: A | null, chosen: string) => FeatureCollection;
};

const shown = <A>({ store, features }: Drawn<A>): FeatureCollection => {
  const { known, chosen } = store.get();
  return features(known?.answer ?? null, chosen);
};

/** Bring the map to all that is answered, or to what is chosen; false where the tab is not looked at. */
export function fitDrawn<A>(map: MapLibre, drawn: Drawn<A>): boolean {
  const bounds = drawn.cordon.get().part === drawn.tab ? boundsOfFeatures(shown(drawn)) : null;
  if (bounds) fit(map, bounds, NEAREST_ZOOM);
  return Boolean(bounds);
}

export function keepDrawn<A>(map: MapLibre, drawn: Drawn<A>): void {
  const draw = (): void => void map.getSource<GeoJSONSource>(drawn.source)?.setData(shown(drawn));
  draw();
  onChange(drawn.store, ["known", "chosen"], () => {
    draw();
    fitDrawn(map, drawn);
  });
}
