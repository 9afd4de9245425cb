"""The beginning of a plan: a cordon as it was planned, with a name for the place of each barrier.

A crew of the cordon stands at a place and closes several arms of it; a plan has a barrier for each arm. Its place is called as
people call it ("Hill Street at Molesworth Street, west side") where those words mean that very arm on the network, and is a
point on it where none do.
"""

from __future__ import annotations

import itertools
import math
import string
from typing import TYPE_CHECKING, NamedTuple, get_args

import numpy as np

from clearway.errors import ClearwayError
from clearway.network.classes import MOTOR_CLASSES
from clearway.network.geometry import flat_scale, point_at
from clearway.planning.cordon.seal.contract import GivenBarrier
from clearway.planning.cordon.seal.placing import Placer
from clearway.planning.cordon.seal.understood import placed_barrier
from clearway.planning.plan.closures import WHO_DRIVES
from clearway.planning.plan.ring import given_barriers
from clearway.planning.plan.site import site_of_cordon
from clearway.planning.street_names import UNNAMED, StreetNames
from clearway.record.classes import ON_FOOT
from clearway.record.kinds.plans import PlannedBarrier, PlannedPassage
from clearway.record.place import Compass, Junction, Point
from clearway.record.street_words import written_out

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from clearway.planning.cordon.planner.contract import Barrier, Cordon
    from clearway.planning.cordon.planner.question import CordonQuestion
    from clearway.planning.gazetteer import Gazetteer
    from clearway.record.kinds.plans import TrafficPlan
    from clearway.record.place import Place

_SIDES: tuple[Compass, ...] = get_args(Compass)
_INWARD_M = (0.0, 6.0, 14.0)
"""How far from the cordon's own spot a point is looked for that lies on one street alone."""
_DECIMALS = 6
"""Of a degree: a tenth of a metre."""


class _Arm(NamedTuple):
    way: int
    at_m: float


def plan_of_cordon(cordon: Cordon, question: CordonQuestion, gazetteer: Gazetteer, base: TrafficPlan) -> TrafficPlan:
    """A plan with a cordon's site, its barriers, and rules for those whom it lets pass.

    Barriers that let a motor class through are staffed gates. How long one takes to open is left to whoever plans it. People on
    foot pass every gate, for no cordon keeps them out.

    Args:
        cordon: As it was planned.
        question: That it answers.
        gazetteer: Of its network.
        base: A plan without barriers: its name and title.
    """
    areas, lines = site_of_cordon(question.site, question.stretches, gazetteer.network)
    namer = _Namer(question, gazetteer)
    barriers = tuple(one for barrier in cordon.barriers for one in namer.named(barrier))
    passing = [name for name in MOTOR_CLASSES if any(name in barrier.passes for barrier in cordon.barriers)]
    rules = [PlannedPassage(who=(WHO_DRIVES[name],), may="enter_and_leave", gates=namer.passed_by(name)) for name in passing]
    on_foot = [PlannedPassage(who=(ON_FOOT,), may="enter_and_leave")] if any(one.is_gate for one in barriers) else []
    return base.model_copy(
        update={
            "site": areas,
            "occupied": lines,
            "keep_out": question.shut,
            "barriers": barriers,
            "passages": (*rules, *on_foot),
        }
    )


class _Namer:
    """Gives barriers their ids and places, and knows afterwards whom each lets pass."""

    def __init__(self, question: CordonQuestion, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer
        self._names = StreetNames(gazetteer.network)
        self._placer = Placer(gazetteer.network, question)
        self._passes: dict[str, Sequence[str]] = {}

    def passed_by(self, name: str) -> tuple[str, ...]:
        """The gates that a class passes; none where it passes all of them."""
        gates = [one for one, passes in self._passes.items() if passes]
        found = [one for one in gates if name in self._passes[one]]
        return () if found == gates else tuple(found)

    def named(self, barrier: Barrier) -> Iterator[PlannedBarrier]:
        """A barrier for each of its arms, or for those that one place closes together."""
        left = [_Arm(way, at_m) for way, at_m in barrier.points()]
        places: list[Place] = []
        while left:
            place, closed = self._place(barrier, left)
            places.append(place)
            left = [arm for arm in left if arm.way not in closed]
        motor = [name for name in barrier.passes if name in MOTOR_CLASSES]
        for place, letter in zip(places, string.ascii_lowercase, strict=False):
            called = f"B{barrier.number}{letter if len(places) > 1 else ''}"
            self._passes[called] = motor
            yield PlannedBarrier(id=called, place=place, opens="staffed" if motor else "machine")

    def _place(self, barrier: Barrier, left: Sequence[_Arm]) -> tuple[Place, set[int]]:
        """The place of the first arm, and which arms it closes."""
        wanted = {arm.way for arm in left}
        choices: Iterator[Place] = itertools.chain(self._called(barrier, left[0]), self._points(left[0]))
        for place in choices:
            closed = self._closes(place)
            if left[0].way in closed and closed <= wanted:
                return place, closed
        return next(self._points(left[0])), {left[0].way}

    def _called(self, barrier: Barrier, arm: _Arm) -> Iterator[Junction]:
        """Corners of its street, the nearest first."""
        street = written_out(self._names.street(arm.way))
        at = np.array(next(self._points(arm)).at)
        crosses = [written_out(cross) for cross in barrier.between if written_out(cross) != street]

        def away(cross: str) -> float:
            spot = self._gazetteer.of(Junction(streets=(street, cross))).spot
            return math.inf if spot is None else float(np.hypot(*((at - spot) * flat_scale(float(at[1])))))

        for cross in sorted(crosses, key=away):
            yield from (Junction(streets=(street, cross), side=side) for side in _SIDES)

    def _points(self, arm: _Arm) -> Iterator[Point]:
        network = self._gazetteer.network
        length_m, street = float(network.way_length_m[arm.way]), self._names.street(arm.way)
        called = street if street != UNNAMED else self._names.between(arm.way).removesuffix(UNNAMED)
        onward = 1 if arm.at_m < length_m / 2 else -1
        for at_m in (*(arm.at_m + onward * far_m for far_m in _INWARD_M), length_m / 2):
            lon, lat = point_at(network.geometry(arm.way), min(max(at_m, 0.0), length_m))
            yield Point(at=(round(lon, _DECIMALS), round(lat, _DECIMALS)), label=called or None)

    def _closes(self, place: Place) -> set[int]:
        """The ways that a barrier at a place closes; none where nobody can say."""
        given = given_barriers([("", place)], self._gazetteer)[""]
        if not isinstance(given, GivenBarrier):
            return set()
        try:
            return {way for way, _ in placed_barrier(self._placer, given).cuts}
        except ClearwayError:
            return set()
