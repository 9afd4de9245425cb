/** Files of options: chosen together with the files that they name, shown in words before anything is computed. */
import type { JSX, TargetedEvent } from "preact";
import { useRef } from "preact/hooks";
import type { OptionSeen } from "../../contract/index.ts";
import close from "../../icons/close.svg";
import { IconButton } from "../../lib/icon.tsx";
import { save } from "../../lib/save.ts";
import { bringIn, EXAMPLE, leaveOut, missingOf, RUNG_WORDS } from "./options.ts";
import type { DecideStore } from "./store.ts";

type Props = { readonly store: DecideStore };

const Seen = ({ store, one }: Props & { readonly one: OptionSeen }): JSX.Element => (
  <li class="matter brought">
    <div>
      <p>
        <span class="tag">{RUNG_WORDS[one.rung]}</span> <b>{one.title}</b>
      </p>
      <p class="rest">{`${one.does.join("; ")}.`}</p>
      {one.needs
        .filter(({ found }) => found !== "missing")
        .map(({ name, says }) => (
          <p key={name} class="rest">{`Uses ${says}.`}</p>
        ))}
      {missingOf(one).map((says) => (
        <p key={says} class="warning">{`${says}.`}</p>
      ))}
    </div>
    <IconButton label={`Leave out ${one.title}`} drawing={close} act={() => void leaveOut(store, one.file)} />
  </li>
);

export function BroughtIn({ store }: Props): JSX.Element {
  const input = useRef<HTMLInputElement>(null);
  const { brought, broughtFailure, isKept } = store.get();
  const take = ({ currentTarget }: TargetedEvent<HTMLInputElement>): void => {
    const files = [...(currentTarget.files ?? [])];
    currentTarget.value = "";
    if (files.length) void bringIn(store, files);
  };
  return (
    <>
      <p class="row-acts">
        <button type="button" onClick={() => input.current?.click()}>
          {"Choose files\u2026"}
        </button>
        <input
          ref={input}
          type="file"
          multiple
          accept=".json,application/json"
          aria-label="Files of options"
          class="unseen"
          tabIndex={-1}
          onChange={take}
        />
        <button
          type="button"
          class="quiet"
          onClick={() => save("option.json", "application/json", `${JSON.stringify(EXAMPLE, null, 1)}\n`)}
        >
          An example
        </button>
      </p>
      {!brought && (
        <p class="rest">
          An option is a JSON file that lists what is done: wait, talk, offer, tell, set up the barriers of a plan, tow.
          Choose all of them at once, with the files of crews or schedules that they name.
        </p>
      )}
      <div role="status" aria-live="polite">
        {!isKept && (
          <p class="warning">
            These files are too large for this browser to keep. Choose them again after the page is loaded again.
          </p>
        )}
        {broughtFailure && <p class="warning">{broughtFailure}</p>}
        {brought?.faults.map(({ file, says }) => (
          <p key={file} class="warning">
            <b>{file}</b>
            {`: ${says} `}
            <button type="button" class="quiet" onClick={() => void leaveOut(store, file)}>
              {`Leave out ${file}`}
            </button>
          </p>
        ))}
      </div>
      {brought && brought.options.length > 0 && (
        <details open={!store.options.get().known}>
          <summary>{`What was brought in: ${brought.says}`}</summary>
          <ul class="stack" aria-label="Options that were brought in">
            {brought.options.map((one) => (
              <Seen key={one.file} store={store} one={one} />
            ))}
          </ul>
        </details>
      )}
    </>
  );
}
