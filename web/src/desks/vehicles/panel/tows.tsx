/** The board of tows that were ordered, the same on every screen: what became of each, who withdrew, when the rest is done. */
import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import * as api from "../../../contract/api.ts";
import type { OrderOperator, TowOrderShown, TowShown } from "../../../contract/index.ts";
import { Sentences } from "../../../lib/items.tsx";
import { Section, Table } from "../../../lib/parts.tsx";
import { save } from "../../../lib/save.ts";
import { clockWords, timeWords } from "../../../lib/times.ts";
import { counted } from "../../../lib/units.ts";
import { WorkBlock } from "../../../lib/work.tsx";
import { boardWhen, orderOf, readOrders, type VehiclesStore } from "../store.ts";
import { boardCsv, isOpen, newId, TOW_STATES, TOW_WORDS, type TowState } from "../working.ts";
import { Writer, writer, wroteAs } from "./writer.tsx";

type Props = { readonly store: VehiclesStore };
type OfOrder = Props & { readonly order: TowOrderShown };

const AT_FIRST = 12;
const ID = "vehicles-tows";

/** Bring the board into view. */
export function showTows(): void {
  requestAnimationFrame(() => {
    const part = document.getElementById(ID);
    part?.setAttribute("open", "");
    part?.scrollIntoView({ block: "start" });
  });
}

type Say = (send: (operation: string, source: string) => ReturnType<typeof api.sayOfTow>) => Promise<void>;

type RowProps = OfOrder & { readonly tow: TowShown; readonly say: Say; readonly busy: boolean };

function Row({ store, order, tow, say, busy }: RowProps): JSX.Element {
  const zone = store.get().operation?.zone ?? "UTC";
  const clock = (time: string): string => clockWords(Date.parse(time), zone);
  const press = (one: TowState): void => {
    const state = tow.state === one ? "to_come" : one;
    const id = newId("tow");
    void say((operation, source) => api.sayOfTow(operation, order.order, { id, tow: tow.id, state, source }));
  };
  return (
    <li class={`tow ${tow.state}`}>
      <p>
        <b>{`${tow.id} ${tow.vehicle}`}</b>
        {`, ${tow.stretch} to ${tow.to_storage}; truck ${tow.truck}. `}
        {`Planned: at the vehicle ${clock(tow.arrives)}, done ${clock(tow.done)}.`}
        {tow.at && ` ${TOW_WORDS[tow.state][1]} since ${timeWords(Date.parse(tow.at), zone)}.`}
        {tow.note && ` ${tow.note}`}{" "}
        <a
          href={api.towRecordUrl(store.get().operation?.id ?? "", order.order, tow.id, boardWhen(store.watch))}
          target="_blank"
          rel="noopener"
          title="Which firm, to which street, how far, who ordered it, what evidence, what its owner pays"
        >
          Record (PDF)
        </a>
      </p>
      <fieldset aria-label={`What has become of ${tow.id}`} disabled={busy}>
        {TOW_STATES.map((one) => (
          <button key={one} type="button" aria-pressed={tow.state === one} onClick={() => press(one)}>
            {TOW_WORDS[one].join(" ")}
          </button>
        ))}
      </fieldset>
    </li>
  );
}

/** When the wishes are met by the rest of the tows, from now on. */
function Forecast({ store, order }: OfOrder): JSX.Element {
  const { known, work: doing, failure } = store.forecast.get();
  const zone = store.get().operation?.zone ?? "UTC";
  if (order.is_over) return <p class="lead">Nothing of this order is left to do.</p>;
  const found = known?.key === JSON.stringify({ order: order.order }) ? known.answer : null;
  const starts = Date.parse(found?.starts ?? "");
  return (
    <>
      {doing && <WorkBlock work={doing} label="Scheduling the rest" cancel={() => store.forecast.asking.cancel()} />}
      <div role="status" aria-live="polite">
        {failure && <p class="warning">{failure}</p>}
      </div>
      {found?.starts && (
        <div class={doing || failure ? "old" : ""}>
          <Table
            class="plan-table"
            caption={`Forecast, as of ${timeWords(starts, zone)}`}
            rows={found.steps}
            columns={[
              ["Wish", ({ wish: words }) => words],
              ["To come", ({ vehicles, left }) => `${vehicles}${left ? `, ${left} left` : ""}`],
              ["Done by", ({ done_s }) => (done_s === null ? "none towed" : timeWords(starts + done_s * 1000, zone))],
            ]}
          />
          <p class="quiet">{`The order had all of it done by ${timeWords(Date.parse(order.done), zone)}.`}</p>
          <Sentences texts={found.notes} />
          <details class="more">
            <summary>{`${counted(found.assumed.length, "thing is", "things are")} assumed`}</summary>
            <Sentences texts={found.assumed} />
          </details>
        </div>
      )}
    </>
  );
}

type OperatorsProps = OfOrder & { readonly say: Say; readonly busy: boolean };

/** Whose trucks they are, and that one withdraws; the names are for the room alone. */
function Operators({ store, order, say, busy }: OperatorsProps): JSX.Element {
  const zone = store.get().operation?.zone ?? "UTC";
  const asked = useSignal("");
  const withdraw = ({ name }: OrderOperator): void => {
    const id = newId("withdrew");
    asked.value = "";
    void say((operation, source) => api.withdrawOperator(operation, order.order, { id, operator: name, source }));
  };
  return (
    <details class="more">
      <summary>{`${counted(order.operators.length, "operator")}, for the room alone`}</summary>
      <ul class="sentences">
        {order.operators.map((one) => (
          <li key={one.name}>
            {`${one.name}: ${one.trucks.join(", ")}. `}
            {one.withdrew && `Withdrawn at ${timeWords(Date.parse(one.withdrew), zone)}.`}
            {!one.withdrew && asked.value !== one.name && (
              <button
                type="button"
                disabled={busy}
                onClick={() => {
                  asked.value = one.name;
                }}
              >
                It withdraws
              </button>
            )}
            {asked.value === one.name && (
              <span class="row">
                <span>What its trucks are at goes back.</span>
                <button type="button" class="primary" onClick={() => withdraw(one)}>
                  Write that it has withdrawn
                </button>
                <button
                  type="button"
                  onClick={() => {
                    asked.value = "";
                  }}
                >
                  No
                </button>
              </span>
            )}
          </li>
        ))}
      </ul>
    </details>
  );
}

function Board({ store, order }: OfOrder): JSX.Element {
  const isWhole = useSignal(false);
  const trouble = useSignal("");
  const busy = useSignal(false);
  const operation = store.get().operation?.id ?? "";
  const say: Say = async (send) => {
    if (!writer()) {
      trouble.value = "Say which office writes, above the tows.";
      return;
    }
    wroteAs();
    busy.value = true;
    const written = await send(operation, writer());
    trouble.value = written.ok ? "" : written.error.message;
    await readOrders(store);
    busy.value = false;
  };
  const open = order.tows.filter(isOpen);
  const shown = isWhole.value ? order.tows : open.slice(0, AT_FIRST);
  return (
    <>
      <p class="lead">{order.says}</p>
      {order.told.map((text) => (
        <p key={text} class="warning">
          {text}
        </p>
      ))}
      <p class="quiet">
        {`Ordered by ${order.by}, ${order.power}. What is written here is in the record, and on every screen. `}
        The board stands as of now, whatever the time bar shows.
        {order.left > 0 && ` ${counted(order.left, "vehicle")} of it no truck could fetch when it was ordered.`}
      </p>
      <Forecast store={store} order={order} />
      <Operators store={store} order={order} say={say} busy={busy.value} />
      <Writer name="tow-by" example="officer, Police" />
      <div role="status" aria-live="polite">
        {trouble.value && <p class="warning">{trouble.value}</p>}
      </div>
      <ul class="tows">
        {shown.map((tow) => (
          <Row key={tow.id} store={store} order={order} tow={tow} say={say} busy={busy.value} />
        ))}
      </ul>
      <p class="row">
        {(order.tows.length > shown.length || isWhole.value) && (
          <button
            type="button"
            onClick={() => {
              isWhole.value = !isWhole.value;
            }}
          >
            {isWhole.value ? "Show the next ones" : `Show all ${order.tows.length}`}
          </button>
        )}
        {!order.is_over && (
          <button type="button" onClick={() => store.forecast.asking.ask()}>
            Forecast again
          </button>
        )}
        <button
          type="button"
          onClick={() => save(`${operation}-tow-order-${order.order}.csv`, "text/csv", boardCsv(order))}
        >
          Board as CSV
        </button>
      </p>
    </>
  );
}

export function Tows({ store }: Props): JSX.Element | null {
  const state = store.get();
  const order = orderOf(state);
  if (!order) return null;
  const done = order.tows.filter((one) => !isOpen(one)).length;
  return (
    <Section title={`Tows at work (${done} of ${order.tows.length} over)`} id={ID} open={true}>
      {state.orders.length > 1 && (
        <label class="field wide">
          <span>Tow order</span>
          <select
            name="tow-order"
            value={String(order.order)}
            onChange={({ currentTarget: { value } }) => store.set({ order: Number(value) })}
          >
            {state.orders.map((one) => (
              <option key={one.order} value={String(one.order)}>{`Tow order ${one.order}: ${one.says}`}</option>
            ))}
          </select>
        </label>
      )}
      <Board key={order.order} store={store} order={order} />
    </Section>
  );
}
