/** Plans in and out of the record: begun, opened, saved, adopted, withdrawn, compared. Each gives the sentence of a refusal, "" where none. */
import * as api from "../../contract/api.ts";
import type { PlanVersion, SavedVersion, TrafficPlan } from "../../contract/index.ts";
import { questionOf } from "../plan/store.ts";
import { emptyPlan, freeName, usualMoment } from "./document.ts";
import { missingWords, NOTHING, versionNamed } from "./link.ts";
import { inHand, isNow, open, type PlansStore, planOf } from "./store.ts";

const operationOf = (store: PlansStore): string => store.get().operation?.id ?? "";

export async function loadVersions(store: PlansStore): Promise<void> {
  const found = await api.listVersions(operationOf(store));
  if (found.ok) store.set({ versions: found.value });
}

/** The version in force, or the last one that was saved. */
export const currentOf = (versions: readonly SavedVersion[]): SavedVersion | undefined =>
  versions.findLast(({ in_force }) => in_force) ?? versions.at(-1);

export const lastOf = (versions: readonly SavedVersion[], plan: string): SavedVersion | undefined =>
  versions.findLast((one) => one.plan === plan);

export async function openVersion(store: PlansStore, entry: string): Promise<string> {
  const found = await api.getVersion(operationOf(store), entry);
  if (!found.ok) return found.error.message;
  open(store, found.value.document, found.value);
  return "";
}

/** What is there already is in hand first; that is no step of undo. */
export async function openCurrent(store: PlansStore): Promise<void> {
  const current = currentOf(store.get().versions);
  if (!current) return;
  const found = await api.getVersion(operationOf(store), current.entry);
  if (found.ok && !planOf(store.get())) isNow(store, found.value);
}

/** What the address named, in hand and compared; a step of undo where another plan was in hand. */
export async function openWanted(store: PlansStore): Promise<void> {
  const { wanted, versions, unopened } = store.get();
  if (!wanted.version) return;
  const [one, beside] = [wanted.version, wanted.beside].map((name) => versionNamed(versions, name));
  const missing = [wanted.version, one ? wanted.beside : ""].filter((name) => name && !versionNamed(versions, name));
  if (missing.length) store.set({ unopened: [...unopened, ...missing.map(missingWords)] });
  if (one && one.entry !== inHand(store.get()).from?.saved.entry) {
    const found = await api.getVersion(operationOf(store), one.entry);
    if (found.ok && planOf(store.get())) open(store, found.value.document, found.value);
    else if (found.ok) isNow(store, found.value);
  }
  if (one && beside && beside !== one) await compareWith(store, beside.entry);
  store.set({ wanted: NOTHING });
}

const titleOf = (store: PlansStore): string =>
  `Traffic management plan: ${store.get().operation?.title ?? store.get().network.name}`;

const begun = (store: PlansStore): TrafficPlan =>
  emptyPlan(freeName(store.get().versions.map(({ plan }) => plan)), titleOf(store));

export const beginEmpty = (store: PlansStore): void => open(store, begun(store), null);

export async function beginFromCordon(store: PlansStore): Promise<string> {
  const question = { ...questionOf(store.cordon.get()), frontier: false, alternatives: 0 };
  const answer = await api.beginFromCordon(operationOf(store), begun(store), question);
  if (!answer.ok) return answer.error.message;
  open(store, answer.value.document, null);
  return "";
}

/** With the pieces that were chosen, where it was begun before. */
export async function beginFromRecord(
  store: PlansStore,
  pieces: Readonly<Record<string, string>> = {},
): Promise<string> {
  const { operation } = store.get();
  const answer = await api.beginFromRecord(operationOf(store), begun(store), pieces, operation?.last_known ?? null);
  if (!answer.ok) return answer.error.message;
  open(store, answer.value.document, null);
  store.set({ stated: answer.value.stated });
  return "";
}

/** The plan as the next version of its name. Where somebody was quicker, the versions are there to compare with. */
export async function save(store: PlansStore, by: string): Promise<string> {
  const { document, from } = inHand(store.get());
  if (!document) return "";
  const next = from && from.document.plan === document.plan ? from.saved.version + 1 : 1;
  const answer = await api.savePlan(operationOf(store), { ...document, version: next }, by);
  await loadVersions(store);
  if (!answer.ok) return answer.error.message;
  isNow(store, answer.value);
  store.set({
    notice: `Version ${answer.value.saved.version} of plan \u201c${answer.value.saved.plan}\u201d is saved.`,
  });
  return "";
}

/** Somebody was quicker: what is in hand is to come after theirs. */
export async function putAfter(store: PlansStore, entry: string, by: string): Promise<string> {
  const found = await api.getVersion(operationOf(store), entry);
  const document = planOf(store.get());
  if (!found.ok || !document) return found.ok ? "" : found.error.message;
  isNow(store, found.value, document);
  return save(store, by);
}

export async function adopt(store: PlansStore, by: string, override: string): Promise<string> {
  const { from } = inHand(store.get());
  if (!from) return "";
  const { works } = store.get();
  const question = {
    by,
    override: override.trim() || null,
    works: works?.document ?? null,
    stations: questionOf(store.cordon.get()).stations,
  };
  const answer = await api.adoptPlan(operationOf(store), from.saved.entry, question);
  if (!answer.ok) return answer.error.message;
  return refreshed(store, answer.value, `Adopted by ${answer.value.saved.adopted_by ?? by}.`);
}

export async function withdraw(store: PlansStore, by: string, why: string): Promise<string> {
  const { from } = inHand(store.get());
  if (!from) return "";
  const { plan, version } = from.saved;
  const answer = await api.withdrawPlan(operationOf(store), { plan, version, by, why });
  if (!answer.ok) return answer.error.message;
  const saved = answer.value.find(({ entry }) => entry === from.saved.entry) ?? from.saved;
  return refreshed(store, { ...from, saved }, `Version ${version} is withdrawn; it stays in the record.`);
}

async function refreshed(store: PlansStore, from: PlanVersion, notice: string): Promise<string> {
  await loadVersions(store);
  isNow(store, from, planOf(store.get()) ?? from.document);
  store.set({ notice });
  return "";
}

/** The plan in hand beside a version of the record: what it would change. */
export async function compareWith(store: PlansStore, entry: string): Promise<string> {
  const second = planOf(store.get());
  const found = await api.getVersion(operationOf(store), entry);
  if (!found.ok || !second) return found.ok ? "" : found.error.message;
  const first = found.value.document;
  const diff = await api.comparePlans(operationOf(store), first, second);
  if (!diff.ok) return diff.error.message;
  const before = await api.askStatus(operationOf(store), first, usualMoment(first, Date.now()));
  store.set({ compared: { first, second, diff: diff.value, before: before.ok ? before.value : null } });
  return "";
}
