/** An entry in the making: what stands in the form at first, and what is sent in the end. */
import type { EntryAnswer, EntryQuestion, Fact, FormField, KindAnswer, Names, Source } from "../../contract/index.ts";
import { err, ok, type Result } from "../../lib/result.ts";
import { isoIn, timeWords, whenWords } from "../../lib/times.ts";
import { placesSaid } from "./places.ts";
import { isAtTheEnd, isGoingOn, type PictureState, type Wish, zoneOf } from "./store.ts";
import { sentOf, typedOf } from "./typed.ts";

/** Who spoke last, how and with which grade, is offered for the next entry. */
const REMEMBERED = "clearway-speaker";

/** What a draft holds of an entry, or an entry that is corrected, disputed or entered again. */
type Kept = Partial<Pick<EntryQuestion, "body" | "happened" | "known" | "places" | "confirms" | "release">> & {
  readonly source?: Source;
};

/** The entry that stands in the form, filled in: the one that is corrected or disputed, or that is entered again. */
export const filledFrom = ({ tie, again }: Wish): EntryAnswer | undefined =>
  again ?? (tie?.relation === "corrects" || tie?.relation === "disputes" ? tie.to : undefined);

/** The kind of what stands in the form, filled in. */
export const heldKind = (wish: Wish): string | undefined => filledFrom(wish)?.fact.kind ?? wish.draft?.kind;

/** Only the same body can correct: its source stays; who disputes is somebody else. */
function keptOf(wish: Wish): Kept {
  if (wish.draft) return wish.draft.entry as Kept;
  const fact = filledFrom(wish)?.fact;
  return fact ? keptOfFact(fact, wish.tie?.relation !== "disputes") : {};
}

/** What an entry says, as it can be written again. */
function keptOfFact({ body, happened, places, release, source }: Fact, withSource: boolean): Kept {
  const { kind: _, ...fields } = body;
  const kept = { body: fields, happened, places: places as NonNullable<Kept["places"]>, release };
  return withSource ? { ...kept, source: writtenSource(source) } : kept;
}

/** A source as it is written: its grade in two parts, none where it has none. */
function writtenSource({ grade, speaker: _, short: __, medium, ...rest }: Fact["source"]): Source {
  const [reliability, credibility] = /^[A-F][1-6]$/.test(grade) ? grade : "F6";
  return {
    ...rest,
    medium: medium as NonNullable<Source["medium"]>,
    reliability: reliability as NonNullable<Source["reliability"]>,
    credibility: Number(credibility),
  };
}

type Speaker = Readonly<Record<"who" | "organisation" | "medium" | "grade", string>>;

/** What stands in the form when it is opened. */
export type Beginning = Speaker & {
  readonly id: string;
  readonly where: string;
  readonly when: string;
  readonly learnt: string;
  /** Fields of the body that hold places, in words. */
  readonly places: Readonly<Record<string, string>>;
  readonly body: Readonly<Record<string, unknown>>;
};

/** What is typed in a control of the form, by its name. */
export type Typed = (name: string) => string;

/** The control of a kind's own field; some are called like those that every entry has. */
export const controlOf = ({ name }: FormField): string => `body-${name}`;

function remembered(): Speaker {
  const kept: unknown = JSON.parse(localStorage.getItem(REMEMBERED) ?? "[]");
  const [who = "", organisation = "", medium = "radio", grade = "B2"] = Array.isArray(kept) ? kept.map(String) : [];
  return { who, organisation, medium, grade: grade || "B2" };
}

export const remember = (typed: Typed): void =>
  localStorage.setItem(REMEMBERED, JSON.stringify(["who", "organisation", "medium", "grade"].map(typed)));

const speakerOf = (source: Source | undefined): Speaker => ({
  who: source?.office ?? "",
  organisation: source?.organisation ?? "",
  medium: source?.medium ?? "other",
  grade: `${source?.reliability ?? "F"}${source?.credibility ?? 6}`,
});

export function beginningOf(wish: Wish, zone: string): Beginning {
  const { draft } = wish;
  const id = crypto.randomUUID().replaceAll("-", "");
  const from = filledFrom(wish);
  if (!draft && !from) return { ...remembered(), id, where: "", when: "", learnt: "", places: {}, body: {} };
  const { body = {}, source, happened, known } = keptOf(wish);
  const when = happened as { start: string; end: string; said?: string };
  return {
    ...(source ? speakerOf(source) : remembered()),
    id: draft?.fate === "open" ? draft.id : id,
    where: draft ? draft.where : (from?.where_typed ?? ""),
    when: from && when.said ? when.said : whenWords({ ...when, said: "" }, zone),
    places: from?.body_typed ?? {},
    learnt: draft && known ? timeWords(Date.parse(known), zone) : "",
    body,
  };
}

/** What stands in a field at first: what is said of it already, as it would be typed. */
export const draftedIn = (
  { name, type }: FormField,
  { body, places }: Pick<Beginning, "body" | "places">,
  zone: string,
): string => (type === "places" ? (places[name] ?? "") : typedOf(body[name], type, zone));

/** Why an entry cannot be sent, and which control must be corrected first. */
export type Refusal = { readonly message: string; readonly control: string };

/** The fields of its kind; those that are left empty are left out, and what a draft says stays where nobody typed anything else. */
export function bodyOf(
  { fields }: KindAnswer,
  typed: Typed,
  zone: string,
  first: Pick<Beginning, "body" | "places"> = { body: {}, places: {} },
): Result<EntryQuestion["body"], Refusal> {
  const missing = fields.find((field) => field.needed && typed(controlOf(field)) === "");
  if (missing) return err({ message: `Fill in \u201c${missing.label}\u201d.`, control: controlOf(missing) });
  const body: EntryQuestion["body"] = {};
  for (const field of fields) {
    const text = typed(controlOf(field));
    const before = first.body[field.name];
    if (before !== undefined && text === draftedIn(field, first, zone)) body[field.name] = before;
    else if (text !== "") body[field.name] = sentOf(text, field.type);
  }
  return ok(body);
}

/** Who says so; what is known beside it stays, but a name belongs to its office. Nobody has no grade. */
function sourceOf({ source }: Kept, typed: Typed): Source {
  const [office, organisation] = [typed("who") || null, typed("organisation") || null];
  const [reliability = "F", credibility = "6"] = office || organisation ? typed("grade") : "";
  const name = office === (source?.office ?? null) ? (source?.name ?? null) : null;
  return {
    ...source,
    ...(source ? { name } : {}),
    office,
    organisation,
    medium: (typed("medium") || "other") as NonNullable<Source["medium"]>,
    reliability: reliability as NonNullable<Source["reliability"]>,
    credibility: Number(credibility),
  };
}

/** Who says so, as it is typed. */
export const sourceTyped = (typed: Typed): Source => sourceOf({}, typed);

export const isNow = (state: PictureState): boolean =>
  state.operation !== null && isGoingOn(state.operation) && isAtTheEnd(state);

type Making = {
  readonly state: PictureState;
  readonly wish: Wish;
  readonly kind: KindAnswer;
  readonly first: Beginning;
  readonly names: Names | null;
};

/** An entry as it is sent, and what is to be asked of its places before. */
export type Made = { readonly question: EntryQuestion; readonly asks: readonly string[] };

const KEEP_AS_WORDS = "Pick it on the map, or keep it as words.";

/** What of an entry is called otherwise in the form. */
const CONTROLS: Readonly<Record<string, string>> = {
  happened: "when",
  places: "where",
  source: "who",
  known: "learnt",
};

/** The control that a message of the server speaks of first; empty where it speaks of none. */
export function controlNamed(message: string, { fields }: KindAnswer): string {
  const [, said = ""] = /^The entry cannot be used: ([a-z ]+?)(?: \d+)?[:,]/.exec(message) ?? [];
  const field = fields.find(({ name }) => name.replaceAll("_", " ") === said);
  return field ? controlOf(field) : (CONTROLS[said] ?? "");
}

/**
 * The entry as it is sent: time and place of what stood there at first stay as they were read where nobody typed others. When it was
 * known is said by the clock of the server: now, whatever moment is shown. Words such as "7pm" are read from the moment shown.
 */
export async function questionOf(making: Making, typed: Typed): Promise<Result<Made, Refusal>> {
  const { state, wish, kind, first, names } = making;
  const { draft, tie } = wish;
  const zone = zoneOf(state);
  const body = bodyOf(kind, typed, zone, kind.name === heldKind(wish) ? first : undefined);
  if (!body.ok) return body;
  const kept = keptOf(wish);
  const [when, where, learnt] = [typed("when"), typed("where"), typed("learnt")];
  const isMoved = where !== first.where.trim() || !kept.places;
  const places = isMoved ? await placesSaid(state.network.id, where, names) : [];
  const question: EntryQuestion = {
    id: first.id,
    kind: kind.name,
    body: body.value,
    happened:
      (when === first.when.trim() && kept.happened) || when || isoIn(isNow(state) ? Date.now() : state.at, zone),
    ...(draft && learnt === first.learnt ? { known: kept.known ?? null } : learnt ? { known: learnt } : {}),
    ...(draft || learnt || isNow(state) ? {} : { read_at: isoIn(state.at, zone) }),
    source: sourceOf(kept, typed),
    places: isMoved ? places.map(({ place }) => place) : (kept.places ?? []),
    ...(kept.release && !draft ? { release: kept.release } : {}),
    ...(kept.confirms ? { confirms: kept.confirms } : {}),
    ...(tie ? { [tie.relation]: [tie.to.fact.id] } : {}),
  };
  const unknown = places.filter(({ isUnknown }) => isUnknown);
  return ok({
    question,
    asks: unknown.map(({ says }) => `${says.replace(/ Did you mean .*$/, "")} ${KEEP_AS_WORDS}`),
  });
}
