"""Many cordons round one site: the cheapest, those of its frontier, and those that follow when places are forbidden.

From the cheapest cordon on, each of its places is forbidden in turn with the street pieces it stands on; the cordon that the
planner then finds moves that barrier along its street, or to other streets, and is a cordon with proof like any other. The
cheapest found so far is taken next, as E. L. Lawler (1972) divides a set of solutions, until there are as many as asked for.
"""

from __future__ import annotations

import heapq
from typing import TYPE_CHECKING

from clearway.errors import Infeasible
from clearway.network.kernels import on_all_cores
from clearway.planning.cordon.planner.contract import barrier_closures
from clearway.planning.cordon.planner.plan import plan_cordon
from clearway.planning.traffic.impact.variants import Variant
from clearway.shapes import Spot

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from clearway.network.model import Network
    from clearway.planning.cordon.planner.contract import Barrier, CordonPlan
    from clearway.planning.cordon.planner.question import CordonQuestion

Forbidden = frozenset[int | Spot]
"""Where no barrier may stand: way indexes, and points whose nearest place is meant."""

_SPOT_DECIMALS = 6
"""Of degrees: a tenth of a metre, as a link of the page has it."""
_MOST_PLANS_EACH = 5
"""Plans are sought at most this many times as many as variants are wanted: many lead to a cordon that is known."""


def cordon_variants(
    network: Network,
    question: CordonQuestion,
    *,
    count: int,
    tell: Callable[[int, int], None] = lambda _found, _wanted: None,
) -> tuple[Variant, ...]:
    """Up to ``count`` different cordons round a site, the cheapest first, then the frontier's, then in the order found.

    Args:
        network: The network.
        question: What to seal off, and how.
        count: How many at most, the cheapest included.
        tell: Called with how many are found and how many are wanted; what it raises stops the search.

    Raises:
        BadInput, BadGeometry: the question cannot be used.
        Infeasible: there is no cordon at all.
    """
    best = plan_cordon(network, question.model_copy(update={"frontier": True, "alternatives": 0}))
    search = _Search(network, question.model_copy(update={"frontier": False, "alternatives": 0}), count)
    search.add(best.barriers, best.barrier_cost)
    for point in best.frontier:
        search.add(point.barriers, point.barrier_cost)
    search.branch(best.barrier_cost, best.barriers, frozenset())
    while search.wants_more():
        tell(len(search.found), count)
        search.step()
    tell(len(search.found), count)
    return tuple(search.found.values())


class _Search:
    def __init__(self, network: Network, question: CordonQuestion, count: int) -> None:
        self._network, self._question, self._count = network, question, count
        self._queue: list[tuple[float, int, tuple[Barrier, ...], Forbidden]] = []
        self._asked: set[Forbidden] = {frozenset()}
        self.found: dict[frozenset[tuple[int, float]], Variant] = {}

    def wants_more(self) -> bool:
        return bool(self._queue) and len(self.found) < self._count and len(self._asked) < _MOST_PLANS_EACH * self._count

    def step(self) -> None:
        """Forbid each place of the cheapest cordon whose turn has not come."""
        _, _, barriers, forbidden = heapq.heappop(self._queue)
        narrower = dict.fromkeys(forbidden | ways for barrier in barriers for ways in _movable(barrier))
        asked = [never for never in narrower if never not in self._asked]
        self._asked.update(asked)
        for never, plan in zip(asked, on_all_cores(self._planned, asked), strict=True):
            if plan is not None and len(self.found) < self._count and self.add(plan.barriers, plan.barrier_cost):
                self.branch(plan.barrier_cost, plan.barriers, never)

    def branch(self, cost: float, barriers: tuple[Barrier, ...], forbidden: Forbidden) -> None:
        heapq.heappush(self._queue, (cost, len(self._asked) + len(self._queue), barriers, forbidden))

    def add(self, barriers: Sequence[Barrier], cost: float) -> bool:
        """Whether the cordon is new."""
        key = frozenset(point for barrier in barriers for point in barrier.points())
        if key in self.found:
            return False
        self.found[key] = Variant(
            name=f"cordon {len(self.found) + 1}",
            closures=tuple(barrier_closures(barriers, self._question.shut)),
            places=tuple(barrier.called for barrier in barriers),
            spots=tuple(spot for barrier in barriers for spot in barrier.spots),
            cost_points=cost,
        )
        return True

    def _planned(self, forbidden: Forbidden) -> CordonPlan | None:
        ways = sorted(place for place in forbidden if isinstance(place, int))
        points = sorted((place for place in forbidden if not isinstance(place, int)), key=lambda spot: (spot.lon, spot.lat))
        asked = self._question
        never = {"never_ways": (*asked.never_ways, *ways), "never": (*asked.never, *points)}
        try:
            return plan_cordon(self._network, asked.model_copy(update=never))
        except Infeasible:
            return None


def _movable(barrier: Barrier) -> list[Forbidden]:
    """What to forbid so that a barrier moves: its street piece; at a junction one of its arms, or all."""
    ways = [frozenset[int | Spot]([way]) for way in barrier.way_indexes]
    every = frozenset[int | Spot]().union(*ways)
    return [every] if barrier.place == "street" else list(dict.fromkeys((*ways, every)))
