/** What is going on, over the map: what each desk says of it, a short notice, and whether the record answers. */
import { effect } from "@preact/signals";
import type { JSX } from "preact";
import { useEffect } from "preact/hooks";
import type { Frame } from "./desk.ts";
import { say } from "./frame.ts";

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
        {frame.desks.map(({ desk, open }) => desk.status && <desk.status key={desk.id} {...open} />)}
        <div class="pill notice" role="status" hidden={notice === ""}>
          {notice}
        </div>
      </div>
    </>
  );
}
