/** The traffic on paper: answer, how sure, what it rests on, the key of the map, the tables. */
import type { EmergencyImpact, ImpactAnswer, StreetImpact, ZoneImpact } from "../contract.ts";
import { type Child, h } from "../dom.ts";
import type { Room } from "../state.ts";
import { capital, count } from "../units.ts";
import { flowKey } from "./legend.ts";
import { byRoute, type Route } from "./routes.ts";
import { onShow, type Traffic } from "./store.ts";
import { answerWords, bare, between, full, hourWords, moreBare, moreCount } from "./words.ts";

const LONGEST = 10;

type Column<T> = readonly [title: string, text: (row: T) => string];

function table<T>(title: string, rows: readonly T[], columns: readonly Column<T>[]): Child {
  if (!rows.length) return null;
  const head = h("tr", {}, ...columns.map(([name]) => h("th", { scope: "col" }, name)));
  return h(
    "table",
    { class: "plain" },
    h("caption", {}, title),
    h("thead", {}, head),
    h("tbody", {}, ...rows.map((row) => h("tr", {}, ...columns.map(([, text]) => h("td", {}, text(row)))))),
  );
}

const STREETS: readonly Column<StreetImpact>[] = [
  ["Street", ({ at }) => at],
  ["Before", (street) => count(street.flow_before_per_hour)],
  ["After", (street) => count(street.flow_after_per_hour)],
  ["Change", (street) => moreCount(street.flow_change_per_hour)],
  ["Full", (street) => full(street.saturation_after).replace(" full", "")],
  ["Min longer", (street) => moreBare(street.extra_minutes)],
  ["Range", (street) => between(street.extra_minutes_range)],
  ["How sure", (street) => street.how_sure],
];

const ZONES: readonly Column<ZoneImpact>[] = [
  ["Suburb", ({ zone }) => zone],
  ["Before", (zone) => bare(zone.minutes_per_trip_before)],
  ["After", (zone) => bare(zone.minutes_per_trip_after)],
  ["Longer", (zone) => moreBare(zone.extra_minutes_per_trip)],
  ["Range", (zone) => between(zone.extra_minutes_range)],
];

const ROUTES: readonly Column<Route>[] = [
  ["Route", ({ route }) => route],
  ["Trips a day", ({ trips }) => count(trips)],
  ["State", ({ state }) => state],
  ["Min longer", ({ extraMinutes }) => moreBare(extraMinutes)],
];

const HELP: readonly Column<EmergencyImpact>[] = [
  ["From", ({ service }) => capital(service)],
  ["Empty streets, before", ({ free_before: side }) => bare(side.ninth_decile_minutes)],
  ["after", ({ free_after: side }) => bare(side.ninth_decile_minutes)],
  ["In traffic, before", ({ congested_before: side }) => bare(side.ninth_decile_minutes)],
  ["after", ({ congested_after: side }) => bare(side.ninth_decile_minutes)],
  ["Longest, after", ({ congested_after: side }) => bare(side.worst_minutes)],
];

function tables({ impact }: ImpactAnswer): Child[] {
  return [
    table(
      "Worst streets: vehicles an hour at the piece named; minutes:seconds longer along the whole street",
      impact.streets,
      STREETS,
    ),
    table("Ambulance and fire: minutes within which nine of ten addresses are reached", impact.emergency ?? [], HELP),
    h(
      "div",
      { class: "print-pair" },
      table("Suburbs: mean minutes of a trip", impact.zones.slice(0, LONGEST), ZONES),
      table("Bus routes: minutes of a mean trip", byRoute(impact.buses ?? []).slice(0, LONGEST), ROUTES),
    ),
  ];
}

/** Head and tables of the sheet, the map between them; null while no traffic is looked at. */
export function trafficSheet(room: Room, traffic: Traffic): { readonly head: Child[]; readonly rest: Child[] } | null {
  const { known } = onShow(room, traffic);
  if (room.get().part !== "traffic" || !known) return null;
  const { answer } = known;
  const { impact, hour } = answer;
  const key = h(
    "div",
    { class: "print-key" },
    h(
      "p",
      {},
      `Change of traffic, vehicles an hour, ${hourWords(hour)}: full lines more, emptied lines less; dashed where the draws of the demand disagree.`,
    ),
    flowKey("print"),
  );
  return {
    head: [
      h("p", { class: "print-lead" }, answerWords(answer, room.get().network.own_trips)),
      h("p", {}, impact.how_sure.sentence),
    ],
    rest: [
      key,
      ...tables(answer),
      h("p", { class: "print-statement" }, impact.statement),
      ...impact.notes.map((text) => h("p", { class: "print-statement" }, text)),
    ],
  };
}
