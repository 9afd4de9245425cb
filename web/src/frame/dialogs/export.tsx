/** What is seen at the open desk, as a file. */
import type { JSX } from "preact";
import { Dialog } from "../../lib/dialog.tsx";
import { toCsv, toGpx, toKml } from "../../lib/geo-write.ts";
import { save } from "../../lib/save.ts";
import { counted } from "../../lib/units.ts";
import { hereOf } from "../frame.ts";
import { deskWords, fileName, pageTitle } from "../title.ts";
import type { DialogProps } from "./index.tsx";

const NOTHING =
  "There is nothing on the map of this desk to save yet. Open the Picture, the Plan, the Traffic or the Buses.";

export function Export({ frame, commands, closed }: DialogProps): JSX.Element {
  const found = hereOf(frame, ({ desk, open }) => desk.seen?.(open));
  const title = pageTitle(frame);
  const write = (ending: string, type: string, text: string) => (): void => {
    save(fileName(frame, ending), type, text);
    closed();
  };
  return (
    <Dialog title={`Download: ${deskWords(frame)}`} closed={closed}>
      {!found?.features.length && <p class="warning">{NOTHING}</p>}
      {found && found.features.length > 0 && (
        <div class="stack">
          <p>{`${counted(found.features.length, "thing")} on the map, with all that is known of each.`}</p>
          <div class="row">
            <button type="button" onClick={write("geojson", "application/geo+json", JSON.stringify(found, null, 1))}>
              GeoJSON
            </button>
            <button type="button" onClick={write("kml", "application/vnd.google-earth.kml+xml", toKml(found, title))}>
              KML
            </button>
            <button type="button" onClick={write("gpx", "application/gpx+xml", toGpx(found, title))}>
              GPX
            </button>
            <button type="button" onClick={write("csv", "text/csv", `\ufeff${toCsv(found)}`)}>
              CSV
            </button>
            <button
              type="button"
              onClick={() => {
                closed();
                commands.find(({ id }) => id === "print")?.act();
              }}
            >
              PDF
            </button>
          </div>
          <p class="quiet">
            PDF opens the print window with the page laid out for A4: choose "Save as PDF" as the printer, then Save.
          </p>
        </div>
      )}
    </Dialog>
  );
}
