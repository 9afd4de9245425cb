"""Which vehicles to move first: the fewest, proved, beside a rule of thumb; and the check of the answer.

About 800 vehicles stand across 120 streets drawn at random round Parliament; on three of ten a lane is left. The rule of thumb
frees one stretch after another: always the one that brings help in time to most more addresses for each vehicle that must go;
where none alone brings any, the one with the fewest vehicles. It knows nothing of two approaches, so it is held against the
first step alone.
"""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from benchmarks import cities
from benchmarks.measure import Figure, seconds, timed
from clearway.network.model import NEVER_MS
from clearway.planning.access.planner.services import load_services, staffed
from clearway.planning.access.planner.stations import read_stations
from clearway.planning.access.planner.timing import AccessTimer
from clearway.planning.vehicles.check import check_cleared
from clearway.planning.vehicles.clearing.demands import HelpStreets
from clearway.planning.vehicles.clearing.staircase import cleared
from clearway.planning.vehicles.tally import Stretch

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from clearway.network.model import Network
    from clearway.planning.access.planner.services import Staffed

_DEMO = Path(__file__).parents[1] / "src" / "clearway" / "demo"
_PARLIAMENT = (174.777, -41.278)
_STREETS, _AMONG = 120, 260
_MOST = 13
_LANE_LEFT = 0.3


def figures() -> Iterator[Figure]:
    """Three draws; of each the search, the rule, and the check."""
    network = cities.wellington()
    services = staffed(load_services(), read_stations(_DEMO / "stations.geojson", network).stations)
    timer = AccessTimer(network)
    for seed in (1, 2, 3):
        tally = _tally(network, seed)
        took_s = seconds(lambda tally=tally: cleared(timer, services, tally), repeats=3)  # type: ignore[misc]
        found = cleared(timer, services, tally)
        began = time.perf_counter()
        by_rule = _rule(timer, services, tally)
        rule_s = time.perf_counter() - began
        document = found.as_json()
        check_s = timed(lambda document=document, tally=tally: check_cleared(network, tally, document))  # type: ignore[misc]
        step = found.steps[0]
        total = sum(one.total for one in tally)
        note = (
            f"{total} vehicles on {len(tally)} stretches, {len(found.steps)} steps "
            f"{'proved' if all(one.proven for one in found.steps) else 'not all proved'}; help in time: {step.vehicles} move, "
            f"by the rule {by_rule}; the checker takes {check_s:.1f} s; aim: 5 s"
        )
        yield Figure(f"Wellington, draw {seed}", took_s, {"rule of thumb": rule_s}, note=note)


def _tally(network: Network, seed: int) -> list[Stretch]:
    chance = np.random.default_rng(seed)
    middle = np.array([network.geometry(way).mean(axis=0) for way in range(network.way_count)])
    away = np.hypot(*((middle - _PARLIAMENT) * (np.cos(np.radians(_PARLIAMENT[1])), 1.0)).T)
    near = np.sort(np.argsort(away)[:_AMONG])
    found = []
    for way in chance.choice(near, _STREETS, replace=False).tolist():
        fit = max(int(float(network.way_length_m[way]) // 5), 1)
        across = min(int(chance.integers(1, _MOST + 1)), fit)
        lane = int(chance.random() < _LANE_LEFT)
        found.append(Stretch(f"way {way}", (way,), {"car": across}, across, lane, 0 if lane else -(-across // 2)))
    return found


def _rule(timer: AccessTimer, services: Sequence[Staffed], tally: Sequence[Stretch]) -> int:
    """Vehicles that the rule of thumb moves until help comes in time wherever it can."""
    helped = [HelpStreets(timer, one, tally) for one in services]

    def served(closed: frozenset[int]) -> int:
        ms = [streets.timing(closed).ms for streets in helped]
        limit = [np.where(one.timing(frozenset()).ms <= one.within_ms, one.within_ms, NEVER_MS - 1) for one in helped]
        return sum(int((now <= most).sum()) for now, most in zip(ms, limit, strict=True))

    closed = frozenset(place for place, one in enumerate(tally) if one.is_shut_to_help)
    everybody = served(frozenset())
    moved = 0
    while (now := served(closed)) < everybody:
        won = [(served(closed - {place}) - now, place) for place in sorted(closed)]
        best = max(won, key=lambda one: (one[0] / tally[one[1]].lane_moves, -tally[one[1]].lane_moves))[1]
        closed -= {best}
        moved += tally[best].lane_moves
    return moved
