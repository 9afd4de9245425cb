/** What is going on at the plan, over the map: the tool in hand, progress, a refusal. */
import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useEffect } from "preact/hooks";
import { canUndo } from "../../lib/history.ts";
import { askAgain, DRAWING, groundInHand, type PlanStore, stepBack, type Tool, takeTool } from "./store.ts";

const HINTS: Readonly<Record<Tool, string>> = {
  select: "",
  "edit-site": "Drag a corner, or the inside to move it all.",
  "draw-site": "Click corner by corner. Click the first corner again to finish.",
  "edit-outside": "Drag a corner, or the inside to move it all.",
  "draw-outside": "Click round what must stay outside, corner by corner. Click the first corner again to finish.",
  "add-barrier": "Click where a barrier must stand.",
  "forbid-spot": "Click where no barrier may stand.",
  "add-station": "Click where help sets out.",
  "put-barrier": "Click each street where a barrier stands.",
};

/** Shown only when it takes long enough to be noticed. */
const PATIENCE_MS = 180;

type Props = { readonly store: PlanStore };
type StatusProps = Props & { readonly addStation: () => void };

function Hint({ store, addStation }: StatusProps): JSX.Element | null {
  const { tool } = store.get();
  if (tool === "select") return null;
  return (
    <div class="pill">
      <span>{HINTS[tool]}</span>
      {(tool === DRAWING.site || tool === DRAWING.outside) && (
        <button type="button" class="primary" onClick={() => dispatchEvent(new Event("clearway:finish-ground"))}>
          Finish
        </button>
      )}
      {tool === "add-station" && (
        <button type="button" onClick={addStation}>
          In the middle of the map
        </button>
      )}
      <button type="button" onClick={() => takeTool(store, "select")}>
        {groundInHand(tool) || tool === "put-barrier" ? "Done" : "Cancel"}
      </button>
    </div>
  );
}

function Refusal({ store }: Props): JSX.Element | null {
  const { status, failure, history } = store.get();
  if (status !== "failed") return null;
  return (
    <div class="pill refusal" role="alert">
      <span>{failure}</span>
      {canUndo(history) && (
        <button type="button" onClick={() => stepBack(store)}>
          Undo
        </button>
      )}
      <button type="button" onClick={() => askAgain(store)}>
        Try again
      </button>
    </div>
  );
}

function Working({ store }: Props): JSX.Element {
  const { status, desk } = store.get();
  const late = useSignal(false);
  useEffect(() => {
    late.value = false;
    if (status !== "working") return undefined;
    const timer = setTimeout(() => {
      late.value = true;
    }, PATIENCE_MS);
    return () => clearTimeout(timer);
  }, [status, late]);
  return (
    <div class="pill working" role="status" hidden={status !== "working" || !late.value || desk !== "plan"}>
      <span class="spinner" aria-hidden="true" />
      Working out the cordon…
    </div>
  );
}

export const PlanStatus = ({ store, addStation }: StatusProps): JSX.Element => (
  <>
    <div role="status">
      <Hint store={store} addStation={addStation} />
    </div>
    <Working store={store} />
    <Refusal store={store} />
  </>
);
