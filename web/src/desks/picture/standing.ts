/** How an entry stands, in words. */
import type { LogLine } from "../../contract/index.ts";

type Standing = LogLine["standing"];

export const STANDINGS: readonly (readonly [Standing, string])[] = [
  ["in_force", "In force"],
  ["replaced", "A later word since"],
  ["corrected", "Corrected"],
  ["withdrawn", "Withdrawn"],
];

/** Whether an entry no longer counts. */
export const isVoid = ({ standing = "in_force" }: { readonly standing?: Standing }): boolean =>
  standing === "corrected" || standing === "withdrawn";

export const standingWords = (standing: Standing): string =>
  STANDINGS.find(([value]) => value === standing)?.[1] ?? standing;
