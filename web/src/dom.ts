/** A little help to make elements. */

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

const SVG = "http://www.w3.org/2000/svg";

/** A line drawing of 24 by 24; says nothing to a screen reader. */
export function icon(path: string): SVGSVGElement {
  const svg = document.createElementNS(SVG, "svg");
  for (const [name, value] of Object.entries({ viewBox: "0 0 24 24", class: "icon", "aria-hidden": "true" }))
    svg.setAttribute(name, value);
  const line = document.createElementNS(SVG, "path");
  line.setAttribute("d", path);
  svg.append(line);
  return svg;
}

export const button = (label: string, act: () => void, attributes: Attributes = {}): HTMLButtonElement =>
  h("button", { type: "button", ...attributes, on: { click: act } }, label);

/** A button that is only a picture; its label is read and shown on hover. */
export const iconButton = (
  label: string,
  path: string,
  act: () => void,
  attributes: Attributes = {},
): HTMLButtonElement =>
  h(
    "button",
    { type: "button", class: "icon-button", "aria-label": label, title: label, ...attributes, on: { click: act } },
    icon(path),
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
