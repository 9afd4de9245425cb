/** A clean A4 page: the map in print colours, with what a desk says above and below it. */

import type { Map as MapLibre } from "maplibre-gl";
import { type ComponentChildren, render } from "preact";
import type { Dispose } from "../lib/store.ts";
import { repaint } from "../map/create.ts";
import type { LayersOf } from "../map/layers.ts";
import { PrintedAnchor } from "./anchor.tsx";
import type { Frame, Sheet } from "./desk.ts";
import { firstOf, say } from "./frame.ts";
import { themeOf } from "./theme.ts";

const SHEET = "print-sheet";
const LAID = "sheet-laid";

const printedAt = (): string =>
  new Date().toLocaleString("en-NZ", {
    weekday: "short",
    day: "numeric",
    month: "long",
    year: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
    timeZoneName: "short",
  });

type PaperProps = { readonly frame: Frame; readonly sheet: Sheet; readonly picture: string };

function Paper({ frame, sheet: { head, alt, rest }, picture }: PaperProps): ComponentChildren {
  const { network } = frame.state.get();
  return (
    <>
      <h1>{network.scenario.name || network.name}</h1>
      <p class="printed">
        {`Plan printed ${printedAt()}. A plan, not an order: check against the ground before you close a street.`}
      </p>
      {head}
      <img src={picture} alt={alt} />
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

const sheetOf = (frame: Frame): Sheet | null => firstOf(frame, ({ desk, open }) => desk.print?.(open));

function lay(frame: Frame, sheet: Sheet): void {
  document.getElementById(SHEET)?.remove();
  const paper = document.createElement("section");
  paper.id = SHEET;
  paper.className = SHEET;
  render(<Paper frame={frame} sheet={sheet} picture={frame.map.getCanvas().toDataURL("image/png")} />, paper);
  document.body.append(paper);
}

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

/** Draw the whole in print colours, print, and put everything back. */
export async function printSheet(frame: Frame, layers: LayersOf): Promise<void> {
  const { map } = frame;
  const sheet = sheetOf(frame);
  if (!sheet) return;
  const view = {
    center: map.getCenter(),
    zoom: map.getZoom(),
    bearing: map.getBearing(),
  };
  repaint(map, "print", layers);
  map.jumpTo({ bearing: 0 });
  map.fitBounds(sheet.bounds, { padding: 60, duration: 0, maxZoom: 17 });
  say(frame, "Drawing the map for paper\u2026");
  await drawn(map);
  say(frame, "");
  lay(frame, sheet);
  document.body.classList.add(LAID);
  repaint(map, themeOf(frame), layers);
  map.jumpTo(view);
  await document
    .querySelector<HTMLImageElement>(`#${SHEET} img`)
    ?.decode()
    .catch(() => undefined);
  print();
  document.body.classList.remove(LAID);
}

/** The browser's own print command: the map as it stands. */
export function preparePrint(frame: Frame): Dispose {
  const prepare = (): void => {
    const sheet = document.body.classList.contains(LAID) ? null : sheetOf(frame);
    if (sheet) lay(frame, sheet);
  };
  addEventListener("beforeprint", prepare);
  return () => removeEventListener("beforeprint", prepare);
}
