/** What the head of a situation report says: number, author, approver, who gets it, when the next is due. Then open it or issue it. */

import { useSignal } from "@preact/signals";
import type { JSX, TargetedEvent } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import * as api from "../../contract/api.ts";
import { wishes } from "../../frame/wishes.ts";
import { forget, useKept } from "../../lib/kept.ts";
import { Terms } from "../../lib/terms.tsx";
import { iso } from "../../lib/times.ts";
import { Field, plainField } from "./entry-fields.tsx";
import { type PictureStore, whenOf } from "./store.ts";

type Props = { readonly store: PictureStore };

type Asked = { readonly query: URLSearchParams; readonly fault: string };

/** The query of what was typed, its times as the server reads them; a sentence where one cannot be read. */
async function headOf(form: HTMLFormElement, operation: string, near: string): Promise<Asked> {
  const typed = new FormData(form);
  const query = new URLSearchParams();
  for (const name of ["number", "author", "approver", "release"]) {
    const text = String(typed.get(name) ?? "").trim();
    if (text) query.set(name, text);
  }
  for (const whom of String(typed.get("to") ?? "").split(/[,;]/)) if (whom.trim()) query.append("to", whom.trim());
  for (const name of ["next_due", "since"]) {
    const text = String(typed.get(name) ?? "").trim();
    const read = text ? await api.readTime(operation, text, near) : null;
    if (read && !read.ok) return { query, fault: read.error.message };
    if (read?.ok) query.set(name, read.value.moment);
  }
  return { query, fault: "" };
}

function Head({ store }: Props): JSX.Element {
  const problem = useSignal("");
  const sheet = useRef<HTMLFormElement>(null);
  const key = `sitrep ${store.get().operation?.id ?? ""}`;
  useKept(sheet, key);
  const send = async (event: TargetedEvent<HTMLButtonElement>, act: "html" | "pdf" | "issue"): Promise<void> => {
    const state = store.get();
    const { form } = event.currentTarget;
    if (!form || !state.operation) return;
    const { query, fault } = await headOf(form, state.operation.id, iso(state.at));
    problem.value = fault;
    if (fault) return;
    if (act !== "issue") {
      window.open(api.sitrepUrl(state.operation.id, act, whenOf(state), query), "_blank", "noopener");
      form.closest("dialog")?.close();
      return;
    }
    const issued = await api.issueSitrep(state.operation.id, whenOf(state), query);
    problem.value = issued.ok ? "" : issued.error.message;
    if (!issued.ok) return;
    forget(key);
    const link = document.createElement("a");
    link.href = URL.createObjectURL(issued.value.document);
    link.download = `sitrep-${issued.value.number}.pdf`;
    link.click();
    URL.revokeObjectURL(link.href);
    form.closest("dialog")?.close();
    store.set({ notice: `Report ${issued.value.number} is issued; its digest is in the record.` });
  };
  return (
    <form ref={sheet} method="dialog" noValidate onSubmit={(event) => event.preventDefault()}>
      <h2>Situation report</h2>
      <Terms words={["situation report, sitrep", "METHANE", "release level"]} />
      <div class="entry-fields">
        <Field field={plainField("number", "Number")} first="" placeholder="the next one when it is issued" />
        <Field field={plainField("release", "Release", ["room", "partners", "public"])} first="room" />
      </div>
      <div class="entry-fields">
        <Field field={plainField("author", "Author")} first={wishes().writer} placeholder="by office" />
        <Field field={plainField("approver", "Approved by")} first="" placeholder="by office" />
      </div>
      <Field field={plainField("to", "Distribution")} first="" placeholder="Police, Fire, council" />
      <div class="entry-fields">
        <Field field={plainField("next_due", "Next report due")} first="" placeholder="tomorrow 7am, day 11 9pm" />
        <Field
          field={plainField("since", "Changes since")}
          first=""
          placeholder="the last one that was issued, or day 10 7pm"
        />
      </div>
      {problem.value && (
        <p class="warning" role="alert">
          {problem.value}
        </p>
      )}
      <div class="row">
        <button type="button" class="primary" onClick={(event) => void send(event, "html")}>
          Open
        </button>
        <button type="button" onClick={(event) => void send(event, "pdf")}>
          Open as PDF
        </button>
        <button type="button" onClick={(event) => void send(event, "issue")}>
          Issue as PDF
        </button>
        <button type="button" onClick={(event) => event.currentTarget.closest("dialog")?.close()}>
          Cancel
        </button>
      </div>
    </form>
  );
}

export function SitrepForm({ store }: Props): JSX.Element {
  const dialog = useRef<HTMLDialogElement>(null);
  const { reporting, operation } = store.get();
  const isOpen = reporting && operation !== null;
  useLayoutEffect(() => {
    if (isOpen) dialog.current?.showModal();
  }, [isOpen]);
  return (
    <dialog
      ref={dialog}
      class="entry-form"
      aria-label="Situation report"
      onClose={() => store.set({ reporting: false })}
    >
      {isOpen && <Head store={store} />}
    </dialog>
  );
}
