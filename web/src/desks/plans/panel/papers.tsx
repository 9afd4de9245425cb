/** The papers of the plan: made, looked at one by one, downloaded in each form. */
import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import * as api from "../../../contract/api.ts";
import type { PaperPage } from "../../../contract/index.ts";
import { Dialog } from "../../../lib/dialog.tsx";
import { Item, Items } from "../../../lib/items.tsx";
import { Section } from "../../../lib/parts.tsx";
import { counted } from "../../../lib/units.ts";
import { WorkBlock } from "../../../lib/work.tsx";
import { makePapers, stopMaking } from "../papers.ts";
import { type PlansStore, planOf } from "../store.ts";

type Props = { readonly store: PlansStore };

/** What is downloaded, by the end of its name. */
const FORMS = [
  ["pdf", "PDF, A4"],
  ["html", "Page"],
  ["geojson", "GeoJSON"],
  ["kml", "KML"],
  ["gpx", "GPX"],
  ["csv", "Table (CSV)"],
] as const;

export const gapWords = (gaps: number): string =>
  gaps === 0 ? "No gap" : `${counted(gaps, "gap is marked", "gaps are marked")}`;

function Made({ store }: Props): JSX.Element | null {
  const shown = useSignal<PaperPage | null>(null);
  const { papers, operation } = store.get();
  if (!papers || !operation) return null;
  const { key, papers: pages, unplaced } = papers.said;
  const isOld = papers.of !== planOf(store.get());
  return (
    <div class={isOld ? "old" : ""}>
      <Items label={counted(pages.length, "document")}>
        {pages.map((one) => (
          <Item
            key={one.paper}
            isCurrent={shown.value?.paper === one.paper}
            act={() => {
              shown.value = one;
            }}
            text={
              <>
                {one.title}
                <small>{gapWords(one.gaps)}</small>
              </>
            }
          />
        ))}
      </Items>
      <p class="row plan-papers">
        {FORMS.map(([form, label]) => (
          <a key={form} class="button" href={api.papersUrl(operation.id, key, form)} download>
            {label}
          </a>
        ))}
      </p>
      {unplaced.length > 0 && <p class="quiet">{`On no map, for nobody knows a spot: ${unplaced.join(", ")}.`}</p>}
      {isOld && <p class="quiet">These are of the plan before your last change. Make them again.</p>}
      {shown.value && (
        <Dialog
          title={shown.value.title}
          class="plan-paper"
          closed={() => {
            shown.value = null;
          }}
        >
          <p class="row">
            <a class="button" href={api.papersUrl(operation.id, key, "pdf", shown.value.paper)} download>
              Download it as PDF
            </a>
          </p>
          <iframe title={shown.value.title} sandbox="" srcdoc={shown.value.page} />
        </Dialog>
      )}
    </div>
  );
}

export function Papers({ store }: Props): JSX.Element | null {
  const { making, unmade, papers } = store.get();
  if (!planOf(store.get())) return null;
  return (
    <Section title="Documents" id="plan-papers">
      <p class="quiet">
        The plan with its risk register and maps, an operation order, a leaflet for residents, a card for each gate.
        What the plan leaves empty is marked.
      </p>
      {!making && (
        <p class="row">
          <button type="button" onClick={() => void makePapers(store)}>
            {papers ? "Make them again" : "Make the documents"}
          </button>
        </p>
      )}
      {making && <WorkBlock work={making.work} label="Making the documents" cancel={() => stopMaking(store)} />}
      <div role="status" aria-live="polite">
        {unmade && <p class="warning">{unmade}</p>}
        {papers && <p class="lead">{`${gapWords(papers.said.gaps)} in all.`}</p>}
      </div>
      <Made store={store} />
    </Section>
  );
}
