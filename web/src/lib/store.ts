/** What is known and may change: a signal for each part, read and set by name. */
import { batch, effect, type Signal, signal, untracked } from "@preact/signals";

export type Store<S extends object> = {
  /** The parts as they are now. What a component or an effect reads of them it follows, and nothing else. */
  readonly get: () => S;
  /** Change some parts at once. */
  readonly set: (change: Partial<S>) => void;
};

/** Ends what was begun: an effect, a listener. */
export type Dispose = () => void;

/** A store of its own; one above it can be read and set through it, as the frame through the store of a desk. */
export function createStore<S extends object>(initial: S): Store<S>;
export function createStore<S extends object, A extends object>(initial: S, above: Store<A>): Store<S & A>;
export function createStore(initial: object, above?: Store<Record<string, unknown>>): Store<Record<string, unknown>> {
  const signals = new Map(Object.entries(initial).map(([key, value]): [string, Signal] => [key, signal(value)]));
  const view: Record<string, unknown> = {};
  for (const key of Object.keys(above?.get() ?? {}))
    Object.defineProperty(view, key, { enumerable: true, configurable: true, get: () => above?.get()[key] });
  for (const [key, part] of signals)
    Object.defineProperty(view, key, { enumerable: true, configurable: true, get: () => part.value });
  return {
    get: () => view,
    set: (change) =>
      batch(() => {
        for (const [key, value] of Object.entries(change)) {
          const part = signals.get(key);
          if (part) part.value = value;
          else above?.set({ [key]: value });
        }
      }),
  };
}

/** Run when one of these parts has become another; not now. What `act` reads is not followed. */
export function onChange<S extends object>(
  store: Store<S>,
  keys: readonly (keyof S)[],
  act: (now: S) => void,
): Dispose {
  let begun = false;
  return effect(() => {
    const now = store.get();
    for (const key of keys) void now[key];
    if (begun) untracked(() => act(now));
    begun = true;
  });
}
