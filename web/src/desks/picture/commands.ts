/** What can be done at the Picture desk: by name, by button. */
import * as api from "../../contract/api.ts";
import { type Command, type Hit, type Open, TIMES, type Tool } from "../../frame/desk.ts";
import { say } from "../../frame/frame.ts";
import add from "../../icons/add.svg";
import download from "../../icons/download.svg";
import report from "../../icons/report.svg";
import { map, type Result } from "../../lib/result.ts";
import { dateWords, iso } from "../../lib/times.ts";
import { standingWords } from "./standing.ts";
import { goToFact, knowAs, type PictureStore, toTheEnd, whenOf, write } from "./store.ts";
import { goToTyped } from "./time-field.tsx";
import { timeCommands } from "./time-steps.ts";

function openReport(store: PictureStore, form: "html" | "pdf"): void {
  const { operation } = store.get();
  if (operation) window.open(api.sitrepUrl(operation.id, form, whenOf(store.get())), "_blank", "noopener");
}

export function pictureCommands({ store }: Open<PictureStore>): readonly Command[] {
  if (!store.get().operation) return [];
  return [
    { id: "write", label: "New entry", also: "write add report", keys: "N", act: () => write(store) },
    {
      id: "sitrep",
      label: "Situation report: fill its head, open or issue it",
      act: () => store.set({ reporting: true }),
    },
    { id: "sitrep-html", label: "Situation report as a page", act: () => openReport(store, "html") },
    {
      id: "sitrep-pdf",
      label: "Situation report as PDF",
      also: "export download",
      act: () => openReport(store, "pdf"),
    },
    {
      id: "play",
      label: "Play the days like a film, or pause",
      act: () => store.set({ playing: !store.get().playing }),
    },
    ...timeCommands(store),
    { id: "end", label: "Go to the last moment", act: () => toTheEnd(store) },
    { id: "had", label: "Show the picture as the room had it", act: () => knowAs(store, "had") },
    { id: "could", label: "Show the picture as it could have been known", act: () => knowAs(store, "could") },
  ];
}

export function pictureTools({ store }: Open<PictureStore>): readonly Tool[] {
  if (!store.get().operation) return [];
  return [
    {
      id: "write",
      label: "New entry",
      title: "New entry (N)",
      name: "New entry",
      icon: add,
      act: () => write(store),
    },
    {
      id: "sitrep",
      label: "Report",
      title: "Situation report for the moment shown",
      name: "Report",
      icon: report,
      act: () => store.set({ reporting: true }),
    },
    {
      id: "sitrep-pdf",
      label: "PDF",
      title: "Situation report as PDF",
      name: "PDF",
      icon: download,
      act: () => openReport(store, "pdf"),
    },
  ];
}

/** Words and signs of which times are made: the server is asked only for what may be one, and reads it. */
const TIME_WORDS = [
  "days?|at|on|of|the|in|to|past|half|quarter|noon|midday|midnight|[ap]\\.?m",
  "yesterday|today|tomorrow|tonight|last|next|this|(?:over)?night|(?:early )?morning|afternoon|evening",
  String.raw`about|around|now|ago|an?|hours?|hrs?|h|min(?:ute)?s?|o['\u2019]?clock|st|nd|rd|th`,
  "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve",
  "(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?|(?:jan|febr?)(?:uary)?|mar(?:ch)?|apr(?:il)?",
  "may|june?|july?|aug(?:ust)?|(?:sept?|octo?|nov|dec)(?:em)?(?:ber)?",
];
const MAY_BE_TIME = new RegExp(`^(?:[\\d\\s:.,/-]|(?:${TIME_WORDS.join("|")})(?![a-z]))+$`, "i");
const A_POINT = /^-?\d+\.\d+[ ,]/;

/** The moment that is typed, to go to. */
async function findTime(
  { store, frame }: Open<PictureStore>,
  words: string,
  signal: AbortSignal,
): Promise<readonly Hit[]> {
  const { operation, at } = store.get();
  if (!operation || A_POINT.test(words) || !MAY_BE_TIME.test(words)) return [];
  const read = await api.readTime(operation.id, words, iso(at), signal);
  if (!read.ok) return [];
  const { day, words: said } = read.value;
  const act = async (): Promise<void> => {
    store.set({ desk: "picture" });
    const trouble = await goToTyped(store, words);
    if (trouble) say(frame, trouble);
  };
  return [
    { label: `Go to ${day === null ? "" : `day ${day}, `}${said}`, note: "time", group: TIMES, act: () => void act() },
  ];
}

/** So many entries are shown; the log has them all. */
const MOST_ENTRIES = 8;

/** A time that is typed, and the entries that hold these words, the last that happened first, each with how it stands. */
export async function findEntries(
  open: Open<PictureStore>,
  words: string,
  signal: AbortSignal,
): Promise<Result<readonly Hit[], unknown>> {
  const { store } = open;
  const { operation } = store.get();
  if (!operation) return { ok: true, value: [] };
  const [times, found] = await Promise.all([
    findTime(open, words, signal),
    api.getLog(operation.id, { words }, iso(store.get().at), MOST_ENTRIES, signal),
  ]);
  return map(found, ({ lines }) => [
    ...times,
    ...lines.map((line) => ({
      label: line.says,
      note: `${standingWords(line.standing)}, ${dateWords(Date.parse(line.happened.start), operation.zone)}`,
      group: "Entries",
      act: () => goToFact(store, line),
    })),
  ]);
}
