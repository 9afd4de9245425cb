/** What the signs of the picture mean. */
import type { ComponentChildren, JSX } from "preact";
import type { MapMark } from "../../contract/index.ts";
import { GroundSigns } from "../../map/legend.tsx";
import { coloursOf } from "../../map/theme.ts";
import { SIGN_COLOURS } from "./marks.ts";
import type { PictureStore } from "./store.ts";

/** How streets are drawn in their states. */
const STREETS: readonly (readonly [sign: MapMark["sign"], words: string])[] = [
  ["shut", "street shut"],
  ["restricted", "open for some"],
  ["open", "open"],
];

type Props = {
  readonly store: PictureStore;
  /** Rows of what other desks draw here. */
  readonly also?: ComponentChildren;
};

export function PictureLegend({ store, also }: Props): JSX.Element {
  const { dark, kinds } = store.get();
  const theme = dark ? "night" : "day";
  const colours = coloursOf(theme);
  const colour = (sign: MapMark["sign"]): string => colours[SIGN_COLOURS[sign]];
  return (
    <aside class="legend picture-legend" aria-label="Legend of the picture">
      <details class="legend-part">
        <summary>
          <span>Legend</span>
        </summary>
        <div class="legend-body">
          <ul class="signs" data-layers="picture-streets picture-signs picture-letters">
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
          <ul class="signs">
            <li data-layers="picture-somewhere">
              <i class="line dotted" style={`--line:${colours.shut}`} />
              somewhere on this street: nobody said where
            </li>
            <li data-layers="picture-clusters picture-counts">
              <i class="sign" style={{ background: colours.shut, color: colours.badgeText }}>
                3
              </i>
              signs close together: press to see each
            </li>
            <li data-layers="picture-halo picture-picked picture-picked-letter">
              <i class="sign ringed" style={{ borderColor: colours.selected }} />
              the entry that is open
            </li>
            {also}
            <GroundSigns theme={theme} />
          </ul>
          <p class="quiet">Faint: older than a day.</p>
        </div>
      </details>
    </aside>
  );
}
