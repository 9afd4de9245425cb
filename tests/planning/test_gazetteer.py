"""Places of entries on a network drawn by hand, and on Wellington's own streets."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from clearway.network.build import NetworkDraft
from clearway.planning.gazetteer import Gazetteer
from clearway.record.place import Area, Junction, NamedPlace, Point, Street

if TYPE_CHECKING:
    from clearway.network.model import Network

WEST, SOUTH, STEP = 174.770, -41.290, 0.004


@pytest.fixture(scope="module")
def town() -> Network:
    """Hill Street and High Street cross; far to the east lies another Hill Street."""
    draft = NetworkDraft("Town", notices=("(c) whoever drew it",))
    at = {(x, y): draft.junction(WEST + x * STEP, SOUTH + y * STEP) for x in range(3) for y in range(3)}
    for x in range(2):
        draft.way(at[x, 1], at[x + 1, 1], name="Hill Street")
        draft.way(at[1, x], at[1, x + 1], name="High Street")
    far = [draft.junction(WEST + 0.2 + x * STEP, SOUTH) for x in range(2)]
    draft.way(far[0], far[1], name="Hill Street")
    draft.way(at[2, 2], far[0], name="Long Road")
    draft.place("stadium", WEST, SOUTH, name="Tāmaki Stadium")
    return draft.finish()


def test_of_two_streets_of_one_name_the_nearer_is_meant(town: Network) -> None:
    here = Gazetteer(town, (WEST + STEP, SOUTH + STEP)).of(Street(street="Hill St"))
    there = Gazetteer(town, (WEST + 0.2, SOUTH)).of(Street(street="hill street"))
    assert here is not None
    assert there is not None
    assert len(here.ways) == 2
    assert len(there.ways) == 1
    assert there.lon - here.lon > 0.1


def test_of_two_streets_of_one_name_the_one_in_the_place_that_is_told(town: Network) -> None:
    gazetteer = Gazetteer(town, (WEST, SOUTH), known={"Farville": (WEST + 0.2, SOUTH)})
    near, far = (gazetteer.of(Street(street="Hill Street", locality=locality)) for locality in (None, "Farville"))
    assert near is not None
    assert far is not None
    assert far.lon - near.lon > 0.1
    assert gazetteer.of(Street(street="Hill Street", locality="Nowhere")) == near


def test_a_junction_is_where_its_streets_meet(town: Network) -> None:
    found = Gazetteer(town).of(Junction(streets=("High Street", "Hill St")))
    assert found is not None
    assert (found.lon, found.lat) == pytest.approx((WEST + STEP, SOUTH + STEP))
    assert Gazetteer(town).of(Junction(streets=("High Street", "Low Street"))) is None


def test_places_are_found_without_their_macrons_and_by_how_they_begin(town: Network) -> None:
    gazetteer = Gazetteer(town, known={"The Green": (174.9, -41.0)})
    for name in ("Tamaki Stadium", "tāmaki stadium", "Tamaki"):
        found = gazetteer.of(NamedPlace(name=name))
        assert found is not None, name
        assert (found.lon, found.lat) == pytest.approx((WEST, SOUTH))
    assert gazetteer.of(NamedPlace(name="Tam")) is None
    green = gazetteer.of(NamedPlace(name="the green"))
    assert green is not None
    assert green.lon == 174.9


def test_points_areas_and_named_positions_are_where_they_say(town: Network) -> None:
    gazetteer = Gazetteer(town)
    ring = ((0.0, 0.0), (2.0, 0.0), (2.0, 2.0), (0.0, 2.0), (0.0, 0.0))
    for place in (Point(at=(1.0, 1.0)), NamedPlace(name="x", at=(1.0, 1.0)), Area(ring=ring)):
        found = gazetteer.of(place)
        assert found is not None
        assert (found.lon, found.lat) == pytest.approx((1.0, 1.0))


def test_what_the_network_does_not_know_is_nowhere(town: Network) -> None:
    gazetteer = Gazetteer(town)
    assert gazetteer.of(Street(street="Nowhere Street")) is None
    assert gazetteer.of(NamedPlace(name="Nowhere")) is None


def test_a_part_of_a_street_lies_between_its_cross_streets(wellington: Network) -> None:
    gazetteer = Gazetteer(wellington, (174.7771, -41.2784))
    whole = gazetteer.of(Street(street="Molesworth Street"))
    part = gazetteer.of(Street(street="Molesworth Street", between=("Lambton Quay", "Hill Street")))
    assert whole is not None
    assert part is not None
    assert 0 < len(part.ways) < len(whole.ways)
    assert set(part.ways) <= set(whole.ways)
