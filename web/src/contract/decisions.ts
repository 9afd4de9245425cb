/** Calls about decisions, risks and restrictions. */

import { follow, request, sending, signalOf } from "./call.ts";
import * as contract from "./index.ts";
import { base, moments, room, type When } from "./paths.ts";

const decisions = (operation: string): string => `${room(operation)}/decisions`;

/** Every decision and proposal, as known at a moment. */
export const getDecisions = (operation: string, when: When, signal?: AbortSignal) =>
  request(`${decisions(operation)}?${moments(when)}`, contract.decisionLog, signalOf(signal));

/** What was expected, against what came. */
export const getReview = (operation: string, when: When, signal?: AbortSignal) =>
  request(`${decisions(operation)}/review?${moments(when)}`, contract.review, signalOf(signal));

/** What has to be seen before anybody signs. */
export const checkDecision = (operation: string, draft: contract.DecisionDraft) =>
  request(`${decisions(operation)}/check`, contract.signCheck, sending(draft));

export const signDecision = (operation: string, draft: contract.DecisionDraft, quick: boolean) =>
  request(`${decisions(operation)}?quick=${quick}`, contract.signed, sending(draft));

/** What was empty of a decision, filled in. */
export const completeDecision = (operation: string, decision: string, said: contract.Completion) =>
  request(`${decisions(operation)}/${encodeURIComponent(decision)}/completion`, contract.signed, sending(said));

/** The picture that a decision was signed on. */
export const openDecision = (operation: string, decision: string, when: When) =>
  request(`${decisions(operation)}/${encodeURIComponent(decision)}/picture?${moments(when)}`, contract.opened);

/** The objective and who has read it, tasks, notices. */
export const getFollowed = (operation: string, when: When, signal?: AbortSignal) =>
  request(`${decisions(operation)}/follow?${moments(when)}`, contract.followed, signalOf(signal));

export const decisionLogUrl = (operation: string, when: When): string =>
  `${decisions(operation)}/log.pdf?${moments(when)}`;

/** What a decision rests on. */
export const getBasis = (operation: string, decision: string, when: When, signal?: AbortSignal) =>
  request(
    `${decisions(operation)}/${encodeURIComponent(decision)}/basis?${moments(when)}`,
    contract.basis,
    signalOf(signal),
  );

/** The risk register and comparable events. */
export const getRisks = (operation: string, when: When, signal?: AbortSignal) =>
  request(`${room(operation)}/risks?${moments(when)}`, contract.riskRegister, signalOf(signal));

/** Which restrictions hold, and what would ease them. */
export const getLevels = (operation: string, when: When, signal?: AbortSignal) =>
  request(`${room(operation)}/restrictions?${moments(when)}`, contract.levels, signalOf(signal));

/** What files of options hold; nothing is computed. */
export const checkOptions = (operation: string, given: contract.OptionFiles, when: When) =>
  request(`${room(operation)}/options/check?${moments(when)}`, contract.optionsSeen, sending(given));

/** Options side by side. */
export const followOptions = (
  network: string,
  operation: string,
  when: When,
  question: contract.CompareAsked,
  signal: AbortSignal,
  told: (job: contract.CompareJob) => void,
) =>
  follow(
    `${base(network)}/options`,
    question,
    contract.compareJob,
    signal,
    told,
    `${room(operation)}/options/compare?${moments(when)}`,
  );

/** Thresholds of decisions, and of the options of these files; and minutes that are missing. */
export const getTriggers = (
  operation: string,
  files: readonly contract.FileGiven[],
  when: When,
  signal?: AbortSignal,
) =>
  request(`${decisions(operation)}/triggers?${moments(when)}`, contract.triggers, {
    ...sending({ files }),
    ...signalOf(signal),
  });
