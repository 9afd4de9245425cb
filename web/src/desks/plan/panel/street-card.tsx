/** One street piece: who passes today, and what the plan shall do with it. */
import type { JSX } from "preact";
import type { PlanQuestion, VehicleClass, WayDetails } from "../../../contract/index.ts";
import { Card, Checkbox, Choices, Facts } from "../../../lib/parts.tsx";
import { capital, count, counted, metres, minutesRange } from "../../../lib/units.ts";
import { addressesWord, addressWord, classWord, classWords, listed, streetClassWord } from "../../../lib/words.ts";
import { barred, closed, closureOf, toggleOpen, toggleStretch } from "../question.ts";
import { ask, type PlanStore, questionOf, type StreetFact, select, showsPlan, takeTool } from "../store.ts";

type Wish = "as-is" | "closed" | "open" | "occupied";

/** Whom a street closed by hand shuts out at first: a crew lets help through, unless somebody says that it cannot. */
const SHUT_AT_FIRST: readonly VehicleClass[] = ["resident", "service", "bus", "general"];

const WISHES = [
  { value: "as-is", label: "As today" },
  { value: "closed", label: "Close" },
  { value: "open", label: "Keep open" },
  { value: "occupied", label: "Occupied" },
] as const;

const MEANING: Readonly<Record<Wish, string>> = {
  "as-is": "The plan decides.",
  closed:
    "Shut by hand, along its whole length, to the classes ticked. Tick fire, ambulance and police if they cannot pass either.",
  open: "Stays outside the cordon, open to all who may drive it today.",
  occupied: "People hold it: it is part of the site.",
};

function wishOf(question: PlanQuestion, way: number): Wish {
  if (question.stretches.includes(way)) return "occupied";
  if (question.keep_open.includes(way)) return "open";
  return closureOf(question, way) ? "closed" : "as-is";
}

/** The question without any wish for this way. */
const released = (question: PlanQuestion, way: number): PlanQuestion => ({
  ...closed(question, way, []),
  stretches: question.stretches.filter((other) => other !== way),
  keep_open: question.keep_open.filter((other) => other !== way),
});

function wished(question: PlanQuestion, way: number, wish: Wish): PlanQuestion {
  const free = released(question, way);
  if (wish === "closed") return closed(free, way, SHUT_AT_FIRST);
  if (wish === "open") return toggleOpen(free, way);
  return wish === "occupied" ? toggleStretch(free, way) : free;
}

type Props = { readonly store: PlanStore; readonly way: WayDetails };

function ClassBoxes({ store, way: { way } }: Props): JSX.Element {
  const question = questionOf(store.get());
  const shuts = closureOf(question, way)?.shuts ?? [];
  const { vehicle_classes } = store.get().network;
  const close = (name: VehicleClass, on: boolean): void => {
    const wanted = vehicle_classes.filter((other) => (other === name ? on : shuts.includes(other)));
    ask(store, closed(question, way, wanted));
  };
  return (
    <fieldset class="boxes">
      <legend class="unseen">Closed to</legend>
      {vehicle_classes.map((name) => (
        <Checkbox
          key={name}
          label={capital(classWord(name))}
          checked={shuts.includes(name)}
          act={(on) => close(name, on)}
        />
      ))}
    </fieldset>
  );
}

/** Whether the plan may set a barrier up along this piece, and along the whole street; junctions at its ends are places of their own. */
function BarrierBoxes({ store, way: { way, name, street } }: Props): JSX.Element {
  const question = questionOf(store.get());
  const box = (label: string, ways: readonly number[]): JSX.Element => (
    <Checkbox
      label={label}
      checked={ways.every((each) => question.never_ways.includes(each))}
      act={(on) => ask(store, barred(questionOf(store.get()), ways, on))}
    />
  );
  return (
    <fieldset class="boxes">
      <legend class="unseen">Barriers</legend>
      {box("No barrier along this stretch", [way])}
      {street.length > 1 && box(`No barrier along all of ${name} (${count(street.length)} stretches)`, street)}
    </fieldset>
  );
}

function directions({ permits: { along, against }, to, from }: WayDetails): readonly (readonly [string, string])[] {
  if (along.join() === against.join()) return [["Passes today", classWords(along)]];
  return [
    [`Towards ${to ?? "its end"}`, classWords(along)],
    [`Towards ${from ?? "its start"}`, classWords(against)],
  ];
}

/** How long help takes to what fronts this piece, before and after. */
function waits(store: PlanStore, way: WayDetails): readonly (readonly [string, string])[] {
  const { answer } = store.get();
  if (!answer || !way.addresses.length || !answer.seconds_after.length) return [];
  const of = (all: readonly number[]): string => minutesRange(way.addresses.map(({ address }) => all[address] ?? -1));
  const [before, after] = [of(answer.seconds_before), of(answer.seconds_after)];
  return [["Help arrives in", before === after ? after : `${after} (before: ${before})`]];
}

/** The proof for what fronts this piece in its middle. */
function proveWay(store: PlanStore, { addresses, length_m }: WayDetails): void {
  const fromMiddle = (at_m: number): number => Math.abs(at_m - length_m / 2);
  const [first, ...others] = addresses;
  if (!first) return;
  const middle = others.reduce((best, one) => (fromMiddle(one.at_m) < fromMiddle(best.at_m) ? one : best), first);
  const { address, label, lon, lat } = middle;
  select(store, { kind: "address", address, label, spot: { lon, lat } });
}

function title(way: WayDetails): string {
  return way.name ?? `Street without a name (${streetClassWord(way.class)})`;
}

type CardProps = Props & { readonly known: readonly StreetFact[] };

/** The card; what else is known of the street stands first among its facts. */
export function StreetCard({ store, way, known }: CardProps): JSX.Element {
  const { network } = store.get();
  const wish = wishOf(questionOf(store.get()), way.way);
  const ends = [way.from, way.to].filter((name): name is string => name !== null);
  const addresses = counted(way.addresses.length, addressWord(network), addressesWord(network));
  const between = ends.length ? `Between ${listed(ends)}; ` : "";
  const where = `${between}${metres(way.length_m)}, ${streetClassWord(way.class)}, ${addresses}`;
  const buses: readonly [string, string] | null = way.bus_trips
    ? ["Buses", `${count(way.bus_trips)} trips a day`]
    : null;
  if (showsPlan(store.get()))
    return (
      <Card title={title(way)} close={() => select(store, null)}>
        <p class="where">{where}</p>
        <Facts rows={[...directions(way), buses]} />
        <p class="quiet">What the plan shuts here is changed in the tab Management plan.</p>
      </Card>
    );
  return (
    <Card title={title(way)} close={() => select(store, null)}>
      <p class="where">{where}</p>
      <Choices<Wish>
        name="wish"
        title="In the plan, this street is"
        options={WISHES}
        chosen={wish}
        act={(value) => ask(store, wished(questionOf(store.get()), way.way, value))}
      />
      <p class="meaning">{MEANING[wish]}</p>
      {wish === "closed" && <ClassBoxes store={store} way={way} />}
      <BarrierBoxes store={store} way={way} />
      <Facts rows={[...known, ...waits(store, way), ...directions(way), buses]} />
      <div class="row">
        {way.addresses.length > 0 && (
          <button type="button" onClick={() => proveWay(store, way)}>
            {"How help gets here\u2026"}
          </button>
        )}
        <button type="button" onClick={() => takeTool(store, "forbid-spot")}>
          {"No barrier at a spot\u2026"}
        </button>
      </div>
    </Card>
  );
}
