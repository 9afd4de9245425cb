/** Every desk, one line each, in the order of the rail. A desk that builds on another one comes after it. */
import type { Desk } from "../frame/desk.ts";
import { buses } from "./buses/index.tsx";
import { decide } from "./decide/index.tsx";
import { detours } from "./detours/index.tsx";
import { log } from "./log/index.tsx";
import { picture } from "./picture/index.tsx";
import { plan } from "./plan/index.tsx";
import { plans } from "./plans/index.tsx";
import { read } from "./read/index.tsx";
import { talks } from "./talks/index.tsx";
import { traffic } from "./traffic/index.tsx";
import { vehicles } from "./vehicles/index.tsx";

export const DESKS: readonly Desk[] = [
  picture,
  read,
  log,
  plan,
  plans,
  traffic,
  detours,
  buses,
  vehicles,
  talks,
  decide,
];
