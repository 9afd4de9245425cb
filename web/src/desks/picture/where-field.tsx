/** Where it is: typed, or picked on the map; what the words mean on the map stands below. */
import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useRef } from "preact/hooks";
import * as api from "../../contract/api.ts";
import { Field, plainField } from "./entry-fields.tsx";
import { pick } from "./picking.tsx";
import type { PictureStore } from "./store.ts";

export function WhereField({ store, first }: { readonly store: PictureStore; readonly first: string }): JSX.Element {
  const said = useSignal("");
  const box = useRef<HTMLDivElement>(null);
  const input = (): HTMLInputElement | null => box.current?.querySelector<HTMLInputElement>("[name=where]") ?? null;

  const read = async (): Promise<void> => {
    const text = input()?.value.trim() ?? "";
    const answers = text
      ? await Promise.all(text.split(";").map((part) => api.readPlace(store.get().network.id, part)))
      : [];
    said.value = answers.map((answer) => (answer.ok ? answer.value.says : answer.error.message)).join(" ");
  };
  const choose = async (): Promise<void> => {
    const words = await pick(store);
    const control = input();
    if (words === null || !control) return;
    control.value = words;
    control.focus();
    await read();
  };
  return (
    <div
      class="where-field"
      ref={box}
      onFocusOut={(event) => (event.target as Element).matches("[name=where]") && void read()}
    >
      <Field
        field={plainField("where", "Where")}
        first={first}
        placeholder="Lambton Quay at Bowen St, 58 Hill St, or a place"
      />
      <button type="button" onClick={choose}>
        Pick on the map
      </button>
      <p class="quiet" role="status">
        {said.value}
      </p>
    </div>
  );
}
