/** The slider along the frontier: cheaper barriers, or fewer addresses enclosed. */
import type { FrontierPoint } from "../../../contract/index.ts";
import { h } from "../../../lib/dom.ts";
import { onChange } from "../../../lib/store.ts";
import { count, counted } from "../../../lib/units.ts";
import { addressesWord } from "../../../lib/words.ts";
import { entryOf } from "../frontier-entry.ts";
import { ask, type PlanStore, questionOf, type State } from "../store.ts";

export function frontierSlider(room: PlanStore): HTMLElement {
  const input = h("input", { type: "range", min: 0, step: 1, "aria-label": "Size of the cordon" });
  const words = h("output", { class: "slider-words" });
  const bars = h("div", { class: "bars", "aria-hidden": "true" });
  const ends = h(
    "div",
    { class: "ends", "aria-hidden": "true" },
    h("span", {}, "cheaper"),
    h("span", {}, "fewer enclosed"),
  );
  const element = h(
    "section",
    { class: "frontier", "aria-label": "Smaller or larger" },
    h("h2", {}, "Smaller or larger"),
    bars,
    input,
    ends,
    words,
  );
  let frontier: readonly FrontierPoint[] = [];

  const describe = (index: number): void => {
    const point = frontier[index];
    if (!point) return;
    const text = `${counted(point.places, "barrier")} ${point.places === 1 ? "encloses" : "enclose"} ${count(point.enclosed)} ${addressesWord(room.get().network)}.`;
    words.textContent = text;
    input.setAttribute("aria-valuetext", text);
    for (const [i, bar] of [...bars.children].entries()) bar.classList.toggle("now", i === index);
  };
  const show = ({ answer, history }: State): void => {
    const cordon = answer?.cordon;
    frontier = cordon?.frontier ?? [];
    element.hidden = frontier.length < 2;
    if (!cordon || element.hidden) return;
    const most = Math.max(...frontier.map((point) => point.enclosed), 1);
    bars.replaceChildren(...frontier.map((point) => h("i", { style: `height:${4 + (36 * point.enclosed) / most}px` })));
    input.max = `${frontier.length - 1}`;
    const index = entryOf(frontier, cordon, history.present.address_cost);
    if (document.activeElement !== input || room.get().status === "idle") input.value = `${index}`;
    describe(Number(input.value));
  };
  input.addEventListener("input", () => {
    const point = frontier[Number(input.value)];
    describe(Number(input.value));
    if (point) ask(room, { ...questionOf(room.get()), address_cost: point.address_cost }, "frontier");
  });
  show(room.get());
  onChange(room, ["answer"], show);
  return element;
}
