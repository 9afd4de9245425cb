/** Who says so, for whom, in what and how reliable: taken from a list of those whom the record knows, or typed. Nobody has no grade. */
import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useRef } from "preact/hooks";
import type { KindsAnswer, Names } from "../../contract/index.ts";
import { Combobox, type Suggestion } from "../../lib/combobox.tsx";
import { readable } from "../../lib/words.ts";
import { Field, plainField } from "./entry-fields.tsx";
import { USUAL_GRADES } from "./grades.ts";
import type { Beginning } from "./new-entry.ts";

type SpeakerName = Names["speakers"][number];
type Known = Suggestion & { readonly speaker: SpeakerName };

const MOST = 8;
const NOBODY = "Nobody is named yet: without a name it has no grade.";

const holds = (words: string | null, part: string): boolean => (words ?? "").toLowerCase().includes(part);

/** Speakers whose office or organisation holds the text. */
function suggestSpeakers(names: Names | null, text: string): Known[] {
  const part = text.trim().toLowerCase();
  return (names?.speakers ?? [])
    .filter(({ office, organisation }) => office && (holds(office, part) || holds(organisation, part)))
    .slice(0, MOST)
    .map((speaker) => ({
      value: speaker.office ?? "",
      note: [speaker.organisation, speaker.grade].filter(Boolean).join(", "),
      speaker,
    }));
}

/** Organisations that hold the text. */
function suggestOrganisations(names: Names | null, text: string): Suggestion[] {
  const part = text.trim().toLowerCase();
  const all = (names?.speakers ?? []).map(({ organisation }) => organisation ?? "").filter((one) => holds(one, part));
  return [...new Set(all)]
    .filter(Boolean)
    .slice(0, MOST)
    .map((value) => ({ value }));
}

type Props = { readonly first: Beginning; readonly kinds: KindsAnswer; readonly names: Names | null };

export function SpeakerFields({ first, kinds, names }: Props): JSX.Element {
  const box = useRef<HTMLDivElement>(null);
  const isNamed = useSignal(Boolean(first.who || first.organisation));
  const control = (name: string): HTMLInputElement | HTMLSelectElement | null =>
    box.current?.querySelector<HTMLInputElement | HTMLSelectElement>(`[name=${name}]`) ?? null;
  const look = (): void => {
    isNamed.value = Boolean(control("who")?.value.trim() || control("organisation")?.value.trim());
  };
  const took = ({ speaker: { organisation, medium, grade } }: Known): void => {
    for (const [name, value] of Object.entries({ organisation: organisation ?? "", medium, grade })) {
      const field = control(name);
      if (
        field &&
        (name === "organisation" || [...(field as HTMLSelectElement).options].some((one) => one.value === value))
      )
        field.value = value;
    }
  };
  const grades = [...new Set([...USUAL_GRADES, first.grade])].filter(Boolean);
  return (
    <div class="entry-fields" ref={box} onInput={look}>
      <Combobox
        id="entry-who"
        name="who"
        label="Who says so"
        first={first.who}
        placeholder="office or role, such as Officer at gate 3"
        suggest={(text) => suggestSpeakers(names, text)}
        took={took}
      />
      <Combobox
        id="entry-organisation"
        name="organisation"
        label="On behalf of"
        first={first.organisation}
        suggest={(text) => suggestOrganisations(names, text)}
      />
      <Field field={plainField("medium", "Medium", kinds.media)} first={first.medium} />
      <div class="entry-field">
        <label for="entry-grade">Grade</label>
        <select id="entry-grade" name="grade" disabled={!isNamed.value} aria-describedby="entry-grade-said">
          {grades.map((value) => (
            <option key={value} value={value} selected={value === first.grade}>
              {readable(value)}
            </option>
          ))}
        </select>
        <small id="entry-grade-said" role="status">
          {isNamed.value ? "" : NOBODY}
        </small>
      </div>
    </div>
  );
}
