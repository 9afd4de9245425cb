/** A little help to make elements by hand; goes when the last desk is written as components. */

export type Child = Node | string | false | null | undefined;
type Listeners = { [K in keyof HTMLElementEventMap]?: (event: HTMLElementEventMap[K]) => void };
export type Attributes = { readonly on?: Listeners; readonly [name: string]: unknown };

/** An element; attributes that are false or null are left out, true stands for an empty one. */
export function h<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name === "on")
      for (const [type, act] of Object.entries(value as Listeners))
        element.addEventListener(type, act as EventListener);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== false && value !== null && value !== undefined) element.setAttribute(name, String(value));
  }
  element.append(
    ...children.filter((child): child is Node | string => child !== false && child !== null && child !== undefined),
  );
  return element;
}

/** A line drawing of 24 by 24 (icons/*.svg); says nothing to a screen reader. */
export function icon(drawing: string): HTMLElement {
  const element = h("i", { class: "icon", "aria-hidden": "true" });
  element.innerHTML = drawing;
  return element;
}

export const button = (label: string, act: () => void, attributes: Attributes = {}): HTMLButtonElement =>
  h("button", { type: "button", ...attributes, on: { click: act } }, label);

/** A button that is only a picture; its label is read and shown on hover. */
export const iconButton = (
  label: string,
  drawing: string,
  act: () => void,
  attributes: Attributes = {},
): HTMLButtonElement =>
  h(
    "button",
    { type: "button", class: "icon-button", "aria-label": label, title: label, ...attributes, on: { click: act } },
    icon(drawing),
  );

/** Replace an element's content; the keyboard stays where it was, found again by `data-key`. */
export function refill(element: HTMLElement, ...children: readonly Child[]): void {
  const focused = document.activeElement;
  const key =
    focused && element.contains(focused) ? focused.closest<HTMLElement>("[data-key]")?.dataset["key"] : undefined;
  element.replaceChildren(
    ...children.filter((child): child is Node | string => child !== false && child !== null && child !== undefined),
  );
  if (key === undefined) return;
  const again = element.querySelector<HTMLElement>(`[data-key="${CSS.escape(key)}"]`);
  again?.focus({ preventScroll: true });
}
