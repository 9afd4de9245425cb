/** A window over the page: it holds the keyboard while it is there, and Escape, its button or a click beside it close it. */
import type { ComponentChildren, JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";
import close from "../icons/close.svg";
import { IconButton } from "./icon.tsx";

type Props = {
  readonly title: string;
  readonly class?: string;
  readonly closed: () => void;
  /** What is typed is not lost by a click beside it. */
  readonly holds?: boolean;
  readonly children: ComponentChildren;
};

export function Dialog({ title, class: name = "", closed, holds = false, children }: Props): JSX.Element {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: a click beside the dialog closes it, as Escape does
    <dialog
      class={`window ${name}`}
      aria-label={title}
      ref={dialog}
      onClose={closed}
      onClick={(event) => !holds && event.target === dialog.current && dialog.current?.close()}
    >
      <div class="window-head">
        <h2>{title}</h2>
        <IconButton label="Close" drawing={close} act={() => dialog.current?.close()} />
      </div>
      <div class="window-body">{children}</div>
    </dialog>
  );
}
