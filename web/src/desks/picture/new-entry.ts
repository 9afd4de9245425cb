/** An entry in the making: what stands in the form at first, and what is sent in the end. */
import type { EntryQuestion, FormField, KindAnswer, Source } from "../../contract/index.ts";
import { err, ok, type Result } from "../../lib/result.ts";
import { isoIn, whenWords } from "../../lib/times.ts";
import { placesOf } from "./places.ts";
import { isAtTheEnd, isGoingOn, type PictureState, type Wish, zoneOf } from "./store.ts";
import { sentOf, typedOf } from "./typed.ts";

/** Who spoke last, how and with which grade, is offered for the next entry. */
const REMEMBERED = "clearway-speaker";

/** What a draft holds of an entry. */
type Kept = Partial<Pick<EntryQuestion, "body" | "happened" | "known" | "places" | "confirms">> & {
  readonly source?: Source;
};

const keptOf = ({ draft }: Wish): Kept => (draft?.entry ?? {}) as Kept;

type Speaker = Readonly<Record<"who" | "organisation" | "medium" | "grade", string>>;

/** What stands in the form when it is opened. */
export type Beginning = Speaker & {
  readonly id: string;
  readonly where: string;
  readonly when: string;
  readonly body: Readonly<Record<string, unknown>>;
};

/** What is typed in a control of the form, by its name. */
export type Typed = (name: string) => string;

/** The control of a kind's own field; some are called like those that every entry has. */
export const controlOf = ({ name }: FormField): string => `body-${name}`;

function remembered(): Speaker {
  const kept: unknown = JSON.parse(localStorage.getItem(REMEMBERED) ?? "[]");
  const [who = "", organisation = "", medium = "radio", grade = "B2"] = Array.isArray(kept) ? kept.map(String) : [];
  return { who, organisation, medium, grade };
}

export const remember = (typed: Typed): void =>
  localStorage.setItem(REMEMBERED, JSON.stringify(["who", "organisation", "medium", "grade"].map(typed)));

/** Who said what is corrected: only the same body can correct it. */
function correctedIn({ tie }: Wish): Partial<Speaker> {
  if (tie?.relation !== "corrects") return {};
  const { office, organisation, medium, grade } = tie.to.fact.source;
  return { who: office ?? "", organisation: organisation ?? "", medium, grade };
}

export function beginningOf(wish: Wish, zone: string): Beginning {
  const { draft } = wish;
  const id = crypto.randomUUID().replaceAll("-", "");
  if (!draft) return { ...remembered(), ...correctedIn(wish), id, where: "", when: "", body: {} };
  const { body = {}, source = {}, happened } = keptOf(wish);
  return {
    id: draft.fate === "open" ? draft.id : id,
    where: draft.where,
    when: whenWords({ ...(happened as { start: string; end: string }), said: "" }, zone),
    body,
    who: source.office ?? "",
    organisation: source.organisation ?? "",
    medium: source.medium ?? "other",
    grade: `${source.reliability ?? "F"}${source.credibility ?? 6}`,
  };
}

/** What a draft says of a field, as it would be typed. */
export const draftedIn = (field: FormField, { body }: Beginning, zone: string): string =>
  typedOf(body[field.name], field.type, zone);

/** Why an entry cannot be sent, and which control must be corrected first. */
export type Refusal = { readonly message: string; readonly control: string };

/** The fields of its kind; those that are left empty are left out, and what a draft says stays where nobody typed anything else. */
export function bodyOf(
  { fields }: KindAnswer,
  typed: Typed,
  zone: string,
  drafted: Readonly<Record<string, unknown>> = {},
): Result<EntryQuestion["body"], Refusal> {
  const missing = fields.find((field) => field.needed && typed(controlOf(field)) === "");
  if (missing) return err({ message: `Fill in \u201c${missing.label}\u201d.`, control: controlOf(missing) });
  const body: EntryQuestion["body"] = {};
  for (const field of fields) {
    const text = typed(controlOf(field));
    if (text === "") continue;
    const before = drafted[field.name];
    body[field.name] = text === typedOf(before, field.type, zone) ? before : sentOf(text, field.type);
  }
  return ok(body);
}

/** Who says so; what a draft knows beside it stays. */
function sourceOf(kept: Kept, typed: Typed): Source {
  const [reliability = "F", credibility = "6"] = typed("grade");
  return {
    ...kept.source,
    office: typed("who") || null,
    organisation: typed("organisation") || null,
    medium: typed("medium") as NonNullable<Source["medium"]>,
    reliability: reliability as NonNullable<Source["reliability"]>,
    credibility: Number(credibility),
  };
}

export const isNow = (state: PictureState): boolean =>
  state.operation !== null && isGoingOn(state.operation) && isAtTheEnd(state);

type Making = {
  readonly state: PictureState;
  readonly wish: Wish;
  readonly kind: KindAnswer;
  readonly first: Beginning;
};

/** What of an entry is called otherwise in the form. */
const CONTROLS: Readonly<Record<string, string>> = { happened: "when", places: "where", source: "who", known: "when" };

/** The control that a message of the server speaks of first; empty where it speaks of none. */
export function controlNamed(message: string, { fields }: KindAnswer): string {
  const [, said = ""] = /^The entry cannot be used: ([a-z ]+?)(?: \d+)?[:,]/.exec(message) ?? [];
  const field = fields.find(({ name }) => name.replaceAll("_", " ") === said);
  return field ? controlOf(field) : (CONTROLS[said] ?? "");
}

/**
 * The entry as it is sent: time and place of a draft stay as they were read where nobody typed others. Of any other, the server
 * says when it was known: now, whatever moment is shown. Words such as "7pm" are read from the moment shown.
 */
export async function questionOf(making: Making, typed: Typed): Promise<Result<EntryQuestion, Refusal>> {
  const { state, wish, kind, first } = making;
  const { draft, tie } = wish;
  const zone = zoneOf(state);
  const body = bodyOf(kind, typed, zone, first.body);
  if (!body.ok) return body;
  const kept = keptOf(wish);
  const [when, where] = [typed("when"), typed("where")];
  return ok({
    id: first.id,
    kind: kind.name,
    body: body.value,
    happened:
      (when === first.when.trim() && kept.happened) || when || isoIn(isNow(state) ? Date.now() : state.at, zone),
    ...(draft ? { known: kept.known ?? null } : isNow(state) ? {} : { read_at: isoIn(state.at, zone) }),
    source: sourceOf(kept, typed),
    places: draft && where === first.where.trim() ? (kept.places ?? []) : await placesOf(state.network.id, where),
    ...(kept.confirms ? { confirms: kept.confirms } : {}),
    ...(tie ? { [tie.relation]: [tie.to.fact.id] } : {}),
  });
}
