/** Asks the server for what the Picture desk shows: one question at a time, the latest wins; and keeps up with what is new. */
import * as api from "../../contract/api.ts";
import { check } from "../../contract/check.ts";
import { recordState } from "../../contract/index.ts";
import { ok } from "../../lib/result.ts";
import { type Dispose, onChange } from "../../lib/store.ts";
import { isAtTheEnd, lookAt, MINUTE_MS, type PictureStore, spanOf, toTheEnd, whenOf } from "./store.ts";

/** Between two questions while a handle is dragged. */
const PAUSE_MS = 30;

export type Loader = { readonly again: () => void; readonly end: Dispose };

export function startLoading(watch: PictureStore): Loader {
  let asking = false;
  let stale = false;

  const ask = async (): Promise<void> => {
    const { operation, kinds } = watch.get();
    if (!operation) return;
    if (asking) {
      stale = true;
      return;
    }
    asking = true;
    const when = whenOf(watch.get());
    const [picture, marks, known] = await Promise.all([
      api.getPicture(operation.id, when),
      api.getMarks(operation.id, when),
      kinds ? ok(kinds) : api.listKinds(),
    ]);
    if (picture.ok && marks.ok && known.ok)
      watch.set({ picture: picture.value, marks: marks.value, kinds: known.value, failure: "" });
    else watch.set({ failure: [picture, marks, known].find((one) => !one.ok)?.error.message ?? "" });
    asking = false;
    if (!stale) return;
    stale = false;
    window.setTimeout(() => void ask(), PAUSE_MS);
  };

  const open = async (): Promise<void> => {
    const { operation, entry } = watch.get();
    if (!operation || entry === null) return;
    const detail = await api.getEntry(operation.id, entry);
    if (watch.get().entry !== entry) return;
    watch.set(detail.ok ? { detail: detail.value } : { failure: detail.error.message, entry: null, detail: null });
  };

  const again = (): void => {
    void ask();
    void open();
  };
  const ends = [
    onChange(watch, ["at", "knownAt", "knowledge", "without"], () => void ask()),
    onChange(watch, ["entry"], () => void open()),
  ];
  again();
  const clock = window.setInterval(() => {
    if (isAtTheEnd(watch.get()) && watch.get().linked) follow(watch);
  }, MINUTE_MS);
  return {
    again,
    end: () => {
      clearInterval(clock);
      for (const end of ends) end();
    },
  };
}

/** Stay at the end while time passes. */
function follow(watch: PictureStore): void {
  const { operation, at } = watch.get();
  if (!operation) return;
  const [, end] = spanOf(operation);
  if (end > at) lookAt(watch, end);
}

/** Where the bar ended later, as by a wrong date that was taken back, the handles come back with it. */
function backToTheEnd(watch: PictureStore): void {
  const { operation, at } = watch.get();
  if (operation && at > spanOf(operation)[1]) toTheEnd(watch);
  else follow(watch);
}

/** How long to wait before asking again for what could not be had. */
const RETRY_MS = 1000;
/** The longest pause before the stream is asked for again, where the server has no room for one more. */
const MOST_RETRY_MS = 16_000;
/** Many entries at once are one change. */
const GATHER_MS = 40;

/** Why the record does not answer, as the stream says it; empty where it does. */
function troubleOf(data: string): string {
  const said = check(recordState, JSON.parse(data));
  return said.ok ? (said.value.problem ?? "") : said.error;
}

/** What is appended anywhere shows here; a stream that broke is taken up again after the last number that was seen. While the
 * server refuses one, the page asks now and then, and waits longer each time. */
export function followLive(watch: PictureStore, loader: Loader): Dispose {
  const { operation } = watch.get();
  if (!operation) return () => undefined;
  let seen = operation.seq;
  let waiting = 0;
  let retry = 0;
  let pause = RETRY_MS;
  let stream: EventSource | undefined;

  const refresh = async (): Promise<void> => {
    const atTheEnd = isAtTheEnd(watch.get()) && watch.get().linked;
    const details = await api.getOperation(operation.id);
    if (!details.ok) return soon(RETRY_MS);
    watch.set({ operation: details.value });
    if (atTheEnd) backToTheEnd(watch);
    loader.again();
  };
  const soon = (pause: number): void => {
    clearTimeout(waiting);
    waiting = window.setTimeout(() => void refresh(), pause);
  };
  const connect = (again: boolean): void => {
    const opened = new EventSource(api.streamUrl(operation.id, seen));
    stream = opened;
    stream.addEventListener("entry", (event) => {
      seen = Math.max(seen, Number(event.lastEventId));
      soon(GATHER_MS);
    });
    stream.addEventListener("record", (event) => {
      const trouble = troubleOf(event.data);
      watch.set({ trouble });
      if (trouble === "") soon(0);
    });
    stream.addEventListener("open", () => {
      if (watch.get().live !== "open" && again) soon(0);
      again = true;
      pause = RETRY_MS;
      watch.set({ live: "open", trouble: "" }); // trouble that is left is said next
    });
    stream.addEventListener("error", () => {
      const refused = opened.readyState === EventSource.CLOSED;
      watch.set({ live: refused ? "asking" : "connecting" });
      if (!refused) return;
      soon(0);
      retry = window.setTimeout(() => connect(true), pause);
      pause = Math.min(2 * pause, MOST_RETRY_MS);
    });
  };
  connect(false);
  return () => {
    clearTimeout(waiting);
    clearTimeout(retry);
    stream?.close();
  };
}
