/** One call to the server, as a Result: what is asked, what may go wrong and in which words, and long work followed to its end. */

import { err, type Result } from "../lib/result.ts";
import { check, type Validator } from "./check.ts";
import { errorAnswer } from "./index.ts";

export type Failure = {
  /** "locked": the server asks for its token. */
  readonly kind: "cancelled" | "locked" | "offline" | "refused" | "unreadable";
  readonly message: string;
};
export type Call<T> = Promise<Result<T, Failure>>;

const AGAIN = "Start Clearway again, then";

/** What the page says of each part when the server is away: what is still shown, what was kept, what to do. The first that fits. */
const AWAY: readonly (readonly [path: RegExp, posts: boolean, words: string])[] = [
  [/\/(plan|others)$/, true, `The last plan is still shown. ${AGAIN} press Try again.`],
  [
    /\/(impact|variants)(\/|$)/,
    false,
    `The traffic that was worked out before is still shown. ${AGAIN} press Try again.`,
  ],
  [/\/(impact|variants)$/, true, `The traffic that was worked out before is still shown. ${AGAIN} press Try again.`],
  [
    /\/(bus-)?detours(\/|$)/,
    false,
    `The detours that were worked out before are still shown. ${AGAIN} press Try again.`,
  ],
  [/\/(bus-)?detours$/, true, `The detours that were worked out before are still shown. ${AGAIN} press Try again.`],
  [/\/plans(\/|\?|$)/, true, `Nothing was saved; the plan is still here. ${AGAIN} do it again.`],
  [/\/checks$/, true, `The plan was not checked; it is still here. ${AGAIN} change it, and it is checked.`],
  [/\/stages(\/|$)/, true, `No stage was planned; the plan is still here. ${AGAIN} press Plan the stage.`],
  [/\/stages\//, false, `No stage was planned; the plan is still here. ${AGAIN} press Plan the stage.`],
  [/\/gate-choice$/, true, `No gate was chosen; the plan is still here. ${AGAIN} press Choose the gates.`],
  [/\/gate-choice\//, false, `No gate was chosen; the plan is still here. ${AGAIN} press Choose the gates.`],
  [/\/handover(\/|$)/, true, `No handover point was chosen; the plan is still here. ${AGAIN} press Choose the points.`],
  [/\/march(\/|$)/, true, `The march was not worked out; the plan is still here. ${AGAIN} drag its start.`],
  [/\/steps$/, true, `Nothing was written; what you typed is still here. ${AGAIN} write it again.`],
  [/\/tow\/papers\//, true, `No paper was made; the schedule is still here. ${AGAIN} press it again.`],
  [/\/(staircase|offer|tow)(\/|$)/, true, `Nothing was worked out; the stretches are still here. ${AGAIN} ask again.`],
  [/\/(staircase|offer|tow)\//, false, `Nothing was worked out; the stretches are still here. ${AGAIN} ask again.`],
  [/\/options\//, true, `Nothing was compared; the options are still here. ${AGAIN} compare them again.`],
  [/\/options\//, false, `Nothing was compared; the options are still here. ${AGAIN} compare them again.`],
  [/\/seal$/, true, `The barriers were not checked; they are still here. ${AGAIN} press Check the barriers.`],
  [/\/address$/, true, `How help gets there is not known yet. ${AGAIN} choose the address again.`],
  [/\/reports(\?|$)/, true, `Nothing was read; the text is still here. ${AGAIN} press Read it.`],
  [/\/reports/, false, `The reports cannot be listed. ${AGAIN} open this desk again.`],
  [/\/entries$|\/batch$/, true, `Nothing was written; what you typed is still here. ${AGAIN} write it again.`],
  [/\/sitrep/, true, `No report was issued; what you typed is still here. ${AGAIN} issue it again.`],
  [/^\/api\/operations$/, true, `No record was begun; what you typed is still here. ${AGAIN} begin it again.`],
  [/^\/api\/operations\//, false, "The last picture is still shown; it goes on by itself once the server is back."],
  [/^\/api\/(networks|operations)$/, false, `Nothing can be shown yet. ${AGAIN} press Try again.`],
];

/** That the server is away, in the words of the desk that asked. */
export function awayWords(path: string, posts: boolean): string {
  const [, , words] = AWAY.find(([found, isPost]) => isPost === posts && found.test(path)) ?? [];
  return `The server does not answer. ${words ?? `What is on the page stays. ${AGAIN} try again.`}`;
}

const NO_SENTENCE = "The server could not answer. What is on the page stays; undo the last step or try again.";

export async function request<T>(path: string, validator: Validator<T>, init: RequestInit = {}): Call<T> {
  try {
    const response = await fetch(path, init);
    const body: unknown = await response.json();
    return response.ok ? checked(body, validator) : refused(response.status, body);
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") return err({ kind: "cancelled", message: "" });
    const unreadable = error instanceof SyntaxError;
    return err({
      kind: unreadable ? "unreadable" : "offline",
      message: unreadable ? NO_SENTENCE : awayWords(path, init.method === "POST"),
    });
  }
}

function checked<T>(body: unknown, validator: Validator<T>): Result<T, Failure> {
  const found = check(validator, body);
  if (found.ok) return found;
  const message = `This page does not match the server (${found.error}). Reload the page.`;
  return err({ kind: "unreadable", message });
}

const NEEDS_TOKEN = 401;

export function refused(status: number, body: unknown): Result<never, Failure> {
  const found = check(errorAnswer, body);
  const kind = status === NEEDS_TOKEN ? "locked" : "refused";
  return err({ kind, message: found.ok ? found.value.error.message : NO_SENTENCE });
}

/** How this tab calls itself: the server shares its time between tabs, not between requests. */
const TAB = [...crypto.getRandomValues(new Uint32Array(4))].map((part) => part.toString(36)).join("");

export const sending = (body: unknown): RequestInit => ({
  method: "POST",
  headers: { "content-type": "application/json", "clearway-tab": TAB },
  body: JSON.stringify(body),
});
export const signalOf = (signal?: AbortSignal): RequestInit => (signal ? { signal } : {});

type Job = {
  readonly id: string;
  readonly state: string;
  readonly answers: number;
  readonly error: { readonly message: string } | null;
};

/** Long work: asked, mostly where it is looked at, until it is over; stopped early, the server is told to stop too. */
export async function follow<J extends Job>(
  path: string,
  question: unknown,
  validator: Validator<J>,
  signal: AbortSignal,
  told: (job: J) => void,
  asked = path,
): Call<J> {
  let found = await request(asked, validator, sending(question)); // not cut short: its answer names what to cancel
  const id = found.ok ? found.value.id : null;
  while (found.ok && !signal.aborted) {
    told(found.value);
    const { state, answers, error } = found.value;
    if (error) return err({ kind: "refused", message: error.message });
    if (state === "done") return found;
    if (state === "cancelled") return err({ kind: "cancelled", message: "" });
    found = await request(`${path}/${id}?seen=${answers}`, validator, { signal });
  }
  if (id !== null && signal.aborted) void request(`${path}/${id}`, validator, { method: "DELETE", keepalive: true });
  return found.ok ? err({ kind: "cancelled", message: "" }) : found;
}
