/** A list of a plan, edited item by item. */

import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { Item, Items } from "../../../lib/items.tsx";
import { Section } from "../../../lib/parts.tsx";
import { counted } from "../../../lib/units.ts";
import { added, changed, itemsOf, removed } from "../document.ts";
import type { Kind } from "../fields.ts";
import { edit, type PlansStore, pick, planOf } from "../store.ts";
import { FieldRow } from "./field.tsx";
import { StandBadge } from "./verdict.tsx";

type Props = { readonly store: PlansStore; readonly kind: Kind };

function OneItem({ store, kind, index }: Props & { readonly index: number }): JSX.Element | null {
  const plan = planOf(store.get());
  const item = plan && itemsOf(plan, kind.part)[index];
  if (!item) return null;
  return (
    <div class="plan-item">
      {kind.fields.map((field) => (
        <FieldRow
          key={field.name}
          store={store}
          field={field}
          value={item[field.name]}
          act={(value) => edit(store, changed(planOf(store.get()) ?? plan, kind.part, index, field.name, value))}
        />
      ))}
      <button
        type="button"
        onClick={() => {
          if (kind.part === "barriers") pick(store, null);
          edit(store, removed(plan, kind.part, index));
        }}
      >
        {`Remove this ${kind.one}`}
      </button>
    </div>
  );
}

export function Rows({ store, kind }: Props): JSX.Element | null {
  const own = useSignal<number | null>(null);
  const plan = planOf(store.get());
  if (!plan) return null;
  const { part, title, one, about, fresh, says } = kind;
  const isBarriers = part === "barriers";
  const current = isBarriers ? store.get().picked : own.value;
  const choose = (index: number | null): void => {
    if (isBarriers) pick(store, index);
    else own.value = index;
  };
  const add = (): void => {
    if (!fresh) return store.set({ tool: store.get().tool === "put" ? "select" : "put" });
    edit(store, added(plan, part, fresh(plan)));
    choose(itemsOf(plan, part).length);
  };
  const items = itemsOf(plan, part);
  return (
    <Section title={`${title} (${items.length})`} id={`plan-${part}`} open={isBarriers || part === "passages"}>
      <p class="quiet">{about}</p>
      {items.length > 0 && (
        <Items label={counted(items.length, one)}>
          {items.map((item, index) => (
            <Item
              key={index}
              isCurrent={current === index}
              act={() => choose(current === index ? null : index)}
              sign={isBarriers && <StandBadge store={store} id={String(item["id"])} />}
              text={says(item)}
            >
              {current === index && <OneItem store={store} kind={kind} index={index} />}
            </Item>
          ))}
        </Items>
      )}
      <button type="button" aria-pressed={fresh ? undefined : store.get().tool === "put"} onClick={add}>
        {fresh ? `Add a ${one}` : `Put a ${one} on the map`}
      </button>
    </Section>
  );
}
