/** The operations of this server and its cities: switch, begin another one, bring a city in. */
import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useEffect } from "preact/hooks";
import * as api from "../../contract/api.ts";
import type { NetworkSummary, OperationSummary } from "../../contract/index.ts";
import { Dialog } from "../../lib/dialog.tsx";
import { Section } from "../../lib/parts.tsx";
import { count } from "../../lib/units.ts";
import { openRoom, type Room } from "../switching.ts";
import { CityImport } from "./city-import.tsx";
import type { DialogProps } from "./index.tsx";
import { OperationForm } from "./operation-form.tsx";

type Known = { readonly operations: readonly OperationSummary[]; readonly cities: readonly NetworkSummary[] };

type EntryProps = { readonly label: string; readonly note: string; readonly here: boolean; readonly room: Room };

const Entry = ({ label, note, here, room }: EntryProps): JSX.Element => (
  <li>
    <button type="button" class="item" aria-current={here ? "true" : undefined} onClick={() => openRoom(room)}>
      <span>
        {label}
        <small>{here ? `${note}. Open here.` : note}</small>
      </span>
    </button>
  </li>
);

function Lists({ operations, cities, here }: Known & { readonly here: Room }): JSX.Element {
  const nameOf = (network: string | null): string =>
    cities.find(({ id }) => id === network)?.name ?? "its city is not on this server";
  return (
    <>
      <h3>Operations</h3>
      {operations.length === 0 && <p class="quiet">None yet. Begin one below.</p>}
      <ul class="items">
        {operations.map(({ id, title, network, zone, entries }) => (
          <Entry
            key={id}
            label={title}
            note={`${nameOf(network)}; ${zone}; ${count(entries)} ${entries === 1 ? "entry" : "entries"}`}
            here={here.operation === id}
            room={{ network, operation: id }}
          />
        ))}
      </ul>
      <h3>Cities</h3>
      <ul class="items">
        {cities.map(({ id, name, ways, addresses }) => (
          <Entry
            key={id}
            label={name}
            note={`${count(ways)} street pieces, ${count(addresses)} addresses`}
            here={here.network === id}
            room={{ network: id, operation: null, desk: "plan" }}
          />
        ))}
      </ul>
    </>
  );
}

export function Rooms({ frame, closed }: DialogProps): JSX.Element {
  const known = useSignal<Known | null>(null);
  const problem = useSignal("");
  const city = useSignal("");
  const { network, operation } = frame.state.get();
  const load = async (): Promise<void> => {
    const [operations, cities] = await Promise.all([api.listOperations(), api.listNetworks()]);
    if (!operations.ok) problem.value = operations.error.message;
    else if (!cities.ok) problem.value = cities.error.message;
    else known.value = { operations: operations.value, cities: cities.value };
  };
  useEffect(() => void load(), []);
  const came = (brought: NetworkSummary): void => {
    city.value = brought.id;
    void load();
  };
  const brought = known.value?.cities.find(({ id }) => id === city.value);
  return (
    <Dialog title="Operations and cities" closed={closed} holds={true}>
      {problem.value && (
        <p class="warning" role="alert">
          {problem.value}
        </p>
      )}
      {known.value && <Lists {...known.value} here={{ network: network.id, operation: operation?.id ?? null }} />}
      {brought && (
        <p class="done" role="status">
          {`${brought.name} is here: ${count(brought.ways)} street pieces, ${count(brought.addresses)} addresses. `}
          Begin an operation in it, or open its map above.
        </p>
      )}
      {known.value && (
        <Section title="New operation" id="new-operation" open={Boolean(brought) || !operation}>
          <OperationForm
            key={city.value}
            cities={known.value.cities}
            city={city.value || network.id}
            taken={known.value.operations.map(({ id }) => id)}
          />
        </Section>
      )}
      <Section title="Bring a city in" id="bring-in-a-city">
        <CityImport done={came} />
      </Section>
    </Dialog>
  );
}
