/** The panel of plans: which one, how it stands, what it says, its checks, its signatures. */
import type { JSX } from "preact";
import { KINDS } from "./fields.ts";
import { Begin } from "./panel/begin.tsx";
import { Checks } from "./panel/checks.tsx";
import { Compare } from "./panel/compare.tsx";
import { ChooseGates } from "./panel/gates.tsx";
import { Meeting } from "./panel/handover.tsx";
import { March } from "./panel/march.tsx";
import { Papers } from "./panel/papers.tsx";
import { WhoPasses } from "./panel/passing.tsx";
import { Rows } from "./panel/rows.tsx";
import { Sign } from "./panel/sign.tsx";
import { SettingUp } from "./panel/stages.tsx";
import { Verdict } from "./panel/verdict.tsx";
import { Whole } from "./panel/whole.tsx";
import type { PlansStore } from "./store.ts";

const [BARRIERS, RULES, MARCHES, ...OTHERS] = KINDS;

export const PlansPanel = ({ store }: { readonly store: PlansStore }): JSX.Element => (
  <>
    <Begin store={store} />
    <Verdict store={store} />
    {BARRIERS && <Rows store={store} kind={BARRIERS} />}
    <ChooseGates store={store} />
    {RULES && <Rows store={store} kind={RULES} />}
    <WhoPasses store={store} />
    <Meeting store={store} />
    {MARCHES && <Rows store={store} kind={MARCHES} />}
    <March store={store} />
    <SettingUp store={store} />
    <Checks store={store} />
    <Sign store={store} />
    <Papers store={store} />
    <Whole store={store} />
    {OTHERS.map((kind) => (
      <Rows key={kind.part} store={store} kind={kind} />
    ))}
    <Compare store={store} />
  </>
);
