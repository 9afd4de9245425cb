/** The owner's look-up: the whole plate and the street; the plate is sent once and kept nowhere on the page. */
import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useRef } from "preact/hooks";
import * as api from "../../../contract/api.ts";
import { Sentences } from "../../../lib/items.tsx";
import { Section } from "../../../lib/parts.tsx";
import type { VehiclesStore } from "../store.ts";

export function Find({ store }: { readonly store: VehiclesStore }): JSX.Element {
  const form = useRef<HTMLFormElement>(null);
  const found = useSignal<readonly string[]>([]);
  const trouble = useSignal("");
  const ask = async (): Promise<void> => {
    const typed = new FormData(form.current ?? undefined);
    const said = (name: string): string => String(typed.get(name) ?? "").trim();
    form.current?.reset();
    found.value = [];
    if (!said("plate") || !said("stood")) {
      trouble.value = "Give the whole number plate and the street where it stood.";
      return;
    }
    const answer = await api.findVehicle(store.get().operation?.id ?? "", {
      plate: said("plate"),
      stood: said("stood"),
    });
    trouble.value = answer.ok ? "" : answer.error.message;
    if (answer.ok) found.value = answer.value.says;
  };
  return (
    <Section title="An owner looks for a vehicle" id="vehicles-find">
      <form
        ref={form}
        autocomplete="off"
        onSubmit={(event) => {
          event.preventDefault();
          void ask();
        }}
      >
        <label class="field wide">
          <span>Number plate, whole</span>
          <input class="words" name="plate" type="password" maxLength={20} autocomplete="off" />
        </label>
        <label class="field wide">
          <span>Street where it stood</span>
          <input class="words" name="stood" maxLength={200} autocomplete="off" placeholder="Hill Street" />
        </label>
        <p class="row">
          <button type="submit">Look it up</button>
        </p>
      </form>
      <div role="status" aria-live="polite">
        {trouble.value && <p class="warning">{trouble.value}</p>}
        <Sentences texts={found.value} />
      </div>
      <p class="quiet">
        Plate and street must both be right. Five tries in ten minutes from one address; each is logged, without the
        plate.
      </p>
    </Section>
  );
}
