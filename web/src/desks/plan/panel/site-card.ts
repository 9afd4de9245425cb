/** Tools for the site while it is edited: corner by corner, for keys and thumbs. */
import type { Position } from "../../../contract/index.ts";
import { card } from "../../../lib/card.ts";
import { button, h } from "../../../lib/dom.ts";
import { type Corner, cornerInserted, cornerMoved, cornerRemoved, corners, middles, shifted } from "../edit/ground.ts";
import { askForSite } from "../edit/site.ts";
import { type PlanStore, questionOf, takeTool } from "../store.ts";
import { nudgePad, shiftedBy } from "./nudge.ts";

const at = (list: readonly Corner[], index: number): Corner | undefined =>
  list[((index % list.length) + list.length) % list.length];

const isSame = (a: Omit<Corner, "at"> | null, b: Omit<Corner, "at">): boolean =>
  a !== null && a.polygon === b.polygon && a.ring === b.ring && a.corner === b.corner;

export function siteCard(room: PlanStore): HTMLElement {
  const done = (): void => takeTool(room, "select");
  const { site } = questionOf(room.get());
  if (!site) {
    const draw = button("Draw the site", () => takeTool(room, "draw-site"), { class: "primary" });
    return card("Edit the site", done, h("p", {}, "There is no ground to edit yet."), h("div", { class: "row" }, draw));
  }
  const all = corners(site);
  const index = all.findIndex((corner) => isSame(room.get().corner, corner));
  const current = index >= 0 ? all[index] : undefined;
  const step = (by: number): void => room.set({ corner: at(all, index < 0 ? 0 : index + by) ?? null });
  const move = (east: number, north: number): void => {
    if (current) return askForSite(room, cornerMoved(site, current, shiftedBy(current.at, east, north)));
    const first = all[0]?.at ?? ([0, 0] as Position);
    const to = shiftedBy(first, east, north);
    askForSite(room, shifted(site, to[0] - first[0], to[1] - first[1]));
  };
  const insert = (): void => {
    const middle = current && middles(site).find((side) => isSame(side, current));
    if (!middle) return;
    askForSite(room, cornerInserted(site, middle, middle.at));
    room.set({ corner: { ...middle, corner: middle.corner + 1 } });
  };
  const remove = (): void => {
    if (current) askForSite(room, cornerRemoved(site, current));
    room.set({ corner: null });
  };
  return card(
    "Edit the site",
    done,
    h("p", {}, "Drag a corner, the middle of a side for a new corner, or the inside to move it all."),
    h(
      "div",
      { class: "row" },
      button("Previous corner", () => step(-1), { "data-key": "previous" }),
      button("Next corner", () => step(1), { "data-key": "next" }),
    ),
    h(
      "p",
      { role: "status" },
      current ? `Corner ${index + 1} of ${all.length}` : `The whole site, ${all.length} corners`,
    ),
    h(
      "div",
      { class: "row" },
      nudgePad(current ? "the corner" : "the site", move),
      h(
        "div",
        { class: "column" },
        button("Add a corner after", insert, { disabled: !current, "data-key": "insert" }),
        button("Remove this corner", remove, { disabled: !current, "data-key": "remove" }),
      ),
    ),
    h("div", { class: "row" }, button("Done", done, { class: "primary" })),
  );
}
