/** What is being typed in a field stays, whatever is drawn meanwhile, until it is taken or the value becomes another. */
import { useSignal } from "@preact/signals";
import type { TargetedEvent } from "preact";
import { useEffect } from "preact/hooks";

type Control = HTMLInputElement | HTMLTextAreaElement;

type Typing = {
  /** What the field shows. */
  readonly shown: string;
  readonly keep: (event: TargetedEvent<Control>) => void;
  /** What was typed was taken: the field shows the value. */
  readonly taken: () => void;
};

export function useTyping(value: string): Typing {
  const typed = useSignal<string | null>(null);
  const taken = (): void => {
    typed.value = null;
  };
  useEffect(taken, [value, typed]);
  const keep = ({ currentTarget }: TargetedEvent<Control>): void => {
    typed.value = currentTarget.value;
  };
  return { shown: typed.value ?? value, keep, taken };
}
