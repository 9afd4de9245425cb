/** How the change of flow is drawn: more as a full line, less as an emptied one; wide by size; dashed where draws disagree. */
import type { ExpressionSpecification, LayerSpecification } from "maplibre-gl";
import { emptySource, type MapLayers } from "../../map/layers.ts";
import { coloursOf, type Theme } from "../../map/theme.ts";
import { FLOW_WIDTHS, flowColours } from "./scale.ts";

const SOURCE = "flows";
export const FLOW_LAYERS = ["flow-less-unsure", "flow-more-unsure", "flow-less", "flow-more"] as const;

const bySize = (values: readonly (string | number)[]): ExpressionSpecification =>
  [
    "match",
    ["get", "size"],
    ...values.flatMap((value, size) => [size, value]),
    values[0],
  ] as unknown as ExpressionSpecification;

/** A width for each class, growing with the zoom. */
function width(part: (px: number) => number): ExpressionSpecification {
  const at = (scale: number): ExpressionSpecification => bySize(FLOW_WIDTHS.map((px) => part(px * scale)));
  return [
    "interpolate",
    ["exponential", 1.4],
    ["zoom"],
    11,
    at(0.45),
    14,
    at(1),
    17,
    at(2.2),
    19,
    at(4),
  ] as unknown as ExpressionSpecification;
}

const WALL = 0.26;

function flow(id: (typeof FLOW_LAYERS)[number], colours: readonly string[]): LayerSpecification {
  const [more, unsure] = [id.startsWith("flow-more"), id.endsWith("unsure")];
  const full = { "line-width": width((px) => px) };
  const hollow = {
    "line-width": width((px) => Math.max(1.1, px * WALL)),
    "line-gap-width": width((px) => Math.max(1.2, px * (1 - 2 * WALL))),
  };
  return {
    id,
    type: "line",
    source: SOURCE,
    filter: ["all", ["==", ["get", "more"], more], ["==", ["get", "unsure"], unsure]],
    layout: { "line-cap": more && !unsure ? "round" : "butt", "line-join": "round", "line-sort-key": ["get", "order"] },
    paint: {
      "line-color": bySize(colours),
      "line-opacity": unsure ? 0.6 : 0.92,
      ...(more ? full : hollow),
      ...(unsure ? { "line-dasharray": more ? [1.6, 1.1] : [4, 2.5] } : {}),
    },
  } as LayerSpecification;
}

/** Lowest first. */
export function flowLayers(theme: Theme): MapLayers {
  const { more, less } = flowColours(theme);
  const picked: LayerSpecification = {
    id: "flow-picked",
    type: "line",
    source: SOURCE,
    filter: ["in", ["get", "way"], ["literal", []]],
    layout: { "line-cap": "round", "line-join": "round" },
    paint: { "line-color": coloursOf(theme).selected, "line-opacity": 0.45, "line-width": width((px) => px + 10) },
  };
  const flows = FLOW_LAYERS.map((id) => flow(id, id.startsWith("flow-more") ? more : less));
  return { sources: { [SOURCE]: emptySource({ tolerance: 0.2 }) }, below: [picked, ...flows], above: [] };
}
