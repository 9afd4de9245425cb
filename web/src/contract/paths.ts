/** Where the server has a network and an operation, and how a moment is asked for. */

import type * as contract from "./index.ts";

export const base = (network: string): string => `/api/networks/${encodeURIComponent(network)}`;

export const room = (operation: string): string => `/api/operations/${encodeURIComponent(operation)}`;

/** About which moment, as known when, and what "known" means. */
export type When = {
  readonly at: string;
  readonly knownAt: string;
  readonly knowledge: contract.Knowledge;
  /** Entries whose push on the forecasts is left out. */
  readonly without: readonly string[];
};

export const moments = ({ at, knownAt, knowledge, without }: When): string =>
  [
    `at=${encodeURIComponent(at)}&known_at=${encodeURIComponent(knownAt)}&knowledge=${knowledge}`,
    ...without.map((entry) => `without=${encodeURIComponent(entry)}`),
  ].join("&");
