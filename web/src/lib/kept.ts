/** What is typed in a form is kept until it is sent: through Esc, a closed form and a reload of the page. */
import type { RefObject } from "preact";
import { useLayoutEffect } from "preact/hooks";

type Control = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;

const PREFIX = "clearway-typed:";

/** Those of this form that people fill in, by name. */
const controlsOf = (form: HTMLElement): Control[] =>
  [...form.querySelectorAll<Control>("input[name], select[name], textarea[name]")].filter(
    (one) => !["file", "hidden", "submit"].includes(one.type),
  );

/** As it was typed; whether it is ticked where it is a box. */
const textOf = (one: Control): string =>
  one instanceof HTMLInputElement && ["checkbox", "radio"].includes(one.type) ? `${one.checked}` : one.value;

const nameOf = (one: Control): string => (one.type === "radio" ? `${one.name}=${one.value}` : one.name);

export type Typing = Readonly<Record<string, string>>;

/** What was typed and not sent; nothing where it cannot be read. */
export function typedBefore(key: string): Typing {
  try {
    const found: unknown = JSON.parse(sessionStorage.getItem(PREFIX + key) ?? "{}");
    return Object.fromEntries(Object.entries(found ?? {}).filter(([, text]) => typeof text === "string"));
  } catch {
    return {};
  }
}

/** What is kept of a value; undefined where there is none, or it cannot be read. */
export function keptValue(key: string): unknown {
  try {
    return JSON.parse(sessionStorage.getItem(PREFIX + key) ?? "null") ?? undefined;
  } catch {
    return undefined;
  }
}

/** Keep a value through a reload, or forget it (undefined); false where it is too large for this browser to keep. */
export function keepValue(key: string, value: unknown): boolean {
  forget(key);
  if (value === undefined) return true;
  try {
    sessionStorage.setItem(PREFIX + key, JSON.stringify(value));
    return true;
  } catch {
    return false;
  }
}

/** It was sent, or somebody emptied the form. */
export const forget = (key: string): void => sessionStorage.removeItem(PREFIX + key);

/** Put what was typed back where it stood; each control is told, as if somebody had typed it. */
function putBack(form: HTMLElement, typed: Typing): void {
  for (const one of controlsOf(form)) {
    const text = typed[nameOf(one)];
    if (text === undefined || text === textOf(one)) continue;
    if (one instanceof HTMLInputElement && ["checkbox", "radio"].includes(one.type)) one.checked = text === "true";
    else one.value = text;
    for (const kind of ["input", "change"]) one.dispatchEvent(new Event(kind, { bubbles: true }));
  }
}

/**
 * Keeps what is typed in a form, and puts it back when the form is there again.
 *
 * `shape` names which controls there are: when it changes, what was typed is put back into the new ones.
 */
export function useKept(form: RefObject<HTMLElement | null>, key: string, shape = ""): void {
  useLayoutEffect(() => {
    if (form.current) putBack(form.current, typedBefore(key));
  }, [form, key, shape]);
  useLayoutEffect(() => {
    const here = form.current;
    if (!here) return undefined;
    const keep = ({ target }: Event): void => {
      const one = target as Control;
      if (!one.name || !controlsOf(here).includes(one)) return;
      sessionStorage.setItem(PREFIX + key, JSON.stringify({ ...typedBefore(key), [nameOf(one)]: textOf(one) }));
    };
    here.addEventListener("input", keep);
    here.addEventListener("change", keep);
    return () => {
      here.removeEventListener("input", keep);
      here.removeEventListener("change", keep);
    };
  }, [form, key]);
}
