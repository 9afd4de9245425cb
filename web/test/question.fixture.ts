import type { PlanQuestion } from "../src/contract/index.ts";

/** A question such as a server's scenario gives. */
export const QUESTION: PlanQuestion = {
  site: {
    type: "Polygon",
    coordinates: [
      [
        [174.775, -41.277],
        [174.778, -41.277],
        [174.778, -41.279],
        [174.775, -41.279],
        [174.775, -41.277],
      ],
    ],
  },
  stretches: [5619, 2026, 2024],
  outside: null,
  shut: ["resident", "service", "bus", "general"],
  trust_signs: false,
  radius_m: 800,
  address_cost: 0,
  allow_motorway: false,
  costs: {
    by_class: {},
    motorway: 40,
    extra_lane: 1,
    bus_trip: 0.02,
    off_ground: 4,
    by_hand: 1,
    mid_block: 1,
    junction_share: 0.6,
    carriageway_share: 0.15,
  },
  at_most: null,
  pins: [],
  never: [],
  never_ways: [],
  keep_open: [],
  frontier: true,
  closures: [],
  occupied_shuts: ["emergency"],
  stations: null,
  access_class: "emergency",
  within_s: 480,
  vehicles: [],
  gate_s: 0,
  alternatives: 0,
};
