/** The panel: go, hold or stop and why; what a tow lacks; the board; what stands where; which to move first; trucks. */
import type { ComponentChildren, JSX } from "preact";
import type { LadderAnswer } from "../../contract/index.ts";
import type { Frame } from "../../frame/desk.ts";
import { Sentences } from "../../lib/items.tsx";
import { Section } from "../../lib/parts.tsx";
import { whenWords } from "../../lib/times.ts";
import { counted } from "../../lib/units.ts";
import { readable } from "../../lib/words.ts";
import { goTo } from "../../map/view.ts";
import { goToFact } from "../picture/store.ts";
import { Board } from "./panel/board.tsx";
import { Counting } from "./panel/counting.tsx";
import { Find } from "./panel/find.tsx";
import { Offer } from "./panel/offer.tsx";
import { Places } from "./panel/places.tsx";
import { Stairs } from "./panel/stairs.tsx";
import { Stretches } from "./panel/stretches.tsx";
import { Tows } from "./panel/tows.tsx";
import { Trucks } from "./panel/trucks.tsx";
import { Upload } from "./panel/upload.tsx";
import { parkingOffers, type VehiclesStore } from "./store.ts";
import { NEEDS, OUTCOMES, VERDICTS } from "./words.ts";

/** How near a place is looked at. */
const CLOSE = 15;

type Props = { readonly store: VehiclesStore };
type Known = Props & { readonly ladder: LadderAnswer };

const Sign = ({ kind, sign }: { readonly kind: string; readonly sign: string }): JSX.Element => (
  <b class={`verdict-sign ${kind}`} aria-hidden="true">
    {sign}
  </b>
);

type RowProps = Props & {
  readonly kind: string;
  readonly sign: string;
  readonly word: string;
  readonly name: string;
  readonly says: string;
  readonly note?: string;
  readonly restsOn: readonly string[];
};

/** What is said, with a button to each entry that it rests on. */
function Row({ store, kind, sign, word, name, says, note, restsOn }: RowProps): JSX.Element {
  const facts = store.get().ladder?.facts ?? [];
  return (
    <li class="reason">
      <Sign kind={kind} sign={sign} />
      <div>
        <h3>
          {name} <span class={`word ${kind}`}>{word}</span>
        </h3>
        <p>{says}</p>
        {note && <p class="quiet">{note}</p>}
        {restsOn.length > 0 && (
          <p class="sources">
            {restsOn.map((id) => {
              const fact = facts.find((one) => one.id === id);
              return (
                <button
                  key={id}
                  type="button"
                  class="source"
                  disabled={!fact}
                  title={fact?.says ?? id}
                  onClick={() => fact && goToFact(store.watch, fact)}
                >
                  {fact ? `${readable(fact.kind)}, ${whenWords(fact.happened, store.get().ladder?.zone ?? "UTC")}` : id}
                </button>
              );
            })}
          </p>
        )}
      </div>
    </li>
  );
}

function Why({ store, ladder }: Known): JSX.Element {
  const open = ladder.reasons.filter(({ verdict }) => verdict !== "go").length;
  return (
    <Section title={`When not to (${open} of ${ladder.reasons.length})`} id="vehicles-why" open={true}>
      <ul class="reasons">
        {ladder.reasons.map(({ condition, verdict, says, limit, assumed, rests_on }) => (
          <Row
            key={condition + says}
            store={store}
            kind={verdict}
            sign={VERDICTS[verdict][0]}
            word={VERDICTS[verdict][1]}
            name={readable(condition)}
            says={says}
            note={limit && `Limit: ${limit}${assumed ? " (assumed)" : ""}`}
            restsOn={rests_on}
          />
        ))}
      </ul>
      {ladder.assumed.length > 0 && (
        <details class="more">
          <summary>{`${counted(ladder.assumed.length, "limit is", "limits are")} assumed`}</summary>
          <Sentences texts={ladder.assumed} />
          <p class="quiet">An office sets others with an entry &ldquo;Ladder limits&rdquo; at the Picture desk.</p>
        </details>
      )}
    </Section>
  );
}

function Needed({ store, ladder }: Known): JSX.Element {
  const lacking = ladder.needed.filter(({ state }) => state !== "there").length;
  return (
    <Section
      title={lacking ? `Before a tow: ${lacking} lacking` : "Before a tow: all there"}
      id="vehicles-needed"
      open={true}
    >
      <ul class="reasons">
        {ladder.needed.map(({ need, state, says, rests_on }) => (
          <Row
            key={need}
            store={store}
            kind={state}
            sign={NEEDS[state][0]}
            word={NEEDS[state][1]}
            name={readable(need)}
            says={says}
            restsOn={rests_on}
          />
        ))}
      </ul>
    </Section>
  );
}

function Said({ store, ladder }: Known): JSX.Element {
  const offers = parkingOffers(store.watch);
  const lines: readonly (readonly [string, readonly string[]])[] = ladder.vehicles.map(({ says, rests_on }) => [
    says,
    rests_on,
  ]);
  const row = (
    kind: string,
    sign: string,
    word: string,
    name: string,
    says: string,
    restsOn: readonly string[],
  ): ComponentChildren => (
    <Row
      key={name + says}
      store={store}
      kind={kind}
      sign={sign}
      word={word}
      name={name}
      says={says}
      restsOn={restsOn}
    />
  );
  return (
    <Section title="Announced, offered, counted" id="vehicles-said">
      <ul class="reasons">
        {ladder.announcements.map(({ outcome, says, why, rests_on }) =>
          row(
            outcome,
            outcome === "done" ? "\u2713" : outcome === "not_done" ? "\u2715" : "?",
            OUTCOMES[outcome],
            "Announcement",
            `${says}. ${why}`,
            rests_on,
          ),
        )}
        {offers.map((offer) => row("offer", "P", "", "Offer", `${offer.says}. ${offer.source.speaker}`, []))}
        {lines.map(([says, restsOn]) => row("count", "#", "", "Vehicles", says, restsOn))}
      </ul>
    </Section>
  );
}

function Lead({ ladder }: { readonly ladder: LadderAnswer }): JSX.Element {
  const { advice, says } = ladder;
  const [sign, word] = VERDICTS[advice];
  return (
    <div class={`advice ${advice}`}>
      <b aria-hidden="true">{sign}</b>
      <div>
        <p class="lead">{word}</p>
        <p>{says.replace(/^\w+: /, "").replace(/^./, (first) => first.toUpperCase())}</p>
      </div>
    </div>
  );
}

export function VehiclesPanel({ store, frame }: Props & { readonly frame: Frame }): JSX.Element {
  const { ladder, failure } = store.get();
  return (
    <div class="vehicles-part">
      <div role="status" aria-live="polite">
        {failure && <p class="warning">{failure}</p>}
        {ladder ? <Lead ladder={ladder} /> : !failure && <p class="quiet">Reading the record&hellip;</p>}
      </div>
      {ladder && <Why store={store} ladder={ladder} />}
      {ladder && <Needed store={store} ladder={ladder} />}
      {ladder && <Board store={store} ladder={ladder} />}
      <Stretches store={store} frame={frame} />
      <Counting store={store} />
      <Upload store={store} />
      <Stairs store={store} />
      <Places store={store} go={(lon, lat) => goTo(frame.map, lon, lat, CLOSE)} />
      <Offer store={store} />
      <Trucks store={store} />
      <Tows store={store} />
      <Find store={store} />
      {ladder && <Said store={store} ladder={ladder} />}
    </div>
  );
}
