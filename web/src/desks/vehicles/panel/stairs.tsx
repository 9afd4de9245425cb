/** The staircase: which vehicles to move first, and what each step wins. */
import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import type { Cleared } from "../../../contract/index.ts";
import { Sentences } from "../../../lib/items.tsx";
import { Section } from "../../../lib/parts.tsx";
import { count, counted } from "../../../lib/units.ts";
import { WorkBlock } from "../../../lib/work.tsx";
import { pick, type VehiclesStore } from "../store.ts";
import { proofWords, wishWords } from "../words.ts";

type Props = { readonly store: VehiclesStore };
type Known = Props & { readonly found: Cleared };

const WIDTH = 320;
const RISE = 150;
const FOOT = 18;

/** Steps from left to right, each as high as the vehicles moved by then: a picture of how little wins how much. */
function Picture({ store, found }: Known): JSX.Element {
  const most = Math.max(found.across, 1);
  const tread = WIDTH / found.steps.length;
  const { stair } = store.get();
  const top = (vehicles: number): number => RISE - (vehicles / most) * (RISE - FOOT);
  const said = found.steps.map((step) => `${wishWords(step)}: ${step.vehicles} of ${found.across} vehicles`).join("; ");
  return (
    <svg
      class="staircase"
      viewBox={`0 0 ${WIDTH} ${RISE + FOOT}`}
      role="img"
      aria-label={`Vehicles moved by each step. ${said}`}
    >
      <line x1={0} x2={WIDTH} y1={RISE} y2={RISE} class="axis" />
      {found.steps.map((step, index) => (
        <g key={index} class={stair !== null && index <= stair ? "chosen" : ""}>
          <rect
            x={index * tread + 1}
            y={top(step.vehicles)}
            width={tread - 2}
            height={RISE - top(step.vehicles)}
            class={step.proven ? "" : "unproved"}
          />
          <text x={index * tread + tread / 2} y={top(step.vehicles) - 4}>
            {step.vehicles}
          </text>
          <text x={index * tread + tread / 2} y={RISE + FOOT - 4} class="foot">
            {index + 1}
          </text>
        </g>
      ))}
    </svg>
  );
}

function Steps({ store, found }: Known): JSX.Element {
  const { stair } = store.get();
  return (
    <ol class="stairs">
      {found.steps.map((step, index) => (
        <li key={index}>
          <button
            type="button"
            class="item"
            aria-pressed={stair === index}
            onClick={() => store.set({ stair: stair === index ? null : index })}
          >
            <b class="stair-number">{index + 1}</b>
            <span class="item-text">
              <span>{found.summary[index + 1]}</span>
              <small>
                {`${counted(step.vehicles, "vehicle")} moved by then; ${proofWords(step)}`}
                {step.never > 0 && `; ${count(step.never)} addresses are too far even with every stretch free`}
              </small>
            </span>
          </button>
          {stair === index && (
            <ul class="sentences">
              {step.moved.map((one) => (
                <li key={one.stretch}>
                  <button type="button" class="source" onClick={() => pick(store, one.stretch)}>
                    {one.stretch}
                  </button>
                  {one.assumed && " (assumed)"}
                  {` ${one.move}, for ${one.frees === "lane" ? "a lane for help" : "the whole carriageway"}`}
                  {one.lost > 0 && `: else help does not reach ${counted(one.lost, "address", "addresses")}`}
                  {one.later > one.lost &&
                    `; help up to ${Math.round(one.most_seconds)} s sooner at ${count(one.later - one.lost)}`}
                </li>
              ))}
            </ul>
          )}
        </li>
      ))}
    </ol>
  );
}

export function Stairs({ store }: Props): JSX.Element {
  const { stairs } = store;
  const { known, work, failure } = stairs.get();
  const typed = useSignal({ streets: "", routes: "" });
  const rows = store.get().standing?.stretches.length ?? 0;
  const isOld = known !== null && !stairs.asking.isPresent();
  const parts = (text: string, sign: string): string[] => text.split(sign).flatMap((one) => one.trim() || []);
  const field = (name: "streets" | "routes", label: string, hint: string): JSX.Element => (
    <label class="field wide">
      <span>{label}</span>
      <input
        class="words"
        name={name}
        maxLength={500}
        placeholder={hint}
        value={typed.value[name]}
        onInput={({ currentTarget: { value } }) => {
          typed.value = { ...typed.value, [name]: value };
        }}
        onChange={({ currentTarget: { value } }) => {
          store.set({ [name]: parts(value, name === "streets" ? ";" : ",") });
        }}
      />
    </label>
  );
  return (
    <Section title="Which to move first" id="vehicles-stairs">
      <p class="quiet">
        The fewest vehicles to move, wish by wish: help in time, two approaches everywhere, then bus routes and streets.
        Each step is proved, or says how few it might be.
      </p>
      <details class="more">
        <summary>Bus routes and streets besides</summary>
        <div class="plan-form">
          {field("routes", "Bus routes, in order", "14, 1")}
          {field("streets", "Streets, between semicolons", "Bowen Street; Molesworth Street")}
        </div>
      </details>
      {!work && (
        <p class="row">
          <button type="button" class="primary" disabled={rows === 0} onClick={() => stairs.asking.ask()}>
            Work it out
          </button>
        </p>
      )}
      {work && <WorkBlock work={work} label="Finding the fewest vehicles" cancel={() => stairs.asking.cancel()} />}
      <div role="status" aria-live="polite">
        {failure && <p class="warning">{failure}</p>}
        {known && <p class="lead">{known.answer.summary[0]}</p>}
      </div>
      {known && (
        <div class={isOld ? "old" : ""}>
          <Picture store={store} found={known.answer} />
          <Steps store={store} found={known.answer} />
          {known.answer.assumed.length > 0 && (
            <details class="more">
              <summary>{`${counted(known.answer.assumed.length, "thing is", "things are")} assumed`}</summary>
              <Sentences texts={known.answer.assumed} />
            </details>
          )}
          {known.answer.notes.length > 0 && <Sentences texts={known.answer.notes} />}
        </div>
      )}
      {isOld && <p class="quiet">The stretches have changed since. Work it out again.</p>}
    </Section>
  );
}
