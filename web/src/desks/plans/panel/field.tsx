/** One field of a plan: words, a number, a moment, a place; read by the server where it takes words that people say. */
import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useId } from "preact/hooks";
import * as api from "../../../contract/api.ts";
import { NumberField, Select } from "../../../lib/fields.tsx";
import { iso, timeWords } from "../../../lib/times.ts";
import { useTyping } from "../../../lib/typing.ts";
import { isGate, type Place, placeWords } from "../document.ts";
import type { Field } from "../fields.ts";
import { momentOf, type PlansStore, planOf } from "../store.ts";

type ReadProps = {
  readonly label: string;
  readonly words: string;
  readonly hint?: string | undefined;
  /** Take what was typed; gives the sentence on what cannot be used, or a note on what it was taken for. */
  readonly take: (text: string) => Promise<{ readonly fault?: string; readonly note?: string }>;
  readonly lines?: boolean | undefined;
};

/** What is typed is taken when the field is left; a sentence below says what is wrong, or what it was taken for. */
export function ReadField({ label, words, hint, take, lines }: ReadProps): JSX.Element {
  const { shown, keep, taken } = useTyping(words);
  const said = useSignal<{ readonly fault?: string; readonly note?: string }>({});
  const id = useId();
  const control = useId();
  const change = async ({
    currentTarget,
  }: {
    currentTarget: HTMLInputElement | HTMLTextAreaElement;
  }): Promise<void> => {
    said.value = await take(currentTarget.value.trim());
    if (!said.value.fault) taken();
  };
  const { fault, note } = said.value;
  const shared = {
    id: control,
    value: shown,
    onInput: keep,
    placeholder: hint ?? "",
    "aria-invalid": fault !== undefined,
    "aria-describedby": fault || note ? id : undefined,
  };
  return (
    <div class="typed">
      <label class="field wide" for={control}>
        <span>{label}</span>
        {lines ? (
          <textarea rows={2} {...shared} onChange={change} />
        ) : (
          <input type="text" class="words" autocomplete="off" {...shared} onChange={change} />
        )}
      </label>
      {(fault || note) && (
        <p class={fault ? "fault" : "quiet"} id={id} role={fault ? "alert" : "status"}>
          {fault ?? note}
        </p>
      )}
    </div>
  );
}

type MomentProps = {
  readonly store: PlansStore;
  readonly label: string;
  readonly value: string | null;
  readonly empty: string;
  readonly act: (value: string | null) => void;
};

export function MomentField({ store, label, value, empty, act }: MomentProps): JSX.Element {
  const { operation } = store.get();
  const take = async (text: string): Promise<{ fault?: string }> => {
    if (text === "") return act(null) ?? {};
    const read = await api.readTime(operation?.id ?? "", text, iso(momentOf(store.get())));
    if (!read.ok) return { fault: read.error.message };
    return act(read.value.moment) ?? {};
  };
  const words = value ? timeWords(Date.parse(value), operation?.zone ?? "UTC") : "";
  return <ReadField label={label} words={words} hint={empty} take={take} />;
}

type PlaceProps = {
  readonly store: PlansStore;
  readonly label: string;
  readonly places: readonly Place[];
  readonly several: boolean;
  /** What an empty field means; without it the field must be filled. */
  readonly empty?: string | undefined;
  readonly act: (places: readonly Place[]) => void;
};

function PlaceField({ store, label, places, several, empty, act }: PlaceProps): JSX.Element {
  const take = async (text: string): Promise<{ fault?: string; note?: string }> => {
    const parts = several ? text.split(";").map((part) => part.trim()) : [text];
    const wanted = parts.filter(Boolean);
    if (wanted.length === 0 && empty !== undefined) {
      act([]);
      return {};
    }
    if (wanted.length === 0) return { fault: "Give a place: Hill Street at Molesworth Street, north side." };
    const read = await Promise.all(wanted.map((part) => api.readPlace(store.get().network.id, part)));
    const refused = read.find((one) => !one.ok);
    if (refused && !refused.ok) return { fault: refused.error.message };
    const found = read.flatMap((one) => (one.ok ? [one.value] : []));
    act(found.map(({ place }) => place));
    return { note: found.map(({ says }) => says).join(" ") };
  };
  return <ReadField label={label} words={places.map(placeWords).join("; ")} hint={empty ?? ""} take={take} />;
}

type GatesProps = {
  readonly title: string;
  readonly ids: readonly string[];
  readonly chosen: readonly string[];
  readonly act: (ids: string[]) => void;
};

/** Some of the barriers of a plan, by name. */
export function GatesField({ title, ids, chosen, act }: GatesProps): JSX.Element {
  const flip = (id: string): void => act(chosen.includes(id) ? chosen.filter((one) => one !== id) : [...chosen, id]);
  return (
    <fieldset class="gate-choice">
      <legend>{title}</legend>
      {ids.map((id) => (
        <label key={id} class="check">
          <input type="checkbox" checked={chosen.includes(id)} onChange={() => flip(id)} />
          <span>{id}</span>
        </label>
      ))}
    </fieldset>
  );
}

type Props = {
  readonly store: PlansStore;
  readonly field: Field;
  readonly value: unknown;
  readonly act: (value: unknown) => void;
};

export function FieldRow({ store, field, value, act }: Props): JSX.Element {
  const { label, kind, empty } = field;
  const words = async (text: string): Promise<{ fault?: string }> => {
    if (text === "" && empty === undefined) return { fault: `Give something for \u201c${label}\u201d.` };
    act(text === "" ? null : text);
    return {};
  };
  switch (kind) {
    case "choice":
      return <Select label={label} options={field.options ?? []} chosen={String(value)} act={act} />;
    case "number":
      return (
        <NumberField
          label={label}
          unit={field.unit ?? ""}
          value={typeof value === "number" ? value : null}
          act={act}
          limits={{ least: 0, most: field.most ?? 1e6 }}
          step={1}
          empty={empty}
        />
      );
    case "moment":
      return <MomentField store={store} label={label} value={value as string | null} empty={empty ?? ""} act={act} />;
    case "place":
      return (
        <PlaceField
          store={store}
          label={label}
          places={value ? [value as Place] : []}
          several={false}
          empty={empty}
          act={([place]) => (place || empty !== undefined) && act(place ?? null)}
        />
      );
    case "places":
      return <PlaceField store={store} label={label} places={value as readonly Place[]} several={true} act={act} />;
    case "gates": {
      const chosen = value as readonly string[];
      const ids = (planOf(store.get())?.barriers ?? []).filter(isGate).map(({ id }) => id);
      const title = chosen.length ? "At these gates" : "At every gate; or choose some";
      return <GatesField title={ids.length ? title : "The plan has no gate yet"} ids={ids} chosen={chosen} act={act} />;
    }
    case "texts":
      return (
        <ReadField
          label={label}
          words={(value as readonly string[]).join(", ")}
          take={async (text) => {
            const parts = text
              .split(",")
              .map((part) => part.trim())
              .filter(Boolean);
            if (parts.length === 0) return { fault: "Name somebody: residents, toilet trucks, emergency services." };
            act(parts);
            return {};
          }}
        />
      );
    default:
      return <ReadField label={label} words={String(value ?? "")} hint={empty} take={words} lines={kind === "prose"} />;
  }
}
