/** The buses on paper: the answer, the operator's table with every detour turn by turn, notices for stops. */
import type { MissedStop, RouteChange, Variation } from "../../contract/index.ts";
import type { Sheet } from "../../frame/desk.ts";
import { type Column, Table } from "../../lib/parts.tsx";
import { legWords } from "../plan/legs.tsx";
import { planBounds } from "../plan/map/fit.ts";
import { busBounds } from "./features.ts";
import type { BusDesk } from "./store.ts";
import { leadWords, nearestWords, runWords, stateWords, towards } from "./words.ts";

type Line = { readonly row: RouteChange; readonly one: Variation };

const ROUTES: readonly Column<Line>[] = [
  ["Route", ({ row }) => `${row.route} ${towards(row)}`],
  ["Trips", ({ one }) => `${one.trips}, ${one.first} to ${one.last}`],
  ["What", ({ row }) => stateWords(row)],
  ["Minutes", ({ one }) => runWords(one.minutes_added).replace(" min", "")],
  ["Turn by turn", ({ one }) => one.legs.map(legWords).join("; ")],
  ["Stops missed", ({ one }) => one.stops_missed.join(", ")],
];

const STOPS: readonly Column<MissedStop>[] = [
  ["Stop", ({ name, stop_id }) => `${name} (${stop_id})`],
  ["Calls missed", ({ calls, first, last }) => `${calls}, ${first} to ${last}`],
  ["Nearest open stop", ({ nearest_open }) => nearestWords(nearest_open)],
  ["Notice for riders", ({ tell }) => tell.join(" ")],
];

/** Null while no buses are looked at. */
export function busSheet(store: BusDesk): Sheet | null {
  const { known } = store.get();
  const plan = store.by.cordon.get();
  if (plan.part !== "buses" || !known) return null;
  const { changes } = known.answer;
  const lines = changes.routes.flatMap((row) => row.variations.map((one) => ({ row, one })));
  return {
    bounds: busBounds(changes) ?? planBounds(plan),
    alt: "Map of the detours of buses, of stops that are missed, and of the cordon",
    head: <p class="print-lead">{`${leadWords(changes)} Rests on ${known.on}.`}</p>,
    rest: (
      <>
        {lines.length > 0 && (
          <Table class="plain wraps" caption="Routes, for the operator" rows={lines} columns={ROUTES} />
        )}
        {changes.stops.length > 0 && (
          <Table class="plain wraps" caption="Stops missed, for riders" rows={changes.stops} columns={STOPS} />
        )}
        {changes.warnings.map((text) => (
          <p key={text} class="print-statement">
            {text}
          </p>
        ))}
      </>
    ),
  };
}
