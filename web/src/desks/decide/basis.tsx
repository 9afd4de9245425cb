/** What a decision rests on: the contradicted and the single-sourced first; hindsight apart. */
import type { JSX } from "preact";
import type { Basis, Belief } from "../../contract/index.ts";
import { Card, Section } from "../../lib/parts.tsx";
import { fullTimeWords } from "../../lib/times.ts";
import { capital, counted } from "../../lib/units.ts";
import { listed } from "../../lib/words.ts";
import { Cited, type ToEntry } from "../talks/cited.tsx";
import { FrozenPicture } from "./frozen.tsx";
import { Contradictions } from "./log.tsx";
import type { AtTab } from "./tabs.tsx";
import { basisLead } from "./words.ts";

export const isContrary = ({ contradicted_by, is_single_sourced }: Belief): boolean =>
  contradicted_by.length > 0 || is_single_sourced;

type BeliefProps = { readonly belief: Belief; readonly toEntry: ToEntry };

const BeliefLine = ({ belief, toEntry }: BeliefProps): JSX.Element => (
  <li class="matter">
    {belief.contradicted_by.length > 0 && <span class="tag clash">Contradicted</span>}
    {belief.is_single_sourced && <span class="tag single_source">Single source</span>}
    <Cited lines={[belief.line]} toEntry={toEntry} says />
    {belief.contradicted_by.length > 0 && (
      <>
        <p class="rest">Against it:</p>
        <Cited lines={belief.contradicted_by} toEntry={toEntry} says />
      </>
    )}
  </li>
);

export const Beliefs = ({
  beliefs,
  toEntry,
}: {
  readonly beliefs: readonly Belief[];
  readonly toEntry: ToEntry;
}): JSX.Element => (
  <ul class="stack">
    {beliefs.map((belief) => (
      <BeliefLine key={belief.line.id} belief={belief} toEntry={toEntry} />
    ))}
  </ul>
);

const SAME_WORDS = {
  null: "The decision names no picture, so nobody can say whether this is what was looked at.",
  true: "The decision names this picture: it is what was looked at.",
  false: "The decision names another picture than this one.",
} as const;

const sameWords = ({ is_same_picture: same }: Basis): string => SAME_WORDS[`${same}`];

export function BasisCard(at: AtTab): JSX.Element {
  const { store, toEntry } = at;
  const { basis, chosen, operation } = store.get();
  const close = (): void => store.set({ chosen: "", basis: null });
  const known = basis?.decision.id === chosen ? basis : null;
  return (
    <Card title="What the decision rests on" close={close}>
      {known && operation ? <Rests basis={known} zone={operation.zone} toEntry={toEntry} /> : <p>Reading…</p>}
      <FrozenPicture {...at} />
    </Card>
  );
}

type RestsProps = { readonly basis: Basis; readonly zone: string; readonly toEntry: ToEntry };

const Rests = ({ basis, zone, toEntry }: RestsProps): JSX.Element => (
  <>
    <p class="lead">{basisLead(basis)}</p>
    <Cited lines={[basis.decision]} toEntry={toEntry} says />
    <p class="rest">{`${capital(basis.status)}, ${fullTimeWords(Date.parse(basis.at), zone)}. ${sameWords(basis)}`}</p>
    {basis.empty.length > 0 && <p class="rest">{`Not filled in: ${listed(basis.empty)}.`}</p>}
    {basis.contradictions.length > 0 && <Contradictions pairs={basis.contradictions} toEntry={toEntry} />}
    <Section title={`Known before (${basis.beliefs.length})`} id="decide-before" open>
      {basis.beliefs.length === 0 && (
        <p class="rest">Nothing that was known before has to do with it. Look for a source.</p>
      )}
      <Beliefs beliefs={basis.beliefs} toEntry={toEntry} />
      <p class="rest">{`${counted(basis.others.length, "entry", "entries")} about other things were known too.`}</p>
    </Section>
    <Section title={`Hindsight (${basis.hindsight.length})`} id="decide-hindsight">
      <p class="rest">Known only when it was made or later: nobody could have acted on it.</p>
      <Cited lines={basis.hindsight} toEntry={toEntry} says />
    </Section>
    <p class="rest digest">{`Digest of the picture that was known then: ${basis.digest}`}</p>
  </>
);
