/** What is going on, over the map: what each desk says of it, a short notice, and whether the record answers. */
import { effect } from "@preact/signals";
import type { JSX } from "preact";
import { useEffect } from "preact/hooks";
import { listed } from "../lib/words.ts";
import type { Frame } from "./desk.ts";
import { say } from "./frame.ts";
import { Invitation } from "./invitation.tsx";

const NOTICE_MS = 7000;

/** At every desk, for as long as nothing can be saved. */
function Trouble({ frame }: { readonly frame: Frame }): JSX.Element {
  const { trouble } = frame.state.get();
  return (
    <div class="trouble" role="alert" hidden={trouble === ""}>
      {trouble}
    </div>
  );
}

/** A link that could not be opened whole says so, until somebody has read it. */
function Unopened({ frame }: { readonly frame: Frame }): JSX.Element | null {
  const { unopened } = frame.state.get();
  if (!unopened.length) return null;
  return (
    <div class="pill refusal" role="alert">
      <span>
        {`This link is damaged or comes from elsewhere. It could not open ${listed(unopened)}. Ask for it again, or go on from here.`}
      </span>
      <button type="button" onClick={() => frame.state.set({ unopened: [] })}>
        Go on
      </button>
    </div>
  );
}

export function Status({ frame }: { readonly frame: Frame }): JSX.Element {
  const { notice } = frame.state.get();
  useEffect(
    () =>
      effect(() => {
        if (frame.state.get().notice === "") return undefined;
        const timer = setTimeout(() => say(frame, ""), NOTICE_MS);
        return () => clearTimeout(timer);
      }),
    [frame],
  );
  return (
    <>
      <Trouble frame={frame} />
      <div class="pills">
        <Invitation frame={frame} />
        <Unopened frame={frame} />
        {frame.desks.map(({ desk, open }) => desk.status && <desk.status key={desk.id} {...open} />)}
        <div class="pill notice" role="status" hidden={notice === ""}>
          {notice}
        </div>
      </div>
    </>
  );
}
