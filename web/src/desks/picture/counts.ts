/** Figures: what was said of each, where speakers clash, the estimate beside it, and its plot. */
import * as api from "../../contract/api.ts";
import type { Band, CountOf } from "../../contract/index.ts";
import { h, refill } from "../../lib/dom.ts";
import { onChange } from "../../lib/store.ts";
import { capital, count as figure } from "../../lib/units.ts";
import { factItem } from "./facts.ts";
import { choose, type PictureState, type PictureStore } from "./store.ts";

const OPEN = 2;
const PLOT_WIDTH = 400;

export const nameOf = ({ what, group, where }: CountOf): string =>
  capital(
    [what.replaceAll("_", " "), group ? `(${group})` : "", where ? `\u00b7 ${where}` : ""].filter(Boolean).join(" "),
  );

export const bandWords = (band: Band): string => `${figure(Math.round(band.low))} to ${figure(Math.round(band.high))}`;

/** The plot as an element of the page, so that its parts can be clicked and take the page's colours. */
function drawn(svg: string, watch: PictureStore): SVGElement | null {
  const root = new DOMParser().parseFromString(svg, "image/svg+xml").documentElement;
  if (root.nodeName !== "svg") return null;
  const element = document.adoptNode(root) as unknown as SVGElement;
  element.addEventListener("click", (event) => {
    const entry = (event.target as Element).closest("[data-entry]")?.getAttribute("data-entry");
    if (entry) choose(watch, entry);
  });
  return element;
}

/** Figures whose plots are on show; the rest is drawn when it is opened. */
export function countsPart(watch: PictureStore): HTMLElement {
  const element = h("section", { class: "counts", "aria-label": "Figures" });
  const unfolded = new Map<string, boolean>();
  let shown = 0;

  const plot = async (count: CountOf, holder: HTMLElement, state: PictureState): Promise<void> => {
    const turn = shown;
    if (!state.operation || !state.picture) return;
    const svg = await api.getPlot(state.operation.id, count.key, state.picture.at, state.picture.known_at, PLOT_WIDTH);
    if (turn !== shown) return;
    if (svg.ok) refill(holder, drawn(svg.value, watch));
  };

  const one = (count: CountOf, index: number, state: PictureState, old: Map<string, Element>): HTMLElement => {
    const zone = state.operation?.zone ?? "UTC";
    const open = unfolded.get(count.key) ?? index < OPEN;
    const holder = h("div", { class: "plot", "data-figure": count.key });
    const before = old.get(count.key);
    if (before) holder.append(before); // the last plot stays until the next one is there
    const details = h(
      "details",
      { class: "count", ...(open ? { open: true } : {}) },
      h(
        "summary",
        {},
        h("h3", {}, nameOf(count)),
        h(
          "span",
          { class: "count-now" },
          count.latest
            .map((fact) => fact.says.replace(new RegExp(` ${count.what.replaceAll("_", " ")}.*$`, "i"), ""))
            .join(" / "),
        ),
      ),
      count.clashes.length > 0 &&
        h("p", { class: "warning" }, "These figures exclude each other. Quote them with their speakers."),
      h("ul", { class: "items" }, ...count.latest.map((fact) => factItem(watch, fact, zone))),
      count.estimate &&
        h(
          "p",
          { class: "estimate" },
          `Probably ${bandWords(count.estimate)}, ${count.estimate_rests_on === 1 ? "from one source" : `from ${count.estimate_rests_on} sources`} (90 % band).`,
        ),
      holder,
    );
    details.addEventListener("toggle", () => {
      unfolded.set(count.key, details.open);
      if (details.open && !holder.childElementCount) void plot(count, holder, watch.get());
    });
    if (open) void plot(count, holder, state);
    return details;
  };

  const show = (state: PictureState): void => {
    shown += 1;
    const old = new Map(
      [...element.querySelectorAll(".plot")].flatMap((holder) =>
        holder.firstElementChild ? [[holder.getAttribute("data-figure") ?? "", holder.firstElementChild] as const] : [],
      ),
    );
    const counts = state.picture?.counts ?? [];
    refill(
      element,
      h("h2", {}, "Figures"),
      ...(counts.length
        ? counts.map((count, index) => one(count, index, state, old))
        : [h("p", { class: "quiet" }, "Nothing was counted yet. Press N to enter a first figure.")]),
    );
  };
  show(watch.get());
  onChange(watch, ["picture", "entry"], show);
  return element;
}
