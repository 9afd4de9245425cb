/** Long work: what is being done, how far it is, how long it may take, and cancel. */
import type { JSX } from "preact";
import { leftWords } from "./units.ts";

export type Work = { readonly doing: string; readonly share: number; readonly secondsLeft: number | null };

type Props = { readonly work: Work; readonly label: string; readonly cancel: () => void };

export const WorkBlock = ({ work: { doing, share, secondsLeft }, label, cancel }: Props): JSX.Element => (
  <div class="work">
    <progress value={share} max={1} aria-label={label} />
    <p>{`${[doing || "Asking", leftWords(secondsLeft)].filter(Boolean).join("; ")}.`}</p>
    <button type="button" onClick={cancel}>
      Cancel
    </button>
  </div>
);
