/** What was checked, and where the data come from. */

import { section } from "../../../lib/card.ts";
import { h, refill } from "../../../lib/dom.ts";
import { onChange } from "../../../lib/store.ts";
import { count } from "../../../lib/units.ts";
import { addressesWord } from "../../../lib/words.ts";
import type { PlanStore, State } from "../store.ts";

const sentences = (texts: readonly string[]): HTMLElement =>
  h("ul", { class: "sentences" }, ...texts.map((text) => h("li", {}, text)));

export function sources(room: PlanStore): HTMLElement {
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
