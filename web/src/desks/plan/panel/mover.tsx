/** Moving a thing without dragging it: step by step, then put where it is shown. */
import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import type { Position } from "../../../contract/index.ts";
import { NudgePad, shiftedBy } from "./nudge.tsx";

type Props = {
  /** What is moved, as in "the barrier". */
  readonly what: string;
  readonly from: Position;
  /** Show it elsewhere without asking for a plan yet. */
  readonly preview: (at: Position) => void;
  readonly put: (at: Position) => void;
};

export function Mover({ what, from, preview, put }: Props): JSX.Element {
  const to = useSignal<Position | null>(null);
  const nudge = (east: number, north: number): void => {
    const at = shiftedBy(to.value ?? from, east, north);
    to.value = at;
    preview(at);
  };
  return (
    <details class="mover">
      <summary>Move it</summary>
      <p>Drag it on the map, or step by step:</p>
      <div class="row">
        <NudgePad what={what} act={nudge} />
        <button type="button" class="primary" disabled={to.value === null} onClick={() => to.value && put(to.value)}>
          Put it here
        </button>
      </div>
    </details>
  );
}
