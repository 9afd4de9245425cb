"""What the checker of cordons reads off a town: what is outside, what is on the site, who can drive, and where walls stand."""

from __future__ import annotations

from typing import Any

import pytest

from clearway.network.classes import class_mask
from clearway.planning.cordon.check.network_reading import NetworkReading
from clearway.planning.cordon.planner.question import CordonQuestion
from drawn_towns import Town, place, square

MOTOR = class_mask(["resident", "service", "bus", "general"])
GENERAL, FOOT = class_mask(["general"]), class_mask(["foot"])


def reading(town: Town, **asked: Any) -> NetworkReading:  # noqa: ANN401 - fields of the question
    """Of a site of 20 by 20 m around the middle, outside from 100 m on."""
    question = CordonQuestion(**({"site": square(0, 0, 10), "radius_m": 100} | asked))
    return NetworkReading(town.network(), question.model_dump(mode="json"))


def box(west: float, south: float, east: float, north: float) -> list[list[list[float]]]:
    """The rings of a parcel."""
    corners = ((west, south), (east, south), (east, north), (west, north), (west, south))
    return [[list(place(*corner)) for corner in corners]]


# outside, and on the site


@pytest.mark.parametrize(("east", "north"), [(1, 0), (-1, 0), (0, 1), (0, -1)])
def test_a_junction_is_outside_from_the_radius_on(east: int, north: int) -> None:
    town = Town()
    for metres in (109.8, 110.2):
        town.corner(east * metres, north * metres)
    assert reading(town).corner_outside.tolist() == [False, True]


def test_a_junction_is_outside_at_the_edge_of_the_data_and_where_the_question_says_so() -> None:
    town = Town()
    for x, edge in ((50, False), (60, True), (70, False), (80, False)):
        town.corner(x, 0, edge=edge)
    parcel = {"type": "Polygon", "coordinates": box(75, -5, 85, 5)}
    parts = {"type": "GeometryCollection", "geometries": [parcel, {"type": "Polygon", "coordinates": box(45, -5, 55, 5)}]}
    assert reading(town).corner_outside.tolist() == [False, True, False, False]
    assert reading(town, outside=parcel).corner_outside.tolist() == [False, True, False, True]
    assert reading(town, outside=parts).corner_outside.tolist() == [True, True, False, True]


def test_a_junction_is_on_the_site_where_a_street_on_the_ground_meets_it_there() -> None:
    town = Town()
    inside = [(-8.0, -8.0), (-4.0, -8.0), (0.0, -8.0), (4.0, -8.0), (9.9, -8.0), (10.1, -8.0)]
    kinds: list[dict[str, Any]] = [{}, {"level": 1}, {"permit": (FOOT, FOOT), "street_class": "footway"}, {}, {}, {}]
    for x, y in inside:
        town.corner(x, y, edge=x == 4)
    for (x, y), kind in zip(inside, kinds, strict=True):
        town.street(*(((x, y), (x, -60)) if x else ((x, -60), (x, y))), **kind)
    found = reading(town)
    assert found.corner_site[:6].tolist() == [True, False, False, True, True, False]
    assert not found.corner_site[6:].any()
    assert not found.corner_outside[3], "a junction on the site is not outside, though the data end there"


def test_an_occupied_stretch_holds_the_junctions_between_stretches_and_those_at_the_edge_of_the_data() -> None:
    town = Town()
    town.corner(90, 0, edge=True)
    for x in (0, 30, 60):
        town.street((x, 0), (x + 30, 0))
    at = [town.at[x, 0] for x in (0, 30, 60, 90)]
    site, stretches = {"site": None}, (0, 1, 2)
    assert reading(town, **site, stretches=stretches).corner_site[at].tolist() == [False, True, True, True]
    assert reading(town, **site, stretches=(0,)).corner_site[at].tolist() == [False, False, False, False]
    assert reading(town, **site, stretches=(0, 2)).corner_site[at].tolist() == [False, False, False, True]
    # the radius is measured from the stretches
    assert reading(town, **site, stretches=(0,), radius_m=59).corner_outside[at].tolist() == [False, False, False, True]
    assert reading(town, **site, stretches=(0,), radius_m=29).corner_outside[at].tolist() == [False, False, True, True]


@pytest.mark.parametrize(
    ("start", "on_site", "beside"),
    [((-60, 0), (49.9, 70.1), ((0, 49.8), (70.2, 120))), ((0, -60), (49.9, 70.1), ((0, 49.8), (70.2, 120)))],
)
def test_a_part_of_a_street_is_on_the_site_where_it_touches_the_ground(
    start: tuple[float, float], on_site: tuple[float, float], beside: tuple[tuple[float, float], ...]
) -> None:
    town = Town()
    way = town.street(start, (-start[0], -start[1]))
    found = reading(town)
    assert found.is_site(way, *on_site)
    assert found.is_site(way, 0, 50.2)
    assert found.is_site(way, 60, 60)
    assert [found.is_site(way, *part) for part in beside] == [False, False]
    assert found.is_site(way, 69.8, 120)


def test_sites_of_several_parcels_are_one_ground_with_what_lies_between_left_free() -> None:
    town = Town()
    way = town.street((-60, 0), (60, 0))
    site = {"type": "MultiPolygon", "coordinates": [box(-30, -5, -20, 5), box(-22, -5, -10, 5), box(10, -5, 20, 5)]}
    found = reading(town, site=site)
    assert [found.is_site(way, *part) for part in ((0, 29), (31, 49), (51, 69), (71, 79), (81, 120))] == [
        False, True, False, True, False,
    ]  # fmt: skip


def bridge(*, street_below: bool = False, level: int = 1, up_on_site: bool = False) -> tuple[Town, int]:
    """A street over or under the site, with a street on its ground or without, and with an end there or without."""
    town = Town()
    if street_below:
        town.street((5, 5), (5, 60))
    if up_on_site:
        town.street((0, 0), (0, -60))
    return town, town.street((-60, 0), (0, 0) if up_on_site else (60, 0), level=level)


def test_a_bridge_over_the_site_is_not_on_it_unless_no_street_of_the_ground_is() -> None:
    over = (50, 70)
    town, way = bridge(street_below=True)
    assert not reading(town).is_site(way, *over)
    town, way = bridge()
    assert reading(town).is_site(way, *over)
    assert not reading(town).is_site(way, 0, 49)
    town, way = bridge(level=-1)
    assert not reading(town).is_site(way, *over)
    town, way = bridge(up_on_site=True)
    assert reading(town).is_site(way, *over)
    assert not reading(town).is_site(way, 0, 49)
    town, way = bridge(up_on_site=True, level=-1)
    assert reading(town).is_site(way, *over)


def test_only_the_parcel_without_a_street_of_its_own_holds_the_bridge_over_it() -> None:
    town = Town()
    town.street((-30, 0), (-30, 60))  # its end is on the first parcel
    way = town.street((-60, 2), (60, 2), level=1)
    site = {"type": "MultiPolygon", "coordinates": [box(-40, -5, -20, 5), box(20, -5, 40, 5)]}
    found = reading(town, site=site)
    assert [found.is_site(way, *part) for part in ((20, 40), (80, 100))] == [False, True]
    # a street through a parcel, no junction on it, is one of its own as well
    town = Town()
    town.street((30, -60), (30, 60))
    way = town.street((-60, 2), (60, 2), level=1)
    assert [reading(town, site=site).is_site(way, *part) for part in ((20, 40), (80, 100))] == [True, False]


def test_a_part_of_a_street_is_outside_where_its_middle_lies_beyond_the_radius() -> None:
    town = Town()
    way = town.street((0, 0), (300, 0))
    found = reading(town)
    assert [found.is_outside(way, *part) for part in ((90, 129.8), (90, 130.2), (200, 208.005), (200, 208.02))] == [
        False, True, False, True,
    ]  # fmt: skip
    named = reading(town, outside={"type": "Polygon", "coordinates": box(50, -5, 60, 5)})
    assert [named.is_outside(way, *part) for part in ((40, 49.8), (40, 50.2), (59.8, 65), (60.2, 65))] == [
        False, True, True, False,
    ]  # fmt: skip


# streets that matter


@pytest.mark.parametrize(("x", "y"), [(10, 0), (-10, 0), (0, 10), (0, -10), (9, 0), (0, -9)])
def test_a_street_that_only_touches_the_site_on_its_way_past_is_looked_at(x: float, y: float) -> None:
    town = Town()
    ends = ((x, -300), (x, 300)) if x else ((-300, y), (300, y))
    town.street(*ends)
    assert reading(town).near.tolist() == [0]


@pytest.mark.parametrize(("x", "y"), [(11, 0), (-11, 0), (0, 11), (0, -11)])
def test_a_street_past_the_site_from_outside_to_outside_is_not_looked_at(x: float, y: float) -> None:
    town = Town()
    town.street(*(((x, -300), (x, 300)) if x else ((-300, y), (300, y))))
    assert reading(town).near.tolist() == []


def test_streets_with_one_end_within_the_radius_are_looked_at_if_somebody_can_drive_them() -> None:
    town = Town()
    town.street((50, 50), (200, 50))
    town.street((200, 0), (50, 0))
    town.street((150, 20), (200, 20))
    town.street((50, -20), (60, -20), street_class="footway", permit=(FOOT, FOOT))
    town.street((50, -40), (60, -40), permit=(FOOT, GENERAL))
    assert reading(town).near.tolist() == [0, 1, 4]
    assert reading(town, shut=("foot",)).near.tolist() == [0, 1, 3, 4]


# who can drive, and what walls a street off


def test_with_signs_each_direction_is_for_whom_they_let_drive_there_and_without_for_all_cars_that_fit() -> None:
    town = Town()
    town.street((0, 50), (50, 50), permit=(MOTOR | FOOT, FOOT))
    town.street((0, 60), (50, 60), street_class="footway", permit=(FOOT, FOOT))
    town.street((0, 70), (50, 70), street_class="footway", permit=(FOOT, FOOT | GENERAL))
    town.street((0, 80), (50, 80), permit=(FOOT, FOOT))
    both = class_mask(["bus", "general"])
    signed = reading(town, trust_signs=True, shut=("bus", "general"))
    assert [permits.tolist() for permits in signed.permits] == [[both, 0, 0, 0], [0, 0, GENERAL, 0]]
    free = reading(town, shut=("bus", "general"))
    assert [permits.tolist() for permits in free.permits] == [[both, 0, GENERAL, both]] * 2
    on_foot = reading(town, shut=("foot", "general"), trust_signs=False)
    assert on_foot.permits[0].tolist() == [FOOT | GENERAL, FOOT, FOOT | GENERAL, FOOT | GENERAL]


OPENED = [
    "gate", "lift_gate", "swing_gate", "sliding_gate", "toll_booth", "cattle_grid", "border_control", "height_restrictor",
    "kerb", "entrance", "removable_bollard", "rising_bollard", "size_limit", "rope", "hampshire_gate", "bump_gate",
    "sally_port",
]  # fmt: skip


def test_what_can_be_opened_or_driven_over_is_a_wall_only_where_signs_count() -> None:
    town = Town()
    way = town.street((0, 50), (200, 50))
    for number, kind in enumerate([*OPENED, "bollard", "block", "bus_trap"]):
        town.draft.stop(way, 5.0 + number, blocks=MOTOR, kind=kind)
    other = town.street((0, 60), (200, 60))
    assert reading(town).walls(way) == [22.0, 23.0, 24.0]
    assert reading(town, trust_signs=True).walls(way) == [5.0 + number for number in range(20)]
    assert reading(town).walls(other) == []


def test_a_wall_holds_back_every_class_that_is_shut_out() -> None:
    town = Town()
    way = town.street((0, 50), (200, 50))
    town.draft.stop(way, 30.0, blocks=GENERAL)
    town.draft.stop(way, 40.0, blocks=GENERAL | FOOT)
    town.draft.stop(way, 50.0, blocks=MOTOR)
    assert reading(town, shut=("general",)).walls(way) == [30.0, 40.0, 50.0]
    assert reading(town, shut=("bus", "general")).walls(way) == [50.0]
    assert reading(town, shut=("foot", "general")).walls(way) == [40.0]
