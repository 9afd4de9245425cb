/** How help gets there: longest waits, streets on which addresses depend, and a car across each street in turn. */
import type { BlockedStreet, SingleStreet, WorstAddress } from "../../../contract/index.ts";
import { retitle, section } from "../../../lib/card.ts";
import { type Child, h, refill } from "../../../lib/dom.ts";
import { onChange } from "../../../lib/store.ts";
import { count, counted, delay, minutes } from "../../../lib/units.ts";
import { addressesWord, addressWord } from "../../../lib/words.ts";
import { type PlanStore, type Selection, type State, select } from "../store.ts";
import { arrowKeys } from "./barriers.ts";

type Row = {
  readonly key: string;
  readonly title: string;
  readonly text: string;
  readonly note: string;
  readonly selection: Selection;
};

const isCurrent = ({ selection }: State, row: Row): boolean =>
  (selection?.kind === "address" && row.selection.kind === "address" && selection.address === row.selection.address) ||
  (selection?.kind === "streets" && selection.key === row.key);

function list(room: PlanStore, state: State, rows: readonly Row[], label: string): HTMLElement {
  const items = rows.map((row) => {
    const current = isCurrent(state, row);
    const act = (): void => select(room, current ? null : row.selection);
    const text = h("span", { class: "item-text" }, h("strong", {}, row.title), h("small", {}, row.text));
    return h(
      "li",
      {},
      h(
        "button",
        { type: "button", class: "item", "aria-pressed": String(current), "data-key": row.key, on: { click: act } },
        text,
        h("span", { class: "item-note" }, row.note),
      ),
    );
  });
  return h("ol", { class: "items", "aria-label": label, on: { keydown: arrowKeys } }, ...items);
}

const worstRow = (address: WorstAddress): Row => ({
  key: `worst-${address.address}`,
  title: address.label || `Point ${address.address}`,
  text: [address.station && `from ${address.station}`, delay(address.seconds_before, address.seconds_after)]
    .filter(Boolean)
    .join(", "),
  note: minutes(address.seconds_after),
  selection: {
    kind: "address",
    address: address.address,
    label: address.label,
    spot: { lon: address.lon, lat: address.lat },
  },
});

const streetSelection = (key: string, ways: readonly number[]): Selection => ({ kind: "streets", key, ways });

const singleRow =
  (word: string) =>
  (street: SingleStreet, index: number): Row => ({
    key: `single-${index}`,
    title: street.street,
    text: `blocked, ${counted(street.addresses, word, `${word}${word.endsWith("s") ? "es" : "s"}`)} cannot be reached`,
    note: count(street.addresses),
    selection: streetSelection(`single-${index}`, street.way_indexes),
  });

const blockedRow =
  (words: string) =>
  (street: BlockedStreet, index: number): Row => ({
    key: `blocked-${index}`,
    title: street.street,
    text: `${count(street.addresses)} ${words} wait longer${street.cut_off ? `, ${count(street.cut_off)} cut off` : ""}`,
    note: street.added_seconds > 0 ? `+${minutes(street.added_seconds)}` : "cut off",
    selection: streetSelection(`blocked-${index}`, street.way_indexes),
  });

type Part = {
  title: string;
  teach: string;
  none: string;
  id: string;
  rows: (state: State) => Row[];
  extra?: (state: State) => string;
};

const PARTS: readonly Part[] = [
  {
    title: "Longest waits",
    id: "worst",
    teach: "Where help takes longest under this plan.",
    none: "Every point is reached at once.",
    rows: ({ answer }) => (answer?.access?.worst ?? []).map(worstRow),
  },
  {
    title: "One street in only",
    id: "single",
    teach: "Blocked, these streets leave no other way in.",
    none: "Every point can be reached by two streets.",
    rows: ({ answer, network }) => (answer?.access?.single_street ?? []).map(singleRow(addressWord(network))),
    extra: ({ answer, network }) => {
      const two = answer?.access?.two_approaches;
      return two === null || two === undefined
        ? ""
        : `${count(two)} ${addressesWord(network)} can be reached by two paths that share no street.`;
    },
  },
  {
    title: "A car across one street",
    id: "blocked",
    teach: "Each street blocked in turn: the ones that delay help most.",
    none: "No single blocked street delays help.",
    rows: ({ answer, network }) => (answer?.access?.n_minus_1 ?? []).map(blockedRow(addressesWord(network))),
  },
];

function accessPart(room: PlanStore, part: Part): HTMLElement {
  const inside = h("div", {});
  const element = section(part.title, inside, false, part.id);
  const show = (state: State): void => {
    const rows = part.rows(state);
    const extra = part.extra?.(state) ?? "";
    element.hidden = !state.answer?.access;
    retitle(element, rows.length ? `${part.title} (${rows.length})` : part.title);
    const body: Child[] = rows.length ? [list(room, state, rows, part.title)] : [h("p", {}, part.none)];
    refill(inside, h("p", {}, part.teach, extra ? ` ${extra}` : ""), ...body);
    inside.querySelector<HTMLElement>('[aria-pressed="true"]')?.scrollIntoView({ block: "nearest" });
  };
  show(room.get());
  onChange(room, ["answer", "selection"], show);
  return element;
}

export const accessParts = (room: PlanStore): HTMLElement[] => PARTS.map((part) => accessPart(room, part));
