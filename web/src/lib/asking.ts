/** What the server works out when somebody asks for it: the question, how far the work is, the last answer. */
import type { Result } from "./result.ts";
import type { Store } from "./store.ts";
import type { Work } from "./work.tsx";

/** An answer, the question that it answers, as text, and what it rests on, in words. */
export type Known<A> = { readonly key: string; readonly answer: A; readonly on: string };

export type Asked<A> = {
  readonly known: Known<A> | null;
  readonly work: Work | null;
  readonly failure: string;
  /** What of the answer is looked at, by its key; empty for all. */
  readonly chosen: string;
  /** What an address named of an answer that is still to come; empty where it named nothing. */
  readonly wanted: string;
};

export const NOT_ASKED: Asked<never> = { known: null, work: null, failure: "", chosen: "", wanted: "" };

type Job<A> = {
  readonly doing: string;
  readonly share: number;
  readonly seconds_left: number | null;
  readonly answer: A | null;
};

type Way<Q, A> = {
  readonly store: Store<Asked<A>>;
  /** What would be asked now; signals that are read are followed. */
  readonly question: () => Q;
  /** What that rests on, in words. */
  readonly on: () => string;
  /** Whether there is anything to ask about. */
  readonly worthIt: (question: Q) => boolean;
  readonly follow: (
    question: Q,
    signal: AbortSignal,
    told: (job: Job<A>) => void,
  ) => Promise<Result<unknown, { readonly kind: string; readonly message: string }>>;
};

export type Asking = {
  readonly ask: () => void;
  readonly cancel: () => void;
  /** Whether the answer on show is to the question of now. */
  readonly isPresent: () => boolean;
  readonly worthIt: () => boolean;
  readonly on: () => string;
};

/** How one kind of question is asked: again and again, the last one alone. */
export function createAsking<Q, A>({ store, question, on, worthIt, follow }: Way<Q, A>): Asking {
  let stop: AbortController | null = null;

  const run = async (): Promise<void> => {
    stop?.abort();
    const mine = new AbortController();
    stop = mine;
    const [asked, rests] = [question(), on()];
    store.set({ work: { doing: "", share: 0, secondsLeft: null }, failure: "" });
    const end = await follow(asked, mine.signal, ({ doing, share, seconds_left: secondsLeft, answer }) => {
      if (stop !== mine) return;
      const known = answer && { key: JSON.stringify(asked), answer, on: rests };
      store.set({
        work: { doing, share, secondsLeft },
        ...(known ? { known, chosen: store.get().wanted, wanted: "" } : {}),
      });
    });
    if (stop !== mine) return;
    stop = null;
    store.set({ work: null, failure: end.ok || end.error.kind === "cancelled" ? "" : end.error.message });
  };

  return {
    ask: () => void run(),
    cancel: () => {
      stop?.abort();
      stop = null;
      store.set({ work: null });
    },
    isPresent: () => store.get().known?.key === JSON.stringify(question()),
    worthIt: () => worthIt(question()),
    on,
  };
}
