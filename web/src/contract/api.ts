/** All calls to the server. Each gives a Result; a cancelled call gives the failure "cancelled" and nobody is told. */

import { err } from "../lib/result.ts";
import { awayWords, type Call, follow, refused, request, sending, signalOf } from "./call.ts";
import * as contract from "./index.ts";
import { base, moments, room, type When } from "./paths.ts";

export type { Failure } from "./call.ts";
export * from "./decisions.ts";
export type { When } from "./paths.ts";
export * from "./vehicles.ts";

/** Exchange the token for a cookie. */
export async function openSession(token: string): Call<null> {
  try {
    const response = await fetch("/api/session", sending({ token }));
    return response.ok ? { ok: true, value: null } : refused(response.status, await response.json());
  } catch {
    return err({ kind: "offline", message: awayWords("/api/session", true) });
  }
}

export const listNetworks = () => request("/api/networks", contract.networkList);

export const getNetwork = (network: string) => request(base(network), contract.networkDetails);

export const getWay = (network: string, way: number, signal?: AbortSignal) =>
  request(`${base(network)}/ways/${way}`, contract.wayDetails, signalOf(signal));

/** The streets that buses drive. */
export const getBuses = (network: string) => request(`${base(network)}/buses`, contract.busStreets);

export const getNearest = (network: string, lon: number, lat: number) =>
  request(`${base(network)}/nearest?lon=${lon}&lat=${lat}`, contract.nearestWay);

export const getBarriers = (operation: string, at: string | null) =>
  request(
    `/api/operations/${encodeURIComponent(operation)}/barriers${at ? `?at=${encodeURIComponent(at)}` : ""}`,
    contract.recordBarriers,
  );

/** Every plan of an operation, as it stands now. */
export const findPlans = (operation: string) =>
  request(`/api/operations/${encodeURIComponent(operation)}/plans`, contract.planStandings);

const plans = (operation: string): string => `/api/operations/${encodeURIComponent(operation)}/plans`;

/** Every version of every plan. */
export const listVersions = (operation: string) => request(`${plans(operation)}/versions`, contract.savedVersions);

export const getVersion = (operation: string, entry: string) =>
  request(`${plans(operation)}/versions/${encodeURIComponent(entry)}`, contract.planVersion);

/** A plan held against what is reported at a moment. */
export const askStatus = (operation: string, document: contract.TrafficPlan, at: number, signal?: AbortSignal) =>
  request(`${plans(operation)}/status?at=${encodeURIComponent(new Date(at).toISOString())}`, contract.planStatus, {
    ...sending({ document }),
    ...signalOf(signal),
  });

export const beginFromCordon = (operation: string, document: contract.TrafficPlan, question: contract.PlanQuestion) =>
  request(`${plans(operation)}/from-cordon`, contract.planBegun, sending({ document, question }));

export const beginFromRecord = (
  operation: string,
  document: contract.TrafficPlan,
  pieces: Readonly<Record<string, string>>,
  at: string | null,
) =>
  request(
    `${plans(operation)}/from-record${at ? `?at=${encodeURIComponent(at)}` : ""}`,
    contract.planBegun,
    sending({ document, pieces }),
  );

export const savePlan = (operation: string, document: contract.TrafficPlan, by: string) =>
  request(plans(operation), contract.planVersion, sending({ document, by }));

export const adoptPlan = (operation: string, entry: string, question: contract.AdoptQuestion) =>
  request(
    `${plans(operation)}/versions/${encodeURIComponent(entry)}/adoption`,
    contract.planVersion,
    sending(question),
  );

export const withdrawPlan = (operation: string, question: contract.WithdrawQuestion) =>
  request(`${plans(operation)}/withdrawal`, contract.savedVersions, sending(question));

/** Who may pass which gate of a plan, and when. */
export const askGates = (operation: string, document: contract.TrafficPlan, who: string) =>
  request(`${plans(operation)}/gates`, contract.gateAnswer, sending({ document, who }));

/** Where the record says that head or tail of marches passed. */
export const findMarchesSeen = (operation: string) => request(`${plans(operation)}/marches`, contract.marchesSeen);

export const comparePlans = (operation: string, first: contract.TrafficPlan, second: contract.TrafficPlan) =>
  request(`${plans(operation)}/diff`, contract.planDiff, sending({ first, second }));

export const readPlace = (network: string, text: string) =>
  request(`${base(network)}/place?text=${encodeURIComponent(text)}`, contract.placeRead);

export const pickPlace = (network: string, lon: number, lat: number) =>
  request(`${base(network)}/picked?lon=${lon}&lat=${lat}`, contract.placePicked);

export const search = (network: string, text: string, signal?: AbortSignal) =>
  request(`${base(network)}/search?q=${encodeURIComponent(text)}`, contract.searchHits, signalOf(signal));

export const plan = (network: string, question: contract.PlanQuestion, signal: AbortSignal) =>
  request(`${base(network)}/plan`, contract.planAnswer, { ...sending(question), signal });

/** How help comes to one address under a plan. */
export const proveAddress = (network: string, asked: contract.AddressQuestion, signal: AbortSignal) =>
  request(`${base(network)}/address`, contract.addressProof, { ...sending(asked), signal });

/** Whether barriers as given seal a site. */
export const seal = (network: string, question: contract.SealQuestion, signal: AbortSignal) =>
  request(`${base(network)}/seal`, contract.seal, { ...sending(question), signal });

/** What there is besides the cheapest cordon. */
export const followOthers = (
  network: string,
  question: contract.PlanQuestion,
  signal: AbortSignal,
  told: (job: contract.OthersJob) => void,
) => follow(`${base(network)}/others`, question, contract.othersJob, signal, told);

/** Every check of a plan. */
export const followChecks = (
  network: string,
  question: contract.ChecksQuestion,
  signal: AbortSignal,
  told: (job: contract.ChecksJob) => void,
) => follow(`${base(network)}/checks`, question, contract.checksJob, signal, told);

/** Which barriers of a plan become gates. */
export const followGateChoice = (
  network: string,
  question: contract.GateChoiceQuestion,
  signal: AbortSignal,
  told: (job: contract.GateChoiceJob) => void,
) => follow(`${base(network)}/gate-choice`, question, contract.gateChoiceJob, signal, told);

/** The papers of a plan, held against what is reported at a moment. */
export const followPapers = (
  network: string,
  operation: string,
  question: contract.PapersQuestion,
  at: number,
  signal: AbortSignal,
  told: (job: contract.PapersJob) => void,
) =>
  follow(
    `${base(network)}/papers`,
    question,
    contract.papersJob,
    signal,
    told,
    `${plans(operation)}/papers?at=${encodeURIComponent(new Date(at).toISOString())}`,
  );

/** Where a form of papers is downloaded that were made; without a paper, all of them. */
export const papersUrl = (operation: string, key: string, form: string, paper = ""): string =>
  `${plans(operation)}/papers/${key}.${form}${paper && `?paper=${paper}`}`;

/** Where crews meet patients of a plan. */
export const followHandover = (
  network: string,
  question: contract.HandoverQuestion,
  signal: AbortSignal,
  told: (job: contract.HandoverJob) => void,
) => follow(`${base(network)}/handover`, question, contract.handoverJob, signal, told);

/** A march of a plan as it rolls. */
export const followMarch = (
  network: string,
  question: contract.MarchQuestion,
  signal: AbortSignal,
  told: (job: contract.MarchJob) => void,
) => follow(`${base(network)}/march`, question, contract.marchJob, signal, told);

/** Who sets up, shrinks or removes a plan's barriers when. */
export const followStages = (
  network: string,
  question: contract.StageAsked,
  signal: AbortSignal,
  told: (job: contract.StagesJob) => void,
) => follow(`${base(network)}/stages`, question, contract.stagesJob, signal, told);

/** Crews, trucks and depots, as the server was given them. */
export const getMeans = (network: string) => request(`${base(network)}/means`, contract.stageMeans);

/** What a plan does to traffic. */
export const followImpact = (
  network: string,
  question: contract.ImpactQuestion,
  signal: AbortSignal,
  told: (job: contract.ImpactJob) => void,
) => follow(`${base(network)}/impact`, question, contract.impactJob, signal, told);

/** Begin to send the file of a city. */
export const openUpload = (question: contract.UploadQuestion) =>
  request("/api/uploads", contract.upload, sending(question));

const upload = (id: string): string => `/api/uploads/${encodeURIComponent(id)}`;

export const sendPart = (id: string, at: number, part: Blob, signal: AbortSignal) =>
  request(`${upload(id)}?at=${at}`, contract.upload, {
    method: "POST",
    headers: { "content-type": "application/octet-stream" },
    body: part,
    signal,
  });

export const dropUpload = (id: string) => request(upload(id), contract.upload, { method: "DELETE", keepalive: true });

/** A city's file becomes a network. */
export const followImport = (
  question: contract.ImportQuestion,
  signal: AbortSignal,
  told: (job: contract.ImportJob) => void,
) => follow("/api/imports", question, contract.importJob, signal, told);

/** Other cordons round the same site, each with its impact. */
export const followVariants = (
  network: string,
  question: contract.VariantsQuestion,
  signal: AbortSignal,
  told: (job: contract.VariantsJob) => void,
) => follow(`${base(network)}/variants`, question, contract.variantsJob, signal, told);

/** How buses drive under a plan, and where riders go. */
export const followBusDetours = (
  network: string,
  question: contract.BusQuestion,
  signal: AbortSignal,
  told: (job: contract.BusJob) => void,
) => follow(`${base(network)}/bus-detours`, question, contract.busJob, signal, told);

/** How all other traffic drives under a plan, and where to warn it. */
export const followDetours = (
  network: string,
  question: contract.DetoursQuestion,
  signal: AbortSignal,
  told: (job: contract.DetoursJob) => void,
) => follow(`${base(network)}/detours`, question, contract.detoursJob, signal, told);

/** Where the map finds its tiles; the digest makes a changed network's tiles new. */
export const tilesUrl = (network: string, digest: string, origin: string): string =>
  `${origin}${base(network)}/tiles/{z}/{x}/{y}.mvt${digest ? `?v=${digest}` : ""}`;

export const listOperations = () => request("/api/operations", contract.operationList);

export const openOperation = (question: contract.OperationQuestion) =>
  request("/api/operations", contract.operationSummary, sending(question));

export const getOperation = (operation: string) => request(room(operation), contract.operationDetails);

export const getPicture = (operation: string, when: When) =>
  request(`${room(operation)}/picture?${moments(when)}&bands=false`, contract.pictureAnswer);

/** Where the talks stand at a moment. */
export const getTalks = (operation: string, when: When, signal?: AbortSignal) =>
  request(`${room(operation)}/talks?${moments(when)}`, contract.talksAnswer, signalOf(signal));

/** What somebody typed as a time, read from the moment that is looked at. */
export const readTime = (operation: string, text: string, near: string, signal?: AbortSignal) =>
  request(`${room(operation)}/time?${new URLSearchParams({ text, near })}`, contract.timeRead, signalOf(signal));

/** When the picture changed last before a moment, and changes next after it. */
export const getTimesBeside = (operation: string, at: string, knowledge: contract.Knowledge, until: string) =>
  request(`${room(operation)}/beside?${new URLSearchParams({ at, knowledge, until })}`, contract.timesBeside);

export const getMarks = (operation: string, when: When) =>
  request(`${room(operation)}/map?${moments(when)}`, contract.markCollection);

export const getEntry = (operation: string, entry: string) =>
  request(`${room(operation)}/entries/${encodeURIComponent(entry)}`, contract.entryAnswer);

export const findEntries = (operation: string, text: string, signal?: AbortSignal) =>
  request(`${room(operation)}/entries?q=${encodeURIComponent(text)}`, contract.factList, signalOf(signal));

export type LogSort = "happened" | "known" | "written" | "kind" | "place" | "who" | "grade" | "release";

/** Which lines of the log; empty where it does not matter. */
export type LogWanted = {
  readonly words: string;
  readonly kind?: string;
  readonly place?: string;
  readonly who?: string;
  readonly since?: string;
  readonly until?: string;
  readonly release?: string;
  readonly standing?: string;
  readonly sort?: LogSort;
  readonly descending?: boolean;
  readonly page?: number;
};

function logQuery({ words, sort, descending, page: _, ...filters }: LogWanted, near: string): URLSearchParams {
  const asked = Object.entries({ q: words, ...filters }).filter(([, value]) => value !== "");
  return new URLSearchParams([
    ...asked,
    ["near", near],
    ["sort", sort ?? "happened"],
    ["descending", String(descending ?? true)],
  ]);
}

/** A page of the log; what is typed as a time is read from a moment. */
export function getLog(operation: string, wanted: LogWanted, near: string, limit: number, signal?: AbortSignal) {
  const asked = logQuery(wanted, near);
  asked.set("limit", String(limit));
  asked.set("offset", String((wanted.page ?? 0) * limit));
  return request(`${room(operation)}/log?${asked}`, contract.logAnswer, signalOf(signal));
}

/** Where all lines are had as CSV. */
export const logCsvUrl = (operation: string, wanted: LogWanted, near: string): string =>
  `${room(operation)}/log.csv?${logQuery(wanted, near)}`;

export const writeEntry = (operation: string, question: contract.EntryQuestion) =>
  request(`${room(operation)}/entries`, contract.entryAnswer, sending(question));

/** What an entry would say if it were written now, and what to ask first. */
export const checkEntry = (operation: string, question: contract.EntryQuestion) =>
  request(`${room(operation)}/check`, contract.entryCheck, sending(question));

/** Speakers and places of the record. */
export const listNames = (operation: string) => request(`${room(operation)}/names`, contract.names);

/** Read a report again as of another date. */
export const redateReport = (operation: string, report: string, published: string) =>
  request(
    `${room(operation)}/reports/${encodeURIComponent(report)}/date?published=${encodeURIComponent(published)}`,
    contract.readingAnswer,
    { method: "POST" },
  );

export const listReports = (operation: string) => request(`${room(operation)}/reports`, contract.reportList);

export const readReport = (operation: string, report: string) =>
  request(`${room(operation)}/reports/${encodeURIComponent(report)}`, contract.readingAnswer);

/** Take a report in as it is: text, HTML, PDF, e-mail or feed. */
export function takeReport(
  operation: string,
  name: string,
  content: Blob,
  told: { published?: string; publisher?: string },
) {
  const asked = new URLSearchParams({
    name,
    ...(told.published ? { published: told.published } : {}),
    ...(told.publisher ? { publisher: told.publisher } : {}),
  });
  return request(`${room(operation)}/reports?${asked}`, contract.reportSummaries, {
    method: "POST",
    headers: { "content-type": "application/octet-stream" },
    body: content,
  });
}

export const listKinds = () => request("/api/kinds", contract.kindsAnswer);

/** A figure's plot as SVG text. */
export async function getPlot(operation: string, key: string, when: When, width: number): Call<string> {
  try {
    const response = await fetch(
      `${room(operation)}/plot.svg?key=${encodeURIComponent(key)}&${moments(when)}&width=${width}&height=190`,
    );
    return response.ok ? { ok: true, value: await response.text() } : refused(response.status, await response.json());
  } catch {
    return err({ kind: "offline", message: awayWords(room(operation), false) });
  }
}

export const streamUrl = (operation: string, after: number): string => `${room(operation)}/stream?after=${after}`;

export const sitrepUrl = (operation: string, form: "html" | "pdf", when: When, head?: URLSearchParams): string =>
  `${room(operation)}/sitrep.${form}?${[moments(when), head?.toString()].filter(Boolean).join("&")}`;

/** A report that was issued: the document whose digest is in the record. */
export type IssuedSitrep = { readonly document: Blob; readonly number: string };

/** Issue a situation report as PDF. */
export async function issueSitrep(operation: string, when: When, head: URLSearchParams): Call<IssuedSitrep> {
  try {
    const response = await fetch(sitrepUrl(operation, "pdf", when, head), { method: "POST" });
    if (!response.ok) return refused(response.status, await response.json());
    const number = response.headers.get("clearway-report") ?? "";
    return { ok: true, value: { document: await response.blob(), number } };
  } catch {
    return err({ kind: "offline", message: awayWords(`${room(operation)}/sitrep`, true) });
  }
}
