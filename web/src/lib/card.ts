/** Parts that panels are made of. */

import closeDrawing from "../icons/close.svg";
import { type Attributes, type Child, h, iconButton } from "./dom.ts";

/** A part of the panel that can be folded away. */
export function section(title: string, body: HTMLElement, open: boolean, id: string): HTMLDetailsElement {
  return h(
    "details",
    { class: "section", id, ...(open ? { open: true } : {}) },
    h("summary", {}, h("h2", {}, title)),
    body,
  );
}

/** Give a section its title anew, with a figure in it. */
export function retitle(details: HTMLDetailsElement, title: string): void {
  const heading = details.querySelector("h2");
  if (heading) heading.textContent = title;
}

export function card(title: string, close: () => void, ...children: readonly Child[]): HTMLElement {
  const head = h(
    "div",
    { class: "card-head" },
    h("h2", { tabindex: "-1" }, title),
    iconButton("Close", closeDrawing, close, { "data-key": "close" }),
  );
  return h("section", { class: "card", "aria-label": title }, head, ...children);
}

export const facts = (...rows: readonly (readonly [string, string] | null)[]): HTMLElement =>
  h("dl", { class: "facts" }, ...rows.flatMap((row) => (row ? [h("dt", {}, row[0]), h("dd", {}, row[1])] : [])));

export function checkbox(
  label: string,
  checked: boolean,
  act: (checked: boolean) => void,
  attributes: Attributes = {},
): HTMLElement {
  const input = h("input", {
    type: "checkbox",
    "data-key": label,
    ...attributes,
    on: { change: (event) => act((event.target as HTMLInputElement).checked) },
  });
  input.checked = checked;
  return h("label", { class: "check" }, input, h("span", {}, label));
}

export type Choice<T> = { readonly value: T; readonly label: string };

/** One of a few, side by side. */
export function choices<T extends string>(
  name: string,
  title: string,
  options: readonly Choice<T>[],
  chosen: T,
  act: (value: T) => void,
): HTMLElement {
  const items = options.map(({ value, label }) => {
    const input = h("input", {
      type: "radio",
      name,
      value,
      "data-key": `${name}-${value}`,
      on: { change: () => act(value) },
    });
    input.checked = value === chosen;
    return h("label", {}, input, h("span", {}, label));
  });
  return h("fieldset", { class: "choices" }, h("legend", { class: "unseen" }, title), ...items);
}

/** One of a few numbers, from a list. */
export function numberChoice(
  label: string,
  key: string,
  values: readonly number[],
  chosen: number,
  words: (value: number) => string,
  act: (value: number) => void,
): HTMLElement {
  const options = values.map((value) => h("option", { value, selected: value === chosen }, words(value)));
  return h(
    "label",
    { class: "field" },
    h("span", {}, label),
    h(
      "select",
      { "data-key": key, on: { change: (event) => act(Number((event.target as HTMLSelectElement).value)) } },
      ...options,
    ),
  );
}

export function numberField(
  label: string,
  unit: string,
  value: number | null,
  act: (value: number | null) => void,
  limits: { min: number; max: number; step: number; empty?: string },
): HTMLElement {
  const { min, max, step, empty } = limits;
  const input = h("input", {
    type: "number",
    inputmode: "decimal",
    min,
    max,
    step,
    "data-key": label,
    placeholder: empty ?? "",
    on: {
      change: (event) => {
        const field = event.target as HTMLInputElement;
        if (field.value === "" && empty !== undefined) return act(null);
        if (field.checkValidity() && field.value !== "") return act(Number(field.value));
        field.reportValidity();
      },
    },
  });
  input.value = value === null ? "" : `${value}`;
  return h(
    "label",
    { class: "field" },
    h("span", {}, label),
    h("span", { class: "with-unit" }, input, h("span", {}, unit)),
  );
}
