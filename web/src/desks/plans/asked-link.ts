/** The part of the address of a tab that sends traffic round what is shut: what of its answer is looked at; that is asked for anew. */
import type { Pairs } from "../../frame/desk.ts";
import type { Asked, Asking } from "../../lib/asking.ts";
import { type Dispose, onChange, type Store } from "../../lib/store.ts";
import type { ShutBy } from "./shut.ts";

type Tab<A> = {
  readonly tab: string;
  /** What the address calls it. */
  readonly name: string;
  readonly by: ShutBy;
  readonly store: Store<Asked<A>>;
  readonly asking: Asking;
};

/** An answer was asked for, and all of it is looked at. */
const ALL = "all";

export function writeAsked<A>({ tab, name, by, store }: Tab<A>): Pairs {
  const { known, chosen, wanted } = store.get();
  if (by.cordon.get().part !== tab) return [];
  const value = known ? chosen || ALL : wanted;
  return value ? [[name, value]] : [];
}

export function readAsked<A>(said: URLSearchParams, { name, store }: Tab<A>): void {
  const value = said.get(name) ?? "";
  if (!value) return;
  if (store.get().known) store.set({ chosen: value === ALL ? "" : value });
  else store.set({ wanted: value });
}

/** Ask for what an address named, once it is known what is shut. */
export function askForWanted<A>({ tab, by, store, asking }: Tab<A>): Dispose {
  const look = (): void => {
    const { wanted, known, work } = store.get();
    const isHere = by.cordon.get().desk === "plan" && by.cordon.get().part === tab;
    if (!wanted || known || work || !isHere || by.plans?.get().wanted.version || !asking.worthIt()) return;
    if (wanted === ALL) store.set({ wanted: "" });
    asking.ask();
  };
  look();
  const ends = [
    onChange(store, ["wanted"], look),
    onChange(by.cordon, ["part", "desk"], look),
    ...(by.plans ? [onChange(by.plans, ["history", "wanted", "shutBy"], look)] : []),
  ];
  return () => {
    for (const end of ends) end();
  };
}
