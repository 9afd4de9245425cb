/** Moving a thing on the map by keys and by thumb: four arrows, or the arrow keys while one of them has the focus. */
import type { Position } from "../../../contract/index.ts";
import { h, iconButton } from "../../../lib/dom.ts";

const METRES_A_DEGREE = 111_320;
const STEPS = {
  ArrowUp: { title: "north", path: "M12 19V6M6 12l6-6 6 6", east: 0, north: 1 },
  ArrowLeft: { title: "west", path: "M19 12H6M12 6l-6 6 6 6", east: -1, north: 0 },
  ArrowRight: { title: "east", path: "M5 12h13M12 6l6 6-6 6", east: 1, north: 0 },
  ArrowDown: { title: "south", path: "M12 5v13M6 12l6 6 6-6", east: 0, north: -1 },
} as const;

/** A position so many metres to the east and to the north. */
export const shiftedBy = ([lon, lat]: Position, east: number, north: number): Position => [
  lon + east / (METRES_A_DEGREE * Math.cos((lat * Math.PI) / 180)),
  lat + north / METRES_A_DEGREE,
];

export function nudgePad(what: string, act: (east: number, north: number) => void, step = 5): HTMLElement {
  const arrows = Object.entries(STEPS).map(([key, { title, path, east, north }]) =>
    iconButton(`Move ${what} ${step} m ${title}`, path, () => act(east * step, north * step), {
      class: `icon-button ${key}`,
      "data-key": key,
    }),
  );
  const onKey = (event: KeyboardEvent): void => {
    const way = STEPS[event.key as keyof typeof STEPS];
    if (!way) return;
    event.preventDefault();
    const far = event.shiftKey ? 5 : 1;
    act(way.east * step * far, way.north * step * far);
  };
  return h(
    "div",
    { class: "pad", role: "group", "aria-label": `Move ${what}; arrow keys work too`, on: { keydown: onKey } },
    ...arrows,
  );
}
