from collections.abc import Callable
from pathlib import Path

import pytest

from clearway.network.importers.driving_side import side_at
from clearway.network.importers.osm import import_osm
from clearway.network.model import Network

Draw = Callable[[str], Network]
STREET = """
    n 1 0 0
    n 2 100 0
    w 10 1,2 highway=residential {tags}
"""
LEFT = {
    "London": (-0.13, 51.51), "Dublin": (-6.26, 53.35), "Saint Helier": (-2.1, 49.19), "Valletta": (14.51, 35.9),
    "Nicosia": (33.37, 35.17), "Tokyo": (139.7, 35.7), "Naha": (127.68, 26.21), "Hong Kong": (114.17, 22.3),
    "Delhi": (77.2, 28.6), "Chennai": (80.27, 13.08), "Guwahati": (91.7, 26.1), "Karachi": (67.0, 24.86),
    "Lahore": (74.35, 31.55), "Kathmandu": (85.3, 27.7), "Dhaka": (90.4, 23.8), "Colombo": (79.86, 6.93),
    "Bangkok": (100.5, 13.75), "Singapore": (103.85, 1.29), "Kuala Lumpur": (101.69, 3.14), "Jakarta": (106.85, -6.2),
    "Sydney": (151.2, -33.87), "Auckland": (174.76, -36.85), "Suva": (178.44, -18.14), "Nairobi": (36.82, -1.29),
    "Kampala": (32.58, 0.32), "Lusaka": (28.28, -15.42), "Maputo": (32.58, -25.97), "Cape Town": (18.42, -33.92),
    "Windhoek": (17.08, -22.57), "Georgetown": (-58.16, 6.8), "Kingston": (-76.8, 18.0), "Nassau": (-77.35, 25.05),
}  # fmt: skip
RIGHT = {
    "Paris": (2.35, 48.86), "Calais": (1.86, 50.95), "Helsinki": (24.94, 60.17), "Seoul": (127.0, 37.57),
    "Busan": (129.08, 35.18), "Shenzhen": (114.06, 22.54), "Yangon": (96.16, 16.8), "Vientiane": (102.6, 17.97),
    "Phnom Penh": (104.92, 11.56), "Manila": (121.0, 14.6), "Kabul": (69.2, 34.5), "Lhasa": (91.1, 29.65),
    "Addis Ababa": (38.75, 9.02), "Kigali": (30.06, -1.95), "Luanda": (13.23, -8.84), "Antananarivo": (47.5, -18.9),
    "San Juan": (-66.1, 18.46), "Miami": (-80.2, 25.8), "Caracas": (-66.9, 10.5), "Noumea": (166.45, -22.27),
}  # fmt: skip


@pytest.mark.parametrize(("city", "side"), [(city, "left") for city in LEFT] + [(city, "right") for city in RIGHT])
def test_a_city_keeps_the_side_of_its_country(city: str, side: str) -> None:
    assert side_at(*(LEFT | RIGHT)[city]) == side


def test_without_roundabouts_the_place_decides(draw: Draw) -> None:
    assert draw(STREET.format(tags="")).driving_side == "left"  # drawn in Wellington


def test_a_tag_comes_before_roundabouts_and_roundabouts_before_the_place(draw: Draw) -> None:
    assert draw(STREET.format(tags="driving_side=right")).driving_side == "right"
    circle = "n 3 10 0\nn 4 10 10\nn 5 0 10\nw 11 1,3,4,5,1 highway=residential junction=roundabout\n"
    assert draw(STREET.format(tags="") + circle).driving_side == "right"
    assert draw(STREET.format(tags="driving_side=left") + circle).driving_side == "left"


def test_what_the_user_says_comes_first(drawn_file: Callable[[str], Path]) -> None:
    assert import_osm(drawn_file(STREET.format(tags="driving_side=left")), driving_side="right").driving_side == "right"
