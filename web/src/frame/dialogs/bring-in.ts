/** A city is brought in: its file goes in parts, so that a slow line or a pause loses nothing, and is then imported. */
import * as api from "../../contract/api.ts";
import type { NetworkSummary } from "../../contract/index.ts";
import { err, ok, type Result } from "../../lib/result.ts";
import type { Work } from "../../lib/work.tsx";

/** What the import reads, for the browser's list of files. */
export const KINDS = ".pbf,.osm,.gz,.bz2,.o5m,.opl,.geojson,.json";

const TRIES = 4;
const PAUSE_MS = 1500;
const SENDING_SHARE = 0.4;
const MEGABYTE = 2 ** 20;

type Told = (work: Work) => void;

/** "Helsinki centre" of "helsinki-centre.osm.pbf". */
export function cityName(file: string): string {
  const plain = file
    .replace(/\.(osm|pbf|gz|bz2|o5m|opl|geojson|json)(?=\.|$)/gi, "")
    .replace(/[-_.\s]+/g, " ")
    .replace(/ latest$/, "")
    .trim();
  return plain.charAt(0).toUpperCase() + plain.slice(1);
}

const megabytes = (bytes: number): string => (bytes / MEGABYTE).toFixed(bytes < 10 * MEGABYTE ? 1 : 0);

const sending = (taken: number, size: number): Work => ({
  doing: `Sending the file: ${megabytes(taken)} of ${megabytes(size)} MB`,
  share: (SENDING_SHARE * taken) / size,
  secondsLeft: null,
});

const pause = (): Promise<void> => new Promise((done) => setTimeout(done, PAUSE_MS));

/** One part, tried again where the server does not answer. */
async function sendPart(id: string, at: number, part: Blob, signal: AbortSignal) {
  for (let tries = 1; ; tries += 1) {
    const sent = await api.sendPart(id, at, part, signal);
    if (sent.ok || sent.error.kind !== "offline" || tries === TRIES) return sent;
    await pause();
  }
}

async function send(file: File, signal: AbortSignal, told: Told): Promise<Result<string, api.Failure>> {
  const opened = await api.openUpload({ name: file.name, size: file.size });
  if (!opened.ok) return opened;
  const { id, part } = opened.value;
  let { taken } = opened.value;
  while (taken < file.size) {
    told(sending(taken, file.size));
    const sent = await sendPart(id, taken, file.slice(taken, taken + part), signal);
    if (!sent.ok || signal.aborted) {
      void api.dropUpload(id);
      return sent.ok ? err({ kind: "cancelled", message: "" }) : sent;
    }
    taken = sent.value.taken;
  }
  return ok(id);
}

/** The network of the city that a file holds; it can be used at once. */
export async function bringIn(
  file: File,
  name: string,
  signal: AbortSignal,
  told: Told,
): Promise<Result<NetworkSummary, api.Failure>> {
  if (!file.size) return err({ kind: "refused", message: `${file.name} is empty. Choose another file.` });
  const sent = await send(file, signal, told);
  if (!sent.ok) return sent;
  const done = await api.followImport({ upload: sent.value, name, driving_side: null }, signal, (job) =>
    told({ doing: job.doing, share: SENDING_SHARE + (1 - SENDING_SHARE) * job.share, secondsLeft: null }),
  );
  if (!done.ok) return done;
  return done.value.answer ? ok(done.value.answer) : err({ kind: "refused", message: "The city did not come in." });
}
