"""Small stages on the grid of eight barriers, and every schedule of them tried by hand."""

from __future__ import annotations

import itertools
import math
from typing import TYPE_CHECKING, Any, NamedTuple

from clearway.planning.gazetteer import Gazetteer
from clearway.planning.plan.closures import barriers_placed
from clearway.planning.plan.stages.check.streets import CheckedStreets
from clearway.planning.plan.stages.means import means_of
from drawn_towns import Town, place
from plan_rings import RING

if TYPE_CHECKING:
    import random

    from clearway.planning.plan.stages.contract import StagePlan
    from clearway.planning.plan.stages.means import Means
    from clearway.planning.plan.stages.question import StageQuestion

WEST, EAST = [10.0, 0.0001], [10.0044966, 0.0044]
"""Two corners of the grid."""


def barriers(numbers: list[int], structure: str = "concrete_block") -> list[dict[str, Any]]:
    """Some of the eight barriers of the ring."""
    return [{"id": f"B{number}", "place": RING[number - 1], "structure": structure} for number in numbers]


def one_way_town() -> tuple[Gazetteer, list[dict[str, Any]]]:
    """A loop within a street in and a street out, both one-way, on a street round the outside."""
    town = Town()
    points = {
        "a": (0.0, 0.0),
        "b": (600.0, 0.0),
        "c": (600.0, -300.0),
        "d": (0.0, -300.0),
        "e": (0.0, 300.0),
        "f": (600.0, 300.0),
    }
    all_ = town.draft.usual_permit("residential")
    for start, end, permit, name in (
        ("a", "b", (all_, all_), "Quay"), ("b", "c", (all_, all_), "East"),
        ("c", "d", (all_, all_), "South"),
        ("d", "a", (all_, all_), "West"), ("a", "e", (all_, 0), "In"), ("e", "f", (all_, 0), "Top"),
        ("f", "b", (all_, 0), "Out"),
    ):  # fmt: skip
        town.street(points[start], points[end], permit=permit, name=name)
    sets = [
        {"id": name, "place": {"type": "point", "at": list(place(*at))}, "structure": "fence"}
        for name, at in (("IN", (0.0, 60.0)), ("OUT", (600.0, 60.0)))
    ]
    return Gazetteer(town.network()), sets


def means(where: list[Any], **fields: Any) -> Means:  # noqa: ANN401 - any JSON
    """A crew, a truck and a forklift with plenty of blocks at the first depot, unless fields say otherwise."""
    kit = [{"structure": name, "number": 99} for name in ("concrete_block", "fence")]
    usual: dict[str, Any] = {
        "depots": [{"id": f"D{at}", "place": place, "kit": kit} for at, place in enumerate(where, 1)],
        "crews": [{"id": "crew 1", "depot": "D1"}],
        "trucks": [{"id": "truck 1", "depot": "D1"}],
        "forklifts": [{"id": "forklift 1", "depot": "D1"}],
    }
    return means_of(usual | fields)


def drawn(draw: random.Random, depots: list[Any]) -> dict[str, Any]:
    """Means at random: one or two of each unit, slow ones and quick ones, pieces and minutes of any number."""

    def units(name: str, count: int, **more: Any) -> list[dict[str, Any]]:  # noqa: ANN401 - any JSON
        return [
            {"id": f"{name} {at}", "depot": f"D{draw.randint(1, len(depots))}", "speed_kmh": draw.choice([None, 3, 6])} | more
            for at in range(1, count + 1)
        ]

    return {
        "crews": units("crew", draw.randint(1, 2)),
        "trucks": units("truck", draw.randint(1, 2), carries=draw.randint(2, 5)),
        "forklifts": units("forklift", 1),
        "pieces": {f"B{number}": draw.randint(0, 6) for number in range(1, 9)},
        "rates": [{"structure": "concrete_block", "minutes_each": draw.choice([1, 3, 7.5])}],
        "place_minutes": draw.choice([0, 2]),
        "load_minutes": draw.choice([0, 4]),
    }


class _Unit(NamedTuple):
    kind: str
    depot: str
    drives: tuple[str, float | None]
    carries: int


def soonest_by_trying(  # noqa: C901, PLR0915 - every choice, one loop within another
    question: StageQuestion, answer: StagePlan, gazetteer: Gazetteer
) -> float:
    """Minutes of the best schedule of a set-up, every order and every choice of units tried.

    The rules are those of the problem, written anew; drives are those of the checker's own reading of the streets.
    """
    told = question.means
    tasks = {task.id: task for task in answer.tasks}
    placed = barriers_placed(question.plan, gazetteer, None)
    cuts = {one.id: own for one, own in zip(placed.barriers, placed.cuts, strict=True)}
    streets = CheckedStreets(
        gazetteer.network,
        cuts,
        {one.id: (float(one.place[0]), float(one.place[1])) for one in told.depots},
        {one.id: (one.lon, one.lat) for one in answer.tasks},
        tuple(question.plan.keep_out),
    )
    streets.forgive(frozenset(cuts))
    streets.forgive(frozenset())
    units = [
        _Unit(kind, one.depot, (one.vehicle_class, one.speed_kmh), getattr(one, "carries", None) or 4)
        for kind, some in (("crew", told.crews), ("truck", told.trucks), ("forklift", told.forklifts))
        for one in some
    ]
    best = math.inf
    load = math.ceil(told.load_minutes or 0)
    assert told.place_minutes is not None
    fixed, each = told.place_minutes, told.rates[0].minutes_each or 0.0

    def minutes(unit: _Unit, start: str, end: str, shut: frozenset[str]) -> float:
        return streets.minutes(start, end, unit.drives, shut, {})

    def go(  # noqa: C901, PLR0912 - the same
        done: tuple[str, ...], last: float, ends: float, at: list[str], free: list[float], left: list[int]
    ) -> None:
        nonlocal best
        if len(done) == len(tasks):
            best = min(best, ends)
            return
        shut = frozenset(done)
        for name, task in tasks.items():
            if name in done:
                continue
            after = shut | {name}
            if streets.trapped(after) or not streets.gets_out(name, "service", after):
                continue
            some = task.pieces > 0
            of = {
                kind: [index for index, unit in enumerate(units) if unit.kind == kind] for kind in ("crew", "truck", "forklift")
            }
            for crew, (truck, by_depot), forklift in itertools.product(
                of["crew"],
                list(itertools.product(of["truck"], (False, True))) if some else [(-1, False)],
                of["forklift"] if some else [-1],
            ):
                arrives = last
                for index in (crew, truck, forklift):
                    if index < 0:
                        continue
                    unit, there = units[index], free[index]
                    if index == truck and by_depot:
                        there += minutes(unit, at[index], unit.depot, shut) + load + minutes(unit, unit.depot, name, shut)
                    else:
                        there += minutes(unit, at[index], name, shut)
                    arrives = max(arrives, there)
                work = float(math.ceil(fixed + task.pieces * each - 1e-9))
                carried = list(left)
                if truck >= 0:
                    unit = units[truck]
                    filled = unit.carries if by_depot else left[truck]
                    if not by_depot and filled < min(task.pieces, unit.carries):
                        continue
                    while filled < task.pieces:
                        filled += unit.carries
                        work += minutes(unit, name, unit.depot, after) + load + minutes(unit, unit.depot, name, after)
                    carried[truck] = filled - task.pieces
                used = {crew, truck, forklift}
                here, until = list(at), list(free)
                for index in used - {-1}:
                    here[index], until[index] = name, arrives + work
                if max(ends, arrives + work) < best:
                    go((*done, name), arrives, max(ends, arrives + work), here, until, carried)

    go((), 0, 0, [unit.depot for unit in units], [0.0] * len(units), [0] * len(units))
    return best
