"""Random questions for a cordon that are hard to answer: several barriers, corners, quays, obstacles, bridges, wishes."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from clearway.errors import ClearwayError
from clearway.network.classes import class_mask
from clearway.planning.cordon.planner.barrier_costs import BarrierCosts
from clearway.planning.cordon.planner.plan import plan_cordon
from clearway.planning.cordon.planner.question import CordonQuestion
from clearway.shapes import Spot
from drawn_towns import Town, place, square
from rounds import rounds

if TYPE_CHECKING:
    import random
    from collections.abc import Iterator

    from clearway.network.model import Network
    from clearway.planning.cordon.planner.contract import CordonPlan

CLASSES = ["service", "residential", "tertiary", "secondary", "primary"]
_BLOCKS_M = [6, 12, 20, 24, 60, 100, 130]
"""Between crossings: links of corners with and without room for a barrier, carriageways, blocks, and a spot amid a long one."""
MOTOR = class_mask(["resident", "service", "bus", "general"])
FOOT = class_mask(["foot"])
_APART_M = [12, 20, 24, 30]
"""Between the carriageways of a quay."""
Point = tuple[float, float]


@dataclass(frozen=True)
class Case:
    """A town, a question about it, and the plan that answers it."""

    network: Network
    question: CordonQuestion
    plan: CordonPlan


def planned(count: int) -> Iterator[Case]:
    """As many random questions as that which have an answer, each with its plan."""
    for chance in rounds(count):
        case = None
        while case is None:
            case = answered(*random_question(chance))
        places = len(case.plan.barriers)
        if places > 1 and chance.random() < 0.6:
            case = answered(case.network, case.question.model_copy(update={"at_most": places - 1})) or case
        yield case


def answered(network: Network, question: CordonQuestion) -> Case | None:
    """The question with its plan; None where the town has none, or nothing leads into the site."""
    try:
        plan = plan_cordon(network, question)
    except ClearwayError:
        return None
    return Case(network, question, plan) if plan.barriers else None


def random_question(chance: random.Random) -> tuple[Network, CordonQuestion]:
    """A town and a question about a site anywhere in it."""
    town, xs, ys = _streets(chance)
    network = town.network()
    middle = (chance.choice(xs) + chance.uniform(-8, 8), chance.choice(ys) + chance.uniform(-8, 8))
    occupied: dict[str, Any] = {"site": square(*middle, chance.choice([3, 7, 12, 20, 35]))}
    if chance.random() < 0.2:
        occupied = {"stretches": tuple(chance.sample(range(network.way_count), chance.choice([1, 1, 2])))}
    costs = BarrierCosts(
        junction_share=chance.choice([0.6, 0.6, 0.3, 0, 1]), carriageway_share=chance.choice([0.15, 0.15, 0, 0.8])
    )
    asked = CordonQuestion(
        **occupied,
        **_wishes(chance, network, xs, ys),
        costs=costs,
        trust_signs=chance.random() < 0.4,
        shut=chance.choice([("general",), ("bus", "general"), ("resident", "service", "bus", "general")]),
        radius_m=chance.choice([90, 5000, 5000]),
        address_cost=chance.choice([0, 0, 0.1, 1]),
        frontier=False,
    )
    return network, asked


def _streets(chance: random.Random) -> tuple[Town, list[float], list[float]]:
    """Streets of a grid, some left out, with ways out on all sides."""
    town, quay = Town(), chance.random() < 0.5
    xs, ys = [0.0], [0.0]
    for line, blocks in ((xs, _BLOCKS_M), (ys, _APART_M if quay else _BLOCKS_M)):
        for _ in range(chance.choice([1, 2])):
            line.append(line[-1] + chance.choice(blocks))
    inner = [((x, y), (other, y)) for x, other in pairwise(xs) for y in ys]
    inner += [((x, y), (x, other)) for y, other in pairwise(ys) for x in xs]
    outer = [((x, y), (x, y + way)) for x in xs for y, way in ((ys[0], -100), (ys[-1], 100))]
    outer += [((x, y), (x + way, y)) for y in ys for x, way in ((xs[0], -100), (xs[-1], 100))]
    chosen = chance.sample(inner, min(len(inner), chance.randint(3, 9)))
    for start, end in chosen:
        _street(chance, town, start, end, quay=quay, row=ys.index(start[1]))
    for start, end in chance.sample(outer, min(len(outer), chance.randint(2, 7))):
        town.corner(*end, edge=chance.random() < 0.8)
        _street(chance, town, start, end, quay=quay, row=ys.index(start[1]))
    if chance.random() < 0.3:
        _bridge(chance, town, xs, ys)
    return town, xs, ys


def _street(chance: random.Random, town: Town, start: Point, end: Point, *, quay: bool, row: int) -> None:
    """One street: two-way, one-way, or one carriageway of a quay, whose directions alternate; perhaps with an obstacle."""
    kind: dict[str, Any] = {"street_class": chance.choice(CLASSES)}
    quay = start[1] == end[1] and chance.random() < (0.9 if quay else 0.1)
    if quay:
        kind["name"] = "The Quay"
    if quay or chance.random() < 0.25:
        along = row % 2 == 0 if quay else chance.random() < 0.5
        both = town.draft.usual_permit("residential")
        kind["permit"] = (both, FOOT) if along else (FOOT, both)
    way = town.street(start, end, **kind)
    length = abs(end[0] - start[0]) + abs(end[1] - start[1])
    if chance.random() < 0.12:
        barrier = chance.choice(["bollard", "bollard", "gate", "kerb", "bus_trap"])
        blocks = class_mask(["resident", "service", "general"]) if barrier == "bus_trap" else MOTOR
        town.draft.stop(way, chance.choice([0.3, 0.5]) * length, blocks=blocks, kind=barrier)


def _bridge(chance: random.Random, town: Town, xs: list[float], ys: list[float]) -> None:
    """A street over all others, from outside to outside."""
    x = chance.choice(xs) + 3
    for y in (ys[0] - 140, ys[-1] + 140):
        town.corner(x, y, edge=True)
    town.street((x, ys[0] - 140), (x, ys[-1] + 140), level=1, name="Flyover", street_class=chance.choice(CLASSES))


def _wishes(chance: random.Random, network: Network, xs: list[float], ys: list[float]) -> dict[str, Any]:
    def spot() -> Spot:
        lon, lat = place(chance.uniform(xs[0] - 40, xs[-1] + 40), chance.uniform(ys[0] - 40, ys[-1] + 40))
        return Spot(lon=lon, lat=lat)

    wishes: dict[str, Any] = {}
    if chance.random() < 0.25:
        wishes["pins"] = tuple(spot() for _ in range(chance.choice([1, 1, 2])))
    if chance.random() < 0.2:
        wishes["never"] = (spot(),)
    if chance.random() < 0.2:
        wishes["never_ways"] = (chance.randrange(network.way_count),)
    if chance.random() < 0.15:
        wishes["keep_open"] = (chance.randrange(network.way_count),)
    if chance.random() < 0.15:
        wishes["at_most"] = chance.choice([1, 2, 3])
    return wishes
