/** The Traffic part of the Plan panel: answer, figures, lists, sources; everything in step with the map. */
import type { ComponentChildren, JSX } from "preact";
import type { ImpactAnswer } from "../../contract/index.ts";
import { Sentences } from "../../lib/items.tsx";
import { Section } from "../../lib/parts.tsx";
import type { PlanStore } from "../plan/store.ts";
import { BusRoutes } from "./buses.tsx";
import { Comparison } from "./compare.tsx";
import { TotalFigures } from "./figures.tsx";
import { HelpTimes } from "./help.tsx";
import { Lead } from "./lead.tsx";
import { CutOff, Suburbs } from "./places.tsx";
import { byRoute } from "./routes.ts";
import { onShow, type TrafficDesk } from "./store.ts";
import { RelievedStreets, WorstStreets } from "./streets.tsx";
import { Certainty } from "./sure.tsx";
import { Variants } from "./variants.tsx";

type BodyProps = { readonly plan: PlanStore; readonly answer: ImpactAnswer };

const Notes = ({ answer: { impact, elapsed_ms } }: BodyProps): JSX.Element => (
  <>
    <Sentences texts={[impact.statement, ...impact.notes]} />
    <p class="quiet">
      {`Worked out in ${(elapsed_ms / 1000).toFixed(1)} s; relative gap ${impact.how_sure.gap_after?.toExponential(0) ?? "not known"}.`}
    </p>
  </>
);

type Part = {
  readonly id: string;
  readonly title: string;
  readonly Body: (props: BodyProps) => ComponentChildren;
  readonly open?: boolean;
  /** How many it lists, for its title. */
  readonly many?: (answer: ImpactAnswer) => number;
  /** Whether it is left out where it lists nothing. */
  readonly onlySome?: boolean;
  readonly words?: readonly string[];
};

const WORST: Part = {
  id: "worst-streets",
  words: ['saturation, "full to"', "delay"],
  title: "Worst streets",
  open: true,
  many: ({ impact }) => impact.streets.length,
  Body: WorstStreets,
};

const PARTS: readonly Part[] = [
  { id: "help-times", title: "Ambulance and fire", Body: HelpTimes },
  {
    id: "bus-routes",
    title: "Bus routes",
    many: ({ impact }) => (impact.buses ? byRoute(impact.buses).length : 0),
    Body: BusRoutes,
  },
  { id: "suburbs", title: "Suburbs", Body: Suburbs },
  { id: "relieved", title: "Relieved streets", many: ({ impact }) => impact.relieved.length, Body: RelievedStreets },
  {
    id: "cut-off",
    title: "Trips cut off",
    words: ["cut off"],
    many: ({ impact }) => impact.lost.length,
    onlySome: true,
    Body: CutOff,
  },
  { id: "traffic-notes", title: "What to know", words: ["demand", "draw", "user equilibrium"], Body: Notes },
];

type PartProps = { readonly part: Part; readonly store: TrafficDesk; readonly answer: ImpactAnswer };

function Shown({ part, store, answer }: PartProps): JSX.Element | null {
  const { id, title, Body, open = false, many, onlySome, words } = part;
  const count = many?.(answer) ?? 0;
  if (onlySome && !count) return null;
  return (
    <Section title={count ? `${title} (${count})` : title} id={id} open={open} words={words}>
      <Body plan={store.plan} answer={answer} />
    </Section>
  );
}

export function TrafficPanel({ store }: { readonly store: TrafficDesk }): JSX.Element {
  const answer = onShow(store.plan, store).known?.answer;
  return (
    <div class="traffic-part">
      <Lead store={store} />
      <section class="figures-part" aria-label="Traffic in figures">
        {answer && <TotalFigures totals={answer.impact.totals} />}
      </section>
      <Certainty store={store} />
      {answer && <Shown part={WORST} store={store} answer={answer} />}
      <Comparison store={store} />
      <Variants store={store} />
      {answer && PARTS.map((part) => <Shown key={part.id} part={part} store={store} answer={answer} />)}
    </div>
  );
}
