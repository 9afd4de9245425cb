from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from clearway.network.classes import class_names
from clearway.network.hours import NotUnderstood, holds
from clearway.network.importers.osm import import_osm
from clearway.network.importers.osm_times import at_moment, value_at

at = datetime.fromisoformat
TUESDAY_8 = at("2026-12-01T08:00")


@pytest.mark.parametrize(
    ("condition", "moment", "held"),
    [
        ("07:00-09:00", TUESDAY_8, True),
        ("08:01-09:00", TUESDAY_8, False),
        ("07:00-08:00", TUESDAY_8, False),
        ("07:00-07:30,07:45-08:15", TUESDAY_8, True),
        ("07:00-07:30, 07:45-08:15", TUESDAY_8, True),
        ("22:00-06:00", at("2026-12-01T23:00"), True),
        ("22:00-06:00", at("2026-12-01T05:59"), True),
        ("22:00-06:00", at("2026-12-01T06:00"), False),
        ("Mo-Fr", TUESDAY_8, True),
        ("Sa,Su", TUESDAY_8, False),
        ("Fr-Mo", at("2026-12-06T00:00"), True),
        ("Fr-Mo", TUESDAY_8, False),
        ("Mo 22:00-06:00", at("2026-12-01T05:00"), True),
        ("Tu 22:00-06:00", at("2026-12-01T05:00"), False),
        ("Sa 10:00-12:00; Tu 08:00-09:00", TUESDAY_8, True),
        ("Nov-Apr", TUESDAY_8, True),
        ("Apr-Nov", TUESDAY_8, False),
        ("Dec Mo-Fr 08:00-09:00", TUESDAY_8, True),
        ("24/7", TUESDAY_8, True),
        ("00:00-24:00", TUESDAY_8, True),
    ],
)
def test_days_hours_and_months_are_read(condition: str, moment: datetime, *, held: bool) -> None:
    assert holds(condition, moment) is held


@pytest.mark.parametrize(
    "condition",
    [
        "",
        "PH",
        "Mo-Fr,PH",
        "sunset-sunrise",
        "weight>7.5",
        "Mo-Fr AND wet",
        "Dec 24-Dec 26",
        "25:00-26:00",
        "7-9",
        "Mo-Xx",
        "off",
    ],
)
def test_every_other_condition_is_left_aside(condition: str) -> None:
    with pytest.raises(NotUnderstood):
        holds(condition, TUESDAY_8)


def test_the_last_value_whose_condition_holds_decides() -> None:
    assert value_at("no @ (Mo-Fr); destination @ (07:00-09:00)", TUESDAY_8) == "destination"
    assert value_at("no @ Mo-Fr; destination @ 09:00-10:00", TUESDAY_8) == "no"
    assert value_at("no @ (Mo-Fr 07:00-09:00; Sa 10:00-12:00)", TUESDAY_8) == "no"
    for nonsense in ("no", "no @ (Mo-Fr); yes", "@ (Mo-Fr)", "no @ (Mo-Fr) @ (Sa)"):
        with pytest.raises(NotUnderstood):
            value_at(nonsense, TUESDAY_8)


def test_what_is_not_understood_stays_and_the_plain_tag_holds() -> None:
    tags = {"access": "yes", "access:conditional": "no @ (PH)"}
    assert at_moment(tags, TUESDAY_8) == tags


@pytest.mark.parametrize(("hour", "cars"), [("2026-12-01T08:00", False), ("2026-12-01T12:00", True)])
def test_a_street_closed_at_some_hours_is_closed_at_a_moment_within_them(
    drawn_file: Callable[[str], Path], hour: str, *, cars: bool
) -> None:
    path = drawn_file("""
        n 1 0 0
        n 2 100 0 barrier=gate access=yes 'access:conditional=no @ (07:00-09:00)'
        n 3 200 0
        w 10 1,2,3 highway=residential 'motor_vehicle:conditional=no @ (07:00-09:00)' 'maxspeed:conditional=20 @ (07:00-09:00)'
    """)
    network = import_osm(path, moment=at(hour))
    assert ("general" in class_names(int(network.arc_permit[0]))) is cars
    assert (len(network.stop_way) == 0) is cars
    assert float(network.arc_speed_kmh[4][0]) == (50 if cars else 20)
    assert network.report["not_understood"] == {}
