/**
 * The entry form: ten seconds for a radio message, keyboard only. What a kind needs comes first; who speaks, the grade and the place
 * are remembered from the last entry; Enter sends. Nothing that was typed is lost when it is refused.
 */
import * as api from "../../contract/api.ts";
import type { DraftFound, EntryQuestion } from "../../contract/index.ts";
import { button, h, refill } from "../../lib/dom.ts";
import { err, ok, type Result } from "../../lib/result.ts";
import { onChange } from "../../lib/store.ts";
import { isoIn, offsetMs, whenWords } from "../../lib/times.ts";
import { amountOf, amountShown } from "./amount.ts";
import { type Field, type Kind, kindsOf, readable } from "./kinds.ts";
import { placesOf } from "./places.ts";
import { choose, isAtTheEnd, isGoingOn, type PictureStore, type Wish } from "./store.ts";

const REMEMBERED = "clearway-speaker";
const MEDIA = [
  "radio",
  "observation",
  "telephone",
  "message",
  "stand_up",
  "press_release",
  "article",
  "interview",
  "form",
  "document",
  "other",
];
/** Kinds that have a page of their own. */
const NOT_TYPED = ["operation", "report", "dropped_draft"];
const GRADES = ["A1", "A2", "B2", "B3", "C3", "C4", "D4", "E5", "F6"];

type Control = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;

const option = (value: string, label = readable(value)): HTMLOptionElement => h("option", { value }, label);
function labelled(label: string, field: Control, help = ""): HTMLElement {
  field.id = `entry-${field.name}`;
  if (help) field.setAttribute("aria-describedby", `${field.id}-help`);
  return h(
    "div",
    { class: "entry-field" },
    h("label", { for: field.id }, label),
    field,
    help ? h("small", { id: `${field.id}-help` }, help) : null,
  );
}

/** Words of a vocabulary that the help names, to choose from while typing. */
function suggestions(field: Field): HTMLDataListElement | null {
  const named = /^(?:.*: )?((?:[a-z_]+, )+[a-z_]+) \.\.\.$/.exec(field.help)?.[1];
  return named
    ? h("datalist", { id: `known-${field.name}` }, ...named.split(", ").map((word) => option(word, word)))
    : null;
}

function control(field: Field): Control {
  const attributes = { name: field.name, required: field.needed, "data-type": field.type, autocomplete: "off" };
  if (field.type === "choice")
    return h(
      "select",
      attributes,
      ...(field.needed ? [] : [option("", "not said")]),
      ...field.choices.map((value) => option(value)),
    );
  if (field.type === "yes-no")
    return h(
      "select",
      attributes,
      ...(field.needed ? [] : [option("", "not said")]),
      option("true", "yes"),
      option("false", "no"),
    );
  if (field.type === "long") return h("textarea", { ...attributes, rows: 2 });
  const placeholder =
    {
      amount: "450, about 450, 300-3000, at least 20",
      list: "one, another",
      name: "one or two words",
      time: "2022-02-18 19:05",
    }[field.type as string] ?? "";
  return h("input", {
    ...attributes,
    list: field.type === "name" ? `known-${field.name}` : null,
    type: field.type === "date" ? "date" : "text",
    inputmode: field.type === "number" ? "decimal" : null,
    placeholder,
  });
}

/** A typed local time as the record reads it. */
function timeOf(text: string, zone: string): Result<string> {
  const local = Date.parse(`${text.trim().replace(" ", "T")}Z`);
  return Number.isNaN(local)
    ? err("Write a time such as 2022-02-18 19:05.")
    : ok(isoIn(local - offsetMs(local, zone), zone));
}

const CLOCK = /^(?:about |at )?(?:\d{1,2}(?:[:.]\d{2})?\s*(?:am|pm)?|night|morning|midday|afternoon|evening|tonight)$/i;

/** "19:05" or "this morning" means the day that is looked at. */
function happenedOf(text: string, moment: number, zone: string): string {
  const said = text.trim().replace(/^this /i, "");
  if (said === "") return isoIn(moment, zone);
  return CLOCK.test(said) ? `${isoIn(moment, zone).slice(0, 10)} ${said}` : said;
}

function readValue(one: Control, zone: string): Result<unknown> {
  const text = one.value.trim();
  switch (one.dataset["type"]) {
    case "amount":
      return amountOf(text);
    case "yes-no":
      return ok(text === "true");
    case "number":
      return Number.isFinite(Number(text)) ? ok(Number(text)) : err("Write a plain number.");
    case "list":
      return ok(
        text
          .split(/[,;]/)
          .map((part) => part.trim())
          .filter(Boolean),
      );
    case "time":
      return timeOf(text, zone);
    case "name":
      return ok(
        text
          .toLowerCase()
          .replace(/[^a-z0-9]+/g, "_")
          .replace(/^_+|_+$/g, ""),
      );
    default:
      return ok(text);
  }
}

/** A draft's entry, as far as the form keeps it. */
type Kept = {
  readonly body?: Readonly<Record<string, unknown>>;
  readonly source?: Readonly<Record<string, unknown>>;
  readonly happened?: unknown;
  readonly known?: string;
  readonly places?: unknown;
  readonly confirms?: readonly string[];
};

/** A value of an entry as it is typed. */
function shownValue(value: unknown, type: string, zone: string): string {
  if (value === undefined || value === null) return "";
  if (type === "amount") return amountShown(value as { low?: number; high?: number; about?: boolean });
  if (type === "list") return Array.isArray(value) ? value.join("; ") : String(value);
  if (type === "time")
    return isoIn(Date.parse(String(value)), zone)
      .slice(0, 16)
      .replace("T", " ");
  return String(value);
}

function bodyOf(
  form: HTMLElement,
  zone: string,
): Result<Record<string, unknown>, { control: Control; message: string }> {
  const body: Record<string, unknown> = {};
  for (const one of form.querySelectorAll<Control>("[data-type]")) {
    if (one.value.trim() === "") continue;
    const value = readValue(one, zone);
    if (!value.ok) return err({ control: one, message: value.error });
    body[one.name] = value.value;
  }
  return ok(body);
}

export function entryForm(watch: PictureStore): HTMLDialogElement {
  const kind = h("select", { name: "kind", class: "kind" });
  const help = h("p", { class: "quiet kind-help" });
  const needed = h("div", { class: "entry-fields" });
  const optional = h("div", { class: "entry-fields" });
  const more = h("details", { class: "more" }, h("summary", {}, "More fields"), optional);
  const where = h("input", {
    type: "text",
    name: "where",
    autocomplete: "off",
    placeholder: "Bowen St, or Lambton Quay / Bowen St, or a place",
  });
  const when = h("input", { type: "text", name: "when", autocomplete: "off" });
  const who = h("input", {
    type: "text",
    name: "who",
    autocomplete: "off",
    placeholder: "office or role, as: Officer at gate 3",
  });
  const organisation = h("input", { type: "text", name: "organisation", autocomplete: "off" });
  const medium = h("select", { name: "medium" }, ...MEDIA.map((value) => option(value)));
  const grade = h("select", { name: "grade" }, ...GRADES.map((value) => option(value, value)));
  const tie = h("p", { class: "tie" });
  const problem = h("p", { class: "warning", role: "alert", hidden: true });
  const send = h("button", { type: "submit", class: "primary" }, "Write it");
  const heading = h("h2", {}, "New entry");
  const form = h(
    "form",
    { method: "dialog", novalidate: true },
    heading,
    tie,
    labelled("What is it", kind),
    help,
    needed,
    h("div", { class: "entry-fields" }, labelled("Where", where), labelled("When", when)),
    h(
      "div",
      { class: "entry-fields" },
      labelled("Who says so", who),
      labelled("For whom", organisation),
      labelled("By", medium),
      labelled("Grade", grade),
    ),
    more,
    problem,
    h(
      "div",
      { class: "row" },
      send,
      button("Cancel", () => dialog.close()),
      h("span", { class: "quiet" }, "Enter writes it, Esc puts it away"),
    ),
  );
  const dialog = h("dialog", { class: "entry-form", "aria-label": "New entry" }, form);
  let kinds: Kind[] = [];
  let wish: Wish | null = null;
  let id = "";
  let whenShown = "";

  const showKind = (): void => {
    const chosen = kinds.find(({ name }) => name === kind.value);
    if (!chosen) return;
    help.textContent = chosen.help;
    const fields = (wanted: boolean): HTMLElement[] =>
      chosen.fields
        .filter((field) => field.needed === wanted)
        .flatMap((field) => [labelled(field.label, control(field), field.help), suggestions(field)])
        .filter((part) => part !== null);
    needed.replaceChildren(...fields(true));
    optional.replaceChildren(...fields(false));
    more.hidden = optional.childElementCount === 0;
    more.open = needed.childElementCount === 0;
  };

  const say = (message: string, at?: Control): void => {
    problem.textContent = message;
    problem.hidden = message === "";
    at?.focus();
  };

  const question = async (): Promise<EntryQuestion | null> => {
    const { operation, at, knownAt } = watch.get();
    const missing = [...form.querySelectorAll<Control>("[required]")].find((one) => one.value.trim() === "");
    if (missing || !operation) {
      say(`Fill in \u201c${readable(missing?.name ?? "")}\u201d.`, missing);
      return null;
    }
    const body = bodyOf(form, operation.zone);
    if (!body.ok) {
      say(body.error.message, body.error.control);
      return null;
    }
    const now = isGoingOn(operation) && isAtTheEnd(watch.get());
    const [reliability = "F", credibility = "6"] = grade.value.split("");
    const draft = wish?.draft;
    const kept = (draft?.entry ?? {}) as Kept;
    const source = {
      ...(kept.source ?? {}),
      office: who.value.trim() || null,
      organisation: organisation.value.trim() || null,
      medium: medium.value,
      reliability,
      credibility: Number(credibility),
    } as NonNullable<EntryQuestion["source"]>;
    return {
      id,
      kind: kind.value,
      body: body.value,
      happened:
        draft && when.value === whenShown
          ? (kept.happened as EntryQuestion["happened"])
          : happenedOf(when.value, now ? Date.now() : at, operation.zone),
      ...(draft ? { known: kept.known ?? null } : now ? {} : { known: isoIn(knownAt, operation.zone) }),
      source,
      places:
        draft && where.value === draft.where
          ? ((kept.places ?? []) as NonNullable<EntryQuestion["places"]>)
          : await placesOf(watch.get().network.id, where.value),
      ...(kept.confirms ? { confirms: [...kept.confirms] } : {}),
      ...(wish?.tie ? { [wish.tie.relation]: [wish.tie.to.fact.id] } : {}),
    };
  };

  const write = async (): Promise<void> => {
    const { operation } = watch.get();
    send.disabled = true;
    const asked = await question();
    const answer = asked && operation ? await api.writeEntry(operation.id, asked) : null;
    send.disabled = false;
    if (!answer) return;
    if (!answer.ok) return say(answer.error.message);
    const done = wish?.done;
    if (!wish?.draft)
      localStorage.setItem(REMEMBERED, JSON.stringify([who.value, organisation.value, medium.value, grade.value]));
    dialog.close();
    if (done) done(answer.value.fact.id);
    else choose(watch, answer.value.fact.id);
    watch.set({ notice: `Written: ${answer.value.fact.says}` });
  };

  /** A draft from a report, to be mended: every field as it was read, its words above. */
  const mend = (draft: DraftFound, zone: string): void => {
    const kept = draft.entry as Kept;
    for (const one of form.querySelectorAll<Control>("[data-type]"))
      one.value = shownValue(kept.body?.[one.name], one.dataset["type"] ?? "", zone);
    if ([...optional.querySelectorAll<Control>("[data-type]")].some((one) => one.value !== "")) more.open = true;
    const { office, organisation: whom, medium: by, reliability = "F", credibility = 6 } = kept.source ?? {};
    const graded = `${String(reliability)}${String(credibility)}`;
    if (![...grade.options].some(({ value }) => value === graded)) grade.append(option(graded, graded));
    [who.value, organisation.value, medium.value, grade.value] = [
      String(office ?? ""),
      String(whom ?? ""),
      String(by ?? "other"),
      graded,
    ];
    where.value = draft.where;
    whenShown = when.value = whenWords({ said: "", ...(kept.happened as { start: string; end: string }) }, zone);
    id = draft.fate === "open" ? draft.id : id;
    tie.textContent = draft.says;
    tie.hidden = false;
  };

  const remembered = (): void => {
    const kept: unknown = JSON.parse(localStorage.getItem(REMEMBERED) ?? "[]");
    const [office = "", whom = "", by = "radio", graded = "B2"] = Array.isArray(kept) ? kept.map(String) : [];
    [who.value, organisation.value, medium.value, grade.value] = [office, whom, by, graded];
  };

  const open = async (asked: Wish | null): Promise<void> => {
    if (dialog.open || !watch.get().operation) return;
    if (!kinds.length) {
      const listed = await api.listKinds();
      if (!listed.ok) return watch.set({ notice: listed.error.message });
      kinds = kindsOf(listed.value).filter(({ name }) => !NOT_TYPED.includes(name));
      kind.append(...kinds.map(({ name }) => option(name)));
    }
    wish = asked;
    id = crypto.randomUUID().replaceAll("-", "");
    kind.value = asked?.kind ?? asked?.draft?.kind ?? kind.value;
    const to = asked?.tie;
    refill(tie, to ? `${readable(to.relation)}: ${to.to.fact.says}` : null);
    tie.hidden = !to;
    showKind();
    remembered();
    where.value = "";
    when.value = "";
    const state = watch.get();
    when.placeholder =
      state.operation && isGoingOn(state.operation) && isAtTheEnd(state)
        ? "now; or 19:05, day 3 morning"
        : "the moment looked at; or day 11 about 7pm";
    if (asked?.draft) mend(asked.draft, state.operation?.zone ?? "UTC");
    heading.textContent = asked?.draft ? "Mend the draft" : "New entry";
    say("");
    dialog.showModal();
    (asked?.draft ? (needed.querySelector<Control>("[data-type]") ?? kind) : kind).focus();
  };

  kind.addEventListener("change", showKind);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    void write();
  });
  form.addEventListener("keydown", (event) => {
    const target = event.target as HTMLElement;
    if (event.key !== "Enter" || target.matches("button, summary")) return;
    if (target.matches("textarea") && event.shiftKey) return; // a new line
    event.preventDefault();
    form.requestSubmit();
  });
  dialog.addEventListener("close", () => watch.set({ wish: null }));
  onChange(watch, ["wish"], (state) => {
    if (state.wish) void open(state.wish);
  });
  return dialog;
}
