/** What the traffic does on one street piece, for its card. */

import { count } from "../../lib/units.ts";

import type { PlanStore, StreetFact } from "../plan/store.ts";
import { disagrees, trafficOf } from "./flows.ts";
import { onShow, type TrafficStore } from "./store.ts";
import { full, moreCount, moreMinutes } from "./words.ts";

/** Rows of the card; none while the Traffic part is not looked at. */
export function wayFacts(room: PlanStore, traffic: TrafficStore, way: number): StreetFact[] {
  const { known } = onShow(room, traffic);
  if (room.get().part !== "traffic" || !known) return [];
  const found = trafficOf(known.answer, way);
  if (!found) return [["Traffic", "stays as it is, to a vehicle an hour"]];
  const { before, change, fullBefore, fullAfter, extraMinutes, agreement } = found;
  const rows: StreetFact[] = [
    ["Vehicles an hour", `${count(before)} before, ${count(before + change)} after (${moreCount(change)})`],
  ];
  if (fullBefore !== null && fullAfter !== null)
    rows.push(["How full", `${full(fullBefore)} before, ${full(fullAfter)} after`]);
  rows.push(["To drive it", moreMinutes(extraMinutes)]);
  if (agreement !== null)
    rows.push([
      "How sure",
      `${disagrees(agreement) ? "draws disagree: " : ""}the same way in ${count(100 * agreement)} % of the draws`,
    ]);
  return rows;
}
