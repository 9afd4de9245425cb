/** Moving a thing on the map by keys and by thumb: four arrows, or the arrow keys while one of them has the focus. */
import type { JSX } from "preact";
import type { Position } from "../../../contract/index.ts";
import down from "../../../icons/down.svg";
import left from "../../../icons/left.svg";
import right from "../../../icons/right.svg";
import up from "../../../icons/up.svg";
import { IconButton } from "../../../lib/icon.tsx";

const METRES_A_DEGREE = 111_320;
const STEP_M = 5;
const FAR = 5; // times as far with Shift
const STEPS = {
  ArrowUp: { title: "north", drawing: up, east: 0, north: 1 },
  ArrowLeft: { title: "west", drawing: left, east: -1, north: 0 },
  ArrowRight: { title: "east", drawing: right, east: 1, north: 0 },
  ArrowDown: { title: "south", drawing: down, east: 0, north: -1 },
} as const;

/** A position so many metres to the east and to the north. */
export const shiftedBy = ([lon, lat]: Position, east: number, north: number): Position => [
  lon + east / (METRES_A_DEGREE * Math.cos((lat * Math.PI) / 180)),
  lat + north / METRES_A_DEGREE,
];

type Props = { readonly what: string; readonly act: (east: number, north: number) => void };

export function NudgePad({ what, act }: Props): JSX.Element {
  const onKey = (event: KeyboardEvent): void => {
    const way = STEPS[event.key as keyof typeof STEPS];
    if (!way) return;
    event.preventDefault();
    const far = STEP_M * (event.shiftKey ? FAR : 1);
    act(way.east * far, way.north * far);
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would draw a frame, and this groups buttons, not fields
    <div class="pad" role="group" aria-label={`Move ${what}; arrow keys work too`} onKeyDown={onKey}>
      {Object.entries(STEPS).map(([key, { title, drawing, east, north }]) => (
        <IconButton
          key={key}
          label={`Move ${what} ${STEP_M} m ${title}`}
          drawing={drawing}
          act={() => act(east * STEP_M, north * STEP_M)}
          class={`icon-button ${key}`}
        />
      ))}
    </div>
  );
}
