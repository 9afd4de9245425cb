/** Where on the frontier an answer stands. */
import type { FrontierPoint } from "../../contract/index.ts";

type Found = { readonly barrier_cost: number; readonly enclosed: { readonly addresses: number } };

/** Which entry of the frontier the answer is: the one with its figures, else the last whose weight is not above ours. */
export function entryOf(frontier: readonly FrontierPoint[], cordon: Found, addressCost: number): number {
  const exact = frontier.findIndex(
    (point) =>
      Math.abs(point.barrier_cost - cordon.barrier_cost) < 1e-6 && point.enclosed === cordon.enclosed.addresses,
  );
  if (exact >= 0) return exact;
  return Math.max(
    0,
    frontier.findLastIndex((point) => point.address_cost <= addressCost),
  );
}
