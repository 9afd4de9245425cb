"""Which streets and addresses are listed, and in which order; access if no barrier were opened."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from clearway.network.classes import class_mask
from clearway.network.closures import Closure
from clearway.network.model import NEVER_MS
from clearway.planning.access.planner.stations import Station
from clearway.planning.access.planner.timing import AccessTimer
from clearway.planning.access.planner.together import Figures, longest_waits, most_cut_off, most_delaying
from drawn_towns import Town, place

if TYPE_CHECKING:
    from clearway.network.model import Network

GENERAL, HELP = class_mask(["general"]), class_mask(["emergency"])


def row(blocks: int = 3) -> Network:
    """Blocks of 100 m in a row, each a street of its own, with two addresses each."""
    town = Town()
    for x in range(blocks):
        way = town.street((100.0 * x, 0.0), (100.0 * x + 100.0, 0.0), name=f"Street {x}")
        for at_m in (40.0, 60.0):
            town.draft.address(way, at_m)
    return town.network()


def figures(cut_off: list[int], delayed: list[int], most_added_ms: list[int]) -> Figures:
    """What blocked ways do."""
    rows = [np.array(one, np.int32) for one in (range(len(delayed)), delayed, most_added_ms)]
    return Figures(rows[0], rows[1], np.array(cut_off), rows[2].astype(np.int64), rows[2])


def test_streets_are_listed_that_cut_somebody_off_or_delay_somebody_the_worst_first_and_of_equals_the_first() -> None:
    found = figures(cut_off=[0, 2, 5, 2], delayed=[3, 0, 1, 2], most_added_ms=[10, 99, 10, 30])
    assert most_cut_off(found) == [2, 1, 3]
    assert most_delaying(found) == [3, 0, 2]
    among = np.array([True, True, False, True])
    assert most_cut_off(found, among) == [1, 3]
    assert most_delaying(found, among) == [3, 0]


def test_of_each_street_the_address_that_waits_longest_is_listed_and_ten_at_most() -> None:
    network = row(12)
    waits = np.arange(24, dtype=np.int32)
    assert longest_waits(network, waits) == [23, 21, 19, 17, 15, 13, 11, 9, 7, 5]
    assert longest_waits(network, waits, 2) == [23, 21]
    assert longest_waits(network, np.where(waits < 4, waits, np.int32(-1))) == [3, 1]
    assert longest_waits(network, np.zeros(24, np.int32), 1) == [0]


def test_pieces_of_one_name_are_one_street_and_streets_without_a_name_are_each_their_own() -> None:
    town = Town()
    for x, name in enumerate((None, None, "Long Street", "Long Street")):
        town.draft.address(town.street((100.0 * x, 0.0), (100.0 * x + 100.0, 0.0), name=name), 50.0)
    assert longest_waits(town.network(), np.array([1, 2, 3, 4], np.int32)) == [3, 1, 0]


def ringed(*closures: Closure) -> list[bool] | None:
    """Whether each address is reached if no barrier were opened."""
    station = Station("Base", "fire_station", *place(5.0, 0.0))
    found = AccessTimer(row()).ringed((station,), "emergency", closures)
    return None if found is None else (found.ms < NEVER_MS).tolist()


@pytest.mark.parametrize(
    ("closures", "reached"),
    [
        ((), None),
        ((Closure(1, HELP, at_m=50.0),), None),  # nobody opens it: it is no gate
        ((Closure(1, GENERAL),), None),  # a whole street is no barrier
        ((Closure(1, GENERAL, at_m=50.0),), [True, True, True, False, False, False]),
        ((Closure(2, GENERAL, at_m=50.0), Closure(1, HELP, at_m=50.0)), [True, True, True, False, False, False]),
        ((Closure(2, GENERAL, at_m=50.0), Closure(1, HELP, at_m=10.0)), [True, True, False, False, False, False]),
    ],
)  # fmt: skip
def test_if_no_barrier_were_opened_who_lies_behind_one_is_not_reached(
    closures: tuple[Closure, ...], reached: list[bool] | None
) -> None:
    assert ringed(*closures) == reached
