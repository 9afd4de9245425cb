/** The ladder, stretches and stairs in words. */
import type { Cleared, Job, LadderAnswer, MeansPlace, Offered, StretchCounted } from "../../contract/index.ts";
import { ageWords } from "../../lib/times.ts";
import { counted } from "../../lib/units.ts";
import { readable } from "../../lib/words.ts";

export const TYPES = ["car", "van", "camper", "truck", "bus", "trailer"] as const;
export type VehicleType = (typeof TYPES)[number];

export const STEPS = [
  "ask",
  "offer",
  "help",
  "notice",
  "ticket",
  "push_aside",
  "tow_to_legal_place",
  "tow_to_storage",
] as const;
export type Step = Job["stands_at"];

const STEP_WORDS: Readonly<Record<Step, string>> = {
  ask: "Ask",
  offer: "Offer a place",
  help: "Help to move: fuel, a driver, a mechanic",
  notice: "Notice",
  ticket: "Ticket",
  push_aside: "Push aside",
  tow_to_legal_place: "Tow to the next legal place",
  tow_to_storage: "Tow to storage",
};
export const stepWords = (step: Step): string => STEP_WORDS[step];

/** Whether a step is against the will of whoever parked there, and so needs a power. */
export const needsPower = (step: Step): boolean => STEPS.indexOf(step) >= STEPS.indexOf("ticket");

export const ANSWERS = ["none_yet", "moved", "agreed", "partly", "refused", "failed"] as const;
const ANSWER_WORDS: Readonly<Record<(typeof ANSWERS)[number], string>> = {
  none_yet: "No answer yet",
  moved: "All of them went",
  agreed: "They will go",
  partly: "Some of them went",
  refused: "Refused",
  failed: "Did not work",
};
export const answerWords = (answer: (typeof ANSWERS)[number]): string => ANSWER_WORDS[answer];

type Verdict = LadderAnswer["reasons"][number]["verdict"];
/** A sign and a word for each verdict: meaning is never by colour alone. */
export const VERDICTS: Readonly<Record<Verdict, readonly [sign: string, word: string]>> = {
  go: ["\u2713", "Go"],
  hold: ["\u2016", "Hold"],
  stop: ["\u2715", "Stop"],
  unknown: ["?", "Not known"],
};

export const NEEDS: Readonly<Record<LadderAnswer["needed"][number]["state"], readonly [sign: string, word: string]>> = {
  there: ["\u2713", "There"],
  lacking: ["\u2715", "Lacking"],
  unknown: ["?", "Not known"],
};

export const OUTCOMES: Readonly<Record<LadderAnswer["announcements"][number]["outcome"], string>> = {
  announced: "Announced",
  done: "Done",
  not_done: "Not done",
  not_known: "Not known",
  dropped: "Dropped",
};

export const totalOf = (one: StretchCounted): number => TYPES.reduce((sum, type) => sum + one[type], 0);

/** "80 cars, 22 vans". */
export const kindsOf = (one: StretchCounted): string =>
  TYPES.filter((type) => one[type] > 0)
    .map((type) => counted(one[type], type, type === "bus" ? "buses" : `${type}s`))
    .join(", ") || "none";

export function lanesWords({ across, lanes_left }: StretchCounted): string {
  const standing = across === null ? "how many stand across nobody said" : `${across} across the road`;
  const lanes =
    lanes_left === null ? "" : lanes_left ? `, ${counted(lanes_left, "lane")} left` : ", no lane for a fire engine";
  return standing + lanes;
}

/** Whether a place is to park or to store, and whether it is open at the moment looked at. */
export function placeWords({ what, open }: MeansPlace): string {
  const name = what === "parking" ? "Parking" : "Storage";
  return open === null ? name : `${name}, ${open ? "open" : "not open"} at that time`;
}

/** When and by whom it was counted; that it is assumed where nobody did. */
export function ageOf({ assumed, age_s, speaker, entry }: StretchCounted): string {
  if (assumed) return "assumed, not counted";
  if (age_s === null) return entry === null ? "of a file; nobody said when" : "nobody said when";
  return `counted ${ageWords(age_s)} ago${speaker ? `, ${speaker}` : ""}`;
}

type Stair = Cleared["steps"][number];

/** What a step of the staircase wins. */
export function wishWords({ wish, of }: Stair): string {
  if (wish === "help_in_time") return "Help within its standard, where it can be";
  if (wish === "two_approaches") return "Two approaches, where there can be";
  return wish === "bus_route" ? `Bus route ${of} runs` : `${readable(of)} is free`;
}

/** How sure a step of the staircase is. */
export const proofWords = ({ proven, at_least, vehicles }: Stair): string =>
  proven ? "proved" : `not proved: ${at_least} at least, ${vehicles} found`;

export type DriveOut = {
  readonly from: string;
  readonly vehicles: string;
  readonly drive: string;
  readonly gates: string;
  readonly back: string;
};
export type PlaceOffered = { readonly title: string; readonly sameBack: boolean; readonly drives: readonly DriveOut[] };

const backWords = (may: boolean | null): string => (may === null ? "nobody said" : may ? "may come" : "not");
const BACK_OF_ALL: Readonly<Record<string, string>> = {
  "nobody said": "nobody said whether one may come back",
  "may come": "one may come back",
  not: "one may not come back",
};

/** Who is sent to each place: a line for each stretch, cars and high vehicles together where they drive the same way. */
export function placesOffered(found: Pick<Offered, "places" | "leavers" | "sends">): PlaceOffered[] {
  return found.places.flatMap(({ name, room, assumed }, at) => {
    const own = found.sends.filter(({ place }) => place === at);
    if (own.length === 0) return [];
    const lines = new Map<string, { stretch: number; drive: string; gates: string; back: string; of: string[] }>();
    for (const { stretch, vehicles, tall, drive_s, gates, comes_back } of own) {
      const drive = `${Math.round(drive_s / 60)} min`;
      const out = gates.join(", then ") || "no gate";
      const back = backWords(comes_back);
      const key = JSON.stringify([stretch, drive, out, back]);
      const line = lines.get(key) ?? { stretch, drive, gates: out, back, of: [] };
      line.of.push(`${vehicles}${tall ? " high" : ""}`);
      lines.set(key, line);
    }
    const drives = [...lines.values()].map(({ stretch, of, ...rest }): DriveOut => {
      const { stretch: from = "", assumed: guessed = false } = found.leavers[stretch] ?? {};
      return { from: `${from}${guessed ? " (assumed)" : ""}`, vehicles: of.join(" + "), ...rest };
    });
    const backs = new Set(drives.map(({ back }) => back));
    const sameBack = backs.size === 1;
    const [only = ""] = backs;
    const spaces = `room for ${room}${assumed.includes("capacity") ? " (assumed)" : ""}`;
    return [{ title: `To ${name}, ${spaces}${sameBack ? `; ${BACK_OF_ALL[only]}` : ""}`, sameBack, drives }];
  });
}
