"""The least sum of weights that hits every set: by branching on a set, with disjoint sets as a bound."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_MOST_BRANCHES = 200_000
"""Some seconds; what takes longer is left open, and said to be."""


def fewest(sets: Iterable[frozenset[int]], weight: Mapping[int, int]) -> int | None:
    """The least sum of weights of elements of which each set holds one; None where that was not found.

    Args:
        sets: Sets of elements.
        weight: Of each element, 0 or more.
    """
    found = 0
    for part in _apart(_needed(sets)):
        search = _Search(weight)
        search.run(part, 0)
        if search.branches > _MOST_BRANCHES:
            return None
        found += search.best
    return found


def _needed(sets: Iterable[frozenset[int]]) -> list[frozenset[int]]:
    """Those sets that hold no other: who hits those hits all."""
    kept: list[frozenset[int]] = []
    for one in sorted(set(sets), key=len):
        if not any(other <= one for other in kept):
            kept.append(one)
    return kept


def _apart(sets: list[frozenset[int]]) -> list[list[frozenset[int]]]:
    """Sets in groups that share no element."""
    groups: list[tuple[set[int], list[frozenset[int]]]] = []
    for one in sets:
        meeting = [group for group in groups if group[0] & one]
        groups = [group for group in groups if not group[0] & one]
        groups.append(
            (set(one).union(*(elements for elements, _ in meeting)), [one, *(x for _, held in meeting for x in held)])
        )
    return [held for _, held in groups]


class _Search:
    def __init__(self, weight: Mapping[int, int]) -> None:
        self._weight = weight
        self.best = sum(weight.values())
        self.branches = 0

    def run(self, sets: list[frozenset[int]], spent: int) -> None:
        """Try every way to hit the sets that may be better than the best."""
        self.branches += 1
        if self.branches > _MOST_BRANCHES or spent + self._bound(sets) >= self.best + (not sets):
            return
        if not sets:
            self.best = spent
            return
        branch = min(sets, key=lambda one: (len(one), sorted(one)))
        left: set[int] = set()
        for element in sorted(branch, key=lambda one: (self._weight[one], one)):
            unhit = [one - left for one in sets if element not in one]
            if all(unhit):
                self.run(_needed(unhit), spent + self._weight[element])
            left.add(element)

    def _bound(self, sets: list[frozenset[int]]) -> int:
        """A sum that no choice goes below: the lightest of each of some sets that share no element."""
        taken: set[int] = set()
        least = 0
        for one in sorted(sets, key=lambda held: -min(self._weight[element] for element in held)):
            if not taken & one:
                taken |= one
                least += min(self._weight[element] for element in one)
        return least
