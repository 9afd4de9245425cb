/** Elements made by hand (dom.ts) as a component, until their desk is written as components. They are made once. */
import type { JSX } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";

export function DomPart({ make }: { readonly make: () => Node | readonly Node[] }): JSX.Element {
  const holder = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => holder.current?.append(...[make()].flat()), []);
  return <div ref={holder} class="through" />;
}
