/** Decisions in sentences. */
import type {
  Basis,
  DecisionLog,
  DecisionRow,
  Gathering,
  Held,
  Levels,
  Review,
  RiskOf,
  RiskRegister,
} from "../../contract/index.ts";
import { counted } from "../../lib/units.ts";
import { listed } from "../../lib/words.ts";

export const STATE_WORDS: Readonly<Record<DecisionRow["state"], string>> = {
  proposed: "Proposed",
  decision_due: "Decision due",
  decided: "Decided",
  outcome_due: "Outcome due",
  reviewed: "Reviewed",
  superseded: "Superseded",
};

export const CAME_WORDS: Readonly<Record<Held["came"], string>> = {
  kept: "Kept",
  missed: "Missed",
  contested: "Contested",
  unknown: "Unknown",
  not_due: "Not due yet",
  done: "Done",
  not_done: "Not done",
  dropped: "Dropped",
  proposed_done: "Look: may be done",
  disputed: "In dispute",
  announced: "Announced",
};

type Came = Held["came"];
type Group = readonly [title: string, came: readonly Came[]];

/** In which order the review shows what came: what to learn from first. */
export const GROUPS: readonly Group[] = [
  ["Missed or not done", ["missed", "not_done", "dropped"]],
  ["Contested", ["contested", "disputed"]],
  ["Unknown", ["unknown", "proposed_done"]],
  ["Kept or done", ["kept", "done"]],
  ["Still to come", ["not_due", "announced"]],
];

const sentence = (parts: readonly (string | false | 0)[], none: string): string => {
  const said = parts.filter((part): part is string => typeof part === "string");
  return said.length ? `${listed(said)}.` : none;
};

/** The log in a sentence; proposals are not counted among the decisions. */
export function logLead({ decisions, contradictions }: DecisionLog): string {
  const of = (...states: DecisionRow["state"][]): number =>
    decisions.filter(({ state }) => states.includes(state)).length;
  const [decided, proposed, due] = [
    of("decided", "outcome_due", "reviewed", "superseded"),
    of("proposed", "decision_due"),
    of("outcome_due"),
  ];
  return sentence(
    [
      decided && counted(decided, "decision"),
      proposed && counted(proposed, "proposal"),
      due && `${due} waiting for an outcome`,
      contradictions.length && `${counted(contradictions.length, "pair")} that contradict each other`,
    ],
    "No decision is in the record at this moment.",
  );
}

/** The review in a sentence. */
export function reviewLead({ held }: Review): string {
  const parts = GROUPS.map(([title, came]) => {
    const number = held.filter((one) => came.includes(one.came)).length;
    return number && `${number} ${title.toLowerCase()}`;
  });
  return sentence(parts, "Nothing that was expected, announced or promised is in the record at this moment.");
}

/** What to settle before anybody signs, in a sentence. */
export function basisLead({ beliefs }: Basis): string {
  const contrary = beliefs.filter((one) => one.contradicted_by.length).length;
  const single = beliefs.filter((one) => one.is_single_sourced).length;
  const parts = [
    contrary && `${counted(contrary, "belief")} contradicted by others`,
    single && `${counted(single, "belief")} of a single source`,
  ];
  return sentence(parts, "No belief that it rests on is contradicted or of a single source.");
}

export const STANDING_WORDS: Readonly<Record<RiskOf["state"], string>> = {
  open: "Open",
  happened: "Happened",
  closed: "Closed",
};

export const GATHERING_WORDS: Readonly<Record<Gathering["state"], string>> = {
  within: "within it",
  within_with_pass: "within it only if everybody holds the pass",
  above: "above it",
  contested: "speakers differ",
  cannot_say: "nobody can say",
  nobody_counts: "nobody has counted",
  too_old: "the last figure is too old",
  no_limit: "there is none",
  not_published: "what the level means is not in the record",
};

/** A judgement on a scale, as a range where it is one. */
export const rangeWords = (low: string | null, high: string | null): string => {
  if (!low) return "nobody has judged it";
  const [from, to] = [low, high ?? low].map((word) => word.replaceAll("_", " "));
  return from === to ? `${from}` : `${from} to ${to}`;
};

/** The register in a sentence. */
export function risksLead({ risks, events }: RiskRegister): string {
  const open = risks.filter(({ state }) => state === "open").length;
  const late = risks.filter(({ is_due }) => is_due).length;
  return sentence(
    [
      open && counted(open, "open risk"),
      late && `${counted(late, "review")} overdue`,
      events.length && counted(events.length, "comparable event"),
    ],
    "No risk is in the record at this moment. Enter each as an entry of the kind risk.",
  );
}

/** The restrictions in a sentence. */
export const levelsLead = ({ schemes }: Levels): string =>
  sentence(
    schemes.map(({ scheme, level }) => `${scheme}: ${level ?? "not known"}`),
    "No level of restrictions is in the record at this moment.",
  );
