/** The times of a plan: its stages as bands, and the moment that is looked at. */
import type { JSX } from "preact";
import type { TrafficPlan } from "../../contract/index.ts";
import back from "../../icons/back.svg";
import forth from "../../icons/forth.svg";
import { IconButton } from "../../lib/icon.tsx";
import { fullTimeWords, HOUR_MS, timeWords } from "../../lib/times.ts";
import { readable } from "../../lib/words.ts";
import { momentsOf } from "./document.ts";
import { play, rolledOf } from "./rolling.ts";
import { momentOf, type PlansStore, planOf } from "./store.ts";

const MINUTE_MS = 60_000;

/** The stages that last at a moment. */
const stagesAt = ({ stages }: TrafficPlan, at: number): readonly string[] =>
  stages
    .filter(({ starts, ends }) => (!starts || Date.parse(starts) <= at) && (!ends || at < Date.parse(ends)))
    .map(({ phase }) => readable(phase).toLowerCase());

export function PlanTimes({ store }: { readonly store: PlansStore }): JSX.Element {
  const state = store.get();
  const plan = planOf(state);
  const zone = state.operation?.zone ?? "UTC";
  const march = rolledOf(state);
  const rolls = march ? [march.first_closed, march.starts, march.over, march.all_open].map(Date.parse) : [];
  const moments = [...new Set([...(plan ? momentsOf(plan) : []), ...rolls])].toSorted((a, b) => a - b);
  const at = momentOf(state);
  const first = Math.min(...moments, at) - HOUR_MS;
  const last = Math.max(...moments, at) + HOUR_MS;
  const share = (moment: number): string => `${(100 * (moment - first)) / (last - first)}%`;
  const go = (moment: number | undefined): void => {
    if (moment !== undefined) store.set({ moment });
  };
  return (
    <section class="timebar plan-times" aria-label="Times of the plan">
      <div class="timebar-row">
        <fieldset class="steps">
          <legend class="unseen">From change to change</legend>
          <IconButton label="To the change before" drawing={back} act={() => go(moments.findLast((one) => one < at))} />
          <IconButton label="To the next change" drawing={forth} act={() => go(moments.find((one) => one > at))} />
        </fieldset>
        <output>{[fullTimeWords(at, zone), ...(plan ? stagesAt(plan, at) : [])].join(", ")}</output>
        {march && (
          <button type="button" class="film" onClick={() => play(store)}>
            {state.film ? "Stop" : "Play the march"}
          </button>
        )}
        {state.moment !== null && (
          <button type="button" onClick={() => store.set({ moment: null })}>
            As usual
          </button>
        )}
        {moments.length === 0 && <span class="quiet">Give the plan its hours and stages; they stand here.</span>}
      </div>
      <div class="plan-track">
        <ol class="plan-stages">
          {(plan?.stages ?? []).map(({ phase, starts, ends }, index) => {
            const [from, to] = [starts ? Date.parse(starts) : first, ends ? Date.parse(ends) : last];
            const words = `${readable(phase)}: ${timeWords(from, zone)} to ${timeWords(to, zone)}`;
            return (
              <li key={index} class={phase} title={words} style={`left:${share(from)};right:calc(100% - ${share(to)})`}>
                <span>{readable(phase)}</span>
              </li>
            );
          })}
        </ol>
        <input
          type="range"
          aria-label="The moment of the plan that is looked at"
          aria-valuetext={fullTimeWords(at, zone)}
          min={first}
          max={last}
          step={MINUTE_MS}
          value={at}
          onInput={({ currentTarget }) => go(Number(currentTarget.value))}
        />
      </div>
    </section>
  );
}
