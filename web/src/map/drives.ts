/** How a drive is drawn, a line with arrows in its direction, and a place with a letter in it. */
import type { FilterSpecification, LayerSpecification } from "maplibre-gl";
import { FONTS } from "./style.ts";
import type { MapColours } from "./theme.ts";

type Drawn = { readonly source: string; readonly filter: FilterSpecification };

/** The line below the names of streets, its arrows above them. */
export function driveLayers(
  id: string,
  drawn: Drawn,
  colour: string,
  { halo }: MapColours,
): [LayerSpecification, LayerSpecification] {
  const line: LayerSpecification = {
    id,
    type: "line",
    ...drawn,
    layout: { "line-cap": "round", "line-join": "round" },
    paint: {
      "line-color": colour,
      "line-opacity": 0.9,
      "line-width": ["interpolate", ["linear"], ["zoom"], 11, 2.5, 15, 5, 18, 8],
    },
  };
  const arrows: LayerSpecification = {
    id: `${id}-arrows`,
    type: "symbol",
    ...drawn,
    minzoom: 13,
    layout: {
      "symbol-placement": "line",
      "symbol-spacing": 90,
      "text-field": "\u203a",
      "text-font": FONTS.bold,
      "text-size": 24,
      "text-keep-upright": false,
      "text-allow-overlap": true,
      "text-ignore-placement": true,
    },
    paint: { "text-color": colour, "text-halo-color": halo, "text-halo-width": 2 },
  };
  return [line, arrows];
}

type Letters = {
  readonly ids: readonly [circles: string, letters: string];
  readonly colour: NonNullable<Extract<LayerSpecification, { type: "circle" }>["paint"]>["circle-color"];
  readonly letter: NonNullable<Extract<LayerSpecification, { type: "symbol" }>["layout"]>["text-field"];
};

export function letterLayers(
  { ids: [circles, letters], colour, letter }: Letters,
  drawn: Drawn,
  c: MapColours,
): LayerSpecification[] {
  return [
    {
      id: circles,
      type: "circle",
      ...drawn,
      paint: {
        "circle-radius": 9,
        ...(colour ? { "circle-color": colour } : {}),
        "circle-stroke-color": c.halo,
        "circle-stroke-width": 2,
      },
    },
    {
      id: letters,
      type: "symbol",
      ...drawn,
      layout: {
        ...(letter ? { "text-field": letter } : {}),
        "text-font": FONTS.bold,
        "text-size": 13,
        "text-allow-overlap": true,
        "text-ignore-placement": true,
      },
      paint: { "text-color": c.badgeText },
    },
  ];
}
