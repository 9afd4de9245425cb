/** One address: how each service comes to it, street by street, and what that rests on. */
import type { JSX } from "preact";
import type { AddressProof, Route, ServiceProof } from "../../../contract/index.ts";
import { Card, type Column, Facts, Table } from "../../../lib/parts.tsx";
import { capital, coordinates, delay, metres, minutes } from "../../../lib/units.ts";
import { listed } from "../../../lib/words.ts";
import { type PlanStore, type Selection, select, untilWhom } from "../store.ts";

type Leg = Route["legs"][number];

const LEGS: readonly Column<Leg>[] = [
  ["Street", (leg) => leg.street],
  ["Length", (leg) => metres(leg.metres)],
  ["Time", (leg) => minutes(leg.seconds)],
];

/** From the call on: turnout stands as a row of its own, so that the times add up. */
const rowsOf = ({ legs, turnout_seconds: turnout }: Route): readonly Leg[] =>
  turnout ? [{ street: "Turnout, from the call", metres: 0, seconds: turnout, ways: [] }, ...legs] : legs;

type RouteProps = { readonly route: Route; readonly title: string };

/** A route street by street. */
export const RouteTable = ({ route, title }: RouteProps): JSX.Element => (
  <Table
    class="route numbers"
    caption={`${title}: from ${route.station}, ${metres(route.metres)}, ${minutes(route.seconds)}`}
    rows={rowsOf(route)}
    columns={LEGS}
  />
);

type ServiceProps = { readonly proof: ServiceProof; readonly open: boolean };

/** One service: the answer in sentences, its routes folded away. */
function Service({ proof, open }: ServiceProps): JSX.Element {
  const { service, says, after, second } = proof;
  return (
    <li class={after ? "service" : "service lost"}>
      <p>
        <strong>{capital(service)}</strong>
      </p>
      {says.map((text) => (
        <p key={text}>{text}</p>
      ))}
      {after && (
        <details open={open}>
          <summary>Street by street</summary>
          <RouteTable route={after} title="Soonest" />
          {second && <RouteTable route={second} title="Second route" />}
        </details>
      )}
    </li>
  );
}

/** Everything that is known of how help comes here. */
export const ProofParts = ({ proof, open }: { readonly proof: AddressProof; readonly open: boolean }): JSX.Element => (
  <>
    <ul class="services" aria-label="How help gets here">
      {proof.services.map((one) => (
        <Service key={one.service} proof={one} open={open} />
      ))}
    </ul>
    {proof.services.length === 0 && <p>{"No station is marked, so nobody can say how help gets here."}</p>}
    {proof.assumed.map((text) => (
      <p key={text} class="assumed">
        {text}
      </p>
    ))}
    <details class="rests-on" open={open}>
      <summary>What this rests on</summary>
      <ul>
        {proof.rests_on.map((text) => (
          <li key={text}>{text}</li>
        ))}
      </ul>
    </details>
  </>
);

const secondsAt = (list: readonly number[] | undefined, address: number): number | null => {
  const seconds = list?.[address];
  return seconds === undefined || seconds < 0 ? null : seconds;
};

type Props = {
  readonly store: PlanStore;
  readonly selected: Extract<Selection, { kind: "address" }>;
};

export function AddressCard({ store, selected }: Props): JSX.Element {
  const { answer, proof } = store.get();
  const { address, label, spot } = selected;
  const before = secondsAt(answer?.seconds_before, address);
  const after = secondsAt(answer?.seconds_after, address);
  const here = proof?.address === address ? proof : null;
  return (
    <Card title={label || here?.label || `Point ${address}`} close={() => select(store, null)}>
      {here ? <ProofParts proof={here} open={false} /> : <p role="status">{"Working out how help gets here\u2026"}</p>}
      <Facts
        rows={[
          [`Time ${untilWhom(store.get())}`, `${minutes(after)} (before: ${minutes(before)})`],
          before !== null && after !== null && after > before ? ["Difference", delay(before, after)] : null,
          ["Position", coordinates(spot.lon, spot.lat)],
        ]}
      />
      {here && <p class="hint">Print (Ctrl P) puts this proof on paper, with its map.</p>}
    </Card>
  );
}

/** The proof on paper. */
export const proofTitle = ({ label, services }: AddressProof): string => {
  const lost = services.filter(({ after }) => !after).map(({ service }) => capital(service));
  return lost.length ? `${label}: ${listed(lost)} cannot get here` : `How help gets to ${label}`;
};
