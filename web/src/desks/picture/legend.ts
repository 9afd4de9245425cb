/** What the signs of the picture mean. */
import { h, refill } from "../../lib/dom.ts";
import { onChange } from "../../lib/store.ts";
import { coloursOf } from "../../map/theme.ts";
import { SIGNS } from "./marks.ts";
import type { PictureState, PictureStore } from "./store.ts";

export function pictureLegend(room: PictureStore): HTMLElement {
  const inside = h("div", { class: "legend-body" });
  const show = ({ dark }: PictureState): void => {
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
