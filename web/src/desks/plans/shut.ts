/** What traffic is sent round: the traffic management plan that is open, at its hours and by its rules, or the cordon all day. */
import type { PlanQuestion, TrafficPlan } from "../../contract/index.ts";
import { hasSite } from "../plan/question.ts";
import { type PlanStore, questionOf } from "../plan/store.ts";
import { inHand, isUnsaved, type PlansStore, planOf } from "./store.ts";

/** Its part of a question to the server. */
export type Shut = {
  readonly plan: PlanQuestion | null;
  readonly document: TrafficPlan | null;
  readonly zone: string | null;
};

/** The stores of the cordon, and of plans where an operation is open. */
export type ShutBy = { readonly cordon: PlanStore; readonly plans: PlansStore | null };

/** The plan that is open, where it is one for the streets of the map. */
export function openPlan({ cordon, plans: store }: ShutBy): TrafficPlan | null {
  const place = store?.get().operation?.network ?? null;
  return store && (place === null || place === cordon.get().network.id) ? planOf(store.get()) : null;
}

/** The plan that traffic is sent round; null where it is the cordon. */
export const planShut = (by: ShutBy): TrafficPlan | null => (by.plans?.get().shutBy === "plan" ? openPlan(by) : null);

export function shutOf(by: ShutBy): Shut {
  const document = planShut(by);
  if (document) return { plan: null, document, zone: by.plans?.get().operation?.zone ?? null };
  return { plan: { ...questionOf(by.cordon.get()), alternatives: 0 }, document: null, zone: null };
}

export const closesAnything = ({ plan, document }: Shut): boolean =>
  document ? document.barriers.length > 0 : plan !== null && (hasSite(plan) || plan.closures.length > 0);

/** What an answer rests on: "the cordon, all day", "plan parliament, version 2, with its hours". */
export function restsOn(by: ShutBy): string {
  const document = planShut(by);
  if (!document || !by.plans) return "the cordon, all day";
  const { from } = inHand(by.plans.get());
  const changed = from && isUnsaved(by.plans.get()) ? ", with changes that are not saved" : "";
  return `plan ${document.plan}, ${from ? `version ${from.saved.version}` : "not saved yet"}${changed}, with its hours and rules`;
}
