from __future__ import annotations

import pytest

from clearway.network.build import NetworkDraft
from clearway.planning.street_names import StreetNames, shown_name


@pytest.fixture(scope="module")
def names() -> StreetNames:
    """A High Street of two carriageways crossed by Hill Street, and a lane without a name off its end."""
    draft = NetworkDraft("Town")
    west, middle, east, south, lane = (
        draft.junction(174.77 + x / 1000, -41.28 - y / 1000) for x, y in ((0, 0), (1, 0), (2, 0), (1, 1), (3, 0))
    )
    draft.way(west, middle, name="High Street-NORTH")
    draft.way(middle, east, name="High Street-NORTH")
    draft.way(middle, south, name="Hill Street")
    draft.way(east, lane)
    for way, label in ((0, None), (1, None), (2, "4 Hill Street"), (3, None)):
        draft.address(way, 12.4, label=label)
    return StreetNames(draft.finish())


def test_carriageways_lose_their_compass_point() -> None:
    assert shown_name("Lambton Quay-EAST") == "Lambton Quay"
    assert shown_name("East Street") == "East Street"
    assert shown_name(None) is None


def test_a_way_is_told_by_the_streets_it_lies_between(names: StreetNames) -> None:
    assert [names.between(way) for way in range(4)] == [
        "High Street at Hill Street",
        "High Street at Hill Street",
        "Hill Street at High Street",
        "unnamed street at High Street",
    ]


def test_an_address_is_told_by_its_label_or_from_the_street_it_starts_at(names: StreetNames) -> None:
    assert [names.address(address) for address in range(4)] == [
        "High Street, 12 m along",
        "High Street, 12 m from Hill Street",
        "4 Hill Street",
        "unnamed street, 12 m from High Street",
    ]


def test_what_has_no_name_near_is_told_by_where_it_lies(names: StreetNames) -> None:
    """A lane of its own at 60 degrees north: a degree of longitude is 55.5 km there."""
    draft = NetworkDraft("Town")
    start, end = draft.junction(24.94, 60.17), draft.junction(24.942, 60.17)
    draft.way(start, end)
    draft.address(0, 12.4)
    lane = StreetNames(draft.finish())
    assert lane.address(0) == lane.spot(0, 12.4) == "unnamed street (60.170000, 24.940224)"
    assert names.spot(3, 12.4) == "unnamed street at High Street, 12 m along"
    assert names.spot(0, 1012.4) == "High Street at Hill Street, 1,012 m along"
