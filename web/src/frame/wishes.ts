/** What whoever uses this browser wants of the page; kept in the browser, never sent. */
export type Wishes = {
  /** Nothing moves on the page, whatever the system says. */
  readonly calm: boolean;
  /** Who writes, by office: offered where a report asks for its author. */
  readonly writer: string;
};

const KEY = "clearway-wishes";
const NONE: Wishes = { calm: false, writer: "" };

export function wishes(): Wishes {
  try {
    const kept = JSON.parse(localStorage.getItem(KEY) ?? "{}") as Partial<Wishes>;
    return { calm: kept.calm === true, writer: typeof kept.writer === "string" ? kept.writer : "" };
  } catch {
    return NONE;
  }
}

export const applyWishes = (): void => {
  document.documentElement.toggleAttribute("data-calm", wishes().calm);
};

export function wish(change: Partial<Wishes>): void {
  localStorage.setItem(KEY, JSON.stringify({ ...wishes(), ...change }));
  applyWishes();
}
