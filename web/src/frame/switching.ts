/** To another operation or city: the page is opened anew at its address, so that nothing of the one before stays in sight. */
import type { Pairs } from "./desk.ts";
import { writeHash } from "./link.ts";

export type Room = { readonly network: string | null; readonly operation: string | null; readonly desk?: string };

export const roomPairs = ({ network, operation, desk }: Room): Pairs => [
  ...(network ? [["net", network] as const] : []),
  ...(desk ? [["desk", desk] as const] : []),
  ...(operation ? [["op", operation] as const] : []),
];

export function openRoom(room: Room): void {
  history.pushState(null, "", `#${writeHash(roomPairs(room))}`);
  location.reload();
}
