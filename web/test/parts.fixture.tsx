/** What a person finds in a part of the page: its fields by their labels, its buttons by their words. */
import assert from "node:assert/strict";
import { type ComponentChildren, options, type VNode } from "preact";
import { renderToString } from "preact-render-to-string";

type Props = Readonly<Record<string, unknown>>;
type Act = (...values: readonly unknown[]) => void;

/** All that is made while an element is rendered: components and tags, with what they were given. */
function madeBy(element: VNode): VNode<Props>[] {
  const made: VNode<Props>[] = [];
  const { vnode: before } = options;
  options.vnode = (node) => void made.push(node as VNode<Props>);
  renderToString(element);
  options.vnode = before as typeof before & {};
  return made;
}

const textOf = (children: ComponentChildren): string =>
  [children]
    .flat()
    .map((child) =>
      typeof child === "string" ? child : textOf(((child as VNode<Props> | null)?.props?.["children"] ?? "") as string),
    )
    .join("");

/** What the field or the choice of this name does when it is given a value; `which` counts those of one name. */
export function field(element: VNode, name: string, which = 0): Act {
  const found = madeBy(element).filter(
    ({ props }) => [props["label"], props["title"], props["what"]].includes(name) && typeof props["act"] === "function",
  )[which];
  assert.ok(found, `there is no field "${name}"`);
  return found.props["act"] as Act;
}

/** Press the button with these words. */
export function press(element: VNode, words: string): void {
  const found = madeBy(element).find(
    ({ type, props }) => type === "button" && textOf(props["children"] as ComponentChildren) === words,
  );
  assert.ok(found, `there is no button "${words}"`);
  (found.props["onClick"] as () => void)();
}
