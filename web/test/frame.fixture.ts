/** A frame with desks in it, of a network and an operation that a server really answered. */
import { readFileSync } from "node:fs";
import { check, type Validator } from "../src/contract/check.ts";
import * as contract from "../src/contract/index.ts";
import { DESKS } from "../src/desks/index.ts";
import type { Desk, Frame } from "../src/frame/desk.ts";
import { createFrame } from "../src/frame/frame.ts";
import { readHash, readPlace } from "../src/frame/link.ts";
import { QUESTION } from "./question.fixture.ts";

function read<T>(name: string, validator: Validator<T>): T {
  const text = readFileSync(new URL(`../../tests/snapshots/${name}.json`, import.meta.url), "utf8");
  const found = check(validator, JSON.parse(text));
  if (!found.ok) throw new Error(found.error);
  return found.value;
}

const NETWORK = read("network", contract.networkDetails);
const network = { ...NETWORK, scenario: { ...NETWORK.scenario, question: QUESTION } };
const operation = read("operation", contract.operationDetails);

type Wish = { readonly desks?: readonly Desk[]; readonly hasOperation?: boolean };

/** The frame that a page has which was opened with this address. */
export function opened(hash: string, { desks = DESKS, hasOperation = true }: Wish = {}): Frame {
  const said = readHash(hash);
  const frame = createFrame({ network, operation: hasOperation ? operation : null, dark: false }, said, desks);
  frame.state.set(readPlace(said, frame));
  return frame;
}
