/** How sure the answer is and what it rests on; that the demand is synthetic is in view whatever is looked at. */
import type { JSX } from "preact";
import type { HowSure } from "../../contract/index.ts";
import { capital, count } from "../../lib/units.ts";
import { type Known, onShow, type TrafficDesk } from "./store.ts";
import { between, demandWord, hourWords, parted } from "./words.ts";

type Props = { readonly store: TrafficDesk };

/** Shown before the server's own statement is known. */
const UNCOUNTED =
  "Synthetic demand: nobody has counted who drives where in this city, so the trips are made of its streets, suburbs and places. Read every figure as a range.";

const OWN = "Your own trips are assigned. A table does not state its own error: read every figure as a range.";

function rangeWords(known: Known | null): string {
  const range = known?.answer.impact.how_sure.extra_vehicle_hours ?? null;
  if (range) return `${between(range, count)} vehicle hours, ${range.draws} draws`;
  return known ? "one demand, no draws yet" : "read figures as ranges";
}

/** Stays in view while the rest is scrolled: what the demand is, and the range. */
export const Synthetic = ({ store }: Props): JSX.Element => (
  <p class="synthetic">
    <strong>{capital(demandWord(store.plan.get().network.own_trips))}</strong>
    {`: ${rangeWords(onShow(store.plan, store).known)}`}
  </p>
);

/** Labels that are closer than this, in percent of the bar, would touch. */
const APART_PERCENT = 12;
/** The bar ends a little beyond the highest figure. */
const BEYOND = 1.08;

type RangeProps = { readonly sure: HowSure; readonly main: number; readonly hour: number };

/** The range over the draws as a bar, the main answer as a dot. */
function RangeBar({ sure: { extra_vehicle_hours: range }, main, hour }: RangeProps): JSX.Element | null {
  if (!range || range.low === null || range.high === null || range.middle === null) return null;
  const { low, middle, high, draws } = range;
  const [least, most] = [Math.min(0, low, main), Math.max(high, main, 1) * BEYOND];
  const at = (value: number): number => (100 * (value - least)) / (most - least);
  const when = hourWords(hour);
  const words = `Extra vehicle hours from ${when}: ${between(range, count)} over ${draws} draws, half of them above ${count(middle)}`;
  return (
    <figure class="range" role="img" aria-label={words}>
      <figcaption>{`Extra vehicle hours, ${when}: ${draws} draws of the demand`}</figcaption>
      <div class="range-track">
        <i class="range-bar" style={`left:${at(low)}%;width:${at(high) - at(low)}%`} />
        <i class="range-middle" style={`left:${at(middle)}%`} />
        <i class="range-dot" style={`left:${at(main)}%`} />
      </div>
      <div class="range-ends">
        {at(low) - at(0) > APART_PERCENT && <span style={`left:${at(0)}%`}>0</span>}
        <span style={`left:${at(low)}%`}>{count(low)}</span>
        <span style={`left:${at(high)}%`}>{count(high)}</span>
      </div>
    </figure>
  );
}

/** The error in words and as a bar, and the statement that goes with every figure. */
export function Certainty({ store }: Props): JSX.Element {
  const answer = onShow(store.plan, store).known?.answer;
  const { seen, folded } = parted(answer?.impact.statement ?? (store.plan.get().network.own_trips ? OWN : UNCOUNTED));
  return (
    <section class="how-sure" aria-label="How sure">
      {answer && (
        <>
          <h2>How sure</h2>
          <p>{answer.impact.how_sure.sentence}</p>
          <RangeBar sure={answer.impact.how_sure} main={answer.impact.totals.extra_vehicle_hours} hour={answer.hour} />
        </>
      )}
      <div class="statement">
        <p>{seen}</p>
        {folded && (
          <details>
            <summary>What it rests on</summary>
            <p>{folded}</p>
          </details>
        )}
      </div>
    </section>
  );
}
