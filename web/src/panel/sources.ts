/** What was checked, and where the data come from. */
import { h, refill } from "../dom.ts";
import type { Room, State } from "../state.ts";
import { onChange } from "../store.ts";
import { count } from "../units.ts";
import { addressesWord } from "../words.ts";
import { section } from "./card.ts";

const sentences = (texts: readonly string[]): HTMLElement =>
  h("ul", { class: "sentences" }, ...texts.map((text) => h("li", {}, text)));

export function sources(room: Room): HTMLElement {
  const inside = h("div", {});
  const element = section("Checks and sources", inside, false, "sources");
  const show = ({ answer, network }: State): void => {
    const checks = answer?.cordon?.checks ?? [];
    const points = `${count(network.addresses)} ${addressesWord(network)} in ${network.name}.`;
    const time = answer ? [h("p", { class: "quiet" }, `Worked out in ${count(answer.elapsed_ms)} ms.`)] : [];
    refill(
      inside,
      ...(checks.length ? [h("h3", {}, "Checked"), sentences(checks)] : []),
      h("h3", {}, "Data"),
      sentences([points, ...network.notices]),
      ...time,
    );
  };
  show(room.get());
  onChange(room, ["answer"], show);
  return element;
}
