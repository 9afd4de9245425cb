/** What is going on, over the map: what each desk says of it, and a short notice. */
import { effect } from "@preact/signals";
import type { JSX } from "preact";
import { useEffect } from "preact/hooks";
import type { Frame } from "./desk.ts";
import { say } from "./frame.ts";

const NOTICE_MS = 7000;

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
    <div class="pills">
      {frame.desks.map(({ desk, open }) => desk.status && <desk.status key={desk.id} {...open} />)}
      <div class="pill notice" role="status" hidden={notice === ""}>
        {notice}
      </div>
    </div>
  );
}
