/** One street piece: who passes today, and what the plan shall do with it. */
import type { PlanQuestion, VehicleClass, WayDetails } from "../../../contract/index.ts";
import { card, checkbox, choices, facts } from "../../../lib/card.ts";
import { button, h } from "../../../lib/dom.ts";
import { capital, count, counted, metres, minutesRange } from "../../../lib/units.ts";
import { addressesWord, addressWord, classWord, classWords, listed, streetClassWord } from "../../../lib/words.ts";
import { closed, closureOf, toggleOpen, toggleStretch } from "../question.ts";
import { ask, type PlanStore, questionOf, type StreetFact, select, takeTool } from "../store.ts";

type Wish = "as-is" | "closed" | "open" | "occupied";

const IN_VEHICLES: readonly VehicleClass[] = ["emergency", "resident", "service", "bus", "general"];

const WISHES = [
  { value: "as-is", label: "As today" },
  { value: "closed", label: "Close" },
  { value: "open", label: "Keep open" },
  { value: "occupied", label: "Occupied" },
] as const;

const MEANING: Readonly<Record<Wish, string>> = {
  "as-is": "The plan decides.",
  closed: "Shut by hand, along its whole length, to:",
  open: "Stays outside the cordon, open to all who may drive it today.",
  occupied: "People hold it: it is part of the site.",
};

function wishOf(question: PlanQuestion, way: number): Wish {
  if (question.stretches.includes(way)) return "occupied";
  if (question.keep_open.includes(way)) return "open";
  return closureOf(question, way) ? "closed" : "as-is";
}

/** The question without any wish for this way. */
const released = (question: PlanQuestion, way: number): PlanQuestion => ({
  ...closed(question, way, []),
  stretches: question.stretches.filter((other) => other !== way),
  keep_open: question.keep_open.filter((other) => other !== way),
});

function wished(question: PlanQuestion, way: number, wish: Wish): PlanQuestion {
  const free = released(question, way);
  if (wish === "closed") return closed(free, way, IN_VEHICLES);
  if (wish === "open") return toggleOpen(free, way);
  return wish === "occupied" ? toggleStretch(free, way) : free;
}

function classBoxes(room: PlanStore, way: number): HTMLElement {
  const question = questionOf(room.get());
  const shuts = closureOf(question, way)?.shuts ?? [];
  const boxes = room
    .get()
    .network.vehicle_classes.map((name) =>
      checkbox(capital(classWord(name)), shuts.includes(name), (on) =>
        ask(room, closed(question, way, on ? [...shuts, name] : shuts.filter((other) => other !== name))),
      ),
    );
  return h("fieldset", { class: "boxes" }, h("legend", { class: "unseen" }, "Closed to"), ...boxes);
}

function directions({ permits: { along, against }, to, from }: WayDetails): readonly (readonly [string, string])[] {
  if (along.join() === against.join()) return [["Passes today", classWords(along)]];
  return [
    [`Towards ${to ?? "its end"}`, classWords(along)],
    [`Towards ${from ?? "its start"}`, classWords(against)],
  ];
}

/** How long help takes to what fronts this piece, before and after. */
function waits(room: PlanStore, way: WayDetails): readonly (readonly [string, string])[] {
  const { answer } = room.get();
  if (!answer || !way.addresses.length || !answer.seconds_after.length) return [];
  const of = (all: readonly number[]): string => minutesRange(way.addresses.map(({ address }) => all[address] ?? -1));
  const [before, after] = [of(answer.seconds_before), of(answer.seconds_after)];
  return [["Help arrives in", before === after ? after : `${after} (before: ${before})`]];
}

function title(way: WayDetails): string {
  return way.name ?? `Street without a name (${streetClassWord(way.class)})`;
}

/** The card; what else is known of the street stands first among its facts. */
export function streetCard(room: PlanStore, way: WayDetails, known: readonly StreetFact[] = []): HTMLElement {
  const question = questionOf(room.get());
  const wish = wishOf(question, way.way);
  const ends = [way.from, way.to].filter((name): name is string => name !== null);
  const { network } = room.get();
  const where = `${ends.length ? `Between ${listed(ends)}; ` : ""}${metres(way.length_m)}, ${streetClassWord(way.class)}, ${counted(way.addresses.length, addressWord(network), addressesWord(network))}`;
  const choose = choices<Wish>("wish", "In the plan, this street is", WISHES, wish, (value) =>
    ask(room, wished(questionOf(room.get()), way.way, value)),
  );
  const rows = facts(
    ...known,
    ...waits(room, way),
    ...directions(way),
    way.bus_trips ? ["Buses", `${count(way.bus_trips)} trips a day`] : null,
  );
  const noBarrier = button("No barrier at a spot\u2026", () => takeTool(room, "forbid-spot"));
  return card(
    title(way),
    () => select(room, null),
    h("p", { class: "where" }, where),
    choose,
    h("p", { class: "meaning" }, MEANING[wish]),
    wish === "closed" && classBoxes(room, way.way),
    rows,
    h("div", { class: "row" }, noBarrier),
  );
}
