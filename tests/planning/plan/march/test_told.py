"""What a march rests on, its worst minute, the buses that it holds, and its closures on the map: by hand on small towns."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import numpy as np
import pytest

from clearway.network.classes import class_mask
from clearway.network.closures import Closure
from clearway.network.transit.bus_network import bus_network
from clearway.network.transit.timetable import Pattern, Route, Stop, Timetable, Trip
from clearway.planning.access.planner.services import Service, Staffed
from clearway.planning.access.planner.stations import Station
from clearway.planning.access.planner.timing import AccessTimer
from clearway.planning.cordon.planner.steps import UNHURRIED
from clearway.planning.plan.march.assumed import column_of
from clearway.planning.plan.march.geojson_out import march_geojson
from clearway.planning.plan.march.proving import worst_minute
from clearway.planning.plan.march.waiting import held_buses
from clearway.planning.street_names import StreetNames
from clearway.record.kinds.plans import PlannedMarch
from drawn_towns import Town, place

if TYPE_CHECKING:
    from clearway.network.model import Network
    from clearway.planning.plan.march.contract import HeldRoute
    from clearway.planning.plan.march.proving import Proved

ZONE = ZoneInfo("Pacific/Auckland")
NOON = datetime(2026, 6, 10, 12, 0, tzinfo=ZONE)
MOTOR = class_mask(["emergency", "resident", "service", "bus", "general"])


def march(**fields: Any) -> PlannedMarch:  # noqa: ANN401 - any field
    usual = {"id": "M", "along": [{"type": "street", "street": "High Street"}], "pace_kmh": 3.6}
    return PlannedMarch.model_validate(usual | fields)


def row() -> Network:
    """High Street in four blocks of 100 m at 36 km/h, with an address in the middle of each."""
    town = Town()
    for x in range(4):
        town.draft.address(town.street((100.0 * x, 0.0), (100.0 * x + 100.0, 0.0), name="High Street", speed_kmh=36.0), 50.0)
    return town.network()


def shut(way: int, start: float, end: float, *, classes: int = MOTOR, label: str = "", **where: Any) -> Closure:  # noqa: ANN401
    """A way shut from one minute after noon to another."""
    return Closure(
        way, classes, starts=NOON + timedelta(minutes=start), ends=NOON + timedelta(minutes=end), label=label, **where
    )


@pytest.mark.parametrize(
    ("fields", "metres", "said"),
    [
        ({"column_m": 80}, 80.0, []),
        ({}, 0.0, [("column_m", 0.0, "m", "assumed")]),
        ({"pace_kmh": 0, "ends": "2022-02-21T14:00+13:00"}, 0.0, []),
        ({"column_m": 80, "gaps": 2, "gap_m": 30}, 140.0, [("cross_seconds", 20.0, "s", "assumed")]),
        ({"people": 420, "width_m": 6, "density": 0.7}, 100.0, [
            ("width_m", 6.0, "m", "the plan"), ("density", 0.7, "people/m2", "the plan"),
        ]),
        ({"people": 420, "density": 1.5}, 40.0, [("width_m", 7.0, "m", "assumed"), ("density", 1.5, "people/m2", "the plan")]),
    ],
)  # fmt: skip
def test_a_column_rests_on_what_the_plan_says_and_on_what_is_assumed(
    fields: dict[str, Any], metres: float, said: list[tuple[str, float, str, str]]
) -> None:
    found, inputs = column_of(march(**fields))
    assert found == pytest.approx(metres)
    margins = [(name, 10.0, "min", "assumed") for name in ("before_minutes", "after_minutes")]
    assert [(one.name, one.value, one.unit, one.source) for one in inputs] == margins + said
    _, inputs = column_of(march(before_minutes=10, after_minutes=0))
    assert [(one.value, one.source) for one in inputs[:2]] == [(10.0, "assumed"), (0.0, "the plan")]
    street = [{"type": "street", "street": "High Street"}]
    _, inputs = column_of(PlannedMarch.model_validate({"id": "M", "along": street, "column_m": 80}))
    assert [(one.name, one.value, one.source) for one in inputs[2:]] == [("pace", 3.0, "assumed")]


@pytest.mark.parametrize(("pace", "density"), [(3.6, 1.0), (1.8, 2.0), (1.7, 2.0), (7.2, 0.5), (7.0, 0.5143), (0, 2.0)])
def test_people_walk_as_dense_as_sixty_pass_a_metre_in_a_minute_and_never_denser_than_two(pace: float, density: float) -> None:
    metres, inputs = column_of(march(people=700, pace_kmh=pace, **({} if pace else {"ends": NOON})))
    assert metres == pytest.approx(700 / (7 * density), rel=1e-4)
    assert inputs[-1].value == pytest.approx(density, abs=5e-4)
    assert inputs[-1].value == round(inputs[-1].value, 3)
    assert inputs[-1].source == "at most 60 people a minute and metre, Larsson et al., Fire Safety Journal 120, 2021"


def test_a_closure_is_a_line_or_the_point_where_it_is_held_with_its_times_and_whom_it_shuts_out() -> None:
    network = row()
    line, point = march_geojson(
        [shut(0, 0, 5, label="M: High Street"), Closure(1, class_mask(["foot"]), at_m=50.0, label="held")], network
    )["features"]
    assert line == {
        "type": "Feature",
        "geometry": {"type": "LineString", "coordinates": network.geometry(0).tolist()},
        "properties": {
            "name": "M: High Street", "shuts": ["emergency", "resident", "service", "bus", "general"],
            "starts": "2026-06-10T12:00:00+12:00", "ends": "2026-06-10T12:05:00+12:00",
        },
    }  # fmt: skip
    assert point["geometry"]["type"] == "Point"
    assert point["geometry"]["coordinates"] == pytest.approx(list(place(150.0, 0.0)), abs=1e-6)
    assert point["properties"] == {"name": "held", "shuts": ["foot"], "starts": None, "ends": None}
    assert march_geojson([], network) == {"type": "FeatureCollection", "features": []}


def worst(network: Network, *closures: Closure, stations: int = 1) -> Proved | None:
    spots = [Station(f"Base {number}", "fire_station", *place(1.0 + number, 0.0)) for number in range(stations)]
    services = [Staffed(Service("fire", ("fire_station",), within_s=60.0), tuple(spots))] if stations else []
    return worst_minute(AccessTimer(network), services, closures, StreetNames(network), UNHURRIED)


def test_the_worst_minute_is_the_one_at_which_most_addresses_are_out_of_reach() -> None:
    network = row()
    proved = worst(network, shut(3, 0, 4), shut(2, 2, 6), shut(1, 6, 8, classes=class_mask(["general"])))
    assert proved is not None
    one = proved.worst
    assert (one.at, one.unreached, one.unreached_before, one.moments) == (NOON + timedelta(minutes=2), 2, 0, 3)
    assert one.slowest_seconds == pytest.approx(149 / 12.0, abs=0.005)  # help drives at 43.2 km/h
    assert (one.accepted, one.refused) == (True, ())
    assert [line.rpartition(": ")[2] for line in one.on_foot] == ["150 m on foot", "50 m on foot"]


def test_of_minutes_at_which_as_many_are_out_of_reach_the_slowest_is_the_worst_and_of_equals_the_first() -> None:
    network = row()
    first, later = shut(3, 0, 2, at_m=10.0), shut(3, 4, 6, at_m=10.0)
    proved = worst(network, first, later)
    assert proved is not None
    assert (proved.worst.at, proved.worst.unreached, proved.worst.moments) == (NOON, 1, 2)


def test_an_address_that_help_never_reached_is_not_lost_to_the_march() -> None:
    town = Town()
    far = town.street((900.0, 900.0), (1000.0, 900.0), name="Island Street")
    town.draft.address(far, 50.0)
    town.draft.address(town.street((0.0, 0.0), (100.0, 0.0), name="High Street"), 50.0)
    second = town.street((100.0, 0.0), (200.0, 0.0), name="High Street")
    town.draft.address(second, 50.0)
    proved = worst(town.network(), shut(second, 0, 5))
    assert proved is not None
    assert (proved.worst.unreached, proved.worst.unreached_before) == (2, 1)
    assert len(proved.worst.on_foot) == 1


def test_where_nothing_is_shut_to_help_or_nobody_helps_there_is_no_worst_minute() -> None:
    network = row()
    assert worst(network, shut(1, 0, 5, classes=class_mask(["general"]))) is None
    assert worst(network) is None
    assert worst(network, shut(1, 0, 5), stations=0) is None


STOPS = {name: Stop(name, name, *place(x, 3.0), "", None) for name, x in (("a", 1.0), ("b", 399.0))}


def held(*closures: Closure, starts: tuple[float, ...] = (0.0,), day: date | None = date(2026, 6, 10)) -> tuple[HeldRoute, ...]:
    """Buses of route 7 that leave some minutes after noon and take four minutes for the four blocks."""
    network = row()
    trips = tuple(Trip(str(at), "East", (43_200 + 60.0 * at, 43_440 + 60.0 * at)) for at in starts)
    pattern = Pattern(Route("r", "7", ""), "0", "east", ("a", "b"), trips)
    drawn = {"east": np.array([place(0.0, 0.0), place(400.0, 0.0)])}
    return held_buses(bus_network(network, Timetable("feed.zip", ZONE, day, None, STOPS, (pattern,), drawn, ())), closures)


def test_a_bus_waits_at_each_street_until_it_opens_and_comes_later_to_the_next() -> None:
    """It comes to the second block at 12:01, waits till 12:03, and is at the third two minutes late, at 12:04."""
    (one,) = held(shut(1, 0, 3, label="B"), shut(2, 3.5, 10, label="C"))
    assert (one.route, one.towards, one.trips, one.where) == ("7", "East", 1, ("B", "C"))
    assert one.longest_seconds == one.total_seconds == pytest.approx(120 + 360, abs=3)
    assert abs((one.first - NOON).total_seconds() - 60) < 2
    assert one.last == one.first
    (alone,) = held(shut(2, 3.5, 10, label="C"), starts=(0.0, 2.0))
    assert (alone.trips, alone.where) == (1, ("C",))  # the first is through before
    assert alone.total_seconds == pytest.approx(360, abs=3)


def test_trips_of_a_route_are_counted_together_and_those_that_meet_nothing_are_not() -> None:
    (one,) = held(shut(1, 0, 3), starts=(-5.0, 0.0, 1.0, 9.0))
    assert one.trips == 2
    assert one.longest_seconds == pytest.approx(120, abs=3)
    assert one.total_seconds == pytest.approx(120 + 60, abs=3)
    assert abs((one.last - one.first).total_seconds() - 60) < 1


@pytest.mark.parametrize(
    "closure",
    [
        shut(1, 0, 3, classes=class_mask(["general"])), Closure(1, MOTOR, starts=NOON), Closure(1, MOTOR, ends=NOON),
        Closure(1, MOTOR), shut(1, -5, 0.5), shut(1, 3, 9), shut(1, 0, 3, along=False),
    ],
)  # fmt: skip
def test_a_closure_that_lets_buses_pass_or_is_over_or_has_no_times_holds_no_bus(closure: Closure) -> None:
    assert held(closure) == ()


def test_without_a_day_nobody_knows_when_a_bus_comes() -> None:
    assert held(shut(1, 0, 3), day=None) == ()


def test_five_houses_that_are_cut_off_are_named_the_farthest_first_and_no_more() -> None:
    town = Town()
    for x in range(7):
        way = town.street((100.0 * x, 0.0), (100.0 * x + 100.0, 0.0), name="High Street", speed_kmh=36.0)
        town.draft.address(way, 50.0, label=f"House {x}")
    proved = worst(town.network(), shut(1, 0, 5))
    assert proved is not None
    assert (proved.worst.unreached, proved.worst.unreached_before) == (6, 0)
    assert proved.worst.on_foot == tuple(f"House {x}: {100 * x - 50} m on foot" for x in (6, 5, 4, 3, 2))


def test_where_nobody_may_walk_to_a_house_that_is_said() -> None:
    town = Town()
    town.street((0.0, 0.0), (100.0, 0.0), name="High Street", speed_kmh=36.0)
    second = town.street((100.0, 0.0), (200.0, 0.0), name="Motorway", permit=(95, 95), speed_kmh=36.0)
    town.draft.address(second, 50.0, label="House")
    proved = worst(town.network(), shut(second, 0, 5))
    assert proved is not None
    assert proved.worst.on_foot == ("House: nobody can walk there",)


def test_a_bus_waits_from_the_very_moment_at_which_a_street_shuts_and_not_at_the_one_at_which_it_opens() -> None:
    due = held(shut(1, 0, 3))[0].first
    minute = timedelta(minutes=1)
    (one,) = held(Closure(1, MOTOR, starts=due, ends=due + minute, label="B"))
    assert (one.total_seconds, one.where, one.first) == (60.0, ("B",), due)
    assert held(Closure(1, MOTOR, starts=due - minute, ends=due)) == ()


def test_routes_that_wait_longest_come_first_and_of_equals_by_name() -> None:
    found = held(shut(1, 0, 3), starts=(0.0, 1.0))
    assert [(one.route, one.trips) for one in found] == [("7", 2)]
