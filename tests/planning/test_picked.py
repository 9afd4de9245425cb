"""What a point picked on the map is called, and that the point itself stays."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from clearway.network.geometry import point_at
from clearway.planning.gazetteer import Gazetteer
from clearway.planning.picked import picked
from clearway.planning.street_finder import StreetFinder
from clearway.planning.street_names import StreetNames
from clearway.record.place_text import place_of_text
from clearway.record.place_words import words_of_place

if TYPE_CHECKING:
    from clearway.network.model import Network


@pytest.fixture(scope="module")
def tools(wellington: Network) -> tuple[StreetFinder, StreetNames]:
    return StreetFinder(wellington), StreetNames(wellington)


def test_near_a_corner_both_streets_are_named_and_the_point_stays(
    wellington: Network, tools: tuple[StreetFinder, StreetNames]
) -> None:
    corner = Gazetteer(wellington).of(place_of_text("Tory Street at Vivian Street")).spot
    assert corner
    place = picked(*tools, corner[0] + 0.00005, corner[1])
    assert set((place.label or "").split(" at ")) == {"Tory Street", "Vivian Street"}
    assert place.at == (round(corner[0] + 0.00005, 6), round(corner[1], 6))


def test_on_a_street_the_cross_streets_on_both_sides_are_named(
    wellington: Network, tools: tuple[StreetFinder, StreetNames]
) -> None:
    part = Gazetteer(wellington).of(place_of_text("Featherston Street between Bunny Street and Whitmore Street"))
    assert part.spot
    label = picked(*tools, *part.spot).label or ""
    assert label.startswith("Featherston Street between ")
    assert {"Bunny Street", "Whitmore Street"} == set(label.removeprefix("Featherston Street between ").split(" and "))


def test_off_the_streets_the_distance_is_said(tools: tuple[StreetFinder, StreetNames]) -> None:
    assert " m from " in (picked(*tools, 174.79, -41.27).label or "")  # in the harbour


def test_the_words_of_any_point_of_any_street_read_as_the_same_place(
    wellington: Network, tools: tuple[StreetFinder, StreetNames]
) -> None:
    rng = np.random.default_rng(5)
    for way in rng.integers(wellington.way_count, size=150).tolist():
        spot = point_at(wellington.geometry(way), float(wellington.way_length_m[way]) * rng.random())
        place = picked(*tools, *spot)
        assert place_of_text(words_of_place(place)) == place
