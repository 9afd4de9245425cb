/** What the page edits of each list of a plan: its fields, what a new item is, and how one is called. */
import type { TrafficPlan } from "../../contract/index.ts";
import type { Choice } from "../../lib/parts.tsx";
import { readable } from "../../lib/words.ts";
import { freeId, type Item, type Part, type Place, placeWords } from "./document.ts";

export type Field = {
  readonly name: string;
  readonly label: string;
  readonly kind: "text" | "prose" | "texts" | "gates" | "number" | "moment" | "place" | "places" | "choice";
  /** What an empty field means; without it the field must be filled. */
  readonly empty?: string;
  readonly options?: readonly Choice<string>[];
  readonly unit?: string;
  readonly most?: number;
};

export type Kind = {
  readonly part: Part;
  readonly title: string;
  /** What one is called: "barrier". */
  readonly one: string;
  /** Why somebody would add one. */
  readonly about: string;
  readonly fields: readonly Field[];
  /** A new one; null where it is put on the map first. */
  readonly fresh: ((plan: TrafficPlan) => Item) | null;
  readonly says: (item: Item) => string;
};

const text = (value: unknown): string => (typeof value === "string" ? value : "");
const list = (value: unknown): readonly string[] => (Array.isArray(value) ? (value as string[]) : []);

const STARTS: Field = { name: "starts", label: "From", kind: "moment", empty: "the beginning" };
const ENDS: Field = { name: "ends", label: "Until", kind: "moment", empty: "further notice" };
const ID: Field = { name: "id", label: "Name", kind: "text" };
const PLACE: Field = { name: "place", label: "Place", kind: "place" };
const NOTE: Field = { name: "note", label: "Note", kind: "prose", empty: "none" };

const choices = (...values: readonly string[]): readonly Choice<string>[] =>
  values.map((value) => ({ value, label: readable(value) }));

export const MAY: Readonly<Record<string, string>> = {
  enter_and_leave: "may go in and out",
  enter: "may go in",
  leave: "may go out",
  leave_not_return: "may go out and not come back",
  not_pass: "may not pass",
};

export const OPENS: Readonly<Record<string, string>> = {
  machine: "A machine moves it",
  staffed: "Staff open it",
  swing: "It swings: who may pass opens it",
};

const optionsOf = (words: Readonly<Record<string, string>>): readonly Choice<string>[] =>
  Object.entries(words).map(([value, label]) => ({ value, label }));

const CASES = [
  "vehicle_enters",
  "medical_case_inside",
  "gate_overrun",
  "staff_short",
  "barrier_moved_at_night",
  "cancellation",
];

/** The first case that nothing is said for. */
const freeCase = ({ contingencies }: TrafficPlan): string =>
  CASES.find((one) => !contingencies.some((said) => said.case === one)) ?? "cancellation";

export const KINDS: readonly Kind[] = [
  {
    part: "barriers",
    title: "Barriers and gates",
    one: "barrier",
    about: "Put each where it stands or is to stand. Drag it on the map to move it.",
    fields: [
      ID,
      PLACE,
      { name: "opens", label: "Who opens it", kind: "choice", options: optionsOf(OPENS) },
      {
        name: "opening_seconds",
        label: "Takes to open",
        kind: "number",
        unit: "s",
        most: 7200,
        empty: "not known",
      },
      { name: "structure", label: "Made of", kind: "text" },
      STARTS,
      ENDS,
    ],
    fresh: null,
    says: (item) => `${text(item["id"])}, ${placeWords(item["place"] as Place)}`,
  },
  {
    part: "passages",
    title: "Who may pass",
    one: "rule",
    about: "Nobody passes a gate unless a rule lets them.",
    fields: [
      { name: "who", label: "Who", kind: "texts" },
      { name: "may", label: "What they may do", kind: "choice", options: optionsOf(MAY) },
      { name: "gates", label: "At which gates", kind: "gates", empty: "every gate" },
      { name: "proof", label: "What they show", kind: "text", empty: "nothing" },
      STARTS,
      ENDS,
    ],
    fresh: () => ({ who: ["residents"], may: "enter_and_leave", gates: [], proof: null, starts: null, ends: null }),
    says: ({ who, may, gates }) =>
      [`${list(who).join(", ")} ${MAY[text(may)] ?? ""}`, list(gates).join(", ")].filter(Boolean).join(" at "),
  },
  {
    part: "marches",
    title: "Marches and street events",
    one: "march",
    about: "Streets in order, with a start and a pace: closures roll with it. A pace of 0 stands until its end.",
    fields: [
      ID,
      { name: "along", label: "Along (parted by ;)", kind: "places" },
      { name: "begins", label: "Begins at", kind: "place", empty: "the end of the first street" },
      { name: "finishes", label: "Ends at", kind: "place", empty: "the end of the last street" },
      { name: "starts", label: "Starts", kind: "moment", empty: "not said" },
      { name: "ends", label: "Until, if it stands", kind: "moment", empty: "its tail arrives" },
      { name: "pace_kmh", label: "Pace", kind: "number", unit: "km/h", most: 30 },
      { name: "people", label: "People", kind: "number", most: 5_000_000, empty: "not said" },
      { name: "column_m", label: "Column", kind: "number", unit: "m", most: 50_000, empty: "by the people" },
      { name: "before_minutes", label: "Shut before the head", kind: "number", unit: "min", most: 1440 },
      { name: "after_minutes", label: "Open behind the tail", kind: "number", unit: "min", most: 1440 },
    ],
    fresh: (plan) => ({
      id: freeId(plan, "marches", "M"),
      along: [{ type: "named", name: "Which street?", at: null }],
      line: [],
      begins: null,
      finishes: null,
      starts: plan.starts,
      ends: null,
      pace_kmh: 3,
      tail_kmh: null,
      column_m: null,
      people: 1000,
      width_m: null,
      density: null,
      stops: [],
      gaps: 0,
      gap_m: 40,
      floats: false,
      before_minutes: 10,
      after_minutes: 10,
    }),
    says: ({ id, along }) => `${text(id)}: ${(along as readonly Place[]).map(placeWords).join("; ")}`,
  },
  {
    part: "stages",
    title: "Stages",
    one: "stage",
    about: "Set up, hold, shrink, reopen, remove, each with its times.",
    fields: [
      {
        name: "phase",
        label: "Phase",
        kind: "choice",
        options: choices("set_up", "hold", "shrink", "reopen", "remove"),
      },
      STARTS,
      ENDS,
      NOTE,
    ],
    fresh: ({ stages, starts }) => ({
      phase: ["set_up", "hold", "shrink", "reopen", "remove"][Math.min(stages.length, 4)],
      starts: stages.at(-1)?.ends ?? starts,
      ends: null,
      note: null,
    }),
    says: (item) => readable(text(item["phase"])),
  },
  {
    part: "routes",
    title: "Routes kept free",
    one: "route",
    about: "Emergency routes by name, streets kept free, detours and ways on foot.",
    fields: [
      ID,
      {
        name: "purpose",
        label: "What for",
        kind: "choice",
        options: choices("emergency", "kept_free", "detour", "walking"),
      },
      { name: "along", label: "Along (parted by ;)", kind: "places" },
      { name: "width_m", label: "Width kept clear", kind: "number", unit: "m", most: 100, empty: "not said" },
      NOTE,
    ],
    fresh: (plan) => ({
      id: freeId(plan, "routes", "R"),
      purpose: "emergency",
      along: [{ type: "named", name: "Where?", at: null }],
      width_m: null,
      note: null,
    }),
    says: ({ id, purpose, along }) =>
      `${text(id)}, ${readable(text(purpose)).toLowerCase()}: ${(along as readonly Place[]).map(placeWords).join("; ")}`,
  },
  {
    part: "handover",
    title: "Casualty handover",
    one: "handover point",
    about: "Where ambulance crews meet patients, outside the ring.",
    fields: [ID, PLACE, NOTE],
    fresh: (plan) => ({
      id: freeId(plan, "handover", "H"),
      place: { type: "named", name: "Where?", at: null },
      note: null,
    }),
    says: (item) => `${text(item["id"])}, ${placeWords(item["place"] as Place)}`,
  },
  {
    part: "posts",
    title: "Posts",
    one: "post",
    about: "Where staff stand, and how many.",
    fields: [
      ID,
      PLACE,
      { name: "staff", label: "Staff", kind: "number", most: 1000 },
      { name: "task", label: "Task", kind: "text", empty: "not said" },
      STARTS,
      ENDS,
    ],
    fresh: (plan) => ({
      id: freeId(plan, "posts", "P"),
      place: { type: "named", name: "Where?", at: null },
      staff: 2,
      task: null,
      starts: null,
      ends: null,
    }),
    says: (item) => `${text(item["id"])}, ${placeWords(item["place"] as Place)}: ${item["staff"]} staff`,
  },
  {
    part: "contacts",
    title: "Contacts by office",
    one: "contact",
    about: "Offices and how they are reached on the day. No persons.",
    fields: [
      { name: "office", label: "Office", kind: "text" },
      { name: "task", label: "Task", kind: "text" },
      { name: "reach", label: "Telephone or channel", kind: "text" },
    ],
    fresh: () => ({ office: "Event control", task: "leads on the ground", reach: "to be filled in" }),
    says: ({ office, reach }) => `${text(office)}: ${text(reach)}`,
  },
  {
    part: "powers",
    title: "Powers",
    one: "power",
    about: "Who closes the streets by which law.",
    fields: [
      { name: "by", label: "Who", kind: "text" },
      { name: "instrument", label: "By which law", kind: "text" },
      { name: "row", label: "Row of the jurisdiction file", kind: "text", empty: "none" },
    ],
    fresh: () => ({ row: "police_disorder", by: "Police", instrument: "Policing Act 2008, section 35" }),
    says: ({ by, instrument }) => `${text(by)}: ${text(instrument)}`,
  },
  {
    part: "contingencies",
    title: "When something goes wrong",
    one: "case",
    about: "What is done, said beforehand.",
    fields: [
      { name: "case", label: "Case", kind: "choice", options: choices(...CASES) },
      { name: "action", label: "What is done", kind: "prose" },
    ],
    fresh: (plan) => ({ case: freeCase(plan), action: "To be filled in" }),
    says: (item) => readable(text(item["case"])),
  },
];
