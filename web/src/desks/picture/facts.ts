/** Facts as lists: each a button that leads to its source. */
import type { Fact } from "../../contract/index.ts";
import { type Child, h } from "../../lib/dom.ts";
import { ageWords, whenWords } from "../../lib/times.ts";
import { choose, type PictureStore } from "./store.ts";

const NOTED: Readonly<Record<string, string>> = { confirmed: "confirmed by another", disputed: "disputed" };

export function factItem(watch: PictureStore, fact: Fact, zone: string, prefix: Child = null): HTMLElement {
  const chosen = watch.get().entry === fact.id;
  const where = fact.where && !fact.says.toLowerCase().includes(fact.where.toLowerCase()) ? ` (${fact.where})` : "";
  const notes = [fact.confirmed_by.length ? NOTED["confirmed"] : "", fact.disputed_by.length ? NOTED["disputed"] : ""]
    .filter(Boolean)
    .join(", ");
  const source = `${fact.source.short}, ${fact.source.grade}, ${whenWords(fact.happened, zone)}, ${ageWords(fact.age_s)} ago${notes ? `; ${notes}` : ""}`;
  const text = h("span", { class: "item-text" }, h("span", {}, prefix, fact.says, where), h("small", {}, source));
  const attributes = {
    type: "button",
    class: "item fact",
    "aria-pressed": String(chosen),
    "data-key": `fact-${fact.id}`,
    "data-entry": fact.id,
    on: { click: () => choose(watch, chosen ? null : fact.id) },
  };
  return h("li", {}, h("button", attributes, text));
}

export const factList = (watch: PictureStore, facts: readonly Fact[], zone: string, label: string): HTMLElement =>
  h("ul", { class: "items", "aria-label": label }, ...facts.map((fact) => factItem(watch, fact, zone)));
