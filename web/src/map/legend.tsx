/** Rows of a legend, each with the layers that it names, and those of the ground, which every map has. */
import type { ComponentChildren, JSX } from "preact";
import { MapSign } from "../lib/canvas.tsx";
import { coloursOf, type Theme } from "./theme.ts";

type RowProps = {
  readonly sign: ComponentChildren;
  readonly text: string;
  /** The layers of the map that it names: a test holds that each has its row. */
  readonly of: readonly string[];
};

export const SignRow = ({ sign, text, of }: RowProps): JSX.Element => (
  <li data-layers={of.join(" ")}>
    {sign}
    {text}
  </li>
);

export const Line = ({ colour, look }: { readonly colour: string; readonly look: string }): JSX.Element => (
  <i class={`line ${look}`} style={`--line:${colour}`} />
);

export const LetterSign = ({ letter, colour }: { readonly letter: string; readonly colour: string }): JSX.Element => (
  <i class="letter-sign" style={`--sign:${colour}`} aria-hidden="true">
    {letter}
  </i>
);

type RingProps = { readonly colour: string; readonly filled?: boolean };

export const RingSign = ({ colour, filled = false }: RingProps): JSX.Element => (
  <i class="ring-sign" style={`border-color:${colour}${filled ? `;background:${colour}` : ""}`} />
);

/** What every map has: what the land and the streets themselves say. */
export function GroundSigns({ theme }: { readonly theme: Theme }): JSX.Element {
  const colours = coloursOf(theme);
  return (
    <>
      <SignRow
        sign={<i class="swatch street" style={{ background: colours.major, borderColor: colours.casing }} />}
        text="Street: main roads are broader"
        of={["streets", "street-casings"]}
      />
      <SignRow sign={<MapSign name="arrow" theme={theme} />} text="One way, from near" of={["oneway-arrows"]} />
      <SignRow sign={<Line colour={colours.path} look="dashed" />} text="Path or steps" of={["paths"]} />
      <SignRow
        sign={<RingSign colour={colours.label} />}
        text="The map's data end here; the street may go on"
        of={["open-ends"]}
      />
      <SignRow sign={<MapSign name="place" theme={theme} />} text="Station, hospital, court" of={["place-names"]} />
      <SignRow
        sign={[colours.building, colours.park, colours.water].map((colour) => (
          <i key={colour} class="swatch" style={{ background: colour }} />
        ))}
        text="Building, park, water"
        of={["area-building", "area-park", "area-water"]}
      />
    </>
  );
}
