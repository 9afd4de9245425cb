/** A value that others watch. */

export type Store<S> = {
  readonly get: () => S;
  readonly set: (change: Partial<S>) => void;
  /** Called after each change with the new and the old value. */
  readonly watch: (watcher: (now: S, before: S) => void) => void;
};

export function createStore<S extends object>(initial: S): Store<S> {
  let current = initial;
  const watchers: ((now: S, before: S) => void)[] = [];
  return {
    get: () => current,
    set: (change) => {
      const before = current;
      current = { ...current, ...change };
      for (const watcher of watchers) watcher(current, before);
    },
    watch: (watcher) => void watchers.push(watcher),
  };
}

/** Run only when one of these parts of the state has become another. */
export function onChange<S extends object>(store: Store<S>, keys: readonly (keyof S)[], act: (now: S) => void): void {
  store.watch((now, before) => {
    if (keys.some((key) => now[key] !== before[key])) act(now);
  });
}
