"""The next best cordons that are really different.

Two cordons are really different when at least three closed streets of the earlier one are given up together with their street
blocks, and at least three of the later one are on blocks that the earlier did not use. The two carriageways of a street are
one. The search divides the set of all cordons as E. L. Lawler (1972) does: a cordon that is too like an earlier one is split
by what the next must give up, and the cheapest part is looked at first, so what it finds is the cheapest there is.
"""

from __future__ import annotations

import heapq
from typing import TYPE_CHECKING

import numpy as np

from clearway.planning.cordon.planner.cut import cheapest_cut, narrower_cut, relaxed_cut
from clearway.planning.cordon.planner.open_routes import open_path
from clearway.planning.cordon.planner.steps import UNHURRIED, Steps

if TYPE_CHECKING:
    from collections.abc import Callable

    from clearway.network.model import Longs
    from clearway.planning.cordon.planner.cut import Cut, Relaxed
    from clearway.planning.cordon.planner.cut_model import Model
    from clearway.planning.cordon.planner.places import Places
    from clearway.planning.cordon.planner.window import Window

DIFFERENT_STREETS = 3
"""Cordons that differ in one or two streets are the same plan to those who staff it."""
_MOST_CUTS = 2000
"""A cut that begins with a known flow takes some five milliseconds: the search for others ends within a quarter of a minute."""
_CUTS_PER_PROOF = 20
"""The exact program takes a third of a second in a city: as long as twenty or thirty of the slower cuts."""
_MOST_ROUNDS = 5
"""Fewer than for the best cordon: what is put off to a proof is only the order in which cordons are looked at."""


def other_cordons(
    window: Window,
    places: Places,
    model: Model,
    best: Cut,
    *,
    count: int,
    address_weight: int,
    tell: Callable[[int, float], None] = lambda _found, _share: None,
    steps: Steps = UNHURRIED,
) -> tuple[list[Cut], bool]:
    """Up to ``count`` cordons, each really different from the best and from each other, cheapest first.

    Args:
        window: The part of the network that decides.
        places: Where barriers may stand.
        model: The cut problem.
        best: The cheapest cordon.
        count: How many others are wanted.
        address_weight: Units for each address enclosed.
        tell: Called with how many are found, and the share of the whole search that is done.
        steps: Whose limit ends it early.

    Returns:
        The cordons, and whether the search ended by itself, so that where fewer were found there are no others.
    """
    if not count:
        return [], True
    accepted = [best]

    def tell_spent(spent: int) -> None:
        tell(len(accepted) - 1, max((len(accepted) - 1) / count, min(spent / _MOST_CUTS, 1.0)))

    search = _Search(window, places, model, address_weight, tell_spent, steps)
    while len(accepted) <= count:
        found = search.next_different(accepted)
        if found is None:
            return accepted[1:], not search.stopped
        accepted.append(found)
    return accepted[1:], True


class _Search:
    def __init__(
        self,
        window: Window,
        places: Places,
        model: Model,
        address_weight: int,
        tell: Callable[[int], None],
        steps: Steps,
    ) -> None:
        self._window, self._places, self._model, self._weight = window, places, model, address_weight
        self._tell, self._steps = tell, steps
        self._queue: list[tuple[int, int, frozenset[int], Cut, bool]] = []
        self._seen: set[frozenset[int]] = set()
        self._spent = 0
        self._first: Relaxed | None = None
        self._push(frozenset())

    @property
    def stopped(self) -> bool:
        """Whether it must end before its end."""
        return self._spent > _MOST_CUTS or self._steps.late

    def next_different(self, accepted: list[Cut]) -> Cut | None:
        while self._queue and not self.stopped:
            _, _, forbidden, cut, proven = heapq.heappop(self._queue)
            if not proven:
                self._prove(forbidden)
                continue
            like = next((earlier for earlier in accepted if not self._differ(earlier, cut)), None)
            given_up = self._given_up(like, cut) if like else frozenset()
            standing = like.parts - given_up if like and len(given_up) < DIFFERENT_STREETS else cut.parts
            for part in sorted(standing - self._model.pinned):
                self._push(forbidden | self._block_elements(part))
            if like is None:
                return cut
        return None

    def _push(self, forbidden: frozenset[int]) -> None:
        if forbidden in self._seen or self.stopped:
            return
        self._seen.add(forbidden)
        model = self._narrowed(forbidden)
        if open_path(model) is not None:
            return
        self._spent += 1
        self._tell(self._spent)
        if self._first is None:
            self._first = found = relaxed_cut(model, self._weight, rounds=_MOST_ROUNDS, steps=self._steps)
        else:
            found = narrower_cut(model, self._first, self._weight, rounds=_MOST_ROUNDS, steps=self._steps)
        cut = found.cut
        heapq.heappush(self._queue, (cut.bound_units, len(self._seen), forbidden, cut, cut.value == cut.bound_units))

    def _prove(self, forbidden: frozenset[int]) -> None:
        """Solve exactly what the relaxation left open, once its bound is the least of all."""
        self._spent += _CUTS_PER_PROOF
        model = self._narrowed(forbidden)
        cut = cheapest_cut(model, address_weight=self._weight, fewest_addresses=False, steps=self._steps)
        if cut is not None and not self._steps.late:
            heapq.heappush(self._queue, (cut.value, len(self._seen), forbidden, cut, True))

    def _narrowed(self, forbidden: frozenset[int]) -> Model:
        return self._model.without(np.array(sorted(forbidden), dtype=np.int64)) if forbidden else self._model

    def _differ(self, earlier: Cut, later: Cut) -> bool:
        gone, new = self._given_up(earlier, later), self._given_up(later, earlier)
        return len(gone) >= DIFFERENT_STREETS and len(new) >= DIFFERENT_STREETS

    def _given_up(self, cut: Cut, other: Cut) -> frozenset[int]:
        """Parts of a cut that stand on no block of the other."""
        used = {way for part in other.parts for way in self._blocks(part)}
        return frozenset(part for part in cut.parts if used.isdisjoint(self._blocks(part)))

    def _blocks(self, part: int) -> frozenset[int]:
        """Ways that a part closes."""
        spots = self._places.spot_of[self._places.elements_of([part])]
        return frozenset(self._window.streets.spot_way[self._window.spots[spots]].tolist())

    def _block_elements(self, part: int) -> frozenset[int]:
        """Every element on the blocks of a part."""
        window = self._window
        ways: Longs = np.array(sorted(self._blocks(part)), dtype=np.int64)
        spots = np.flatnonzero(np.isin(window.streets.spot_way[window.spots], ways))
        return frozenset(np.flatnonzero(np.isin(self._places.spot_of, spots)).tolist())
