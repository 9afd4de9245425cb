"""A dead end that a closure makes, in words."""

from __future__ import annotations

import pytest

from clearway.network.closures import Closure
from clearway.planning.access.planner.turning import DeadEnd
from clearway.planning.street_names import StreetNames
from drawn_towns import Town


@pytest.mark.parametrize(
    ("label", "begins"),
    [
        ("", "A closure on Hill Street"),
        ("Works", "Works on Hill Street"),
        ("Works in Hill Street", "Works in Hill Street leaves"),
    ],
)
def test_a_dead_end_is_told_with_its_closure_and_its_street_once(label: str, begins: str) -> None:
    town = Town()
    way = town.street((0, 0), (100, 0), name="Hill Street")
    said = DeadEnd(Closure(way, 127, label=label), 60.4).words(StreetNames(town.network()))
    assert said.startswith(begins)
    assert said.endswith("leaves a dead end of 60 m without a place to turn.")


def test_a_turning_place_that_is_too_small_is_told_with_its_size() -> None:
    town = Town()
    way = town.street((0, 0), (100, 0), name="Hill Street")
    said = DeadEnd(Closure(way, 127), 60.0, 12.5).words(StreetNames(town.network()))
    assert said.endswith("without a place to turn: the turning place there is 12.5 m across, too small.")
