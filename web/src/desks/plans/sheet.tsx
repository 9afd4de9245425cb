/** The plan on paper, whole: how it stands, every list with all that it says, each check, what differs from another version. */
import type { Check, TrafficPlan } from "../../contract/index.ts";
import type { Sheet } from "../../frame/desk.ts";
import { type Column, Table } from "../../lib/parts.tsx";
import { timeWords } from "../../lib/times.ts";
import { capital, count } from "../../lib/units.ts";
import { readable } from "../../lib/words.ts";
import { type Item, itemsOf, type Place, placeWords } from "./document.ts";
import { type Field, KINDS, type Kind } from "./fields.ts";
import { boundsOfPlan } from "./map/features.ts";
import { COLUMNS as CHANGES, rowsOf, toldOf } from "./panel/compare.tsx";
import { isHere } from "./runner.ts";
import { inHand, isUnsaved, type PlansStore, planOf, type State } from "./store.ts";

/** What a field of an item says, in words; what an empty one means. */
export function valueWords({ kind, options, unit, empty }: Field, value: unknown, zone: string): string {
  const none = empty === undefined || empty === "none" ? "" : empty;
  if (value === null || value === undefined || (Array.isArray(value) && value.length === 0)) return none;
  switch (kind) {
    case "moment":
      return timeWords(Date.parse(String(value)), zone);
    case "place":
      return placeWords(value as Place);
    case "places":
      return (value as readonly Place[]).map(placeWords).join("; ");
    case "texts":
    case "gates":
      return (value as readonly string[]).join(", ");
    case "choice":
      return options?.find((one) => one.value === value)?.label ?? readable(String(value));
    case "number":
      return [count(Number(value)), unit].filter(Boolean).join(" ");
    case "text":
      return String(value).replaceAll("_", " ");
    default:
      return String(value);
  }
}

/** Fields that every item of a list leaves as they are need no column. */
function columnsOf({ part, fields }: Kind, plan: TrafficPlan, zone: string): readonly Column<Item>[] {
  const items = itemsOf(plan, part);
  const isSaid = ({ name }: Field): boolean =>
    items.some((item) => item[name] !== null && !(Array.isArray(item[name]) && item[name].length === 0));
  return fields
    .filter(isSaid)
    .map((field) => [field.label.replace(" (parted by ;)", ""), (item) => valueWords(field, item[field.name], zone)]);
}

const CHECKS: readonly Column<Check>[] = [
  ["Check", ({ name }) => readable(name)],
  ["Holds", ({ ok }) => (ok ? "yes" : "NO")],
  ["Why", ({ why }) => why],
  ["Found by", ({ source }) => source],
];

/** Whose word it is, and whether it holds. */
export function standingWords(state: State): string {
  const { from } = inHand(state);
  if (isUnsaved(state)) return "A draft: not in the record as it is printed here.";
  const { by = "", adopted_by = null, in_force = false, override = null } = from?.saved ?? {};
  const held = in_force ? `In force: adopted by ${adopted_by ?? ""}.` : "Nobody has adopted it.";
  return [`Saved by ${by}. ${held}`, override && `Adopted although checks failed: ${override}`]
    .filter(Boolean)
    .join(" ");
}

function factsOf(plan: TrafficPlan, zone: string): readonly string[] {
  const time = (at: string): string => timeWords(Date.parse(at), zone);
  const { attendance, starts, ends } = plan;
  const people = attendance?.high ?? attendance?.low ?? null;
  const hours = [starts && `from ${time(starts)}`, ends && `until ${time(ends)}`].filter(Boolean).join(" ");
  return [
    hours && `${capital(hours)}.`,
    plan.organiser && `Organiser: ${plan.organiser}.`,
    plan.author && `Written by: ${plan.author}.`,
    people !== null && `About ${count(people)} people expected.`,
    plan.change && `This version: ${plan.change}`,
  ].filter((one) => typeof one === "string" && one !== "") as readonly string[];
}

/** Null while no plan is in hand. */
export function plansSheet(store: PlansStore): Sheet | null {
  const state = store.get();
  const plan = planOf(state);
  if (!isHere(store) || !plan) return null;
  const zone = state.operation?.zone ?? "UTC";
  const { status, checks, compared } = state;
  const changes = compared?.second === plan ? rowsOf(compared) : [];
  return {
    bounds: boundsOfPlan(state),
    alt: "Map of the traffic management plan: its barriers and gates by name, and the ground that people hold",
    head: (
      <>
        <p class="print-lead">{`${plan.title}: plan \u201c${plan.plan}\u201d, version ${plan.version}`}</p>
        <p>{standingWords(state)}</p>
        {factsOf(plan, zone).map((text) => (
          <p key={text}>{text}</p>
        ))}
        {status?.of === plan && status.said.summary.map((text) => <p key={text}>{text}</p>)}
        {status?.of === plan && status.said.holes.map((text) => <p key={text}>{text}</p>)}
      </>
    ),
    rest: (
      <>
        {KINDS.filter(({ part }) => itemsOf(plan, part).length > 0).map((kind) => (
          <Table
            key={kind.part}
            class="plain wraps"
            caption={kind.title}
            rows={itemsOf(plan, kind.part)}
            columns={columnsOf(kind, plan, zone)}
          />
        ))}
        {checks?.of === plan && (
          <Table
            class="plain wraps"
            caption={`Checks: ${checks.said.summary[0] ?? ""}`}
            rows={checks.said.checks}
            columns={CHECKS}
          />
        )}
        {compared && changes.length > 0 && (
          <Table
            class="plain wraps"
            caption={`What differs from ${compared.diff.first}`}
            rows={changes}
            columns={CHANGES}
          />
        )}
        {compared && changes.length > 0 && toldOf(compared).map((text) => <p key={text}>{text}</p>)}
      </>
    ),
  };
}
