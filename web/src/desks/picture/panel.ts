/** The panel of the Picture desk: the answer in a sentence, the figures, what is contested and pending, and everything else by theme. */
import type { Contested, Fact, PictureAnswer } from "../../contract/index.ts";
import { retitle, section } from "../../lib/card.ts";
import { button, type Child, h, refill } from "../../lib/dom.ts";
import { onChange } from "../../lib/store.ts";
import { ageWords, hourWords, timeWords } from "../../lib/times.ts";
import { capital, counted } from "../../lib/units.ts";
import { bandWords, countsPart } from "./counts.ts";
import { entryCard } from "./entry-card.ts";
import { factItem, factList } from "./facts.ts";
import type { PictureState, PictureStore } from "./store.ts";

const THEMES: readonly (readonly [string, readonly string[]])[] = [
  ["Streets, gates, buildings", ["barrier_state", "gate_state", "passage_rule", "road_state", "facility_state"]],
  ["Decisions and notices", ["decision", "notice"]],
  [
    "Parking, towing, staff, means",
    ["offer", "tow_capability", "tow_event", "loan", "staff_strength", "staff_absence", "cost"],
  ],
  ["Health, weather, restrictions", ["health_finding", "weather", "restriction_level"]],
  ["Harm to residents, workers, learners", ["community_impact"]],
  ["Talks and statements", ["contact", "demand", "statement", "petition", "remark"]],
  ["Came and went", ["flow"]],
  ["Expected by others", ["forecast"]],
];
const INCIDENTS = ["incident", "arrests", "injuries"];
const KIND_WORDS: Readonly<Record<Contested["kind"], string>> = {
  clash: "Clash",
  disputed: "Disputed",
  refuted: "Refuted",
  verified: "Verified",
  spelling: "Spelling",
  single_source: "One source",
};

/** Everything that the picture shows of these kinds, the newest first. */
const ofKinds = ({ states, events, flows }: PictureAnswer, kinds: readonly string[]): Fact[] =>
  [...states, ...events, ...flows]
    .filter((fact) => kinds.includes(fact.kind))
    .toSorted((a, b) => Date.parse(b.happened.start) - Date.parse(a.happened.start));

const overdueOf = (picture: PictureAnswer) => picture.promises.filter((promise) => promise.overdue);
const waitingOf = (picture: PictureAnswer) => picture.requests.filter((request) => request.unanswered);
const mattersOf = (picture: PictureAnswer) =>
  picture.contested.filter(({ kind }) => kind !== "single_source" && kind !== "verified");

/** "3 promises overdue, 2 requests unanswered": the line on top of the page. */
export function pendingLine(picture: PictureAnswer | null): string {
  if (!picture) return "";
  const [overdue, waiting] = [overdueOf(picture).length, waitingOf(picture).length];
  return [
    overdue ? `${counted(overdue, "promise")} overdue` : "",
    waiting ? `${counted(waiting, "request")} unanswered` : "",
  ]
    .filter(Boolean)
    .join(", ");
}

/** The answer in a sentence or two. */
export function leadOf(picture: PictureAnswer): string {
  const open = new Set(mattersOf(picture).flatMap(({ facts }) => facts.map(({ id }) => id)));
  const figures = picture.counts.filter(({ group }) => group === null).slice(0, 2);
  const told = figures.map((count) => {
    const newest = count.latest[0] as Fact;
    const band = count.estimate ? `, probably ${bandWords(count.estimate)}` : "";
    return `${newest.says}${open.has(newest.id) ? " (contested)" : ""}${band}`;
  });
  return told.length ? `${told.join(". ")}.` : "Nobody was counted yet.";
}

function summary(watch: PictureStore): HTMLElement {
  const when = h("p", { class: "when-line" });
  const lead = h("p", { class: "lead" });
  const rest = h("p", { class: "rest" });
  const element = h(
    "section",
    { class: "summary", role: "status", "aria-live": "polite", "aria-label": "Summary" },
    when,
    lead,
    rest,
  );
  const show = ({ picture }: PictureState): void => {
    if (!picture) return;
    const [at, known] = [Date.parse(picture.at), Date.parse(picture.known_at)];
    const day = picture.day === null ? "" : `Day ${picture.day}, `;
    const asKnown = at === known ? "" : `, as known on ${timeWords(known, picture.zone)}`;
    when.textContent = `${day}${timeWords(at, picture.zone)}${asKnown}`;
    lead.textContent = leadOf(picture);
    const matters = mattersOf(picture).length;
    rest.textContent = [pendingLine(picture), matters ? `${counted(matters, "report")} contested` : ""]
      .filter(Boolean)
      .map((text) => `${capital(text)}.`)
      .join(" ");
  };
  show(watch.get());
  onChange(watch, ["picture"], show);
  return element;
}

/** A part of the panel that is made anew with each picture, with the number of its items in its title. */
function part(
  watch: PictureStore,
  title: string,
  id: string,
  open: boolean,
  fill: (picture: PictureAnswer, zone: string) => { count: number; children: Child[] },
): HTMLElement {
  const body = h("div", {});
  const element = section(title, body, open, id);
  const show = ({ picture }: PictureState): void => {
    if (!picture) return;
    const { count, children } = fill(picture, picture.zone);
    retitle(element, count ? `${title} (${count})` : title);
    element.hidden = count === 0;
    refill(body, ...children);
  };
  show(watch.get());
  onChange(watch, ["picture", "entry"], show);
  return element;
}

function contestedPart(watch: PictureStore): HTMLElement {
  const one = (contested: Contested, zone: string): HTMLElement => {
    const [first, ...others] = contested.facts;
    const badge = h("span", { class: `tag ${contested.kind}` }, KIND_WORDS[contested.kind]);
    const both =
      contested.kind === "single_source" || !first
        ? null
        : h("ul", { class: "items nested" }, ...[first, ...others].map((fact) => factItem(watch, fact, zone)));
    if (contested.kind === "single_source" && first) return factItem(watch, first, zone, badge);
    return h("li", { class: "contested" }, h("p", {}, badge, contested.says), both);
  };
  return part(watch, "Contested", "contested", true, (picture, zone) => {
    const matters = picture.contested.filter(({ kind }) => kind !== "single_source");
    const alone = picture.contested.filter(({ kind }) => kind === "single_source");
    const rest =
      alone.length > 0 &&
      h(
        "details",
        { class: "more" },
        h("summary", {}, `${counted(alone.length, "belief")} from one source only`),
        h("ul", { class: "items" }, ...alone.map((contested) => one(contested, zone))),
      );
    return {
      count: matters.length + alone.length,
      children: [h("ul", { class: "stack" }, ...matters.map((contested) => one(contested, zone))), rest],
    };
  });
}

function pendingPart(watch: PictureStore): HTMLElement {
  return part(watch, "Promises, requests, conditions", "pending", true, (picture, zone) => {
    const tag = (word: string, kind: string): HTMLElement => h("span", { class: `tag ${kind}` }, word);
    const outcome: Readonly<Record<string, readonly [string, string]>> = {
      kept: ["Kept", "verified"],
      not_kept: ["Not kept", "refuted"],
      overtaken: ["Overtaken", "single_source"],
      open: ["Open", "single_source"],
    };
    const promises = picture.promises
      .toSorted((a, b) => Number(b.overdue) - Number(a.overdue))
      .map((one) => {
        const [word, kind] = one.overdue
          ? (["Overdue", "clash"] as const)
          : (outcome[one.outcome] ?? ["Open", "single_source"]);
        return factItem(watch, one, zone, tag(word, kind));
      });
    const requests = picture.requests.map((one) =>
      factItem(
        watch,
        one,
        zone,
        one.waiting_s === null ? tag("Answered", "verified") : tag(`Waiting ${ageWords(one.waiting_s)}`, "clash"),
      ),
    );
    const met = (value: boolean | null): HTMLElement =>
      value === null
        ? tag("Cannot be told", "single_source")
        : value
          ? tag("Met", "verified")
          : tag("Not met", "clash");
    const conditions = picture.conditions.map((one) => factItem(watch, one, zone, met(one.met)));
    return {
      count: promises.length + requests.length + conditions.length,
      children: [
        h("ul", { class: "items", "aria-label": "Promises" }, ...promises),
        h("ul", { class: "items", "aria-label": "Requests" }, ...requests),
        h("ul", { class: "items", "aria-label": "Conditions" }, ...conditions),
      ],
    };
  });
}

const incidentsPart = (watch: PictureStore): HTMLElement =>
  part(watch, "Incidents", "incidents", true, (picture, zone) => {
    const facts = ofKinds(picture, INCIDENTS);
    const hours = new Map<string, Fact[]>();
    for (const fact of facts) {
      const hour = hourWords(Date.parse(fact.happened.start), zone);
      hours.set(hour, [...(hours.get(hour) ?? []), fact]);
    }
    const children = [...hours].flatMap(([hour, ofHour]) => [
      h("h3", {}, hour),
      factList(watch, ofHour, zone, `Incidents, ${hour}`),
    ]);
    return { count: facts.length, children };
  });

const themeParts = (watch: PictureStore): HTMLElement[] =>
  THEMES.map(([title, kinds], index) =>
    part(watch, title, `theme-${index}`, index === 0, (picture, zone) => {
      const facts = ofKinds(picture, kinds);
      return { count: facts.length, children: [factList(watch, facts, zone, title)] };
    }),
  );

export function pictureParts(watch: PictureStore, write: () => void, toWords: (fact: Fact) => void): HTMLElement[] {
  const failure = h("p", { class: "warning", role: "alert", hidden: true });
  onChange(watch, ["failure"], (state) => {
    failure.textContent = state.failure;
    failure.hidden = state.failure === "";
  });
  const add = h(
    "div",
    { class: "row add-row" },
    button("New entry", write, { class: "primary", "aria-keyshortcuts": "N", "data-key": "new-entry" }),
    h("span", { class: "quiet" }, "or press N"),
  );
  return [
    entryCard(watch, toWords),
    failure,
    summary(watch),
    add,
    countsPart(watch),
    contestedPart(watch),
    pendingPart(watch),
    incidentsPart(watch),
    ...themeParts(watch),
  ];
}
