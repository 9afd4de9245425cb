"""Assign trips to one network's streets, under any closures, from what was solved before.

What was assigned without closures is cached, and every question under closures starts from it. What was assigned under closures
is cached too, for others that leave the same streets to the trips. An assigner can be sent to another process: it takes along
what it has solved.
"""

from __future__ import annotations

import hashlib
import math
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from clearway.assignment.equilibrium.solve import solve
from clearway.cache import Cache
from clearway.planning.traffic.demand.roads import with_closures
from clearway.planning.traffic.impact.change import change_between, pair_minutes
from clearway.planning.traffic.impact.streets import Streets
from clearway.planning.traffic.impact.usable import usable_edges

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from clearway.assignment.problem import TripTable
    from clearway.assignment.solution import Solution, Step
    from clearway.network.closures import Closure
    from clearway.network.model import Bools, Floats
    from clearway.planning.traffic.demand.roads import StreetProblem
    from clearway.planning.traffic.impact.change import Change

    Watch = Callable[[Step], bool]
    Tell = Callable[[str, float], None]

GAP = 1e-6
"""Relative gap of every assignment: a millionth of all vehicle hours, far below what a closure changes."""

_LEAST_GAP = 1e-12
"""Below it a gap is rounding, and 0 has no logarithm."""
_SWEEPS_SHARE = 0.45
"""Of both assignments, that the sweeps of one take; the rest is what comes after them."""

_MOST_OPEN, _MOST_SHUT = 64, 32
"""How many assignments are cached, without closures and with them: a megabyte or so each for a town."""


@dataclass(frozen=True, eq=False)
class Assigned:
    """A solution, and the minutes between zones that it causes."""

    solution: Solution

    @cached_property
    def minutes(self) -> Floats:
        """(K, Z, Z) by :func:`pair_minutes`; worked out when first asked for."""
        return pair_minutes(self.solution)


class Assigner:
    """Assigns trips to one network's streets. Safe for several threads.

    Args:
        streets: The streets and their zones.
        gap: Relative gap at which an assignment is done.
    """

    def __init__(self, streets: StreetProblem, *, gap: float = GAP) -> None:
        self.streets, self.gap = streets, gap
        self.names = Streets(streets.network)
        self._usable = usable_edges(streets.problem)
        self._open: Cache[Assigned] = Cache(_MOST_OPEN)
        self._shut: Cache[Assigned] = Cache(_MOST_SHUT)

    def without_closures(self, trips: TripTable, watch: Watch | None = None) -> Assigned:
        """The trips on the streets as they are; cached for the next question.

        In the solution's problem all is shut that no trip can use, such as dead ends.

        Args:
            trips: Who goes where.
            watch: Told every sweep; may raise to stop.

        Raises:
            BadTraffic: the trips cannot be assigned.
        """
        narrowed = replace(self.streets.problem, edge_shut=~self._usable)
        return self._open.of(_key(trips), lambda: Assigned(solve(narrowed, trips, gap=self.gap, progress=watch)))

    def with_closures(self, trips: TripTable, closures: Sequence[Closure], watch: Watch | None = None) -> Assigned:
        """The trips under closures, started from the streets as they are.

        In the solution's problem all is shut that no trip can use: dead ends, and what is enclosed.

        Args:
            trips: Who goes where.
            closures: What is shut, and to whom.
            watch: Told every sweep; may raise to stop.

        Raises:
            BadTraffic: the trips cannot be assigned.
        """
        base = self.without_closures(trips, watch)
        problem = with_closures(self.streets, closures)
        usable = usable_edges(problem)
        if (usable == self._usable).all():
            return base
        narrowed = replace(problem, edge_shut=~usable)
        return self._shut.of(
            _key(trips, usable),
            lambda: Assigned(solve(narrowed, trips, gap=self.gap, start=base.solution, progress=watch)),
        )

    def change(self, trips: TripTable, closures: Sequence[Closure], watch: Watch | None = None) -> Change:
        """What the closures change."""
        return self.between(self.without_closures(trips, watch), self.with_closures(trips, closures, watch))

    def between(self, before: Assigned, after: Assigned) -> Change:
        """What differs between two assignments of the same trips."""
        return change_between(self.streets, self.names, (before.solution, after.solution), (before.minutes, after.minutes))


def watching(tell: Tell, doing: str, share: float) -> Watch:
    """Tells each sweep of one of two assignments; how far it is goes by the digits of the gap.

    Args:
        tell: Called with what is being done and the share that is done of both, 0 to 1; what it raises ends the work.
        doing: What is being done.
        share: That was done before this one.
    """

    def told(step: Step) -> bool:
        digits = min(max(-math.log10(max(step.gap, _LEAST_GAP)) / -math.log10(GAP), 0.0), 1.0)
        tell(doing, share + _SWEEPS_SHARE * digits)
        return True

    return told


def _key(trips: TripTable, usable: Bools | None = None) -> str:
    """A fingerprint of the trips and the edges that they can use."""
    return hashlib.blake2b(trips.trips.tobytes() + (b"" if usable is None else usable.tobytes()), digest_size=16).hexdigest()
