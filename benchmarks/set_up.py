"""A ring set up: order, crews and minutes with a bound, beside a dispatcher's rule.

The demonstration's eight places with three crews, three trucks and two forklifts; and the fifteen streets that lead into a site
2.2 times as wide, with three of each, from six depots. Three blocks go to each place, or one to six, drawn eight times.
Times for a block, a load and a place are those that the program assumes. The rule sends whoever can begin soonest to the place
that can be begun soonest.
"""

from __future__ import annotations

import json
import random
import time
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from benchmarks import cities
from benchmarks.measure import Figure, processor_s, shown
from benchmarks.plan import DEMO, ring
from clearway.planning.cordon.planner.steps import Steps
from clearway.planning.gazetteer import Gazetteer
from clearway.planning.plan.site import site_of_file
from clearway.planning.plan.stages.drives import FAR
from clearway.planning.plan.stages.ground import Ground, sites_of
from clearway.planning.plan.stages.means import means_of
from clearway.planning.plan.stages.search import greedy, soonest
from clearway.record.kinds.plans import TrafficPlan
from clearway.record.place import Area

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clearway.network.model import Network
    from clearway.planning.plan.stages.problem import Scene

_LIMIT_S = 10.0
_WIDER = 2.2
_DEPOTS = (
    "Thorndon Quay at Davis Street", "Aotea Quay at Hinemoa Street", "Willis Street at Manners Street",
    "Tinakori Road at Harriett Street", "Kent Terrace at Courtenay Place", "Murphy Street at Pipitea Street",
)  # fmt: skip
_DRAWS = 8


def figures() -> Iterator[Figure]:
    """Each is searched once without counting, as the first run compiles."""
    network = cities.wellington()
    gazetteer = Gazetteer(network)
    wide = _wide_ring(network, gazetteer)
    stages = [("eight places, two forklifts", _scene(_demonstration(), gazetteer, 2))]
    stages += [(f"fifteen places, three of each, from {depot}", _scene(wide, gazetteer, 3, depot=depot)) for depot in _DEPOTS]
    for draw in range(_DRAWS):
        chance = random.Random(draw)  # noqa: S311 - no secret
        pieces = {one.id: chance.randint(1, 6) for one in wide.barriers}
        stages.append((f"fifteen places, draw {draw + 1} of one to six blocks", _scene(wide, gazetteer, 3, pieces=pieces)))
    for name, scene in stages:
        soonest(scene, Steps(limit_s=1.0))
        start = time.perf_counter()
        found = soonest(scene, Steps(limit_s=_LIMIT_S))
        took_s = time.perf_counter() - start
        rule = greedy(scene).minutes
        by_rule = "finds no order" if rule >= FAR else f"{rule} min"
        apart = found.minutes / found.bound - 1
        proved = "proved" if not apart else f"less than {found.bound} proved impossible, {apart:.1%} apart"
        note = f"{found.minutes} min, {proved}; the rule: {by_rule}; aim: proved in 10 s"
        rule_s = processor_s(partial(greedy, scene), repeats=3)
        yield Figure(f"Wellington, {name}", took_s, note=f"{note}; the rule takes {shown(rule_s)}")


def _demonstration() -> TrafficPlan:
    rows = (json.loads(line) for line in (DEMO / "record.jsonl").read_text("utf-8").splitlines())
    return TrafficPlan.model_validate(next(row["body"] for row in rows if row["id"] == "d14-plan-1"))


def _wide_ring(network: Network, gazetteer: Gazetteer) -> TrafficPlan:
    """The cheapest cordon round a site so many times as wide, of blocks."""
    areas, _ = site_of_file(DEMO / "site.geojson", network)
    wider = []
    for area in areas:
        corners = np.array(area.ring)
        middle = corners.mean(axis=0)
        wider.append(Area(ring=tuple((float(lon), float(lat)) for lon, lat in middle + (corners - middle) * _WIDER)))
    site = TrafficPlan(plan="tmp", title="Ring", site=tuple(wider))
    barriers = [{"id": f"B{at}", "place": {"type": "point", "at": spot}, "structure": "concrete_block"}
                for at, spot in enumerate(ring(network, gazetteer, site), 1)]  # fmt: skip
    return TrafficPlan.model_validate(site.model_dump() | {"barriers": barriers})


def _scene(
    plan: TrafficPlan,
    gazetteer: Gazetteer,
    forklifts: int,
    *,
    depot: str = _DEPOTS[0],
    pieces: dict[str, int] | None = None,
) -> Scene:
    means = json.loads((DEMO / "means.json").read_text("utf-8"))
    means["forklifts"] = [means["forklifts"][0] | {"id": f"forklift {at}"} for at in range(1, forklifts + 1)]
    means["depots"][0] |= {"kit": [{"structure": "concrete_block", "number": 100}], "place": depot}
    given = means_of(means | {"pieces": pieces or {}})
    return Ground(plan, sites_of(plan, "set_up", gazetteer), gazetteer, given).scene(given)
