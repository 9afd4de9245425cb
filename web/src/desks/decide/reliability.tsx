/** A reliability diagram: what was thought so probable, against how often it came. On the diagonal an office knew what it could know. */
import type { JSX } from "preact";
import type { Calibration } from "../../contract/index.ts";
import { counted } from "../../lib/units.ts";
import { readable } from "../../lib/words.ts";

const SIDE = 160;
const LEFT = 44;
const RIGHT = 24;
const TOP = 26;
const TICKS = [0, 0.5, 1];
const LEAST_DOT = 3;

const across = (share: number): number => LEFT + share * SIDE;
const up = (share: number): number => TOP + (1 - share) * SIDE;
const whole = (share: number): string => `${Math.round(share * 100)} %`;

export const calibrationWords = ({ of, by, brier, expectations }: Calibration): string =>
  `${by === "kind" ? `All of the kind ${readable(of).toLowerCase()}` : of}: Brier score ${brier.toFixed(2)} over ${counted(expectations, "expectation")}`;

export const Reliability = ({ scores }: { readonly scores: Calibration }): JSX.Element => (
  <figure class="reliability">
    <figcaption>
      {`${calibrationWords(scores)}. `}
      <small>0 is best; 0.25 is a coin. A larger dot stands for more expectations.</small>
    </figcaption>
    <svg
      viewBox={`0 0 ${LEFT + SIDE + RIGHT} ${TOP + SIDE + 40}`}
      role="img"
      aria-label={scores.bins
        .map((bin) => `thought ${whole(bin.mean_probability)}, came ${whole(bin.came_true)} of ${bin.expectations}`)
        .join("; ")}
    >
      <rect x={LEFT} y={TOP} width={SIDE} height={SIDE} class="frame" />
      <line x1={across(0)} y1={up(0)} x2={across(1)} y2={up(1)} class="diagonal" />
      {TICKS.map((tick) => (
        <g key={tick}>
          <text x={across(tick)} y={up(0) + 17} text-anchor="middle">
            {whole(tick)}
          </text>
          <text x={LEFT - 5} y={up(tick) + 4} text-anchor="end">
            {whole(tick)}
          </text>
        </g>
      ))}
      <text x={across(0.5)} y={up(0) + 34} text-anchor="middle">
        thought so probable
      </text>
      <text x={LEFT} y={TOP - 12}>
        came true
      </text>
      {scores.bins.map((bin) => (
        <circle
          key={bin.low}
          cx={across(bin.mean_probability)}
          cy={up(bin.came_true)}
          r={LEAST_DOT + 2 * Math.sqrt(bin.expectations)}
        />
      ))}
    </svg>
  </figure>
);
