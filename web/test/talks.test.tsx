/** The Talks desk: the answer in a sentence, the deadlock as a picture, each line a way to its entry. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { renderToString } from "preact-render-to-string";
import type { Deadlock, TalksAnswer } from "../src/contract/index.ts";
import { DeadlockRing } from "../src/desks/talks/deadlock.tsx";
import { leadOf, owedWords } from "../src/desks/talks/words.ts";

const TALKS = { deadlocks: [], requests: [], alarms: [] } as unknown as TalksAnswer;

test("the answer in a sentence counts what matters, and says so where there is nothing", () => {
  assert.equal(leadOf(TALKS), "No deadlock, nothing unanswered and nothing late is in the record.");
  const some = { deadlocks: [{}], requests: [{ state: "unanswered" }, { state: "refused" }], alarms: [{}, {}] };
  assert.equal(leadOf(some as unknown as TalksAnswer), "1 deadlock, 1 request without an answer and 2 late.");
});

test("who owes an answer is named only where somebody said so", () => {
  type Asked = Parameters<typeof owedWords>[0];
  assert.equal(owedWords({ owed_by: null } as Asked), "owed by: not said");
  assert.equal(owedWords({ owed_by: "Mayor" } as Asked), "owed by: Mayor");
});

const line = {
  id: "t",
  kind: "condition",
  says: "x",
  speaker: "Mayor",
  grade: "A2",
  happened: "",
  known: "",
  age_s: 60,
};

test("a deadlock is a ring of claims with the smallest step marked", () => {
  const deadlock: Deadlock = {
    says: "They wait for one another.",
    parties: ["Mayor", "campers"],
    claims: [
      { party: "Mayor", holds: "we meet", until: "cars go", lines: [line] },
      { party: "campers", holds: "cars go", until: "we meet", lines: [{ ...line, id: "c" }] },
    ],
    entries: ["t", "c"],
    openings: [
      { party: "campers", says: "campers would go first.", sets_aside: 1, is_smallest: true },
      { party: "Mayor", says: "Mayor would go first.", sets_aside: 3, is_smallest: false },
    ],
    offers: [],
  };
  const drawn = renderToString(<DeadlockRing deadlock={deadlock} toEntry={() => undefined} />);
  assert.match(drawn, /<b>Mayor<\/b>: “we meet”/);
  assert.match(drawn, /<b>Campers<\/b>: “cars go”/);
  assert.match(drawn, /Smallest step<\/span> Campers would go first/);
  assert.match(drawn, /<span class="tag">Or<\/span> Mayor would go first/);
});
