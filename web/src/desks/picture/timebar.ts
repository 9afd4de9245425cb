/**
 * The time bar: two handles, "at" (what moment we look at) and "as known at" (what we knew then); play, step, now.
 * Under it, how much became known in each hour.
 */

import back from "../../icons/back.svg";
import forth from "../../icons/forth.svg";
import pauseIcon from "../../icons/pause.svg";
import playIcon from "../../icons/play.svg";
import { checkbox } from "../../lib/card.ts";
import { button, h, icon, iconButton } from "../../lib/dom.ts";
import { onChange } from "../../lib/store.ts";
import { DAY_MS, dateWords, HOUR_MS, isoIn, midnight, timeWords } from "../../lib/times.ts";
import {
  isAtTheEnd,
  isGoingOn,
  knowAt,
  lookAt,
  MINUTE_MS,
  type PictureState,
  type PictureStore,
  spanOf,
  toTheEnd,
} from "./store.ts";

/** One frame of the film, and how much time passes in it. */
const FRAME_MS = 180;
const FILM_STEP_MS = 2 * HOUR_MS;

const percentOf = (moment: number, [first, last]: readonly [number, number]): number =>
  ((moment - first) / (last - first)) * 100;

/** How far the keys move a handle. */
const KEYS_MS: Readonly<Record<string, number>> = {
  ArrowLeft: -HOUR_MS / 4,
  ArrowDown: -HOUR_MS / 4,
  ArrowRight: HOUR_MS / 4,
  ArrowUp: HOUR_MS / 4,
  PageDown: -6 * HOUR_MS,
  PageUp: 6 * HOUR_MS,
};

/** A handle is a range input: arrows move it by a quarter of an hour, Page keys by six hours. */
function handle(label: string, kind: string, move: (moment: number) => void): HTMLInputElement {
  const input = h("input", {
    type: "range",
    class: `handle ${kind}`,
    "aria-label": label,
    step: MINUTE_MS,
    on: { input: (event) => move(Number((event.target as HTMLInputElement).value)) },
  });
  input.addEventListener("keydown", (event) => {
    const by = KEYS_MS[event.key];
    if (by === undefined) return;
    event.preventDefault();
    move(Number(input.value) + by);
  });
  return input;
}

function dayMarks({ operation }: PictureState): HTMLElement[] {
  if (!operation) return [];
  const span = spanOf(operation);
  const days = (span[1] - span[0]) / DAY_MS;
  const every = Math.max(1, Math.ceil(days / 8));
  const first = operation.first_day === null ? null : Date.parse(`${operation.first_day}T00:00:00Z`);
  const marks: HTMLElement[] = [];
  for (
    let day = midnight(span[0], operation.zone) + DAY_MS, index = 0;
    day < span[1];
    day = midnight(day + DAY_MS + HOUR_MS, operation.zone), index++
  ) {
    const number =
      first === null ? null : Math.round((Date.parse(isoIn(day, operation.zone).slice(0, 10)) - first) / DAY_MS) + 1;
    const text = index % every ? "" : number === null ? dateWords(day, operation.zone) : `Day ${number}`;
    marks.push(h("span", { class: `day${text ? " named" : ""}`, style: `left:${percentOf(day, span)}%` }, text));
  }
  return marks;
}

function bars({ operation }: PictureState): HTMLElement[] {
  if (!operation) return [];
  const span = spanOf(operation);
  const most = Math.max(1, ...operation.timeline.map(({ entries }) => entries));
  const width = Math.max((HOUR_MS / (span[1] - span[0])) * 100, 0.35);
  return operation.timeline.map(({ start, entries }) => {
    const left = Math.min(percentOf(Date.parse(start), span), 100 - width);
    return h("i", { style: `left:${left}%;width:${width}%;height:${15 + (85 * entries) / most}%` });
  });
}

export function timeBar(watch: PictureStore): HTMLElement {
  const at = handle("At: the moment looked at", "at", (moment) => lookAt(watch, moment));
  const known = handle("As known at", "known", (moment) => knowAt(watch, moment));
  const atWord = h("output", { class: "at-word" });
  const knownWord = h("output", { class: "known-word" });
  const histogram = h("div", { class: "histogram", "aria-hidden": "true" });
  const days = h("div", { class: "days", "aria-hidden": "true" });
  const play = iconButton("Play the days", playIcon, () => watch.set({ playing: !watch.get().playing }));
  const last = button("Now", () => toTheEnd(watch), { class: "now" });
  const live = h("span", { class: "live", role: "status" });
  const linked = checkbox("as known then", true, (checked) =>
    checked ? knowAt(watch, watch.get().at) : watch.set({ linked: false }),
  );
  const step = (by: number): void => lookAt(watch, watch.get().at + by);

  const showSpan = (state: PictureState): void => {
    if (!state.operation) return;
    const [first, end] = spanOf(state.operation);
    for (const input of [at, known]) {
      input.min = `${first}`;
      input.max = `${end}`;
    }
    last.textContent = isGoingOn(state.operation) ? "Now" : "End";
    histogram.replaceChildren(...bars(state));
    days.replaceChildren(...dayMarks(state));
  };
  const show = (state: PictureState): void => {
    if (!state.operation) return;
    const { zone } = state.operation;
    const span = spanOf(state.operation);
    at.value = `${state.at}`;
    known.value = `${state.knownAt}`;
    const [atTime, knownTime] = [timeWords(state.at, zone), timeWords(state.knownAt, zone)];
    at.setAttribute("aria-valuetext", atTime);
    known.setAttribute("aria-valuetext", knownTime);
    atWord.textContent = atTime;
    knownWord.textContent = state.knownAt === state.at ? "" : `as known ${knownTime}`;
    known.classList.toggle("apart", !state.linked);
    const box = linked.querySelector("input");
    if (box) box.checked = state.linked;
    histogram.style.setProperty("--known", `${percentOf(state.knownAt, span)}%`);
    last.disabled = isAtTheEnd(state) && state.linked;
    play.replaceChildren(icon(state.playing ? pauseIcon : playIcon));
    play.setAttribute("aria-label", state.playing ? "Pause" : "Play the days");
  };
  onChange(watch, ["operation"], (state) => {
    showSpan(state);
    show(state);
  });
  onChange(watch, ["at", "knownAt", "linked", "playing"], show);
  onChange(watch, ["live"], (state) => {
    const words = { connecting: "Connecting\u2026", open: "Live" };
    live.textContent = words[state.live];
    live.dataset["state"] = state.live;
  });
  showSpan(watch.get());
  show(watch.get());
  film(watch);
  return h(
    "section",
    { class: "timebar", "aria-label": "Time" },
    h(
      "div",
      { class: "timebar-row" },
      iconButton("One hour back", back, () => step(-HOUR_MS)),
      play,
      iconButton("One hour on", forth, () => step(HOUR_MS)),
      h("span", { class: "time-words" }, atWord, knownWord),
      linked,
      live,
      last,
    ),
    h("div", { class: "track" }, histogram, days, at, known),
  );
}

/** The days like a film: the next frame comes when this one is drawn. */
function film(watch: PictureStore): void {
  let timer = 0;
  const frame = (): void => {
    const { operation, playing, at, picture } = watch.get();
    if (!playing || !operation) return;
    const drawn = picture !== null && Math.abs(Date.parse(picture.at) - at) < 1000;
    if (drawn && at >= spanOf(operation)[1]) return watch.set({ playing: false });
    if (drawn) lookAt(watch, at + FILM_STEP_MS);
    timer = window.setTimeout(frame, FRAME_MS);
  };
  onChange(watch, ["playing"], ({ playing, operation, at }) => {
    clearTimeout(timer);
    if (!playing || !operation) return;
    if (at >= spanOf(operation)[1]) lookAt(watch, spanOf(operation)[0]); // from the beginning, when it stands at the end
    timer = window.setTimeout(frame, FRAME_MS);
  });
}
