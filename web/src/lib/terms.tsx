/** Hard words beside where they stand: pressed, one says what it means, by mouse, finger or key. */
import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useId } from "preact/hooks";

/** The words are those of the list that help holds, as they stand there. */
export function Terms({ words }: { readonly words: readonly string[] }): JSX.Element {
  const shown = useSignal<{ readonly word: string; readonly meaning: string } | null>(null);
  const id = useId();
  const explain = async (word: string): Promise<void> => {
    if (shown.value?.word === word) {
      shown.value = null;
      return;
    }
    const { meaningOf } = await import("./word-list.ts");
    shown.value = { word, meaning: meaningOf(word) };
  };
  return (
    <div class="terms">
      <span class="quiet">What is meant by</span>
      {words.map((word) => (
        <button
          key={word}
          type="button"
          aria-expanded={shown.value?.word === word}
          aria-controls={id}
          onClick={() => void explain(word)}
        >
          {word}
        </button>
      ))}
      <p id={id} role="status" hidden={!shown.value}>
        {shown.value?.meaning}
      </p>
    </div>
  );
}
