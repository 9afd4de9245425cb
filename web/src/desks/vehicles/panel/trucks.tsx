/** A question, not an order: how long trucks need, step by step, and what is weak about it. */
import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import * as api from "../../../contract/api.ts";
import type { TowAsked, Towed } from "../../../contract/index.ts";
import type { Known } from "../../../lib/asking.ts";
import { Sentences } from "../../../lib/items.tsx";
import { Section, Table } from "../../../lib/parts.tsx";
import { saveFile } from "../../../lib/save.ts";
import { counted } from "../../../lib/units.ts";
import { readable } from "../../../lib/words.ts";
import { WorkBlock } from "../../../lib/work.tsx";
import { readOrders, type VehiclesStore } from "../store.ts";
import { newId } from "../working.ts";
import { showTows } from "./tows.tsx";
import { Writer, writer, wroteAs } from "./writer.tsx";

type Props = { readonly store: VehiclesStore };

const MINUTE_S = 60;
const HOUR_MIN = 60;

export function hours(seconds: number | null): string {
  if (seconds === null) return "none towed";
  const minutes = Math.ceil(seconds / MINUTE_S); // as the sentences beside it count
  return `${Math.floor(minutes / HOUR_MIN)}:${`${minutes % HOUR_MIN}`.padStart(2, "0")} h`;
}

type KnownProps = Props & { readonly known: Known<Towed> };

/** Papers of a schedule, and the way to work it off; what is lacking for either is said. */
function WorkItOff({ store, known: { key, answer } }: KnownProps): JSX.Element {
  const trouble = useSignal("");
  const call = useSignal("");
  const make = async (paper: api.TowPaper): Promise<void> => {
    const question = { schedule: answer, call: call.value.trim() || null };
    const made = await api.makeTowPaper(store.get().network.id, paper, question);
    trouble.value = made.ok ? "" : made.error.message;
    if (made.ok) saveFile(paper, made.value);
  };
  const id = useSignal(newId("order"));
  const begin = async (): Promise<void> => {
    if (!writer()) {
      trouble.value = "Say which office writes the order.";
      return;
    }
    wroteAs();
    const question = { id: id.value, question: JSON.parse(key) as TowAsked, schedule: answer, source: writer() };
    const written = await api.orderTows(store.get().operation?.id ?? "", question);
    trouble.value = written.ok ? "" : written.error.message;
    if (!written.ok) return;
    id.value = newId("order");
    store.set({ order: 0 });
    await readOrders(store);
    showTows();
  };
  const { order, starts } = answer;
  return (
    <>
      <h3>Papers</h3>
      {order && (
        <label class="field wide">
          <span>Whom drivers call, for the notices</span>
          <input
            class="words"
            name="call"
            maxLength={200}
            value={call.value}
            onInput={({ currentTarget: { value } }) => {
              call.value = value;
            }}
          />
        </label>
      )}
      <p class="row">
        <button type="button" disabled={!order} onClick={() => void make("tow-sheet.pdf")}>
          Tow sheet (PDF)
        </button>
        <button type="button" disabled={!order} onClick={() => void make("notices.pdf")}>
          Notices to drivers (PDF)
        </button>
        <button type="button" onClick={() => void make("tows.csv")}>
          Tows as CSV
        </button>
      </p>
      {order && starts && (
        <>
          <Writer name="order-by" example="officer, Police" />
          <p class="row">
            <button type="button" class="primary" onClick={() => void begin()}>
              Order these tows
            </button>
          </p>
          <p class="quiet">The order goes into the record: every screen has its board, and ticks its tows off.</p>
        </>
      )}
      {!(order && starts) && (
        <p class="quiet">
          {`Say ${[order ? "" : "who orders it", starts ? "" : "from when"].filter(Boolean).join(" and ")}, and ask again: `}
          {order
            ? "then they can be ordered, and ticked off."
            : "then there is a tow sheet, and they can be ordered and ticked off."}
        </p>
      )}
      <div role="status" aria-live="polite">
        {trouble.value && <p class="warning">{trouble.value}</p>}
      </div>
    </>
  );
}

export function Trucks({ store }: Props): JSX.Element {
  const { tow } = store;
  const { power, means } = store.get();
  const powers = means?.powers ?? [];
  const { known, work, failure } = tow.get();
  const starts = useSignal(store.get().starts);
  const rows = store.get().standing?.stretches.length ?? 0;
  const isOld = known !== null && !tow.asking.isPresent();
  const found = known?.answer;
  return (
    <Section title="How long trucks would take" id="vehicles-trucks">
      <p class="quiet">
        The last step of the ladder: a question, until an office orders it by a power that it has. What blocks help goes
        first, where you worked out which to move first.
      </p>
      <label class="field wide">
        <span>From when</span>
        <input
          class="words"
          name="starts"
          maxLength={100}
          placeholder="2022-02-16T08:00+13:00"
          value={starts.value}
          onInput={({ currentTarget: { value } }) => {
            starts.value = value;
          }}
          onChange={({ currentTarget: { value } }) => {
            store.set({ starts: value.trim() });
          }}
        />
      </label>
      <label class="field wide">
        <span>Ordered by</span>
        <select
          name="power"
          value={power?.row ?? ""}
          onChange={({ currentTarget: { value } }) =>
            store.set({ power: powers.find(({ row }) => row === value) ?? null })
          }
        >
          <option value="">Nobody: a question</option>
          {powers.map(({ row, by, instrument }) => (
            <option key={row} value={row}>{`${readable(by)}: ${instrument}`}</option>
          ))}
        </select>
      </label>
      {power && (
        <p class="quiet">
          {`Only where: ${power.when}.${power.is_read ? "" : " The text of this law was not read for the table: have it checked."}`}
        </p>
      )}
      {!work && (
        <p class="row">
          <button type="button" disabled={rows === 0} onClick={() => tow.asking.ask()}>
            Ask
          </button>
        </p>
      )}
      {work && <WorkBlock work={work} label="Scheduling the trucks" cancel={() => tow.asking.cancel()} />}
      <div role="status" aria-live="polite">
        {failure && <p class="warning">{failure}</p>}
        {found && <p class="lead">{found.summary[0]}</p>}
      </div>
      {found && (
        <div class={isOld ? "old" : ""}>
          <Sentences texts={found.summary.slice(1)} />
          <Table
            class="plan-table"
            caption="When each wish is met: hours after the start"
            rows={found.steps}
            columns={[
              ["Wish", ({ wish }) => wish],
              ["Vehicles", ({ vehicles, left }) => `${vehicles}${left ? `, ${left} left` : ""}`],
              ["Done", ({ done_s }) => hours(done_s)],
              ["At least", ({ at_least_s }) => hours(at_least_s)],
            ]}
          />
          {found.lacking.length > 0 && (
            <>
              <h3>Weak points</h3>
              <Sentences texts={found.lacking} />
            </>
          )}
          {found.notes.length > 0 && <Sentences texts={found.notes} />}
          {!isOld && <WorkItOff store={store} known={known} />}
          <details class="more">
            <summary>{`${counted(found.assumed.length, "thing is", "things are")} assumed`}</summary>
            <Sentences texts={found.assumed} />
          </details>
        </div>
      )}
      {isOld && <p class="quiet">What it rests on has changed since. Ask again.</p>}
    </Section>
  );
}
