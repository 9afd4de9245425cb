/** What of a picture matters first: what is overdue or waits, and what has changed lately. */
import type { Conditional, Fact, Intended, PictureAnswer } from "../../contract/index.ts";
import { HOUR_MS } from "../../lib/times.ts";

type Promised = PictureAnswer["promises"][number];
type Requested = PictureAnswer["requests"][number];

/** Promises, plans, requests and conditions. */
export type Pledges = {
  readonly promises: readonly Promised[];
  readonly intents: readonly Intended[];
  readonly requests: readonly Requested[];
  readonly conditions: readonly Conditional[];
};

export const countOf = (pledges: Pledges): number => Object.values(pledges).flat().length;

/** Those that somebody has to see to: overdue, past their date, unanswered, not met. */
export const dueOf = ({ promises, intents, requests, conditions }: PictureAnswer): Pledges => ({
  promises: promises.filter(({ overdue }) => overdue),
  intents: intents.filter(({ is_past, is_over }) => is_past && !is_over),
  requests: requests.filter(({ unanswered }) => unanswered),
  conditions: conditions.filter(({ met }) => met === false),
});

/** All the others. */
export function settledOf(picture: PictureAnswer): Pledges {
  const due = new Set(
    Object.values(dueOf(picture))
      .flat()
      .map(({ id }) => id),
  );
  const rest = <F extends Fact>(facts: readonly F[]): readonly F[] => facts.filter(({ id }) => !due.has(id));
  return {
    promises: rest(picture.promises),
    intents: rest(picture.intents),
    requests: rest(picture.requests),
    conditions: rest(picture.conditions),
  };
}

/** So far back something counts as changed lately. */
export const LATELY_H = 6;

/** When an entry joined the picture: it had happened, and was known. */
const joined = (fact: Fact, knowledge: PictureAnswer["knowledge"]): number =>
  Math.max(Date.parse(fact.happened.start), Date.parse(knowledge === "had" ? fact.had_from : fact.known));

/** What joined the picture in the last hours, the newest first, each entry once. */
export function changedIn(picture: PictureAnswer): readonly Fact[] {
  const { at, knowledge, counts, states, events, flows } = picture;
  const since = Date.parse(at) - LATELY_H * HOUR_MS;
  const facts = [...counts.flatMap(({ statements }) => statements), ...states, ...events, ...flows];
  const fresh = facts.filter((fact) => joined(fact, knowledge) > since);
  return [...new Map(fresh.map((fact) => [fact.id + fact.part, fact])).values()].toSorted(
    (one, other) => joined(other, knowledge) - joined(one, knowledge),
  );
}
