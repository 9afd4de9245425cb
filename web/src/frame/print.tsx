/** A clean A4 page of the desk that is open: the map in print colours with scale, north and legend, and what the desk says. */

import type { Map as MapLibre } from "maplibre-gl";
import { type ComponentChildren, render } from "preact";
import type { Dispose, Store } from "../lib/store.ts";
import { repaint } from "../map/create.ts";
import type { LayersOf } from "../map/layers.ts";
import { pictureOf, seenBounds } from "../map/paper.ts";
import { PrintedAnchor } from "./anchor.tsx";
import type { Frame, Placed, Sheet } from "./desk.ts";
import { hereOf, openDesk, say } from "./frame.ts";
import { themeOf } from "./theme.ts";
import { deskWords, momentWords, titleOf, zoneOf } from "./title.ts";

const SHEET = "print-sheet";
const LAID = "sheet-laid";
/** Of the map, while it is drawn for paper: its letters are read at arm's length on a page of A4. */
const FOR_PAPER = "for-paper";
const PAPER_RATIO = 2;
const LAST_ZOOM = 17;
const EDGE_PX = 40;

function printedAt(zone: string): string {
  const time = new Date().toLocaleString("en-NZ", {
    weekday: "short",
    day: "numeric",
    month: "long",
    year: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
    timeZoneName: "short",
    timeZone: zone,
  });
  return `${time} (${zone})`;
}

const isStore = (part: unknown): part is Store<object> =>
  typeof part === "object" && part !== null && "get" in part && "set" in part;

/** The same store by day, with those that it is made of: what is printed is printed in the colours of paper. */
function byDay(store: unknown): unknown {
  if (!isStore(store)) return store;
  const parts = Object.entries(store).map(([name, part]) => [name, byDay(part)]);
  return { ...Object.fromEntries(parts), get: () => Object.create(store.get(), { dark: { value: false } }) };
}

function Legend({ frame }: { readonly frame: Frame }): ComponentChildren {
  const placed = hereOf(frame, (one) => (one.desk.legend ? one : null));
  if (!placed?.desk.legend) return null;
  const Part = placed.desk.legend;
  return (
    <div class="print-legend">
      <Part {...placed.open} store={byDay(placed.open.store)} />
    </div>
  );
}

const CAUTION = "A plan, not an order: check against the ground before you close a street.";

type PaperProps = { readonly frame: Frame; readonly sheet: Sheet; readonly picture: string };

function Paper({ frame, sheet: { head, alt, rest }, picture }: PaperProps): ComponentChildren {
  const { network } = frame.state.get();
  const moment = momentWords(frame);
  const isPlan = openDesk(frame)?.desk.title === "network";
  return (
    <>
      <h1>{titleOf(frame)}</h1>
      <p class="printed">
        {[
          `${deskWords(frame)}${moment ? ` of ${moment}` : ""}, printed ${printedAt(zoneOf(frame))}.`,
          isPlan ? CAUTION : "",
        ].join(" ")}
      </p>
      {head}
      <img src={picture} alt={alt} />
      <Legend frame={frame} />
      {rest}
      <footer>
        {network.notices.map((notice) => (
          <p key={notice}>{notice}</p>
        ))}
        <PrintedAnchor frame={frame} />
        <p class="link">{location.href}</p>
      </footer>
    </>
  );
}

const sheetOf = (frame: Frame): Sheet | null => hereOf(frame, ({ desk, open }: Placed) => desk.print?.(open));

function layPaper(): HTMLElement {
  document.getElementById(SHEET)?.remove();
  const paper = document.createElement("section");
  paper.id = SHEET;
  paper.className = SHEET;
  document.body.append(paper);
  return paper;
}

function lay(frame: Frame, sheet: Sheet): void {
  const paper = layPaper();
  document.documentElement.setAttribute("data-theme", "light");
  render(<Paper frame={frame} sheet={sheet} picture={pictureOf(frame.map)} />, paper);
  for (const folded of paper.querySelectorAll("details")) folded.open = true;
}

/** A desk that lays a sheet over the map prints that. */
function layWords(frame: Frame, words: Element): void {
  const paper = layPaper();
  render(
    <>
      <h1>{titleOf(frame)}</h1>
      <p class="printed">{`${deskWords(frame)}, printed ${printedAt(zoneOf(frame))}.`}</p>
    </>,
    paper,
  );
  paper.append(words.cloneNode(true));
}

const wordsOver = (): Element | undefined =>
  [...document.querySelectorAll(".room .sheet")].find((one) => one.checkVisibility());

const LONGEST_MS = 15_000;
const LOOK_MS = 150;
const pause = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));

/** Until every tile is drawn in its new colours; new colours of streets are worked out anew for each tile. */
async function drawn(map: MapLibre): Promise<void> {
  const late = Date.now() + LONGEST_MS;
  do {
    map.triggerRepaint();
    await pause(LOOK_MS);
  } while (!(map.loaded() && map.areTilesLoaded()) && Date.now() < late);
  await new Promise((done) => {
    map.once("render", done);
    map.triggerRepaint();
  });
}

/** The map in the colours and the size of paper, for as long as something is done with it. */
async function onPaper(frame: Frame, layers: LayersOf, sheet: Sheet, act: () => void): Promise<void> {
  const { map } = frame;
  const view = { center: map.getCenter(), zoom: map.getZoom(), bearing: map.getBearing() };
  const ratio = map.getPixelRatio();
  const bounds = sheet.bounds ?? seenBounds(map);
  const size = (forPaper: boolean): void => {
    map.getContainer().classList.toggle(FOR_PAPER, forPaper);
    map.setPixelRatio(forPaper ? PAPER_RATIO : ratio);
    map.resize();
  };
  repaint(map, "print", layers);
  size(true);
  map.jumpTo({ bearing: 0 });
  map.fitBounds(bounds, { padding: EDGE_PX, duration: 0, maxZoom: LAST_ZOOM });
  await drawn(map);
  act();
  size(false);
  repaint(map, themeOf(frame), layers);
  map.jumpTo(view);
}

const inOwnColours = (frame: Frame): void =>
  document.documentElement.setAttribute("data-theme", frame.state.get().dark ? "dark" : "light");

/** Draw the whole in print colours, print, and put everything back. */
export async function printSheet(frame: Frame, layers: LayersOf): Promise<void> {
  const sheet = sheetOf(frame);
  const words = wordsOver();
  if (words) layWords(frame, words);
  else if (sheet) {
    say(frame, "Drawing the map for paper\u2026");
    await onPaper(frame, layers, sheet, () => lay(frame, sheet));
    say(frame, "");
  } else return say(frame, "There is nothing to print here yet. Open the Picture or the Plan desk.");
  document.body.classList.add(LAID);
  await document
    .querySelector<HTMLImageElement>(`#${SHEET} img`)
    ?.decode()
    .catch(() => undefined);
  print();
  document.body.classList.remove(LAID);
  inOwnColours(frame);
}

/** The browser's own print command: the map as it stands. */
export function preparePrint(frame: Frame): Dispose {
  const prepare = (): void => {
    if (document.body.classList.contains(LAID)) return;
    const [words, sheet] = [wordsOver(), sheetOf(frame)];
    if (words) layWords(frame, words);
    else if (sheet) lay(frame, sheet);
  };
  const after = (): void => inOwnColours(frame);
  addEventListener("beforeprint", prepare);
  addEventListener("afterprint", after);
  return () => {
    removeEventListener("beforeprint", prepare);
    removeEventListener("afterprint", after);
  };
}
