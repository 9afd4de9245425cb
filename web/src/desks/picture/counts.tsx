/** Figures: what was said of each, where speakers clash, the estimate beside it, and its plot. */
import { useSignal } from "@preact/signals";
import type { JSX, TargetedEvent } from "preact";
import { useEffect, useRef } from "preact/hooks";
import * as api from "../../contract/api.ts";
import type { CountOf } from "../../contract/index.ts";
import { Terms } from "../../lib/terms.tsx";
import { timeWords } from "../../lib/times.ts";
import { FactList } from "./facts.tsx";
import { choose, type PictureStore, pushWith, zoneOf } from "./store.ts";
import { bandWords, nameOf } from "./summary.ts";

/** So many plots are on show; the rest is drawn when it is opened. */
const OPEN = 1;
const PLOT_WIDTH = 400;

type Props = { readonly store: PictureStore; readonly count: CountOf };

/** The plot as an element of the page, so that its parts can be clicked and take the page's colours. */
function drawn(svg: string): SVGElement | null {
  const root = new DOMParser().parseFromString(svg, "image/svg+xml").documentElement;
  return root.nodeName === "svg" ? (document.adoptNode(root) as unknown as SVGElement) : null;
}

/** The last plot stays until the next one is there. */
function Plot({ store, count: { key } }: Props): JSX.Element {
  const { operation, picture, without } = store.get();
  const holder = useRef<HTMLDivElement>(null);
  const id = operation?.id;
  useEffect(() => {
    let isWanted = true;
    const draw = async (): Promise<void> => {
      if (id === undefined || !picture) return;
      const { at, known_at: knownAt, knowledge } = picture;
      const svg = await api.getPlot(id, key, { at, knownAt, knowledge, without }, PLOT_WIDTH);
      const plot = svg.ok && isWanted ? drawn(svg.value) : null;
      plot?.addEventListener("click", ({ target }) => {
        const entry = (target as Element).closest("[data-entry]")?.getAttribute("data-entry");
        if (entry) choose(store, entry);
      });
      if (plot) holder.current?.replaceChildren(plot);
    };
    void draw();
    return () => {
      isWanted = false;
    };
  }, [store, id, key, picture, without]);
  return <div ref={holder} class="plot" />;
}

/** What moves the forecast, each with a box that leaves it out. */
function Pushes({ store, count: { pushes } }: Props): JSX.Element | null {
  if (!pushes.length) return null;
  const zone = zoneOf(store.get());
  return (
    <ul class="items" aria-label="What moves the forecast">
      {pushes.map(({ entry, says, direction, strength, ends, is_used }) => (
        <li key={entry}>
          <label class="push">
            <input
              type="checkbox"
              checked={is_used}
              onChange={({ currentTarget }) => pushWith(store, entry, currentTarget.checked)}
            />
            {`${says}: ${direction}, ${Math.round(strength * 100)} % a day until ${timeWords(Date.parse(ends), zone)}`}
          </label>
        </li>
      ))}
    </ul>
  );
}

/** The newest words on a figure, without what it counts. */
function nowWords({ what, latest }: CountOf): string {
  const counted = new RegExp(` ${what.replaceAll("_", " ")}.*$`, "i");
  return latest.map((fact) => fact.says.replace(counted, "")).join(" / ");
}

function Figure({ store, count, isFirst }: Props & { readonly isFirst: boolean }): JSX.Element {
  const unfolded = useSignal<boolean | null>(null);
  const isOpen = unfolded.value ?? isFirst;
  const toggle = (event: TargetedEvent<HTMLDetailsElement>): void => {
    unfolded.value = event.currentTarget.open;
  };
  const zone = store.get().picture?.zone ?? "UTC";
  const sources = count.estimate_rests_on === 1 ? "one source" : `${count.estimate_rests_on} sources`;
  return (
    <details class="count" open={isOpen} onToggle={toggle}>
      <summary>
        <h3>{nameOf(count)}</h3>
        <span class="count-now">{nowWords(count)}</span>
      </summary>
      {count.clashes.length > 0 && (
        <p class="warning">These figures exclude each other. Quote each with its speaker.</p>
      )}
      <FactList store={store} facts={count.latest} />
      {count.history && <p class="estimate">{`Total: ${count.history}.`}</p>}
      {count.corrected.map((words) => (
        <p key={words} class="estimate">{`${words}.`}</p>
      ))}
      {count.stale_since && (
        <p class="warning">
          {`Said again since, not counted anew: the last count is of ${timeWords(Date.parse(count.stale_since), zone)}.`}
        </p>
      )}
      {count.not_known_since && (
        <p class="warning">{`Not known since ${timeWords(Date.parse(count.not_known_since), zone)}.`}</p>
      )}
      {count.estimate && (
        <p class="estimate">{`Probably ${bandWords(count.estimate)}, from ${sources} (90 % band).`}</p>
      )}
      <Pushes store={store} count={count} />
      {isOpen && <Plot store={store} count={count} />}
    </details>
  );
}

export function Figures({ store }: { readonly store: PictureStore }): JSX.Element {
  const counts = store.get().picture?.counts ?? [];
  const tallies = store.get().picture?.tallies;
  return (
    <section class="counts" aria-label="Figures" id="figures">
      <h2>Figures</h2>
      {counts.map((count, index) => (
        <Figure key={count.key} store={store} count={count} isFirst={index < OPEN} />
      ))}
      {tallies && <p class="estimate">{`${tallies.says}.`}</p>}
      {counts.length > 0 && <Terms words={["figure", "estimate, band"]} />}
      {!counts.length && <p class="quiet">No figures yet. Press N to enter the first.</p>}
    </section>
  );
}
