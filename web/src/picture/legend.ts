/** What the signs of the picture mean. */
import { h, refill } from "../dom.ts";
import { coloursOf } from "../map/theme.ts";
import type { Room, State } from "../state.ts";
import { onChange } from "../store.ts";
import { SIGNS } from "./marks.ts";

export function pictureLegend(room: Room): HTMLElement {
  const inside = h("div", { class: "legend-body" });
  const show = ({ dark }: State): void => {
    const c = coloursOf(dark ? "night" : "day");
    const line = (colour: string, words: string): HTMLElement =>
      h("li", {}, h("i", { class: "line dashed", style: `--line:${colour}` }), words);
    const signs = SIGNS.map(([letter, words]) =>
      h(
        "li",
        {},
        h(
          "i",
          { class: "sign", style: `background:${letter === "!" ? c.shut : c.selected};color:${c.badgeText}` },
          letter,
        ),
        words,
      ),
    );
    refill(
      inside,
      h(
        "ul",
        { class: "signs" },
        line(c.shut, "street shut"),
        line(c.enclosed, "open for some"),
        line(c.open, "open"),
        ...signs,
      ),
      h("p", { class: "quiet" }, "Faint: older than a day."),
    );
  };
  show(room.get());
  onChange(room, ["dark"], show);
  return h(
    "aside",
    { class: "legend picture-legend", "aria-label": "Legend of the picture" },
    h("details", { class: "legend-part" }, h("summary", {}, h("span", {}, "Legend")), inside),
  );
}
