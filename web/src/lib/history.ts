/** Undo and redo: a list of states and where in it we are. */

export type History<T> = { readonly past: readonly T[]; readonly present: T; readonly future: readonly T[] };

const LONGEST = 200;

export const begin = <T>(present: T): History<T> => ({ past: [], present, future: [] });

/** A new state; what had been undone is dropped. */
export const record = <T>(history: History<T>, present: T): History<T> => ({
  past: [...history.past, history.present].slice(-LONGEST),
  present,
  future: [],
});

/** The present, changed without a step of its own: a slider on its way. */
export const amend = <T>(history: History<T>, present: T): History<T> => ({ ...history, present, future: [] });

export function undo<T>(history: History<T>): History<T> {
  const previous = history.past.at(-1);
  if (previous === undefined) return history;
  return { past: history.past.slice(0, -1), present: previous, future: [history.present, ...history.future] };
}

export function redo<T>(history: History<T>): History<T> {
  const [next, ...future] = history.future;
  if (next === undefined) return history;
  return { past: [...history.past, history.present], present: next, future };
}

export const canUndo = <T>(history: History<T>): boolean => history.past.length > 0;
export const canRedo = <T>(history: History<T>): boolean => history.future.length > 0;
