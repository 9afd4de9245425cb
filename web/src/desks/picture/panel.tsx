/** The panel of the Picture desk: the answer in a sentence, the figures, what is contested and pending, and everything else by theme. */
import type { JSX } from "preact";
import type { Conditional, Contested, Fact, Intended, PictureAnswer, ThemeAnswer } from "../../contract/index.ts";
import { ageWords, hourWords } from "../../lib/times.ts";
import { capital, counted } from "../../lib/units.ts";
import { Figures } from "./counts.tsx";
import { EntryCard } from "./entry-card.tsx";
import { FactItem, FactList, Tag } from "./facts.tsx";
import { changedIn, countOf, dueOf, LATELY_H, type Pledges, settledOf } from "./matters.ts";
import { type Entry, Part, PartIndex } from "./part.tsx";
import { type PictureStore, write, zoneOf } from "./store.ts";
import { happenedOf, leadOf, momentWords, restOf } from "./summary.ts";

const CHANGED = `Changed in the last ${LATELY_H} hours`;
/** The theme whose entries stand under the hour in which they happened. */
const BY_HOUR = "incidents";

const KIND_WORDS: Readonly<Record<Contested["kind"], string>> = {
  clash: "Clash",
  same: "One thing?",
  disputed: "Disputed",
  refuted: "Refuted",
  verified: "Verified",
  spelling: "Spelling",
  single_source: "One source",
};

type At = { readonly store: PictureStore };
type AtPicture = At & { readonly picture: PictureAnswer };

function Summary({ store }: At): JSX.Element {
  const { picture } = store.get();
  return (
    <section class="summary" role="status" aria-live="polite" aria-label="Summary">
      <p class="when-line">{picture && momentWords(picture)}</p>
      <p class="lead">{picture && leadOf(picture)}</p>
      <p class="happened">{picture && happenedOf(picture)}</p>
      <p class="rest">{picture && restOf(picture)}</p>
    </section>
  );
}

/** What it says behind its tag, which the sentence may begin with. */
const behindTag = ({ kind, says }: Contested): string => says.replace(`${KIND_WORDS[kind]}: `, "");

const tagOf = ({ kind }: Contested): JSX.Element => <Tag kind={kind} word={KIND_WORDS[kind]} />;

function ContestedPart({ store, picture: { contested } }: AtPicture): JSX.Element {
  const matters = contested.filter(({ kind }) => kind !== "single_source");
  const alone = contested.filter(({ kind }) => kind === "single_source");
  return (
    <Part title="Contested" id="contested" count={contested.length} open words={["contested", "clash", "belief"]}>
      <ul class="stack">
        {matters.map((one) => (
          <li key={`${one.kind} ${one.says}`} class="contested">
            <p>
              {tagOf(one)} {behindTag(one)}
            </p>
            <FactList store={store} facts={one.facts} nested />
          </li>
        ))}
      </ul>
      {alone.length > 0 && (
        <details class="more">
          <summary>{`${counted(alone.length, "belief")} from one source only`}</summary>
          <ul class="items">
            {alone.flatMap((one) =>
              one.facts.map((fact) => <FactItem key={fact.id} store={store} fact={fact} tag={tagOf(one)} />),
            )}
          </ul>
        </details>
      )}
    </Part>
  );
}

const OUTCOMES: Readonly<Record<PictureAnswer["promises"][number]["outcome"], JSX.Element>> = {
  kept: <Tag kind="verified" word="Kept" />,
  not_kept: <Tag kind="refuted" word="Not kept" />,
  overtaken: <Tag kind="single_source" word="Overtaken" />,
  open: <Tag kind="single_source" word="Open" />,
};

const overdueFirst = (promises: Pledges["promises"]): Pledges["promises"] =>
  promises.toSorted((a, b) => Number(b.overdue) - Number(a.overdue));

const waitTag = (seconds: number | null): JSX.Element =>
  seconds === null ? (
    <Tag kind="verified" word="Answered" />
  ) : (
    <Tag kind="clash" word={`Waiting ${ageWords(seconds)}`} />
  );

function metTag(met: boolean | null): JSX.Element {
  if (met === null) return <Tag kind="single_source" word="Unknown" />;
  return met ? <Tag kind="verified" word="Met" /> : <Tag kind="clash" word="Not met" />;
}

/** A condition, and why no figure decides it. */
const withReason = (condition: Conditional): Conditional => ({
  ...condition,
  says: [condition.says, condition.open_because].filter(Boolean).join(". "),
});

/** Promises, those past due first; what later entries may show done is asked about, and nothing sets it. */
function promisesOf({ states, events }: PictureAnswer, promises: Pledges["promises"]): Pledges["promises"] {
  const facts = new Map([...states, ...events].map((fact) => [fact.id, fact.says]));
  return overdueFirst(promises).map((promise) => ({
    ...promise,
    says: [promise.says, ...promise.proposed.map((id) => `Perhaps done, ask: ${facts.get(id) ?? id}`)].join(". "),
  }));
}

function statusTag({ status, is_past, is_over }: Intended): JSX.Element {
  const kind = is_past ? "clash" : "single_source";
  return <Tag kind={is_over ? "verified" : kind} word={capital(status)} />;
}

const pastFirst = (intents: readonly Intended[]): Intended[] =>
  intents.toSorted((a, b) => Number(b.is_past) - Number(a.is_past) || Number(a.is_over) - Number(b.is_over));

type PledgesProps = AtPicture & { readonly pledges: Pledges };

const PledgeLists = ({ store, picture, pledges }: PledgesProps): JSX.Element => (
  <>
    <FactList
      store={store}
      facts={promisesOf(picture, pledges.promises)}
      label="Promises"
      tag={({ overdue, outcome }) => (overdue ? <Tag kind="clash" word="Overdue" /> : OUTCOMES[outcome])}
    />
    <FactList
      store={store}
      facts={pastFirst(pledges.intents)}
      label="Hopes, work under way, ultimatums, announced steps"
      tag={statusTag}
    />
    <FactList store={store} facts={pledges.requests} label="Requests" tag={({ waiting_s }) => waitTag(waiting_s)} />
    <FactList
      store={store}
      facts={pledges.conditions.map(withReason)}
      label="Conditions"
      tag={({ met }) => metTag(met)}
    />
  </>
);

/** What somebody has to see to. */
const DuePart = ({ store, picture }: AtPicture): JSX.Element => (
  <Part title="Overdue or waiting" id="pending" count={countOf(dueOf(picture))} open>
    <PledgeLists store={store} picture={picture} pledges={dueOf(picture)} />
  </Part>
);

const PledgesPart = ({ store, picture }: AtPicture): JSX.Element => (
  <Part
    title="Promises, plans, requests, conditions"
    id="pledges"
    count={countOf(settledOf(picture))}
    open={false}
    words={["promise, aspiration", "ultimatum", "announcement"]}
  >
    <PledgeLists store={store} picture={picture} pledges={settledOf(picture)} />
  </Part>
);

/** So many changes are seen at once. */
const CHANGES = 5;

function ChangedPart({ store, picture }: AtPicture): JSX.Element {
  const changed = changedIn(picture);
  return (
    <Part title={CHANGED} id="changed" count={changed.length} open>
      <FactList store={store} facts={changed.slice(0, CHANGES)} label={CHANGED} />
      {changed.length > CHANGES && (
        <details class="more">
          <summary>{`${changed.length - CHANGES} more`}</summary>
          <FactList store={store} facts={changed.slice(CHANGES)} label="More that changed" />
        </details>
      )}
    </Part>
  );
}

/** Who may pass on foot, wherever a way is barred: always said, also that nobody has said. */
const OnFootPart = ({ store, picture: { on_foot } }: AtPicture): JSX.Element => (
  <Part title="On foot" id="on-foot" count={on_foot.length} open={false}>
    <ul class="stack">
      {on_foot.map((one) => (
        <li key={one.says}>
          <p>{one.says}</p>
          <FactList store={store} facts={one.facts} nested />
        </li>
      ))}
    </ul>
  </Part>
);

/** Over by their own words: somebody has to ask what is so now. */
const EndedPart = ({ store, picture: { ended } }: AtPicture): JSX.Element => (
  <Part title="Ended, nothing said since" id="ended" count={ended.length} open={false}>
    <FactList store={store} facts={ended} />
  </Part>
);

/** Announced: not in force yet. */
const ComingPart = ({ store, picture: { coming } }: AtPicture): JSX.Element => (
  <Part title="Announced, not yet in force" id="coming" count={coming.length} open={false}>
    <FactList store={store} facts={coming} />
  </Part>
);

/** All that the picture shows of a theme, the newest first. */
const ofTheme = ({ states, events, flows }: PictureAnswer, { kinds }: ThemeAnswer): Fact[] =>
  [...states, ...events, ...flows]
    .filter((fact) => kinds.includes(fact.kind))
    .toSorted((a, b) => Date.parse(b.happened.start) - Date.parse(a.happened.start));

type ByHourProps = At & { readonly title: string; readonly facts: readonly Fact[] };

function ByHour({ store, title, facts }: ByHourProps): JSX.Element {
  const zone = zoneOf(store.get());
  const hours = new Map<string, Fact[]>();
  for (const fact of facts) {
    const hour = hourWords(Date.parse(fact.happened.start), zone);
    hours.set(hour, [...(hours.get(hour) ?? []), fact]);
  }
  return (
    <>
      {[...hours].map(([hour, ofHour]) => (
        <div key={hour}>
          <h3>{hour}</h3>
          <FactList store={store} facts={ofHour} label={`${title}, ${hour}`} />
        </div>
      ))}
    </>
  );
}

type ThemeProps = AtPicture & { readonly theme: ThemeAnswer };

function ThemePart({ store, picture, theme }: ThemeProps): JSX.Element {
  const facts = ofTheme(picture, theme);
  const list = { store, facts };
  return (
    <Part title={theme.title} id={theme.id} count={facts.length} open={false}>
      {theme.id === BY_HOUR ? <ByHour {...list} title={theme.title} /> : <FactList {...list} label={theme.title} />}
    </Part>
  );
}

/** The parts in their order. */
const indexOf = (picture: PictureAnswer, themes: readonly ThemeAnswer[]): readonly Entry[] => [
  { id: "pending", title: "Overdue", count: countOf(dueOf(picture)), isUrgent: true },
  { id: "contested", title: "Contested", count: picture.contested.length },
  { id: "changed", title: "Changed", count: changedIn(picture).length },
  { id: "figures", title: "Figures", count: picture.counts.length },
  { id: "pledges", title: "Promises, plans", count: countOf(settledOf(picture)) },
  { id: "on-foot", title: "On foot", count: picture.on_foot.length },
  { id: "ended", title: "Ended", count: picture.ended.length },
  { id: "coming", title: "Announced", count: picture.coming.length },
  ...themes.map((theme) => ({ id: theme.id, title: theme.title, count: ofTheme(picture, theme).length })),
];

type PanelProps = At & { readonly toWords: (fact: Fact) => void };

export function PicturePanel({ store, toWords }: PanelProps): JSX.Element {
  const { picture, kinds, failure } = store.get();
  return (
    <>
      <EntryCard store={store} toWords={toWords} />
      {failure && (
        <p class="warning" role="alert">
          {failure}
        </p>
      )}
      <Summary store={store} />
      <div class="row add-row">
        <button type="button" class="primary" aria-keyshortcuts="N" onClick={() => write(store)}>
          New entry
        </button>
        <span class="quiet">or press N</span>
      </div>
      {picture && <PartIndex entries={indexOf(picture, kinds?.themes ?? [])} />}
      {picture && <DuePart store={store} picture={picture} />}
      {picture && <ContestedPart store={store} picture={picture} />}
      {picture && <ChangedPart store={store} picture={picture} />}
      <Figures store={store} />
      {picture && <PledgesPart store={store} picture={picture} />}
      {picture && <OnFootPart store={store} picture={picture} />}
      {picture && <EndedPart store={store} picture={picture} />}
      {picture && <ComingPart store={store} picture={picture} />}
      {picture &&
        kinds?.themes.map((theme) => <ThemePart key={theme.id} store={store} picture={picture} theme={theme} />)}
    </>
  );
}
