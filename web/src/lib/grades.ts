/** The Admiralty code: how far a source and its report can be relied on. */

export const RELIABILITY: Readonly<Record<string, string>> = {
  A: "completely reliable",
  B: "usually reliable",
  C: "fairly reliable",
  D: "not usually reliable",
  E: "unreliable",
  F: "reliability cannot be judged",
};
export const CREDIBILITY: Readonly<Record<string, string>> = {
  1: "confirmed by others",
  2: "probably true",
  3: "possibly true",
  4: "doubtful",
  5: "improbable",
  6: "truth cannot be judged",
};

/** In the place of a grade where nobody is named. */
const NOT_GRADED = "not graded";

/** Those that the entry form offers. */
export const USUAL_GRADES = ["A1", "A2", "B2", "B3", "C3", "C4", "D4", "E5", "F6"] as const;

export const gradeWords = (grade: string): string =>
  grade === NOT_GRADED
    ? "not graded: nobody is named"
    : `${grade}: ${RELIABILITY[grade.charAt(0)] ?? ""}, ${CREDIBILITY[grade.charAt(1)] ?? ""}`;
