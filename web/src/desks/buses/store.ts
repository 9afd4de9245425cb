/** What the Buses part knows: the service day, what was asked and answered, the route that is chosen. */
import * as api from "../../contract/api.ts";
import type { BusAnswer, BusQuestion } from "../../contract/index.ts";
import { type Asked, type Asking, createAsking, NOT_ASKED } from "../../lib/asking.ts";
import { createStore, type Store } from "../../lib/store.ts";
import { closesAnything, restsOn, type Shut, type ShutBy, shutOf } from "../plans/shut.ts";

type BusState = Asked<BusAnswer> & {
  /** "YYYY-MM-DD"; empty for the day of the plan's hours with most trips, or the busiest of the timetable. */
  readonly day: string;
};

export type BusStore = Store<BusState>;

/** The store with what shuts the streets, and what has the server work it out. */
export type BusDesk = BusStore & { readonly by: ShutBy; readonly asking: Asking };

const DAY = /^\d{4}-\d{2}-\d{2}$/;

export const isDay = (text: string): boolean => DAY.test(text) && !Number.isNaN(Date.parse(text));

export function createBusDesk(by: ShutBy, day: string): BusDesk {
  const store = createStore<BusState>({ ...NOT_ASKED, day });
  const asking = createAsking<BusQuestion & Shut, BusAnswer>({
    store,
    question: () => ({ ...shutOf(by), day: store.get().day || null }),
    on: () => restsOn(by),
    worthIt: closesAnything,
    follow: (question, signal, told) => api.followBusDetours(by.cordon.get().network.id, question, signal, told),
  });
  return { ...store, by, asking };
}
