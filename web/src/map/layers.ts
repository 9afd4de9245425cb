/** The map in layers: the ground, what desks draw below the names, the names, what desks draw above them. */
import type { LayerSpecification, SourceSpecification } from "maplibre-gl";
import { groundStyle, placeLabels, streetLabels } from "./style.ts";
import type { Theme } from "./theme.ts";

/** What a desk draws: sources, and layers below and above the names of streets and places. */
export type MapLayers = {
  readonly sources: Readonly<Record<string, SourceSpecification>>;
  readonly below: readonly LayerSpecification[];
  readonly above: readonly LayerSpecification[];
};

export type LayersOf = (theme: Theme) => readonly MapLayers[];

/** Every layer, lowest first. */
export const allLayers = (theme: Theme, drawn: readonly MapLayers[]): LayerSpecification[] => [
  ...groundStyle(theme, "", "").layers,
  ...drawn.flatMap(({ below }) => below),
  ...streetLabels(theme),
  ...placeLabels(theme),
  ...drawn.flatMap(({ above }) => above),
];

/** A source that is filled later. */
export const emptySource = (options: { readonly tolerance?: number } = {}): SourceSpecification => ({
  type: "geojson",
  data: { type: "FeatureCollection", features: [] },
  ...options,
});
