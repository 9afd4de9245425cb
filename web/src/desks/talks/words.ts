/** The talks in sentences. */
import type { Commitment, RequestOf, TalksAnswer, TermOf } from "../../contract/index.ts";
import { counted } from "../../lib/units.ts";
import { listed } from "../../lib/words.ts";

export const TERM_WORDS: Readonly<Record<TermOf["state"], string>> = {
  met: "Met",
  not_met: "Not met",
  contested: "Contested",
  cannot_say: "Cannot say",
  too_old: "Figure too old",
  nobody_counts: "Nobody counts it",
  no_figure: "To be judged",
};

export const PROMISE_WORDS: Readonly<Record<Commitment["state"], string>> = {
  open: "Open",
  kept: "Kept",
  broken: "Broken",
  cannot_say: "Cannot say",
  outcome_due: "Outcome due",
  overtaken: "Overtaken",
  contested: "Contested",
};

export const ANSWER_WORDS: Readonly<Record<RequestOf["state"], string>> = {
  unanswered: "Unanswered",
  accepted: "Accepted",
  refused: "Refused",
  conditional: "With conditions",
  granted: "Granted",
  partly: "Granted in part",
};

/** The answer in a sentence: where each side waits for the other, how much waits, what is late. */
export function leadOf({ deadlocks, requests, alarms }: TalksAnswer): string {
  const waiting = requests.filter(({ state }) => state === "unanswered").length;
  const parts = [
    deadlocks.length && counted(deadlocks.length, "deadlock"),
    waiting && counted(waiting, "request without an answer", "requests without an answer"),
    alarms.length && `${alarms.length} late`,
  ].filter((part): part is string => typeof part === "string");
  return parts.length ? `${listed(parts)}.` : "No deadlock, nothing unanswered and nothing late is in the record.";
}

export const owedWords = ({ owed_by }: RequestOf): string => `owed by: ${owed_by ?? "not said"}`;
