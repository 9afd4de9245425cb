/** A drive turn by turn. */
import type { JSX } from "preact";
import type { TurnLeg } from "../../contract/index.ts";

export const legWords = ({ turn, street, metres }: TurnLeg): string =>
  `${turn} ${street}${metres >= 1 ? `, ${Math.round(metres)} m` : ""}`;

type Props<L extends TurnLeg> = {
  readonly legs: readonly L[];
  /** What is said of a leg besides. */
  readonly more?: (leg: L) => string;
};

export const Legs = <L extends TurnLeg>({ legs, more }: Props<L>): JSX.Element | null =>
  legs.length === 0 ? null : (
    <ol class="legs">
      {legs.map((leg, index) => (
        <li key={index}>
          {legWords(leg)}
          {more?.(leg) && <small>{more(leg)}</small>}
        </li>
      ))}
    </ol>
  );

export const minutesWords = (minutes: number | null, none: string): string =>
  minutes === null ? none : `${minutes <= -0.05 ? "\u2212" : "+"}${Math.abs(minutes).toFixed(1)} min`;
