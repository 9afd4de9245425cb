/** What the Detours part knows: the moment and the hour that are asked about, what was answered, the movement that is chosen. */
import * as api from "../../contract/api.ts";
import { type DetoursAnswer, type DetoursQuestion, type HeavySize, USUAL_HEAVY } from "../../contract/index.ts";
import type { Pairs } from "../../frame/desk.ts";
import { type Asked, type Asking, createAsking, NOT_ASKED } from "../../lib/asking.ts";
import { createStore, type Store } from "../../lib/store.ts";
import { fullTimeWords } from "../../lib/times.ts";
import { momentsOf } from "../plans/document.ts";
import { closesAnything, planShut, restsOn, type Shut, type ShutBy, shutOf } from "../plans/shut.ts";

type DetourState = Asked<DetoursAnswer> & {
  /** A moment at which the plan changes, in milliseconds; null for all that it shuts at any time. */
  readonly at: number | null;
  /** The hour of a working day whose traffic loads the detours; null where that is not asked. */
  readonly hour: number | null;
  /** How large a heavy vehicle is: metres and tonnes, 0 where it does not matter. */
  readonly heavy: HeavySize;
};

export type DetourStore = Store<DetourState>;

/** The store with what shuts the streets, and what has the server work it out. */
export type DetourDesk = DetourStore & { readonly by: ShutBy; readonly asking: Asking };

const zoneOf = ({ cordon, plans }: ShutBy): string =>
  plans?.get().operation?.zone ?? cordon.get().network.zone ?? "UTC";

/** Moments at which the plan changes, each with its words; none where the cordon is what is shut. */
export function momentsAsked(by: ShutBy): readonly (readonly [moment: number, words: string])[] {
  const plan = planShut(by);
  return plan ? momentsOf(plan).map((moment) => [moment, fullTimeWords(moment, zoneOf(by))]) : [];
}

/** The moment that is asked about; one that the plan no longer has counts as any time. */
export const momentAsked = ({ by, get }: Pick<DetourDesk, "by" | "get">): number | null =>
  momentsAsked(by).find(([moment]) => moment === get().at)?.[0] ?? null;

function onWords(by: ShutBy, at: number | null): string {
  const when = at === null ? "at any time" : `from ${fullTimeWords(at, zoneOf(by))}`;
  return planShut(by) ? `${restsOn(by)}: what it shuts ${when}` : restsOn(by);
}

const HOUR = /^(1?\d|2[0-3])$/;

/** The moment and the hour that are asked about, as an address has them. */
export const writeDetours = ({ by, get }: DetourDesk): Pairs => {
  const { at, hour } = get();
  if (by.cordon.get().part !== "detours") return [];
  return [
    ...(at === null ? [] : [["detours-at", new Date(at).toISOString()] as const]),
    ...(hour === null ? [] : [["detours-hour", `${hour}`] as const]),
  ];
};

export function readDetours(said: URLSearchParams): Pick<DetourState, "at" | "hour"> {
  const at = Date.parse(said.get("detours-at") ?? "");
  const hour = said.get("detours-hour") ?? "";
  return { at: Number.isNaN(at) ? null : at, hour: HOUR.test(hour) ? Number(hour) : null };
}

export function createDetourDesk(by: ShutBy): DetourDesk {
  const store = createStore<DetourState>({ ...NOT_ASKED, at: null, hour: null, heavy: USUAL_HEAVY });
  const at = (): number | null => momentAsked({ by, get: store.get });
  const asking = createAsking<DetoursQuestion & Shut, DetoursAnswer>({
    store,
    question: () => {
      const moment = at();
      return {
        ...shutOf(by),
        at: moment === null ? null : new Date(moment).toISOString(),
        hour: store.get().hour,
        heavy: store.get().heavy,
      };
    },
    on: () => onWords(by, at()),
    worthIt: closesAnything,
    follow: (question, signal, told) => api.followDetours(by.cordon.get().network.id, question, signal, told),
  });
  return { ...store, by, asking };
}
