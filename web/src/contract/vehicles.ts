/** Calls about vehicles: what stands where, the ladder, offers, tows. */

import { err } from "../lib/result.ts";
import { awayWords, type Call, follow, refused, request, sending } from "./call.ts";
import * as contract from "./index.ts";
import { base, moments, room, type When } from "./paths.ts";

const vehicles = (operation: string): string => `${room(operation)}/vehicles`;

/** When not to move vehicles, what a tow lacks, and the steps of each job. */
export const getLadder = (operation: string, when: When) =>
  request(`${vehicles(operation)}/ladder?${moments(when)}`, contract.ladderAnswer);

/** What stands where, as far as somebody counted or assumed it. */
export const getStretches = (operation: string, when: When) =>
  request(`${vehicles(operation)}/stretches?${moments(when)}`, contract.stretchesCounted);

export const takeStep = (operation: string, question: contract.StepQuestion) =>
  request(`${vehicles(operation)}/steps`, contract.stepWritten, sending(question));

/** Places, operators and powers: of the record, and of the server's file where that says nothing. */
export const getVehicleMeans = (operation: string, when: When) =>
  request(`${vehicles(operation)}/means?${moments(when)}`, contract.vehicleMeans);

/** How vehicles of a stretch drive to the places to park and to store. */
export const getPlaceWays = (operation: string, stretch: string, when: When) =>
  request(`${vehicles(operation)}/ways?stretch=${encodeURIComponent(stretch)}&${moments(when)}`, contract.placeWays);

/** Tows that were ordered, with what became of each. */
export const getTows = (operation: string, when: When) =>
  request(`${vehicles(operation)}/tows?${moments(when)}`, contract.towOrders);

export const orderTows = (operation: string, question: contract.TowOrdered) =>
  request(`${vehicles(operation)}/tows`, contract.entryWritten, sending(question));

export const towRecordUrl = (operation: string, order: number, tow: string, when: When): string =>
  `${vehicles(operation)}/tows/${order}/${encodeURIComponent(tow)}/record.pdf?${moments(when)}`;

/** Say what became of a tow. */
export const sayOfTow = (operation: string, order: number, said: contract.TowSaid) =>
  request(`${vehicles(operation)}/tows/${order}/progress`, contract.entryWritten, sending(said));

export const withdrawOperator = (operation: string, order: number, said: contract.OperatorWithdrew) =>
  request(`${vehicles(operation)}/tows/${order}/withdrawals`, contract.entryWritten, sending(said));

/** How trucks fetch what is left of an order, from a moment on. */
export const followForecast = (
  network: string,
  operation: string,
  order: number,
  when: When,
  signal: AbortSignal,
  told: (job: contract.TowJob) => void,
) =>
  follow(
    `${base(network)}/tow`,
    {},
    contract.towJob,
    signal,
    told,
    `${vehicles(operation)}/tows/${order}/forecast?${moments(when)}`,
  );

/** What a CSV file of tallies would write; nothing is written. */
export const checkTallies = (operation: string, given: contract.TableGiven) =>
  request(`${vehicles(operation)}/tallies/check`, contract.tableRead, sending(given));

export const writeTallies = (operation: string, given: contract.TableGiven) =>
  request(`${vehicles(operation)}/tallies`, contract.tableWritten, sending(given));

/** Where a vehicle is, for its owner. */
export const findVehicle = (operation: string, sought: contract.VehicleSought) =>
  request(`${vehicles(operation)}/find`, contract.vehicleFound, sending(sought));

/** Which vehicles to move first. */
export const followStaircase = (
  network: string,
  question: contract.StaircaseQuestion,
  signal: AbortSignal,
  told: (job: contract.StaircaseJob) => void,
) => follow(`${base(network)}/staircase`, question, contract.staircaseJob, signal, told);

/** Which vehicles could go where. */
export const followOffer = (
  network: string,
  operation: string,
  when: When,
  question: contract.OfferAsked,
  signal: AbortSignal,
  told: (job: contract.OfferJob) => void,
) =>
  follow(
    `${base(network)}/offer`,
    question,
    contract.offerJob,
    signal,
    told,
    `${vehicles(operation)}/offer?${moments(when)}`,
  );

/** How trucks fetch them. */
export const followTow = (
  network: string,
  operation: string,
  when: When,
  question: contract.TowAsked,
  signal: AbortSignal,
  told: (job: contract.TowJob) => void,
) =>
  follow(
    `${base(network)}/tow`,
    question,
    contract.towJob,
    signal,
    told,
    `${vehicles(operation)}/tow?${moments(when)}`,
  );

export type TowPaper = "tow-sheet.pdf" | "notices.pdf" | "tows.csv";

/** A paper of a schedule of tow trucks, as a file. */
export async function makeTowPaper(network: string, paper: TowPaper, question: contract.TowPapersAsked): Call<Blob> {
  const path = `${base(network)}/tow/papers/${paper}`;
  try {
    const response = await fetch(path, sending(question));
    return response.ok ? { ok: true, value: await response.blob() } : refused(response.status, await response.json());
  } catch {
    return err({ kind: "offline", message: awayWords(path, true) });
  }
}
