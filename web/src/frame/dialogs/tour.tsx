/** A tour of two minutes: what is where, step by step; Escape or Skip ends it, Help starts it again. */
import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import { seen } from "../invitation.tsx";
import type { DialogProps } from "./index.tsx";

type Step = { readonly desk?: string; readonly at: string; readonly title: string; readonly says: string };

const STEPS: readonly Step[] = [
  {
    at: ".topbar h1",
    title: "One operation at a time",
    says: "Its name is on top. Press it to switch to another operation or city, or to begin one.",
  },
  {
    at: ".rail .desks",
    title: "Desks",
    says: "Each desk is one field of work: the picture of what is known, reports to read, the plan of barriers.",
  },
  {
    desk: "picture",
    at: ".panel:not([hidden])",
    title: "The answer first",
    says: "The panel says the answer in a sentence, then the figures. Press any of them to see who said it, and how surely.",
  },
  {
    desk: "picture",
    at: ".timebar",
    title: "Time",
    says: "Look at any moment, and at what was known then. Drag, step, or type a time such as day 11 9:00.",
  },
  {
    desk: "picture",
    at: "[data-tool=write]",
    title: "Enter what you hear",
    says: "Press N or this button. Say what, where, when and who said so; nothing that is written is ever lost.",
  },
  {
    desk: "plan",
    at: ".rail .tools",
    title: "Plan a cordon",
    says: "Draw the ground that people hold. Clearway says where barriers stand and whether help still gets to every address.",
  },
  {
    at: ".search-button",
    title: "Search",
    says: "Streets, addresses, entries, and everything that the page can do: Ctrl K. Press ? for help at any time.",
  },
];

const target = ({ at }: Step): Element | null =>
  [...document.querySelectorAll(at)].find((one) => one.checkVisibility()) ?? null;

export function Tour({ frame, closed }: DialogProps): JSX.Element {
  const at = useSignal(0);
  const steps = STEPS.filter(({ desk }) => !desk || frame.desks.some((one) => one.desk.id === desk));
  const step = steps[at.value] as Step;
  const next = useRef<HTMLButtonElement>(null);
  const end = (): void => {
    seen();
    closed();
  };
  useEffect(() => {
    if (step.desk) frame.state.set({ desk: step.desk, panelOpen: true });
    let shown: Element | null = null;
    const frameId = requestAnimationFrame(() => {
      shown = target(step);
      shown?.classList.add("toured");
      next.current?.focus();
    });
    return () => {
      cancelAnimationFrame(frameId);
      shown?.classList.remove("toured");
    };
  }, [step, frame]);
  useLayoutEffect(() => {
    const press = (event: KeyboardEvent): void => {
      if (event.key !== "Escape") return;
      event.stopPropagation();
      seen();
      closed();
    };
    addEventListener("keydown", press, true);
    return () => removeEventListener("keydown", press, true);
  }, [closed]);
  const isLast = at.value === steps.length - 1;
  return (
    <div class="tour" role="dialog" aria-label="Tour">
      <p class="quiet">{`${at.value + 1} of ${steps.length}`}</p>
      <div aria-live="polite">
        <h2>{step.title}</h2>
        <p>{step.says}</p>
      </div>
      <div class="row">
        <button
          type="button"
          class="primary"
          ref={next}
          onClick={() => {
            if (isLast) end();
            else at.value += 1;
          }}
        >
          {isLast ? "Done" : "Next"}
        </button>
        {at.value > 0 && (
          <button
            type="button"
            onClick={() => {
              at.value -= 1;
            }}
          >
            Back
          </button>
        )}
        {!isLast && (
          <button type="button" onClick={end}>
            Skip the tour
          </button>
        )}
      </div>
    </div>
  );
}
