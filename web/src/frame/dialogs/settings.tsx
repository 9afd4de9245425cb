/** Settings of this browser: colours, motion, who writes. */
import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { Dialog } from "../../lib/dialog.tsx";
import { Checkbox, Choices } from "../../lib/parts.tsx";
import { followSystem, themeWish } from "../theme.ts";
import { zoneOf } from "../title.ts";
import { wish, wishes } from "../wishes.ts";
import type { DialogProps } from "./index.tsx";

const COLOURS = [
  { value: "system", label: "As the system" },
  { value: "light", label: "Day" },
  { value: "dark", label: "Night" },
] as const;

export function SettingsDialog({ frame, closed }: DialogProps): JSX.Element {
  const colours = useSignal(themeWish());
  const kept = useSignal(wishes());
  const colour = (value: (typeof COLOURS)[number]["value"]): void => {
    colours.value = value;
    if (value === "system") followSystem(frame);
    else frame.state.set({ dark: value === "dark" });
  };
  return (
    <Dialog title="Settings" closed={closed}>
      <div class="stack">
        <p class="quiet">They stay in this browser; links do not carry them.</p>
        <h3>Colours</h3>
        <Choices name="colours" title="Colours" options={COLOURS} chosen={colours.value} act={colour} />
        <Checkbox
          label="Nothing moves on the page"
          checked={kept.value.calm}
          act={(calm) => {
            wish({ calm });
            kept.value = wishes();
          }}
        />
        <label class="entry-field">
          <span>Your office or name</span>
          <input
            type="text"
            maxLength={200}
            autocomplete="off"
            value={kept.value.writer}
            onInput={(event) => wish({ writer: event.currentTarget.value })}
          />
          <small>Offered as the author of a situation report.</small>
        </label>
        <p class="quiet">
          {`Times are those of the operation's zone, ${zoneOf(frame)}, by the 24-hour clock, so that 7 is never taken for 19. `}
          Lengths are in metres, as traffic plans and crews have them.
        </p>
      </div>
    </Dialog>
  );
}
