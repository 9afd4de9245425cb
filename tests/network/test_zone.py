"""The time zone of a city, from where its streets lie."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from clearway.network.build import NetworkDraft
from clearway.network.zone import zone_of

if TYPE_CHECKING:
    from clearway.network.model import Network


def city(*places: tuple[float, float]) -> Network:
    draft = NetworkDraft("City")
    corners = [draft.junction(*place) for place in places]
    for one, other in pairwise(corners):
        draft.way(one, other, name="Street")
    return draft.finish()


@pytest.mark.parametrize(
    ("lon", "lat", "zone"),
    [
        (174.776, -41.279, "Pacific/Auckland"),
        (-176.56, -43.95, "Pacific/Chatham"),
        (24.941, 60.171, "Europe/Helsinki"),
        (30.523, 50.450, "Europe/Kyiv"),
        (72.877, 19.076, "Asia/Kolkata"),
        (-74.006, 40.713, "America/New_York"),
        (-0.128, 51.507, "Europe/London"),
    ],
)
def test_a_city_keeps_the_zone_of_its_ground(lon: float, lat: float, zone: str) -> None:
    assert zone_of(city((lon, lat), (lon + 0.001, lat))) == zone


def test_a_city_on_a_border_keeps_the_zone_of_its_larger_part() -> None:
    haparanda, tornio = (24.130, 65.836), (24.150, 65.849)
    further = [(24.155 + step / 1000, 65.850) for step in range(4)]
    assert zone_of(city(haparanda, tornio, *further)) == "Europe/Helsinki"


def test_no_zone_is_known_of_the_open_sea() -> None:
    assert zone_of(city((-30.0, 0.0), (-30.001, 0.0))) is None
