"""A small square town that the tests of demand share."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from clearway.network.build import NetworkDraft

if TYPE_CHECKING:
    from clearway.network.model import Network

SIDE = 6
STEP = 0.004  # degrees: a block of some 440 m at the equator


def square_town(*, place: str = "hospital") -> Network:
    """A grid of 6 by 6 junctions; a highway leaves it in the west, a street in the east; a place in the north-east corner."""
    draft = NetworkDraft("Squareville")
    grid = [[draft.junction(column * STEP, row * STEP) for column in range(SIDE)] for row in range(SIDE)]
    for row in range(SIDE):
        for column in range(SIDE):
            if column + 1 < SIDE:
                name, kind = (f"Row {row}", "residential") if row != 2 else ("High Street", "secondary")
                add_street(draft, grid[row][column], grid[row][column + 1], name, kind)
            if row + 1 < SIDE:
                add_street(draft, grid[row][column], grid[row + 1][column], f"Column {column}", "residential")
    west = draft.junction(-STEP, 2 * STEP, edge=True)
    east = draft.junction(SIDE * STEP, 2 * STEP, edge=True)
    draft.way(west, grid[2][0], name="Western Highway", street_class="trunk", lanes=4)
    draft.way(grid[2][-1], east, name="Eastern Road", street_class="tertiary")
    draft.place(place, (SIDE - 1) * STEP, (SIDE - 1) * STEP, name="The Place")
    return draft.finish()


def add_street(draft: NetworkDraft, tail: int, head: int, name: str, kind: str) -> None:
    way = draft.way(tail, head, name=name, street_class=kind)
    for offset in range(20, 440, 40):
        draft.address(way, float(offset))


@pytest.fixture(scope="session")
def town() -> Network:
    return square_town()
