/** The slider along the frontier: cheaper barriers, or fewer addresses enclosed. */
import { useSignal } from "@preact/signals";
import type { JSX, TargetedInputEvent } from "preact";
import { count } from "../../../lib/units.ts";
import { addressesWord } from "../../../lib/words.ts";
import { entryOf } from "../frontier-entry.ts";
import { ask, type PlanStore, questionOf } from "../store.ts";
import { countsWords } from "./barriers.tsx";
import { Looking } from "./looking.tsx";

const LEAST_PX = 4;
const MOST_PX = 36;
const TITLE = "Smaller or larger";

const LABEL = "Looking for smaller and larger cordons";

/** The section while there is nothing to slide along. */
function Search({ store }: { readonly store: PlanStore }): JSX.Element | null {
  const { frontier, answer } = store.get();
  if (!answer?.cordon || !(frontier.work || frontier.stopped)) return null;
  return (
    <section class="frontier" aria-label={TITLE}>
      <h2>{TITLE}</h2>
      <Looking store={store} part="frontier" label={LABEL} />
    </section>
  );
}

export function Frontier({ store }: { readonly store: PlanStore }): JSX.Element | null {
  /** Where the handle was left while its answer is on its way. */
  const dragged = useSignal<number | null>(null);
  const { answer, answered, network } = store.get();
  const cordon = answer?.cordon;
  const frontier = store.get().frontier.answer?.frontier ?? [];
  if (!cordon || frontier.length < 2) return <Search store={store} />;
  const isAnswered = answered === questionOf(store.get());
  const entry = entryOf(frontier, cordon, questionOf(store.get()).address_cost);
  const index = Math.min(isAnswered ? entry : (dragged.value ?? entry), frontier.length - 1);
  const point = frontier[index];
  const most = Math.max(...frontier.map(({ enclosed }) => enclosed), 1);
  const words = point
    ? `${countsWords(point)} ${point.barrier_count === 1 ? "encloses" : "enclose"} ${count(point.enclosed)} ${addressesWord(network)}.`
    : "";
  const slide = ({ currentTarget }: TargetedInputEvent<HTMLInputElement>): void => {
    dragged.value = Number(currentTarget.value);
    const wanted = frontier[dragged.value];
    if (wanted) ask(store, { ...questionOf(store.get()), address_cost: wanted.address_cost }, "frontier");
  };
  return (
    <section class="frontier" aria-label={TITLE}>
      <h2>{TITLE}</h2>
      <div class="bars" aria-hidden="true">
        {frontier.map(({ enclosed }, bar) => (
          <i
            key={bar}
            class={bar === index ? "now" : ""}
            style={`height:${LEAST_PX + (MOST_PX * enclosed) / most}px`}
          />
        ))}
      </div>
      <input
        type="range"
        min={0}
        max={frontier.length - 1}
        step={1}
        aria-label="Size of the cordon"
        aria-valuetext={words}
        value={index}
        onInput={slide}
      />
      <div class="ends" aria-hidden="true">
        <span>cheaper</span>
        <span>fewer enclosed</span>
      </div>
      <output class="slider-words">{words}</output>
      <Looking store={store} part="frontier" label={LABEL} />
    </section>
  );
}
