/** Where something is: typed, or picked on the map; what the words mean on the map stands below. */
import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useRef } from "preact/hooks";
import * as api from "../../contract/api.ts";
import type { FormField } from "../../contract/index.ts";
import { Field, plainField } from "./entry-fields.tsx";
import { pick } from "./picking.tsx";
import type { PictureStore } from "./store.ts";

type PlaceProps = {
  readonly store: PictureStore;
  readonly field: FormField;
  /** Of the control. */
  readonly name: string;
  readonly first: string;
};

/** One place or several, parted by semicolons. */
export function PlaceField({ store, field, name, first }: PlaceProps): JSX.Element {
  const said = useSignal("");
  const box = useRef<HTMLDivElement>(null);
  const input = (): HTMLInputElement | null => box.current?.querySelector("input") ?? null;

  const read = async (): Promise<void> => {
    const text = input()?.value.trim() ?? "";
    const parts = text.split(";").filter((part) => part.trim());
    const answers = await Promise.all(parts.map((part) => api.readPlace(store.get().network.id, part)));
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
      onFocusOut={(event) => (event.target as Element).matches("input") && void read()}
    >
      <Field field={field} name={name} first={first} placeholder="Lambton Quay at Bowen St, 58 Hill St, or a place" />
      <button
        type="button"
        onClick={choose}
        aria-label={name === "where" ? undefined : `Pick on the map: ${field.label}`}
      >
        Pick on the map
      </button>
      <p class="quiet" role="status">
        {said.value}
      </p>
    </div>
  );
}

export const WhereField = (props: Pick<PlaceProps, "store" | "first">): JSX.Element => (
  <PlaceField {...props} field={plainField("where", "Where")} name="where" />
);
