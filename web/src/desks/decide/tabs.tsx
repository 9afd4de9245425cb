/** The tabs of the Decide desk, one line each, in their order. */
import type { ComponentType } from "preact";
import type { PictureStore } from "../picture/store.ts";
import type { ToEntry } from "../talks/cited.tsx";
import { FollowTab } from "./follow.tsx";
import { LevelsTab } from "./levels.tsx";
import { LogTab } from "./log.tsx";
import { OptionsTab } from "./options.tsx";
import { ReviewTab } from "./review.tsx";
import { RisksTab } from "./risks.tsx";
import { SignTab } from "./sign.tsx";
import type { DecideStore, TabId } from "./store.ts";
import { TriggersTab } from "./triggers.tsx";

export type AtTab = { readonly store: DecideStore; readonly moment: PictureStore; readonly toEntry: ToEntry };

export type Tab = {
  readonly id: TabId;
  readonly label: string;
  /** As the palette calls it. */
  readonly command: string;
  readonly also: string;
  readonly Panel: ComponentType<AtTab>;
};

export const TABS: readonly Tab[] = [
  { id: "log", label: "Log", command: "Show the log of decisions", also: "decided proposed", Panel: LogTab },
  {
    id: "options",
    label: "Options",
    command: "Set options side by side",
    also: "compare least restrictive dominated criteria rights judgement",
    Panel: OptionsTab,
  },
  { id: "sign", label: "Sign", command: "Sign a decision", also: "decide choose propose", Panel: SignTab },
  {
    id: "follow",
    label: "Follow",
    command: "Show what follows from decisions",
    also: "task objective read",
    Panel: FollowTab,
  },
  {
    id: "review",
    label: "Review",
    command: "Review what came",
    also: "kept missed Brier calibration",
    Panel: ReviewTab,
  },
  {
    id: "triggers",
    label: "Triggers",
    command: "Show which thresholds fired",
    also: "threshold go stop criterion minutes alarm",
    Panel: TriggersTab,
  },
  {
    id: "risks",
    label: "Risks",
    command: "Show the risk register",
    also: "threat likelihood consequence lessons comparable events",
    Panel: RisksTab,
  },
  {
    id: "restrictions",
    label: "Restrictions",
    command: "Show which restrictions hold",
    also: "level limit gathering pass ease mandate",
    Panel: LevelsTab,
  },
];
