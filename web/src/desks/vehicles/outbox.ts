/**
 * Tallies on their way to the record: kept in the browser until the server has acknowledged each. Its id is made before it is first
 * sent, so that however often it is sent, it is written once.
 */
import { type Signal, signal } from "@preact/signals";
import * as api from "../../contract/api.ts";
import type { EntryQuestion } from "../../contract/index.ts";
import type { Dispose } from "../../lib/store.ts";
import { newId } from "./working.ts";

/** A tally that waits; `refused`: why the server will not have it, so that somebody can correct it. */
export type Waiting = { readonly question: EntryQuestion & { readonly id: string }; readonly refused: string };

export type Outbox = {
  readonly waiting: Signal<readonly Waiting[]>;
  readonly add: (question: Omit<EntryQuestion, "id">) => void;
  readonly drop: (id: string) => void;
  readonly send: () => Promise<void>;
  /** Send what waits: now, when the network is back, and now and then. */
  readonly start: () => Dispose;
};

const KEY = "clearway-tallies";
const AGAIN_MS = 15_000;

type Send = (operation: string, question: EntryQuestion) => ReturnType<typeof api.writeEntry>;

function kept(key: string): readonly Waiting[] {
  try {
    const found: unknown = JSON.parse(localStorage.getItem(key) ?? "[]");
    return Array.isArray(found) ? (found as Waiting[]) : [];
  } catch {
    return [];
  }
}

/** One tab alone sends at a time, so that the order stays. */
const alone = (key: string, work: () => Promise<void>): Promise<unknown> =>
  typeof navigator !== "undefined" && navigator.locks ? navigator.locks.request(key, work) : work();

export function createOutbox(operation: string, send: Send = api.writeEntry): Outbox {
  const key = `${KEY}:${operation}`;
  const waiting = signal(kept(key));
  let sending = false;
  const keep = (next: readonly Waiting[]): void => {
    waiting.value = next;
    localStorage.setItem(key, JSON.stringify(next));
  };
  const drop = (id: string): void => keep(kept(key).filter(({ question }) => question.id !== id));
  const refuse = (id: string, refused: string): void =>
    keep(kept(key).map((one) => (one.question.id === id ? { ...one, refused } : one)));
  /** What waits in this moment: another tab may have sent some of it. */
  const drain = async (): Promise<void> => {
    for (const { question } of kept(key).filter(({ refused }) => !refused)) {
      const answer = await send(operation, question);
      if (answer.ok) drop(question.id);
      else if (answer.error.kind === "refused") refuse(question.id, answer.error.message);
      else return; // no network: all of it waits, in its order
    }
    waiting.value = kept(key);
  };
  const sendAll = async (): Promise<void> => {
    if (sending || !operation) return;
    sending = true;
    try {
      await alone(key, drain);
    } finally {
      sending = false;
    }
  };
  return {
    waiting,
    add: (question) => {
      keep([...kept(key), { question: { ...question, id: newId("tally") }, refused: "" }]);
      void sendAll();
    },
    drop,
    send: sendAll,
    start: () => {
      const again = (): void => void sendAll();
      const timer = window.setInterval(again, AGAIN_MS);
      window.addEventListener("online", again);
      document.addEventListener("visibilitychange", again);
      again();
      return () => {
        clearInterval(timer);
        window.removeEventListener("online", again);
        document.removeEventListener("visibilitychange", again);
      };
    },
  };
}
