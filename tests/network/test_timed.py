"""A network asked about at a moment is the one that is imported at that moment."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from clearway.network.importers.osm import import_osm
from clearway.network.timed import network_at, timed_count

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from clearway.network.model import Network

MONDAY = datetime(2026, 11, 30)  # noqa: DTZ001 - a time of day at the place
TOWN = """
    n 1 0 0
    n 2 200 0
    n 3 400 0 {node}
    n 4 600 0
    n 5 200 200
    n 6 400 200
    n 90 590 8 addr:housenumber=1 addr:street=T
    w 101 1,2 highway=residential name=S
    w 102 2,3 highway=residential name=M {way}
    w 103 3,4 highway=residential name=T
    w 104 2,5 highway=residential name=U
    w 105 5,6,3 highway=residential name=V
    r 7 w101:from n2:via w104:to type=restriction {turn}
"""
NOTHING = {"way": "", "node": "", "turn": "restriction=no_left_turn"}
CASES = [
    {"way": "'motor_vehicle:conditional=no @ (Mo-Fr 07:00-09:00,16:00-18:00)'"},
    {"way": "motor_vehicle=no 'motor_vehicle:conditional=yes @ (22:00-05:00)'"},
    {"way": "'access:conditional=no @ (Mo-Fr 07:00-19:00); yes @ (Mo-Fr 12:00-13:00); destination @ (Sa)'"},
    {"way": "'oneway:conditional=yes @ (Mo-Fr 07:00-09:00)' 'bus:conditional=no @ (Sa,Su)'"},
    {"way": "maxheight=3 'maxheight:conditional=none @ (Sa)'"},
    {"node": "barrier=bollard 'motor_vehicle:conditional=yes @ (06:00-11:00)'"},
    {"node": "barrier=gate 'access:conditional=no @ (Nov-Apr)'"},
    {"turn": "'restriction:conditional=no_left_turn @ (Mo-Fr 07:00-09:00)'"},
    {"turn": "restriction=no_left_turn 'restriction:conditional=none @ (20:00-06:00)'"},
    {"turn": "restriction=no_left_turn hour_on=07:00 hour_off=09:00 day_on=Monday day_off=Friday"},
    {"way": "'motor_vehicle:conditional=no @ (Mo)'", "node": "barrier=gate 'access:conditional=no @ (Tu)'",
     "turn": "'restriction:conditional=no_left_turn @ (We)'"},
]  # fmt: skip


def as_it_is(network: Network) -> tuple[object, ...]:
    """What may be driven: permissions, stops that stop somebody, and turns, whatever their order."""
    stops = zip(network.stop_way.tolist(), network.stop_offset_m.tolist(), network.stop_blocks.tolist(), strict=True)
    starts = network.turn_start.tolist()
    turns = {
        (tuple(network.turn_arcs[first:end].tolist()), int(classes))
        for first, end, classes in zip(starts, starts[1:], network.turn_classes, strict=False)
    }
    return network.arc_permit.tolist(), sorted(stop for stop in stops if stop[2]), turns


@pytest.mark.slow
@pytest.mark.parametrize("case", CASES)
def test_at_each_moment_it_is_what_an_import_at_that_moment_makes(
    drawn_file: Callable[[str], Path], case: dict[str, str]
) -> None:
    path = drawn_file(TOWN.format(**(NOTHING | case)))
    network = import_osm(path)
    assert timed_count(network) >= 1
    seen = set()
    for hours in range(0, 24 * 7, 4):
        moment = MONDAY + timedelta(hours=hours, minutes=30)
        now = network_at(network, moment)
        assert as_it_is(now) == as_it_is(import_osm(path, moment=moment)), moment
        seen.add(str(as_it_is(now)))
    summer = MONDAY.replace(month=6)
    assert as_it_is(network_at(network, summer)) == as_it_is(import_osm(path, moment=summer))
    seen.add(str(as_it_is(network_at(network, summer))))
    assert len(seen) > 1


@pytest.mark.parametrize("case", CASES)
def test_in_the_morning_by_day_and_at_the_weekend_too(drawn_file: Callable[[str], Path], case: dict[str, str]) -> None:
    path = drawn_file(TOWN.format(**(NOTHING | case)))
    network = import_osm(path)
    for hours in (4.5, 8.5, 12.5, 24 * 5 + 23.5):
        moment = MONDAY + timedelta(hours=hours)
        assert as_it_is(network_at(network, moment)) == as_it_is(import_osm(path, moment=moment)), moment


def test_without_a_moment_or_hours_it_is_the_same_network(drawn_file: Callable[[str], Path]) -> None:
    plain = import_osm(drawn_file(TOWN.format(**NOTHING)))
    assert timed_count(plain) == 0
    assert network_at(plain, MONDAY) is plain
    timed = import_osm(drawn_file(TOWN.format(**(NOTHING | CASES[0]))))
    assert network_at(timed, None) is timed


@pytest.mark.parametrize(
    "tag",
    [
        {"way": "'motor_vehicle:conditional=no @ (PH)'"},
        {"way": "'motor_vehicle:conditional=no @ (weight>7.5)'"},
        {"turn": "'restriction:conditional=only_straight_on @ (Mo-Fr 07:00-09:00)'"},
    ],
)
def test_what_is_not_understood_is_left_aside(drawn_file: Callable[[str], Path], tag: dict[str, str]) -> None:
    network = import_osm(drawn_file(TOWN.format(**(NOTHING | tag))))
    assert network_at(network, MONDAY + timedelta(hours=8)) is network
