/** Site, stations and barriers out of a file: what was read is shown before it is taken. */
import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { Dialog } from "../../lib/dialog.tsx";
import { READ, readGeo } from "../../lib/geo-read.ts";
import { counted } from "../../lib/units.ts";
import type { Bounds } from "../../map/bounds.ts";
import { ask, type PlanStore, questionOf } from "./store.ts";
import { type Held, heldIn, type Part, taken } from "./take-over.ts";

const BUTTONS: readonly (readonly [part: Part, label: string, needs: "grounds" | "points"])[] = [
  ["site", "Take the ground as the site", "grounds"],
  ["outside", "Take the ground as what must stay outside", "grounds"],
  ["stations", "Take the points as stations", "points"],
  ["barriers", "Put a barrier at each point", "points"],
];
const SHOWN = 8;

function Read({ held }: { readonly held: Held }): JSX.Element {
  const { grounds, points, lines, elsewhere } = held;
  const left = [
    lines && `${counted(lines, "line")} not taken: press a street and choose Occupied`,
    elsewhere && `${counted(elsewhere, "part")} outside this city`,
  ].filter(Boolean);
  return (
    <div role="status">
      <p>{`Read: ${counted(grounds.length, "piece of ground", "pieces of ground")}, ${counted(points.length, "point")}.`}</p>
      {points.length > 0 && (
        <ul class="sentences">
          {points.slice(0, SHOWN).map(({ name, kind }, index) => (
            <li key={index}>{kind ? `${name} (${kind.replaceAll("_", " ")})` : name}</li>
          ))}
          {points.length > SHOWN && <li>{`and ${points.length - SHOWN} more`}</li>}
        </ul>
      )}
      {left.length > 0 && <p class="quiet">{`Left out: ${left.join("; ")}.`}</p>}
    </div>
  );
}

export function ImportDialog({
  store,
  closed,
}: {
  readonly store: PlanStore;
  readonly closed: () => void;
}): JSX.Element {
  const held = useSignal<Held | null>(null);
  const problem = useSignal("");
  const choose = async (file: File | undefined): Promise<void> => {
    if (!file) return;
    const found = await readGeo(file);
    held.value = found.ok ? heldIn(found.value, store.get().network.bounds as Bounds) : null;
    problem.value = found.ok ? "" : found.error;
    if (held.value && !held.value.grounds.length && !held.value.points.length)
      problem.value = `${file.name} has no ground and no point in this city. Choose another file, or open its city first.`;
  };
  const found = held.value;
  return (
    <Dialog title="Import site, stations or barriers" closed={closed}>
      <div class="stack">
        <label
          class="drop"
          onDragOver={(event) => event.preventDefault()}
          onDrop={(event) => {
            event.preventDefault();
            void choose(event.dataTransfer?.files[0]);
          }}
        >
          <span class="drop-words">Drop a file here, or choose it</span>
          <input type="file" accept={READ} onChange={(event) => void choose(event.currentTarget.files?.[0])} />
        </label>
        <p class="quiet">GeoJSON, KML, KMZ, GPX, or a shapefile in a .zip, with longitude and latitude.</p>
        {problem.value && (
          <p class="warning" role="alert">
            {problem.value}
          </p>
        )}
        {found && <Read held={found} />}
        <div class="row">
          {found &&
            BUTTONS.filter(([, , needs]) => found[needs].length > 0).map(([part, label]) => (
              <button
                key={part}
                type="button"
                onClick={() => {
                  ask(store, taken(questionOf(store.get()), found, part));
                  closed();
                }}
              >
                {label}
              </button>
            ))}
        </div>
      </div>
    </Dialog>
  );
}
