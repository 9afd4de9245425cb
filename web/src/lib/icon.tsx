/** A line drawing of 24 by 24 (icons/*.svg); says nothing to a screen reader. */
import type { ButtonHTMLAttributes, JSX } from "preact";

export function Icon({ drawing }: { readonly drawing: string }): JSX.Element {
  return <i class="icon" aria-hidden="true" dangerouslySetInnerHTML={{ __html: drawing }} />;
}

type Attributes = Omit<ButtonHTMLAttributes, "label">;

/** A button that is only a picture; its label is read and shown on hover. */
export const IconButton = ({
  label,
  drawing,
  act,
  ...attributes
}: { readonly label: string; readonly drawing: string; readonly act: () => void } & Attributes): JSX.Element => (
  <button type="button" class="icon-button" aria-label={label} title={label} {...attributes} onClick={act}>
    <Icon drawing={drawing} />
  </button>
);
