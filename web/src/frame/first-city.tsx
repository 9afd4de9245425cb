/** Where the server has no city yet: bring one in, then begin an operation in it. */
import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import type { NetworkSummary } from "../contract/index.ts";
import { count } from "../lib/units.ts";
import { CityImport } from "./dialogs/city-import.tsx";
import { OperationForm } from "./dialogs/operation-form.tsx";
import { openRoom } from "./switching.ts";

type Props = { readonly taken: readonly string[] };

export function FirstCity({ taken }: Props): JSX.Element {
  const city = useSignal<NetworkSummary | null>(null);
  const found = city.value;
  return (
    <main class="apology first-city">
      <h1>{found ? found.name : "Clearway has no city yet"}</h1>
      {!found && (
        <>
          <p>
            Clearway plans on the streets of one city. Bring yours in by a file; it stays on this server, and nothing is
            asked of others.
          </p>
          <CityImport
            done={(brought) => {
              city.value = brought;
            }}
          />
        </>
      )}
      {found && (
        <>
          <p role="status">
            {`${count(found.ways)} street pieces and ${count(found.addresses)} addresses are here. `}
            Name the operation to begin its record, or look at the map first.
          </p>
          <OperationForm cities={[found]} city={found.id} taken={taken} />
          <button type="button" onClick={() => openRoom({ network: found.id, operation: null, desk: "plan" })}>
            Open the map without an operation
          </button>
        </>
      )}
    </main>
  );
}
