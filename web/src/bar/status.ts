/** What is going on, over the map: the tool in hand, progress, a refusal, a short notice. */
import { button, type Child, h, refill } from "../dom.ts";
import { canUndo } from "../history.ts";
import { type Room, type State, stepBack, type Tool, takeTool } from "../state.ts";
import { onChange } from "../store.ts";

const HINTS: Readonly<Record<Tool, string>> = {
  select: "",
  "edit-site": "Drag a corner, or the inside to move it all.",
  "draw-site": "Click corner by corner. Click the first corner again to finish.",
  "add-barrier": "Click where a barrier must stand.",
  "forbid-spot": "Click where no barrier may stand.",
};

/** Shown only when it takes long enough to be noticed. */
const PATIENCE_MS = 180;
const NOTICE_MS = 7000;

function hint(room: Room, { tool }: State): Child {
  if (tool === "select") return null;
  const finish =
    tool === "draw-site" &&
    button("Finish", () => dispatchEvent(new Event("clearway:finish-site")), { class: "primary" });
  return h(
    "div",
    { class: "pill" },
    h("span", {}, HINTS[tool]),
    finish,
    button(tool === "edit-site" ? "Done" : "Cancel", () => takeTool(room, "select")),
  );
}

function failure(room: Room, { failure: text, history }: State, again: () => void): HTMLElement {
  return h(
    "div",
    { class: "pill refusal", role: "alert" },
    h("span", {}, text),
    canUndo(history) && button("Undo", () => stepBack(room)),
    button("Try again", again),
  );
}

export function statusPills(room: Room, again: () => void): HTMLElement {
  const tool = h("div", { role: "status" });
  const work = h(
    "div",
    { class: "pill working", role: "status", hidden: true },
    h("span", { class: "spinner", "aria-hidden": "true" }),
    "Working out the cordon\u2026",
  );
  const refusal = h("div", {});
  const notice = h("div", { class: "pill notice", role: "status", hidden: true });
  let patience = 0;
  let fading = 0;
  onChange(room, ["tool"], (state) => refill(tool, hint(room, state)));
  const showWork = (state: State): void => {
    clearTimeout(patience);
    if (state.status !== "working") work.hidden = true;
    else patience = window.setTimeout(() => (work.hidden = false), PATIENCE_MS);
    refill(refusal, state.status === "failed" ? failure(room, state, again) : null);
    document.body.classList.toggle("stale", state.status === "working");
  };
  onChange(room, ["status", "failure"], showWork);
  onChange(room, ["notice"], (state) => {
    clearTimeout(fading);
    notice.textContent = state.notice;
    notice.hidden = state.notice === "";
    if (state.notice) fading = window.setTimeout(() => room.set({ notice: "" }), NOTICE_MS);
  });
  showWork(room.get());
  return h("div", { class: "pills" }, tool, work, refusal, notice);
}
