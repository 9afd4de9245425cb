/** Where there is no operation yet: a short form that begins one. */
import * as api from "../../contract/api.ts";
import { h } from "../../lib/dom.ts";

const slug = (title: string): string =>
  title
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "")
    .slice(0, 60) || "operation";

export function openOperationForm(): HTMLElement {
  const title = h("input", {
    type: "text",
    name: "title",
    required: true,
    autocomplete: "off",
    placeholder: "Parliament grounds, February 2022",
  });
  const zone = h("input", {
    type: "text",
    name: "zone",
    required: true,
    value: Intl.DateTimeFormat().resolvedOptions().timeZone,
  });
  const day = h("input", { type: "date", name: "first_day", value: new Date().toLocaleDateString("sv") });
  const problem = h("p", { class: "warning", role: "alert", hidden: true });
  const form = h(
    "form",
    { class: "open-operation" },
    h("p", { class: "lead" }, "No operation is open yet. Name it, and its record begins."),
    h("label", { class: "entry-field" }, h("span", {}, "Name"), title),
    h("label", { class: "entry-field" }, h("span", {}, "Time zone"), zone),
    h("label", { class: "entry-field" }, h("span", {}, "Day 1"), day),
    problem,
    h("button", { type: "submit", class: "primary" }, "Begin the record"),
  );
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    void (async () => {
      const opened = await api.openOperation({
        id: slug(title.value),
        title: title.value.trim(),
        zone: zone.value.trim(),
        first_day: day.value || null,
      });
      if (opened.ok) return location.reload();
      problem.textContent = opened.error.message;
      problem.hidden = false;
    })();
  });
  return form;
}
