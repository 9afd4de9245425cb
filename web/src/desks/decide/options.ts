/** Options in the page: files that are brought in, figures in words, and what a decision for one of them begins with. */
import * as api from "../../contract/api.ts";
import type { Comparison, FileGiven, OptionFigure, OptionRow, OptionSeen } from "../../contract/index.ts";
import { counted } from "../../lib/units.ts";
import { listed } from "../../lib/words.ts";
import { whenOf } from "../picture/store.ts";
import { emptyForm, followsOf, type SignForm } from "./form.ts";
import type { DecideStore } from "./store.ts";

export const RUNG_WORDS: Readonly<Record<OptionRow["rung"], string>> = {
  wait: "Waits",
  talk: "Talks",
  offer: "Offers",
  notice: "Tells",
  barriers: "Shuts streets",
  tow: "Tows",
  cut_off: "Cuts off",
};

export const ADVICE_WORDS: Readonly<Record<OptionRow["advice"], string>> = {
  go: "Go, by its criteria",
  hold: "Hold: not every criterion is known to be met",
  stop: "Stop, by its criteria",
  no_criteria: "No criterion is set",
};

export const CRITERION_WORDS: Readonly<Record<OptionRow["criteria"][number]["state"], string>> = {
  met: "Met",
  not_met: "Not met",
  contested: "Contested",
  cannot_say: "Nobody can say",
  nobody_counts: "Nobody counts it",
  too_old: "Too old",
  no_record: "No record",
};

export const EFFECT_WORDS: Readonly<Record<OptionRow["risks"][number]["effect"], string>> = {
  lowers: "Lowers",
  same: "Leaves as it is",
  raises: "Raises",
  unknown: "Unknown",
  not_said: "Nobody has said",
};

export const BASIS_WORDS: Readonly<Record<OptionFigure["basis"], string>> = {
  computed: "computed",
  entered: "entered",
  judged: "judged",
  unknown: "not known",
};

const number = new Intl.NumberFormat("en-NZ", { maximumSignificantDigits: 2 });
const whole = new Intl.NumberFormat("en-NZ", { maximumFractionDigits: 0 });
const FROM_WHOLE = 10;

const endWords = (value: number): string =>
  Number.isInteger(value) || value >= FROM_WHOLE ? whole.format(value) : number.format(value);

/** "265", "0 to 150", or "?" where nobody knows it. */
export function figureWords({ low, high }: Pick<OptionFigure, "low" | "high">): string {
  if (low === null || high === null) return "?";
  const [from, to] = [endWords(low), endWords(high)];
  return from === to ? from : `${from} to ${to}`;
}

/** The rows of the table: those that differ, then those that are the same for all; what nobody knows is not among them. */
export function rowsOf(found: Comparison): readonly (readonly OptionFigure[])[] {
  const first = found.options[0]?.figures ?? [];
  const rows = first.map((_, at) => found.options.flatMap(({ figures }) => figures[at] ?? []));
  const [unknown, same] = [new Set(found.unknown), new Set(found.constant)];
  const known = rows.filter(([one]) => one && !unknown.has(one.title));
  const isSame = ([one]: readonly OptionFigure[]): boolean => one !== undefined && same.has(one.title);
  return [...known.filter((row) => !isSame(row)), ...known.filter(isSame)];
}

/** The table in a sentence. */
export function tableLead({ options }: Comparison): string {
  const dominated = options.filter((one) => one.dominated.length).length;
  const marked = dominated ? ` ${counted(dominated, "is", "are")} marked as dominated.` : "";
  return `${counted(options.length, "option")}, the least restrictive first.${marked} There is no score: people choose.`;
}

/** What files were brought in, without their folders; one of the same name takes the place of the one before. */
export async function bringIn(store: DecideStore, chosen: readonly File[]): Promise<void> {
  const read = await Promise.all(chosen.map(async (file) => ({ name: file.name, text: await file.text() })));
  const names = new Set(read.map(({ name }) => name));
  await look(store, [...store.get().files.filter(({ name }) => !names.has(name)), ...read]);
}

export const leaveOut = (store: DecideStore, file: string): Promise<void> =>
  look(
    store,
    store.get().files.filter(({ name }) => name !== file),
  );

/** Ask what the files hold. */
export async function look(store: DecideStore, files: readonly FileGiven[]): Promise<void> {
  const operation = store.get().operation?.id ?? "";
  if (!files.length) {
    store.set({ files, brought: null, broughtFailure: "" });
    return;
  }
  const found = await api.checkOptions(operation, { files: [...files] }, whenOf(store.watch.get()));
  if (found.ok) store.set({ files, brought: found.value, broughtFailure: "" });
  else store.set({ broughtFailure: found.error.message });
}

/** The file that an option names and that nobody chose; empty where none is missing. */
export const missingOf = ({ needs }: OptionSeen): readonly string[] =>
  needs.filter(({ found }) => found === "missing").map(({ says }) => says);

const least = ({ rights }: OptionRow): string => {
  const said = rights.find(({ point }) => point === "least_restrictive");
  return said?.verdict === "yes" ? said.why : "";
};

/** A decision for an option, as far as the table says it; the rest is for people to write. */
export function formFor(row: OptionRow, { options }: Comparison): SignForm {
  const powers = row.powers.map(({ instrument }) => instrument);
  return {
    ...emptyForm(),
    what: row.title,
    options: options.map(({ title }) => title).join("\n"),
    dissent: row.dissent,
    legal_basis: listed(powers),
    least_restrictive: least(row),
    rests_on: row.sources.flatMap(({ entry }) => entry ?? []).join(" "),
    follows: followsOf(row.follows),
  };
}

/** An option to be changed: what every option must have, and no more. */
export const EXAMPLE = {
  id: "wait-and-talk",
  title: "Wait and talk",
  does: [
    { do: "wait", until: "the weekend is over" },
    { do: "talk", to: "protest groups", about: "streets that ambulances and buses need" },
  ],
  escalation: {
    low: 0.02,
    high: 0.15,
    by: "the office that judges it",
    why: "the reason",
    if_wrong: "what changes if it is wrong",
  },
  sources: [
    { says: "what is known", by: "one office" },
    { says: "what else is known", by: "another office" },
  ],
  dissent: { says: "what speaks against it", by: "whoever says so" },
};
