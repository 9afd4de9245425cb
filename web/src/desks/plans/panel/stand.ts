/** How a barrier stands, as far as it is known. */
import type { BarrierStatus } from "../../../contract/index.ts";
import type { State } from "../store.ts";

export const standOf = ({ status }: Pick<State, "status">, id: string): BarrierStatus | undefined =>
  status?.said.barriers.find((one) => one.id === id);

/** Known to be gone, or on no street of this map. */
export const isGone = (one: BarrierStatus | undefined): boolean =>
  one !== undefined && (one.stand === "gone" || one.stand === "disputed" || one.placed === false);
