/** What is typed of a decision, as the server takes it. Lists are typed one line each. */
import type { Completion, DecisionDraft } from "../../contract/index.ts";

type FollowUp = NonNullable<DecisionDraft["follows"]>[number];

export type ExpectedForm = {
  readonly key: string;
  readonly what: string;
  readonly by_when: string;
  readonly figure: string;
  readonly bound: "at_most" | "at_least" | "fewer" | "more";
  readonly number: string;
  readonly sure: string;
};

/** A task or a notice that follows. */
export type FollowForm = {
  readonly key: string;
  readonly kind: "task" | "notice";
  /** Whether it was proposed of what is expected: then it goes where that goes. */
  readonly isProposed: boolean;
  readonly keep: boolean;
  readonly text: string;
  readonly to: string;
  readonly due: string;
};

export type SignForm = {
  readonly id: string;
  readonly by: string;
  readonly what: string;
  readonly place: string;
  readonly why: string;
  readonly question: string;
  readonly options: string;
  readonly whyNot: Readonly<Record<string, string>>;
  readonly authority: "" | "own" | "order" | "advice";
  readonly present: string;
  readonly dissent: string;
  readonly review: string;
  readonly legal_basis: string;
  readonly least_restrictive: string;
  readonly rests_on: string;
  readonly supersedes: string;
  readonly outcome: string;
  readonly expects: readonly ExpectedForm[];
  readonly seen: readonly string[];
  readonly follows: readonly FollowForm[];
};

export const emptyForm = (): SignForm => ({
  id: crypto.randomUUID().replaceAll("-", ""),
  by: "",
  what: "",
  place: "",
  why: "",
  question: "",
  options: "",
  whyNot: {},
  authority: "",
  present: "",
  dissent: "",
  review: "",
  legal_basis: "",
  least_restrictive: "",
  rests_on: "",
  supersedes: "",
  outcome: "",
  expects: [],
  seen: [],
  follows: [],
});

export const emptyFollow = (kind: FollowForm["kind"]): FollowForm => ({
  key: crypto.randomUUID(),
  kind,
  isProposed: false,
  keep: true,
  text: "",
  to: "",
  due: "",
});

/** A draft as the server proposes it. */
const followOf = (one: FollowUp, isProposed: boolean): FollowForm => ({
  ...emptyFollow(one.kind),
  isProposed,
  text: one.kind === "task" ? one.what : one.text,
  to: one.to ?? "",
  due: one.kind === "task" ? (one.due ?? "") : "",
});

/** What follows from the option that is chosen. */
export const followsOf = (drafts: readonly FollowUp[]): readonly FollowForm[] =>
  drafts.map((one) => followOf(one, false));

/** With what was proposed anew in the place of what was proposed before; what people changed of a task stays. */
export function withProposed(held: readonly FollowForm[], drafts: readonly FollowUp[]): readonly FollowForm[] {
  const fresh = drafts.map((one) => followOf(one, true));
  const before = new Map(held.filter(({ isProposed }) => isProposed).map((one) => [one.text, one]));
  return [
    ...held.filter(({ isProposed }) => !isProposed),
    ...fresh.map((one) => ({ ...one, ...before.get(one.text), due: one.due })),
  ];
}

function kept({ kind, text, to, due }: FollowForm): FollowUp {
  const whom = to.trim() || null;
  return kind === "notice"
    ? { kind, text: text.trim(), to: whom }
    : { kind, what: text.trim(), to: whom, due: due.trim() || null };
}

export const emptyExpected = (): ExpectedForm => ({
  key: crypto.randomUUID(),
  what: "",
  by_when: "",
  figure: "",
  bound: "at_most",
  number: "",
  sure: "",
});

export const lines = (text: string): string[] =>
  text
    .split("\n")
    .map((line) => line.trim())
    .filter(Boolean);

const ids = (text: string): string[] => text.split(/[\s,;]+/).filter(Boolean);
const plain = (text: string): string => text.trim().toLowerCase();

/** The options that were not chosen: each wants its reason. */
export const otherOptions = ({ options, what }: SignForm): string[] =>
  lines(options).filter((option) => plain(option) !== plain(what));

type Expects = NonNullable<DecisionDraft["expects"]>[number];

function expected({ what, by_when, figure, bound, number, sure }: ExpectedForm): Expects {
  const isDirection = bound === "fewer" || bound === "more";
  return {
    what: what.trim(),
    by_when: by_when.trim(),
    ...(figure.trim() ? { figure: figure.trim() } : {}),
    ...(figure.trim() && isDirection ? { direction: bound } : {}),
    ...(figure.trim() && !isDirection && number.trim() ? { [bound]: Number(number) } : {}),
    ...(sure.trim() ? { probability: Number(sure) / 100 } : {}),
  };
}

/** What is said of a decision beside its office and its choice; empty fields are left out. */
export function saidOf(form: SignForm): Completion {
  const text = (name: "why" | "question" | "review" | "legal_basis" | "least_restrictive" | "outcome"): Completion =>
    form[name].trim() ? { [name]: form[name].trim() } : {};
  const list = (name: string, values: readonly unknown[]): Completion => (values.length ? { [name]: values } : {});
  const rejected = otherOptions(form)
    .map((option) => ({ option, why: form.whyNot[option]?.trim() ?? "" }))
    .filter(({ why }) => why);
  return {
    ...text("question"),
    ...text("why"),
    ...text("review"),
    ...text("legal_basis"),
    ...text("least_restrictive"),
    ...text("outcome"),
    ...(form.authority ? { authority: form.authority } : {}),
    ...list("options", lines(form.options)),
    ...list("rejected", rejected),
    ...list("present", lines(form.present)),
    ...list("dissent", lines(form.dissent)),
    ...list("rests_on", ids(form.rests_on)),
    ...list("expects", form.expects.filter(({ what }) => what.trim()).map(expected)),
    ...list("seen", form.seen),
  };
}

/** The decision as it is signed, on the picture that is looked at. */
export function draftOf(form: SignForm, at: string, knownAt: string): DecisionDraft {
  const { outcome: _, ...said } = saidOf(form);
  const replaced = ids(form.supersedes);
  return {
    ...said,
    id: form.id,
    by: form.by.trim(),
    what: form.what.trim(),
    at,
    known_at: knownAt,
    ...(form.place.trim() ? { place: form.place.trim() } : {}),
    ...(replaced.length ? { supersedes: replaced } : {}),
    follows: form.follows.filter(({ keep, text }) => keep && text.trim()).map(kept),
  };
}
