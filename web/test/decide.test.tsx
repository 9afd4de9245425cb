/** The Decide desk: the log and the review in a sentence, the reliability diagram as a picture. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { renderToString } from "preact-render-to-string";
import type { Calibration, DecisionLog, Levels, Review, RiskRegister } from "../src/contract/index.ts";
import { Reliability } from "../src/desks/decide/reliability.tsx";
import {
  CAME_WORDS,
  GROUPS,
  levelsLead,
  logLead,
  rangeWords,
  reviewLead,
  risksLead,
} from "../src/desks/decide/words.ts";

const log = (...states: string[]): DecisionLog =>
  ({ decisions: states.map((state) => ({ state })), contradictions: [] }) as unknown as DecisionLog;

test("a proposal is never counted among the decisions", () => {
  assert.equal(logLead(log()), "No decision is in the record at this moment.");
  assert.equal(logLead(log("proposed", "proposed")), "2 proposals.");
  assert.equal(
    logLead(log("decided", "outcome_due", "superseded", "proposed")),
    "3 decisions, 1 proposal and 1 waiting for an outcome.",
  );
});

test("whatever came has a group, and none is in two", () => {
  const grouped = GROUPS.flatMap(([, came]) => came);
  assert.deepEqual([...grouped].sort(), Object.keys(CAME_WORDS).sort());
  const held = [{ came: "kept" }, { came: "missed" }, { came: "dropped" }, { came: "unknown" }];
  assert.equal(reviewLead({ held } as unknown as Review), "2 missed or not done, 1 unknown and 1 kept or done.");
});

test("the diagram puts what was thought across and what came up, larger for more", () => {
  const scores: Calibration = {
    of: "Police",
    by: "office",
    expectations: 5,
    brier: 0.25,
    bins: [{ low: 0.8, high: 1, expectations: 4, mean_probability: 1, came_true: 0.5 }],
  };
  const drawn = renderToString(<Reliability scores={scores} />);
  assert.match(drawn, /Police: Brier score 0\.25 over 5 expectations/);
  assert.match(drawn, /<circle cx="204" cy="106" r="7"/);
  assert.match(drawn, /aria-label="thought 100 %, came 50 % of 4"/);
});

test("the register and the restrictions are told in a sentence, and what nobody judged is said", () => {
  assert.equal(rangeWords("possible", "almost_certain"), "possible to almost certain");
  assert.equal(rangeWords("major", "major"), "major");
  assert.equal(rangeWords(null, null), "nobody has judged it");
  const risks = [{ state: "open", is_due: true }, { state: "open" }, { state: "closed" }];
  assert.equal(risksLead({ risks, events: [] } as unknown as RiskRegister), "2 open risks and 1 review overdue.");
  assert.match(risksLead({ risks: [], events: [] } as unknown as RiskRegister), /No risk is in the record/);
  const schemes = [
    { scheme: "Lights", level: "red" },
    { scheme: "Fire ban", level: null },
  ];
  assert.equal(levelsLead({ schemes } as unknown as Levels), "Lights: red and Fire ban: not known.");
});
