/** Which city and which operation an address opens. */
import type { NetworkSummary, OperationSummary } from "../contract/index.ts";
import { err, ok, type Result } from "../lib/result.ts";
import { listed } from "../lib/words.ts";

export type Room = { readonly network: string; readonly operation: string | null };

/** What a link names that is not on this server: another is never shown in its place. */
const missing = (what: string, wanted: string, there: readonly string[]): string =>
  `This link is for the ${what} \u201c${wanted}\u201d, which this server does not have${
    there.length ? ` (it has ${listed(there)})` : ""
  }. Ask who sent it for the address of their server, or open what is here.`;

const ids = (list: readonly { readonly id: string }[]): readonly string[] => list.map(({ id }) => id);

/**
 * An operation is opened in its own city. Where the address names a city alone, the first operation that plays there; where it
 * names nothing, the server's first. What is named and not here is an error, in a sentence: nothing else is shown in its place.
 */
export function roomOf(
  said: URLSearchParams,
  networks: readonly NetworkSummary[],
  operations: readonly OperationSummary[],
): Result<Room> {
  const [net, op] = [said.get("net"), said.get("op")];
  const city = networks.find(({ id }) => id === net);
  if (net && !city) return err(missing("network", net, ids(networks)));
  const named = operations.find(({ id }) => id === op);
  if (op && !named) return err(missing("operation", op, ids(operations)));
  const operation = named ?? (city ? operations.find(({ network }) => network === city.id) : operations[0]) ?? null;
  const network = networks.find(({ id }) => id === operation?.network) ?? city ?? networks[0];
  if (!network) return err("This server has no city yet. Bring one in.");
  return ok({ network: network.id, operation: operation?.id ?? null });
}
