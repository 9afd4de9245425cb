/** What the Vehicles desk knows: the ladder and the stretches at the moment looked at, the staircase, the trucks, tallies to send. */
import { effect, untracked } from "@preact/signals";
import * as api from "../../contract/api.ts";
import type {
  Cleared,
  Fact,
  LadderAnswer,
  Offered,
  PlaceWay,
  StretchCounted,
  StretchesCounted,
  StretchGiven,
  TowAsked,
  Towed,
  TowOrderShown,
  TowPower,
  VehicleMeans,
} from "../../contract/index.ts";
import type { Frame, FrameState } from "../../frame/desk.ts";
import { type Asked, type Asking, createAsking, NOT_ASKED } from "../../lib/asking.ts";
import { createStore, type Dispose, onChange, type Store } from "../../lib/store.ts";
import { iso } from "../../lib/times.ts";
import { type PictureStore, whenOf } from "../picture/store.ts";
import type { Outbox } from "./outbox.ts";
import { createOutbox } from "./outbox.ts";

type Parts = {
  readonly ladder: LadderAnswer | null;
  readonly standing: StretchesCounted | null;
  readonly failure: string;
  /** Why the stretches are not there; empty where they are. */
  readonly unplaced: string;
  /** The stretch that is looked at, by its name; empty for none. */
  readonly stretch: string;
  /** The step of the staircase that the map shows; null for none. */
  readonly stair: number | null;
  /** Streets that are to be free, and bus routes that are to run. */
  readonly streets: readonly string[];
  readonly routes: readonly string[];
  /** When trucks start, as it was typed. */
  readonly starts: string;
  /** The power by which trucks are ordered; null for a question. */
  readonly power: TowPower | null;
  /** What there is to move vehicles with; null until it is known. */
  readonly means: VehicleMeans | null;
  /** Why the means are not there; empty where they are. */
  readonly meansFailure: string;
  /** Tows that were ordered, the newest first. */
  readonly orders: readonly TowOrderShown[];
  /** The order whose board is looked at; 0 for the newest. */
  readonly order: number;
  /** The ways from the stretch that is looked at to the places. */
  readonly ways: readonly PlaceWay[];
  /** Marks of places to park and to store. */
  readonly places: boolean;
};

export type VehiclesState = Parts & FrameState;

export type VehiclesStore = Store<VehiclesState> & {
  readonly watch: PictureStore;
  readonly stairs: Store<Asked<Cleared>> & { readonly asking: Asking };
  readonly offer: Store<Asked<Offered>> & { readonly asking: Asking };
  readonly tow: Store<Asked<Towed>> & { readonly asking: Asking };
  /** How long the rest of an order takes from now. */
  readonly forecast: Store<Asked<Towed>> & { readonly asking: Asking };
  readonly outbox: Outbox;
};

/** A stretch as questions take it: without what the server added. */
const given = ({
  lines: _,
  says: __,
  entry: ___,
  counted: ____,
  age_s: _____,
  speaker: ______,
  ...kept
}: StretchCounted): StretchGiven => kept;

export const stretchesOf = ({ standing }: VehiclesState): StretchGiven[] => (standing?.stretches ?? []).map(given);

/** The parking that was offered, as the picture has it. */
export const parkingOffers = (watch: PictureStore): readonly Fact[] =>
  (watch.get().picture?.states ?? []).filter(({ kind, body }) => kind === "offer" && body["what"] === "parking");

/** The order whose board is looked at; null where there is none. */
export const orderOf = ({ orders, order }: VehiclesState): TowOrderShown | null =>
  orders.find((one) => one.order === order) ?? orders[0] ?? null;

const towQuestion = (state: VehiclesState, staircase: Cleared | null): TowAsked => ({
  stretches: stretchesOf(state),
  staircase,
  starts: state.starts || null,
  ...(state.power ? { row: state.power.row, by: state.power.by } : {}),
});

export function createVehiclesStore(frame: Frame, watch: PictureStore): VehiclesStore {
  const { state, said } = frame;
  const store = createStore<Parts, FrameState>(
    {
      ladder: null,
      standing: null,
      failure: "",
      unplaced: "",
      stretch: said.get("stretch") ?? "",
      stair: null,
      streets: [],
      routes: [],
      starts: "",
      power: null,
      means: null,
      meansFailure: "",
      orders: [],
      order: 0,
      ways: [],
      places: true,
    },
    state,
  );
  const stairs = createStore<Asked<Cleared>>(NOT_ASKED);
  const offer = createStore<Asked<Offered>>(NOT_ASKED);
  const tow = createStore<Asked<Towed>>(NOT_ASKED);
  const forecast = createStore<Asked<Towed>>(NOT_ASKED);
  const network = (): string => store.get().network.id;
  const operation = (): string => store.get().operation?.id ?? "";
  const climbing = createAsking({
    store: stairs,
    question: () => ({
      stretches: stretchesOf(store.get()),
      streets: [...store.get().streets],
      routes: [...store.get().routes],
    }),
    on: () => store.get().standing?.says ?? "",
    worthIt: ({ stretches }) => stretches.length > 0,
    follow: (question, signal, told) => api.followStaircase(network(), question, signal, told),
  });
  const offering = createAsking({
    store: offer,
    question: () => ({ stretches: stretchesOf(store.get()), at: iso(watch.get().at) }),
    on: () => store.get().standing?.says ?? "",
    worthIt: ({ stretches }) => stretches.length > 0,
    follow: (question, signal, told) =>
      api.followOffer(network(), operation(), whenOf(watch.get()), question, signal, told),
  });
  const towing = createAsking({
    store: tow,
    question: () => towQuestion(store.get(), climbing.isPresent() ? (stairs.get().known?.answer ?? null) : null),
    on: () => store.get().standing?.says ?? "",
    worthIt: ({ stretches }) => stretches.length > 0,
    follow: (question, signal, told) =>
      api.followTow(network(), operation(), whenOf(watch.get()), question, signal, told),
  });
  const forecasting = createAsking({
    store: forecast,
    question: () => ({ order: orderOf(store.get())?.order ?? 0 }),
    on: () => "",
    worthIt: () => orderOf(store.get())?.is_over === false,
    follow: ({ order }, signal, told) =>
      api.followForecast(network(), operation(), order, boardWhen(watch), signal, told),
  });
  return {
    ...store,
    watch,
    stairs: { ...stairs, asking: climbing },
    offer: { ...offer, asking: offering },
    tow: { ...tow, asking: towing },
    forecast: { ...forecast, asking: forecasting },
    outbox: createOutbox(state.get().operation?.id ?? ""),
  };
}

/** Look at a stretch, or at none. */
export const pick = (store: VehiclesStore, stretch: string): void =>
  store.set({ stretch: store.get().stretch === stretch ? "" : stretch });

export const pickedOf = ({ standing, stretch }: VehiclesState): StretchCounted | null =>
  standing?.stretches.find((one) => one.stretch === stretch) ?? null;

/** The board of tows is worked with: it stands as of now, whatever moment the time bar shows. */
export function boardWhen(watch: PictureStore): api.When {
  const now = iso(Date.now());
  return { ...whenOf(watch.get()), at: now, knownAt: now };
}

/** Read the tows that were ordered; what is known stays where the server does not answer. */
export async function readOrders(store: VehiclesStore): Promise<void> {
  const { operation } = store.get();
  if (!operation) return;
  const found = await api.getTows(operation.id, boardWhen(store.watch));
  if (found.ok) store.set({ orders: found.value.orders });
}

/** The ways from the stretch that is looked at to the places: read when another is. */
export const keepWays = (store: VehiclesStore): Dispose => {
  let asked = "";
  return effect(() => {
    const { stretch, operation, means, places } = store.get();
    const wanted = stretch && means && places ? stretch : "";
    untracked(() => {
      if (wanted === asked) return;
      asked = wanted;
      store.set({ ways: [] });
      if (!wanted || !operation) return;
      void api.getPlaceWays(operation.id, wanted, whenOf(store.watch.get())).then((found) => {
        if (found.ok && asked === wanted) store.set({ ways: found.value });
      });
    });
  });
};

/** Schedule the rest again whenever something became of a tow, on whichever screen that was said. */
export const keepForecast = (store: VehiclesStore): Dispose => {
  let asked = "";
  return effect(() => {
    const order = orderOf(store.get());
    const board = order
      ? JSON.stringify([order.order, order.says, order.told, order.tows.map(({ state }) => state)])
      : "";
    untracked(() => {
      if (board === asked || store.get().desk !== "vehicles") return;
      asked = board;
      if (store.forecast.asking.worthIt()) store.forecast.asking.ask();
      else store.forecast.asking.cancel();
    });
  });
};

/** Ask again whenever the moment looked at moves, or something new is in the record; the latest answer wins. */
export function keepLadder(store: VehiclesStore): Dispose {
  let turn = 0;
  const ask = async (): Promise<void> => {
    const { operation, desk } = store.get();
    if (!operation || desk !== "vehicles") return;
    turn += 1;
    const mine = turn;
    const when = whenOf(store.watch.get());
    const [ladder, standing, means, tows] = await Promise.all([
      api.getLadder(operation.id, when),
      api.getStretches(operation.id, when),
      api.getVehicleMeans(operation.id, when),
      api.getTows(operation.id, boardWhen(store.watch)),
    ]);
    if (mine !== turn) return;
    store.set({
      ...(ladder.ok ? { ladder: ladder.value, failure: "" } : { failure: ladder.error.message }),
      ...(standing.ok ? { standing: standing.value, unplaced: "" } : { unplaced: standing.error.message }),
      ...(means.ok ? { means: means.value, meansFailure: "" } : { meansFailure: means.error.message }),
      ...(tows.ok ? { orders: tows.value.orders } : {}),
    });
  };
  const ends = [
    onChange(store.watch, ["at", "knownAt", "knowledge", "operation"], () => void ask()),
    onChange(store, ["desk"], () => void ask()),
  ];
  void ask();
  return () => {
    for (const end of ends) end();
  };
}
