/** A sign of the map, as it is drawn there; says nothing to a screen reader. */
import type { JSX } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import { iconElement } from "../map/icons.ts";
import type { Theme } from "../map/theme.ts";

export function MapSign({ name, theme }: { readonly name: string; readonly theme: Theme }): JSX.Element {
  const holder = useRef<HTMLSpanElement>(null);
  useLayoutEffect(() => holder.current?.replaceChildren(iconElement(name, theme)), [name, theme]);
  return <span ref={holder} class="through" />;
}
