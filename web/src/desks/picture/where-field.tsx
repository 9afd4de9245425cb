/** Where something is: typed, taken from a list or picked on the map; what the words mean on the map stands below meanwhile. */
import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";
import type { Names } from "../../contract/index.ts";
import { Combobox } from "../../lib/combobox.tsx";
import { pick } from "./picking.tsx";
import { type PlaceSaid, placesSaid, suggestPlaces, withPlace } from "./places.ts";
import type { PictureStore } from "./store.ts";

const PAUSE_MS = 350;
const KEEP = "Pick it on the map, or keep it as words.";

type PlaceProps = {
  readonly store: PictureStore;
  readonly label: string;
  /** Of the control. */
  readonly name: string;
  readonly first: string;
  readonly names: Names | null;
};

/** One place or several, parted by semicolons. */
export function PlaceField({ store, label, name, first, names }: PlaceProps): JSX.Element {
  const said = useSignal<readonly PlaceSaid[]>([]);
  const box = useRef<HTMLDivElement>(null);
  const asked = useRef(0);
  const network = store.get().network.id;
  const input = (): HTMLInputElement | null => box.current?.querySelector("input") ?? null;

  const read = async (): Promise<void> => {
    asked.current += 1;
    const mine = asked.current;
    const found = await placesSaid(network, input()?.value ?? "", names);
    if (mine === asked.current) said.value = found;
  };
  const soon = (): void => {
    asked.current += 1;
    const mine = asked.current;
    setTimeout(() => mine === asked.current && void read(), PAUSE_MS);
  };
  const fill = (words: string): void => {
    const control = input();
    if (!control) return;
    control.value = words;
    control.dispatchEvent(new Event("input", { bubbles: true }));
    control.focus();
  };
  const choose = async (): Promise<void> => {
    const words = await pick(store);
    if (words !== null) fill(words);
  };
  /** A name in the place of one that nobody knows. */
  const instead = (one: PlaceSaid, choice: string): void =>
    fill(said.value.map(({ text }) => (text === one.text ? choice : text)).join("; "));
  useEffect(() => void (input()?.value && read()), [names]);
  return (
    <div class="where-field" ref={box} onInput={soon} onFocusOut={soon}>
      <Combobox
        id={`entry-${name}`}
        name={name}
        label={label}
        first={first}
        placeholder="Lambton Quay at Bowen St, 58 Hill St, or a place"
        describedBy={`entry-${name}-said`}
        suggest={(text) => suggestPlaces(network, text, names)}
        filled={withPlace}
      />
      <button type="button" onClick={choose} aria-label={name === "where" ? undefined : `Pick on the map: ${label}`}>
        Pick on the map
      </button>
      <div class="quiet where-said" id={`entry-${name}-said`} role="status">
        {said.value.map((one) => (
          <p key={one.text} class={one.isUnknown ? "unknown" : undefined}>
            {one.isUnknown ? `${one.says.replace(/ Did you mean .*$/, "")} ${KEEP}` : one.says}
            {one.choices.length > 0 && " Or is it "}
            {one.choices.map((choice) => (
              <button key={choice} type="button" class="link" onClick={() => instead(one, choice)}>
                {choice}
              </button>
            ))}
          </p>
        ))}
      </div>
    </div>
  );
}

export const WhereField = (props: Pick<PlaceProps, "store" | "first" | "names">): JSX.Element => (
  <PlaceField {...props} label="Where" name="where" />
);
