/** The head of the Traffic part: the answer in a sentence, how far the work is, and the one thing to do. */

import { numberChoice } from "../../lib/card.ts";
import { button, type Child, h, refill } from "../../lib/dom.ts";
import { onChange } from "../../lib/store.ts";
import { type PlanStore, questionOf } from "../plan/store.ts";
import type { Runner } from "./runner.ts";
import {
  askForDraws,
  closesAnything,
  type Known,
  keyOf,
  onShow,
  presentOf,
  type TrafficStore,
  USUAL_DRAWS,
} from "./store.ts";
import { answerWords, hourWords } from "./words.ts";
import { workBlock } from "./work.ts";

const NOTHING =
  "Nothing is closed yet, so traffic stays as it is. Draw the ground that people hold, or close a street.";
const ASK = "What do these closures do to the traffic of the city?";

function sentence(room: PlanStore, known: Known | null): string {
  if (known) return answerWords(known.answer, room.get().network.own_trips);
  return closesAnything(questionOf(room.get())) ? ASK : NOTHING;
}

function progress(traffic: TrafficStore, runner: Runner): Child {
  const { work } = traffic.get();
  if (!work) return null;
  return workBlock(work, "Working out the traffic", runner.cancel);
}

const HOURS = Array.from({ length: 24 }, (_, hour) => hour);
const DRAWS = [5, USUAL_DRAWS, 60];

function fields(traffic: TrafficStore): HTMLElement[] {
  const { hour, draws } = traffic.get();
  return [
    numberChoice("Hour of a working day", "hour", HOURS, hour, hourWords, (chosen) => traffic.set({ hour: chosen })),
    numberChoice(
      "Draws that say how sure",
      "draws",
      DRAWS.includes(draws) ? DRAWS : [...DRAWS, draws],
      draws,
      String,
      (chosen) => askForDraws(traffic, chosen),
    ),
  ];
}

/** What is to be done next; nothing while it is being done or is done. */
function action(room: PlanStore, traffic: TrafficStore, runner: Runner): Child {
  const { work, known, failure } = traffic.get();
  const wish = presentOf(room, traffic);
  const found = known.get(keyOf(wish));
  if (work || found?.whole || !closesAnything(wish.question)) return null;
  const label = failure ? "Try again" : found ? "Work out how sure that is" : "Work out the traffic";
  return button(label, runner.again, { class: "primary wide", "data-key": "work-out" });
}

export function lead(room: PlanStore, traffic: TrafficStore, runner: Runner): HTMLElement {
  const words = h("p", { class: "lead" });
  const stale = h(
    "p",
    { class: "warning" },
    "The plan or the hour has changed since: these figures are of the one before.",
  );
  const status = h("div", { role: "status", "aria-live": "polite" }, words);
  const work = h("div", {});
  const doing = h("div", { class: "traffic-doing" });
  const element = h("section", { class: "traffic-lead", "aria-label": "Traffic" }, status, stale, work, doing);
  const show = (): void => {
    const { known, isPresent } = onShow(room, traffic);
    const { failure } = traffic.get();
    const text = sentence(room, known);
    if (words.textContent !== text) words.textContent = text;
    stale.hidden = !known || isPresent;
    refill(
      doing,
      failure && h("p", { class: "warning", role: "alert" }, failure),
      ...fields(traffic),
      action(room, traffic, runner),
    );
  };
  const showWork = (): void => refill(work, progress(traffic, runner));
  show();
  onChange(traffic, ["known", "shown", "hour", "draws", "failure", "wanted", "pins"], show);
  let working = false;
  onChange(traffic, ["work"], ({ work: now }) => {
    showWork();
    if (working !== (now !== null)) show();
    working = now !== null;
  });
  onChange(room, ["history", "answer"], show);
  return element;
}
