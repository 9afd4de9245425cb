/** A cordon as given: barriers that stand or are to stand, put on the map, typed, loaded or taken from a plan; and the verdict. */
import * as api from "../../contract/api.ts";
import type { Barrier, GivenBarrier, PlanQuestion, RecordBarriers, SealQuestion, Spot } from "../../contract/index.ts";
import { hasSite } from "./question.ts";
import { NO_RING, type PlanStore, questionOf, type Ring, type State } from "./store.ts";

/** Whether there are any barriers to check. */
export const hasRing = ({ given, words, file }: Ring): boolean =>
  given.length > 0 || words.trim() !== "" || file !== null;

const put = (store: PlanStore, change: Partial<Ring>): void => store.set({ ring: { ...store.get().ring, ...change } });

export const putOnMap = (store: PlanStore, { lon, lat }: Spot): void =>
  put(store, { given: [...store.get().ring.given, { lon, lat }] });

export const type = (store: PlanStore, words: string): void => put(store, { words });

export const lookAt = (store: PlanStore, leak: number | null): void => put(store, { leak });

export const drop = (store: PlanStore): void => store.set({ ring: NO_RING });

export const dropFile = (store: PlanStore): void => put(store, { file: null });

export const dropGiven = (store: PlanStore): void => put(store, { given: [] });

/** A barrier of a plan as it stands: at the very metre of each street. */
const exact = ({ way_indexes, at_m, lon, lat, street, side }: Barrier): GivenBarrier => ({
  label: [street, side].filter(Boolean).join(", ").slice(0, 200),
  way_indexes,
  at_m,
  lon,
  lat,
});

export const takePlan = (store: PlanStore): void =>
  put(store, { given: (store.get().answer?.cordon?.barriers ?? []).map(exact) });

/** The barriers of the record that are placed on the map. */
export const takeRecord = (store: PlanStore, { pieces }: RecordBarriers): void =>
  put(store, { given: pieces.flatMap(({ barrier }) => barrier ?? []) });

export async function loadFile(store: PlanStore, file: File): Promise<void> {
  put(store, { file: { name: file.name, text: await file.text() }, failure: "" });
}

/** The question as it is now: the plan's site, and all barriers given. */
export function sealQuestion(plan: PlanQuestion, { given, words, file }: Ring): SealQuestion {
  const { site, stretches, outside, shut, trust_signs, allow_motorway, costs } = plan;
  const typed = words
    .split("\n")
    .map((line) => line.trim())
    .filter(Boolean)
    .map((line): GivenBarrier => ({ words: line, label: line.slice(0, 200) }));
  return {
    site,
    stretches,
    outside,
    shut,
    trust_signs,
    allow_motorway,
    costs,
    barriers: [...given, ...typed],
    file: file?.text ?? "",
  };
}

/** Whether the verdict is about the barriers and the site as they are now. */
export const isFresh = (state: State): boolean =>
  state.ring.asked === JSON.stringify(sealQuestion(questionOf(state), state.ring));

/** Whether the map shows the barriers as given instead of the plan's. */
export const showsRing = ({ ring }: State): boolean => hasRing(ring) || ring.seal !== null;

let running: AbortController | null = null;

export async function checkRing(store: PlanStore): Promise<void> {
  const plan = questionOf(store.get());
  if (!hasSite(plan))
    return put(store, { failure: "There is no site yet. Draw the ground, or mark streets as occupied." });
  const question = sealQuestion(plan, store.get().ring);
  const controller = new AbortController();
  running?.abort();
  running = controller;
  put(store, { working: true, failure: "", leak: null });
  const result = await api.seal(store.get().network.id, question, controller.signal);
  if (running !== controller) return;
  running = null;
  if (result.ok) put(store, { working: false, seal: result.value, asked: JSON.stringify(question) });
  else put(store, { working: false, seal: null, failure: result.error.message });
}

/** Put the barrier that stops a leak among those given, and check again. */
export function addMissing(store: PlanStore, barrier: Barrier): void {
  put(store, { given: [...store.get().ring.given, exact(barrier)] });
  void checkRing(store);
}
