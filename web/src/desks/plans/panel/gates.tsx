/** Which barriers are gates: asked, with progress; each with its reason; taken over as one step. */
import type { JSX } from "preact";
import type { ChosenGate, Wishes } from "../../../contract/index.ts";
import { NumberField } from "../../../lib/fields.tsx";
import { Item, Items, Sentences } from "../../../lib/items.tsx";
import { Checkbox, Section } from "../../../lib/parts.tsx";
import { counted } from "../../../lib/units.ts";
import { listed } from "../../../lib/words.ts";
import { WorkBlock } from "../../../lib/work.tsx";
import { chooseGates, hasThem, stopChoosing, takeOver } from "../gates.ts";
import { type PlansStore, pick, planOf } from "../store.ts";
import { GatesField, ReadField } from "./field.tsx";
import { StandBadge } from "./verdict.tsx";

type Props = { readonly store: PlansStore };

const MOST_S = 7200;

function Needs({ store }: Props): JSX.Element {
  const { wishes } = store.get();
  const barriers = planOf(store.get())?.barriers.map(({ id }) => id) ?? [];
  const put = (change: Partial<Wishes>): void => store.set({ wishes: { ...wishes, ...change } });
  const seconds = { least: 0, most: MOST_S };
  return (
    <details class="more">
      <summary>What a gate needs, and what people put up with</summary>
      <div class="plan-form">
        <NumberField
          label="Staff at a gate"
          unit=""
          value={wishes.staff}
          limits={{ least: 1, most: 100, whole: true }}
          step={1}
          act={(staff) => staff !== null && put({ staff })}
        />
        <NumberField
          label="Staff open a gate in"
          unit="s"
          value={wishes.staffed_seconds}
          limits={seconds}
          step={5}
          act={(staffed_seconds) => staffed_seconds !== null && put({ staffed_seconds })}
        />
        <NumberField
          label="A swing gate opens in"
          unit="s"
          value={wishes.swing_seconds}
          limits={seconds}
          step={5}
          empty="no new ones"
          act={(swing_seconds) => put({ swing_seconds })}
        />
        <ReadField
          label="Keep ways short for"
          words={wishes.people.join(", ")}
          hint="nobody\u2019s"
          take={async (text) => {
            put({ people: text.split(",").flatMap((one) => one.trim() || []) });
            return {};
          }}
        />
        <NumberField
          label="Their way may take longer by"
          unit="s"
          value={wishes.longer_seconds}
          limits={seconds}
          step={30}
          act={(longer_seconds) => longer_seconds !== null && put({ longer_seconds })}
        />
        <Checkbox
          label="Help also comes with any one gate blocked"
          checked={wishes.one_blocked}
          act={(one_blocked) => put({ one_blocked })}
        />
        <GatesField title="Must be a gate" ids={barriers} chosen={wishes.keep} act={(keep) => put({ keep })} />
        <GatesField title="Must stay shut" ids={barriers} chosen={wishes.never} act={(never) => put({ never })} />
      </div>
    </details>
  );
}

export const gateWords = ({ id, where, opens, staff, opening_seconds }: ChosenGate): string =>
  `${id}, ${where}: ${opens === "swing" ? "a swing gate" : counted(staff, "person", "people")}, opens in ${opening_seconds} s`;

const whyWords = ({ why, lets_in }: ChosenGate): string =>
  lets_in.length ? `${why} Lets in ${listed(lets_in)}.` : why;

function Chosen({ store }: Props): JSX.Element | null {
  const { choice, picked } = store.get();
  const plan = planOf(store.get());
  if (!plan || !choice) return null;
  const { gates, summary, order } = choice.said.choice;
  const taken = hasThem(plan, choice.said);
  const isOld = choice.of !== plan && !taken;
  const indexOf = (id: string): number => plan.barriers.findIndex((one) => one.id === id);
  return (
    <div class={isOld ? "old" : ""}>
      <Sentences texts={summary.slice(1)} />
      <Items label={counted(gates.length, "gate")}>
        {gates.map((gate) => (
          <Item
            key={gate.id}
            isCurrent={false}
            act={() => pick(store, picked === indexOf(gate.id) || indexOf(gate.id) < 0 ? null : indexOf(gate.id))}
            sign={<StandBadge store={store} id={gate.id} />}
            text={
              <>
                {gateWords(gate)}
                <small>{whyWords(gate)}</small>
              </>
            }
          />
        ))}
      </Items>
      <details class="more">
        <summary>What comes before what</summary>
        <ol class="sentences">
          {order.map((text) => (
            <li key={text}>{text}</li>
          ))}
        </ol>
      </details>
      {taken ? (
        <p class="quiet">The plan has these gates.</p>
      ) : (
        <p class="row">
          <button type="button" class="primary" disabled={isOld} onClick={() => takeOver(store)}>
            Take them over
          </button>
        </p>
      )}
      {isOld && <p class="quiet">You have changed the plan since. Choose the gates again.</p>}
    </div>
  );
}

export function ChooseGates({ store }: Props): JSX.Element | null {
  const { choosing, unchosen, choice } = store.get();
  const plan = planOf(store.get());
  if (!plan || plan.barriers.length === 0) return null;
  return (
    <Section title="Which barriers become gates" id="plan-gate-choice">
      <p class="quiet">
        Help in time, buses, short ways, and the fewest staff, with the reason for each gate and proof that fewer staff
        cannot do it. The rules below say who passes a gate.
      </p>
      <Needs store={store} />
      {!choosing && (
        <p class="row">
          <button type="button" onClick={() => void chooseGates(store)}>
            Choose the gates
          </button>
        </p>
      )}
      {choosing && <WorkBlock work={choosing.work} label="Choosing the gates" cancel={() => stopChoosing(store)} />}
      <div role="status" aria-live="polite">
        {unchosen && <p class="warning">{unchosen}</p>}
        {choice && <p class="lead">{choice.said.choice.summary[0]}</p>}
      </div>
      <Chosen store={store} />
    </Section>
  );
}
