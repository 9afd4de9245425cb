"""Where stops lie on paths: on their kerb, in their order."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from clearway.network.build import NetworkDraft
from clearway.network.transit.bus_paths import BusPath, PlacedStop
from clearway.network.transit.bus_streets import bus_streets
from clearway.network.transit.shape_matching import match_paths
from clearway.network.transit.timetable import Stop

if TYPE_CHECKING:
    from clearway.network.model import Network

NORTH_M = 111195.08
EAST_M = NORTH_M * np.cos(np.radians(41.28))


def at(east: float, north: float) -> tuple[float, float]:
    return 174.77 + east / EAST_M, -41.28 + north / NORTH_M


def placed(network: Network, drawn: list[tuple[float, float]], stops: list[tuple[float, float]]) -> tuple[PlacedStop, ...]:
    streets = bus_streets(network)
    points = np.array([at(*point) for point in drawn])
    (pieces,) = match_paths(streets, [points])
    named = [Stop(str(index), "", *at(*stop), "", None) for index, stop in enumerate(stops)]
    return BusPath(network, pieces, points).places(named, streets.scale)


@pytest.fixture(params=["left", "right"])
def street(request: pytest.FixtureRequest) -> Network:
    """One street, 0 to 600 m, that a bus drives there and back round a block at its end."""
    draft = NetworkDraft("Street", driving_side=request.param)
    a, b, c, d = (draft.junction(*at(x, y)) for x, y in ((0, 0), (600, 0), (800, 100), (800, -100)))
    for first, second in ((a, b), (b, c), (c, d), (d, b)):
        draft.way(first, second)
    return draft.finish()


def there_and_back(network: Network) -> list[tuple[float, float]]:
    loop = [(800, 100), (800, -100)] if network.driving_side == "right" else [(800, -100), (800, 100)]
    return [(0, 0), (600, 0), *loop, (600, 0), (0, 0)]


def test_a_stop_belongs_to_the_kerb_that_its_bus_drives_along(street: Network) -> None:
    kerb = 6 if street.driving_side == "left" else -6
    out, back = placed(street, there_and_back(street), [(300, kerb), (320, -kerb)])
    assert out.at_m == pytest.approx(300, abs=1)
    assert back.at_m > 1000
    assert [out.away_m, back.away_m] == pytest.approx([6, 6], abs=0.1)


def test_stops_are_placed_together_so_that_none_is_behind_the_one_before(street: Network) -> None:
    kerb = 6 if street.driving_side == "left" else -6
    wrong_side_first = placed(street, there_and_back(street), [(300, -kerb), (400, kerb), (500, kerb), (500, -kerb)])
    metres = [place.at_m for place in wrong_side_first]
    assert metres == sorted(metres)
    assert metres[:3] == [pytest.approx(300, abs=1), pytest.approx(400, abs=1), pytest.approx(500, abs=1)]
    assert metres[3] > 1000


def test_one_stop_served_twice_in_a_loop_has_two_places(street: Network) -> None:
    kerb = 6 if street.driving_side == "left" else -6
    places = placed(street, [*there_and_back(street), (600, 0)], [(300, kerb), (790, 0), (300, kerb)])
    assert places[0].at_m == pytest.approx(300, abs=1)
    assert places[2].at_m > places[1].at_m > 600


def test_a_stop_off_the_path_has_no_place_and_moves_no_other(street: Network) -> None:
    near, far, after = placed(street, [(0, 0), (600, 0)], [(100, 5), (300, 180), (500, 5)])
    assert not far.on_path
    assert [near.at_m, after.at_m] == pytest.approx([100, 500], abs=1)


def test_a_stop_eighty_metres_off_still_lies_where_it_is_nearest(street: Network) -> None:
    (only,) = placed(street, [(0, 0), (600, 0)], [(250, 80)])
    assert [only.at_m, only.away_m] == pytest.approx([250, 80], abs=1)
