/** The desk on paper: the advice with its reasons, what a tow lacks, the board, the stretches, the staircase. */
import type { Sheet } from "../../frame/desk.ts";
import { Table } from "../../lib/parts.tsx";
import { timeWords } from "../../lib/times.ts";
import { readable } from "../../lib/words.ts";
import { allBounds } from "./features.ts";
import type { VehiclesStore } from "./store.ts";
import {
  ageOf,
  answerWords,
  kindsOf,
  lanesWords,
  NEEDS,
  proofWords,
  stepWords,
  totalOf,
  VERDICTS,
  wishWords,
} from "./words.ts";

export function vehiclesSheet(store: VehiclesStore): Sheet | null {
  const { ladder, standing } = store.get();
  if (!ladder) return null;
  const stairs = store.stairs.get().known?.answer;
  const at = timeWords(Date.parse(ladder.at), ladder.zone);
  const known = timeWords(Date.parse(ladder.known_at), ladder.zone);
  return {
    bounds: allBounds(store),
    alt: "Map of the stretches on which vehicles stand",
    head: (
      <>
        <p class="print-lead">{ladder.says}</p>
        <p>{`${at}, as known at ${known}. ${standing?.says ?? ""}`}</p>
      </>
    ),
    rest: (
      <>
        <Table
          class="plain"
          caption="When not to move vehicles against the will of those who parked them"
          rows={ladder.reasons}
          columns={[
            ["", ({ verdict }) => VERDICTS[verdict][1]],
            ["Condition", ({ condition }) => readable(condition)],
            ["", ({ says }) => says],
            ["Limit", ({ limit, assumed }) => (limit ? `${limit}${assumed ? " (assumed)" : ""}` : "")],
            ["Entries", ({ rests_on }) => rests_on.join(", ")],
          ]}
        />
        <Table
          class="plain"
          caption="Before a tow can start"
          rows={ladder.needed}
          columns={[
            ["", ({ state }) => NEEDS[state][1]],
            ["Needed", ({ need }) => readable(need)],
            ["", ({ says }) => says],
          ]}
        />
        {ladder.jobs.length > 0 && (
          <Table
            class="plain"
            caption="The ladder"
            rows={ladder.jobs}
            columns={[
              ["Vehicles", ({ job }) => job],
              ["Stands at", ({ stands_at, answer }) => `${stepWords(stands_at)}: ${answerWords(answer).toLowerCase()}`],
              ["Next", ({ next_step, advice }) => (next_step ? `${stepWords(next_step)}: ${advice}` : "")],
            ]}
          />
        )}
        {standing && standing.stretches.length > 0 && (
          <Table
            class="plain"
            caption="What stands where"
            rows={standing.stretches}
            columns={[
              ["Stretch", ({ stretch }) => stretch],
              ["Vehicles", (one) => `${totalOf(one)}`],
              ["", kindsOf],
              ["", lanesWords],
              ["", ageOf],
            ]}
          />
        )}
        {stairs && (
          <Table
            class="plain"
            caption="Which to move first"
            rows={stairs.steps}
            columns={[
              ["Wish", wishWords],
              ["More", ({ more }) => `${more}`],
              ["In all", ({ vehicles }) => `${vehicles}`],
              ["", proofWords],
            ]}
          />
        )}
        {[...ladder.assumed, ...(stairs?.assumed ?? [])].map((text) => (
          <p key={text} class="print-statement">{`Assumed: ${text}`}</p>
        ))}
      </>
    ),
  };
}
