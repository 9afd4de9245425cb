"""What is worth most of what fits: jobs of several steps, each step's with those before it in time."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from clearway.network.kernels import kernel

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from clearway.network.model import Bools, Longs


class Item(NamedTuple):
    """Some jobs that are alike.

    Attributes:
        kind: Which.
        step: Their step.
        number: How many.
        cells: What all of them fill.
        price: What all of them are worth.
    """

    kind: int
    step: int
    number: int
    cells: int
    price: int


class Knapsack:
    """The worthiest items that fit, for every last limit up to the one given.

    Args:
        items: In the order of their steps.
        limits: Cells that all items up to each step may fill, rising.

    Attributes:
        worth: (last limit + 1,) the most that items are worth which fit into so many cells.
    """

    def __init__(self, items: Iterable[Item], limits: Sequence[int]) -> None:
        self._items = [one for one in items if one.cells <= limits[one.step]]
        self._limits = np.array([limits[one.step] for one in self._items], np.int64)
        cells, prices = (np.array([one[at] for one in self._items], np.int64) for at in (3, 4))
        self.worth, self._taken = _filled(cells, self._limits, prices, limits[-1])

    def emptied(self, cells: int) -> dict[int, int]:
        """How many of each kind are in the worthiest that fit into so many cells."""
        found: Counter[int] = Counter()
        for item, limit, taken in zip(self._items[::-1], self._limits[::-1].tolist(), self._taken[::-1], strict=True):
            cells = min(cells, limit)
            if taken[cells]:
                found[item.kind] += item.number
                cells -= item.cells
        return dict(found)


def doubled(number: int) -> list[int]:
    """1, 2, 4, ... and a rest, of which some make up any number up to the one given.

    >>> doubled(6)
    [1, 2, 3]
    """
    parts, some = list[int](), 1
    while number:
        parts.append(min(some, number))
        number, some = number - parts[-1], 2 * some
    return parts


@kernel
def _filled(cells: Longs, limits: Longs, prices: Longs, last: int) -> tuple[Longs, Bools]:
    """The most that items are worth in each number of cells, and whether an item is one of those before it and itself.

    Args:
        cells: (items,) cells that each fills, at most its limit.
        limits: (items,) cells that it and those before it may fill, rising.
        prices: (items,) what each is worth.
        last: Cells that all may fill.

    Returns:
        (last + 1,) and (items, last + 1).
    """
    worth, taken, until = np.zeros(last + 1, np.int64), np.zeros((len(cells), last + 1), np.bool_), 0
    for item in range(len(cells)):
        own, price = cells[item], prices[item]
        worth[until + 1 : limits[item] + 1] = worth[until]
        until = limits[item]
        for room in range(until, own - 1, -1):
            held = worth[room - own] + price
            if held > worth[room]:
                worth[room], taken[item, room] = held, True
    worth[until + 1 :] = worth[until]
    return worth, taken
