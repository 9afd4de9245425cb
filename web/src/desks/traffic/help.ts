/** Ambulance and fire: times on empty streets beside those in traffic, before the closures and after. */
import type { EmergencyAddress, EmergencyImpact, EmergencySide, ImpactAnswer } from "../../contract/index.ts";
import { type Child, h } from "../../lib/dom.ts";
import { arrowKeys } from "../../lib/items.tsx";
import { capital, count, delay, minutes } from "../../lib/units.ts";
import { type PlanStore, select } from "../plan/store.ts";
import { hourWords } from "./words.ts";

const clock = (value: number | null): string => minutes(value === null ? null : value * 60);
const short = (value: number | null): string => (value === null ? "\u2013" : clock(value).replace(" min", ""));

type Row = readonly [title: string, show: (side: EmergencySide) => string];

const rows = (aim: number): readonly Row[] => [
  ["Half within", (side) => short(side.median_minutes)],
  ["9 of 10 within", (side) => short(side.ninth_decile_minutes)],
  ["Longest", (side) => short(side.worst_minutes)],
  [`Later than ${aim} min`, (side) => count(side.beyond)],
];

function table(help: EmergencyImpact, hour: number): HTMLElement {
  const sides = [help.free_before, help.free_after, help.congested_before, help.congested_after] as const;
  const cell = (show: Row[1], index: 0 | 1 | 2 | 3): HTMLElement =>
    h(
      "td",
      { class: index % 2 && show(sides[index]) !== show(sides[index === 1 ? 0 : 2]) ? "changed" : "" },
      show(sides[index]),
    );
  const group = (title: string): HTMLElement => h("th", { colspan: 2, scope: "colgroup" }, title);
  const column = (title: string): HTMLElement => h("th", { scope: "col" }, title);
  return h(
    "table",
    { class: "numbers help" },
    h("caption", {}, `Minutes from the nearest of ${help.stations.join(", ")}`),
    h(
      "thead",
      {},
      h("tr", {}, h("td", {}), group("Empty streets"), group(`In traffic, ${hourWords(hour)}`)),
      h("tr", {}, h("td", {}), column("Before"), column("After"), column("Before"), column("After")),
    ),
    h(
      "tbody",
      {},
      ...rows(help.aim_minutes).map(([title, show]) =>
        h("tr", {}, h("th", { scope: "row" }, title), cell(show, 0), cell(show, 1), cell(show, 2), cell(show, 3)),
      ),
    ),
  );
}

function addressItem(room: PlanStore, service: string, one: EmergencyAddress): HTMLElement {
  const { selection } = room.get();
  const current = selection?.kind === "address" && selection.address === one.address;
  const label = one.label || one.street;
  const act = (): void =>
    select(
      room,
      current ? null : { kind: "address", address: one.address, label, spot: { lon: one.lon, lat: one.lat } },
    );
  const text = h(
    "span",
    { class: "item-text" },
    h("strong", {}, one.street),
    h(
      "small",
      {},
      `in traffic ${short(one.congested_before_minutes)} before, ${short(one.congested_after_minutes)} after; on empty streets ${short(one.free_after_minutes)}`,
    ),
  );
  const [was, is] = [one.congested_before_minutes, one.congested_after_minutes];
  const more = was === null || is === null ? "not reached" : delay(60 * was, 60 * is);
  return h(
    "li",
    {},
    h(
      "button",
      {
        type: "button",
        class: "item",
        "aria-pressed": String(current),
        "data-key": `${service}-${one.address}`,
        on: { click: act },
      },
      text,
      h("span", { class: "item-note" }, h("strong", {}, more)),
    ),
  );
}

function service(room: PlanStore, help: EmergencyImpact, hour: number): Child[] {
  const share = `${count(100 * help.delay_share)} %`;
  const span =
    help.worst_if_no_delay_minutes === null || help.worst_if_all_delay_minutes === null
      ? ""
      : ` Were it none or all, the longest would take ${short(help.worst_if_no_delay_minutes)} to ${clock(help.worst_if_all_delay_minutes)}.`;
  return [
    h("h3", {}, capital(help.service)),
    h("p", {}, help.sentence),
    table(help, hour),
    h(
      "p",
      { class: "quiet" },
      `Under lights and sirens a vehicle is taken to bear ${share} of the delay in traffic.${span}`,
    ),
    help.longer_streets.length > 0 &&
      h(
        "ol",
        { class: "items", "aria-label": `Streets that wait longer for ${help.service}`, on: { keydown: arrowKeys } },
        ...help.longer_streets.map((one) => addressItem(room, help.service, one)),
      ),
  ];
}

export function helpTimes(room: PlanStore, { impact: { emergency }, hour }: ImpactAnswer): Child[] {
  if (emergency === null) return [h("p", {}, "No fire or ambulance stations are known here.")];
  return emergency.flatMap((help) => service(room, help, hour));
}
