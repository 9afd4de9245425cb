/** What must stay outside the cordon besides all beyond the radius: drawn on the map, listed and removed here. */
import type { JSX } from "preact";
import type { Ground } from "../../../contract/index.ts";
import { polygonCount, polygonRemoved } from "../edit/ground.ts";
import { askForGround } from "../edit/outline.ts";
import { groundOf } from "../question.ts";
import { type PlanStore, questionOf, takeTool } from "../store.ts";

type Props = { readonly store: PlanStore };

function Areas({ store, ground }: Props & { readonly ground: Ground }): JSX.Element {
  return (
    <ul class="areas">
      {Array.from({ length: polygonCount(ground) }, (_, index) => (
        <li key={index} class="field">
          <span>{`Area ${index + 1}`}</span>
          <button type="button" onClick={() => askForGround(store, "outside", polygonRemoved(ground, index))}>
            Remove<span class="unseen">{` area ${index + 1}`}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}

export function Outside({ store }: Props): JSX.Element {
  const ground = groundOf(questionOf(store.get()), "outside");
  return (
    <fieldset>
      <legend>Must stay outside</legend>
      {ground ? <Areas store={store} ground={ground} /> : <p>Nothing but what lies beyond the radius.</p>}
      <div class="row">
        <button type="button" onClick={() => takeTool(store, "draw-outside")}>
          {"Draw an area\u2026"}
        </button>
        <button type="button" onClick={() => takeTool(store, "edit-outside")}>
          {"Edit by corners\u2026"}
        </button>
      </div>
    </fieldset>
  );
}
