/** What the signs of the picture mean. */
import type { JSX } from "preact";
import type { MapMark } from "../../contract/index.ts";
import { coloursOf } from "../../map/theme.ts";
import { SIGN_COLOURS } from "./marks.ts";
import type { PictureStore } from "./store.ts";

/** How streets are drawn in their states. */
const STREETS: readonly (readonly [sign: MapMark["sign"], words: string])[] = [
  ["shut", "street shut"],
  ["restricted", "open for some"],
  ["open", "open"],
];

export function PictureLegend({ store }: { readonly store: PictureStore }): JSX.Element {
  const { dark, kinds } = store.get();
  const colours = coloursOf(dark ? "night" : "day");
  const colour = (sign: MapMark["sign"]): string => colours[SIGN_COLOURS[sign]];
  return (
    <aside class="legend picture-legend" aria-label="Legend of the picture">
      <details class="legend-part">
        <summary>
          <span>Legend</span>
        </summary>
        <div class="legend-body">
          <ul class="signs">
            {STREETS.map(([sign, words]) => (
              <li key={sign}>
                <i class="line dashed" style={`--line:${colour(sign)}`} />
                {words}
              </li>
            ))}
            {kinds?.legend.map(({ letter, means, sign }) => (
              <li key={letter}>
                <i class="sign" style={{ background: colour(sign), color: colours.badgeText }}>
                  {letter}
                </i>
                {means}
              </li>
            ))}
          </ul>
          <p class="quiet">Faint: older than a day.</p>
        </div>
      </details>
    </aside>
  );
}
