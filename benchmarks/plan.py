"""A traffic management plan: checked again after one change, as the page does; its gates chosen; a march re-planned.

The plan shuts every street that the cheapest cordon round Parliament shuts, some metres back from the corner, with a gate at
every third. A change moves a barrier, and ring, access, certificate and its independent check are all worked out
anew; or it is another rule, and the verdict on the ring stands.
"""

from __future__ import annotations

import itertools
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from benchmarks import cities
from benchmarks.measure import Figure, processor_s, seconds, shown
from clearway.network.geometry import point_at
from clearway.planning.access.planner.services import load_services, staffed
from clearway.planning.access.planner.stations import read_stations
from clearway.planning.cordon.planner.plan import plan_cordon
from clearway.planning.gazetteer import Gazetteer
from clearway.planning.plan.checks import CheckGround, check_plan
from clearway.planning.plan.gate_choice.choosing import choose_gates
from clearway.planning.plan.gate_choice.contract import GateWishes
from clearway.planning.plan.jurisdiction import read_jurisdiction
from clearway.planning.plan.march.finding import plan_march
from clearway.planning.plan.march.route import MarchStreets
from clearway.planning.plan.ring import ring_question
from clearway.planning.plan.site import site_of_file
from clearway.record.kinds.plans import PlannedMarch, PlannedPassage, TrafficPlan
from clearway.record.place import Street

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clearway.network.model import Network

DEMO = Path(__file__).parents[1] / "src" / "clearway" / "demo"
_NOW = datetime(2022, 2, 20, tzinfo=UTC)
_BACK_M = 20.0


def figures() -> Iterator[Figure]:
    """Each check sees a plan that no check saw before: a barrier stands somewhere else each time, or a rule is another."""
    network = cities.wellington()
    ground = _ground(network)
    plan = _plan(network, ground.gazetteer, 0.0)
    moved = (_plan(network, ground.gazetteer, step / 10) for step in itertools.count(1))
    ruled = (plan.model_copy(update={"passages": _rules(closes)}) for closes in itertools.count(1))
    size = f"{network.address_count:,} addresses, {len(plan.barriers)} barriers"
    for changed, plans in (("barrier", moved), ("rule", ruled)):
        check = partial(lambda plans: check_plan(next(plans), ground), plans)
        took_s = seconds(check, repeats=9)
        note = (
            f"{size}, two services, certificate and its check included; {shown(processor_s(check))} of processor; aim: 300 ms"
        )
        yield Figure(f"Wellington, a whole plan checked again after one {changed} changed", took_s, note=note)
    choose = partial(choose_gates, plan, ground.gazetteer, ground.memory.timer, ground.services, GateWishes())
    yield Figure("Wellington, which barriers become gates, proved", seconds(choose, repeats=3), note=size)
    streets, paces = MarchStreets(ground.gazetteer), itertools.count(0)
    drag = partial(lambda paces: plan_march(_march(3.0 + next(paces) / 100), streets, ground.zone), paces)
    length_m = plan_march(_march(3.0), streets, ground.zone).answer.route_m
    note = f"{length_m:,.0f} m; aim: 500 ms"
    yield Figure("Wellington, a march re-planned at each drag of its pace", seconds(drag, repeats=9), note=note)


def _march(pace_kmh: float) -> PlannedMarch:
    """From Parliament to the end of Courtenay Place and on, with 5,000 people."""
    names = ("Molesworth Street", "Lambton Quay", "Willis Street", "Manners Street", "Courtenay Place", "Cambridge Terrace")
    along = tuple(Street(street=name) for name in names)
    return PlannedMarch(id="M1", along=along, starts=_NOW, pace_kmh=pace_kmh, people=5000)


def _ground(network: Network) -> CheckGround:
    stations = read_stations(DEMO / "stations.geojson", network)
    return CheckGround(
        gazetteer=Gazetteer(network),
        zone=ZoneInfo("Pacific/Auckland"),
        jurisdiction=read_jurisdiction(),
        now=_NOW,
        services=staffed(load_services(), stations.stations),
        works=(),
    )


def _plan(network: Network, gazetteer: Gazetteer, moved_m: float) -> TrafficPlan:
    """The plan, with its first barrier so many metres farther back."""
    areas, lines = site_of_file(DEMO / "site.geojson", network)
    empty = TrafficPlan(plan="tmp", title="Ring", site=areas, occupied=lines)
    barriers: list[dict[str, Any]] = []
    for number, at in enumerate(ring(network, gazetteer, empty, moved_m)):
        gate = {"opens": "staffed", "opening_seconds": 30} if number % 3 == 0 else {}
        barriers.append({"id": f"B{number + 1}", "place": {"type": "point", "at": at}} | gate)
    return TrafficPlan.model_validate(empty.model_dump() | {"barriers": barriers}).model_copy(update={"passages": _rules(0)})


def ring(network: Network, gazetteer: Gazetteer, empty: TrafficPlan, moved_m: float = 0.0) -> list[list[float]]:
    """Where the cheapest cordon round a plan's site stands, some metres back from the corners; the first so many farther."""
    question = ring_question(empty, gazetteer)
    if question is None:
        raise ValueError("the plan has no site")
    spots: list[list[float]] = []
    for way, at_m in (cut for barrier in plan_cordon(network, question.cordon()).barriers for cut in barrier.points()):
        length = float(network.way_length_m[way])
        back_m = min(_BACK_M + (0.0 if spots else moved_m), length / 2)
        spots.append(list(point_at(network.geometry(way), back_m if at_m < length / 2 else length - back_m)))
    return spots


def _rules(closes: int) -> tuple[PlannedPassage, ...]:
    """Who may pass; residents until so many minutes after midnight."""
    always = [PlannedPassage(who=(who,), may="enter_and_leave") for who in ("people on foot", "emergency services")]
    return (*always, PlannedPassage(who=("residents",), may="enter_and_leave", ends=_NOW + timedelta(minutes=closes)))
