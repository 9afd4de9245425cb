"""What closures do to a small town's buses, told for operator and riders."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clearway.network.build import NetworkDraft
from clearway.network.closures import Closure
from clearway.network.transit.bus_network import bus_network
from clearway.network.transit.timetable import Pattern, Route, Stop, Timetable, Trip
from clearway.planning.plan.buses.geojson_out import buses_geojson
from clearway.planning.plan.buses.rerouting import BusModel

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clearway.network.model import Network
    from clearway.planning.plan.buses.contract import BusChanges

NORTH_M = 111195.08
EAST_M = NORTH_M * np.cos(np.radians(41.28))
MOTOR = 31 | 64  # all but people on foot
EIGHT = 8 * 3600.0
AUCKLAND = ZoneInfo("Pacific/Auckland")
NINE = datetime(2026, 6, 10, 9, 0, tzinfo=AUCKLAND)


def at(east: float, north: float) -> tuple[float, float]:
    return 174.77 + east / EAST_M, -41.28 + north / NORTH_M


@pytest.fixture(scope="module")
def town() -> Network:
    """Main Street in five blocks of 200 m (ways 0 to 4), Back Street 60 m north (5 to 9), cross streets (10 to 15)."""
    draft = NetworkDraft("Town")
    rows = [[draft.junction(*at(200 * x, y)) for x in range(6)] for y in (0, 60)]
    for name, row in zip(("Main Street", "Back Street"), rows, strict=True):
        for first, second in pairwise(row):
            draft.way(first, second, name=name)
    for number, (first, second) in enumerate(zip(*rows, strict=True)):
        draft.way(first, second, name=f"Cross {number}")
    return draft.finish()


STOPS = {
    "a": Stop("a", "First", *at(100, 5), "", None),
    "b": Stop("b", "Town Hall", *at(500, 5), "", step_free=True),
    "c": Stop("c", "Last", *at(900, 5), "", step_free=False),
    "B": Stop("B", "Town Hall", *at(500, -5), "", None),
    "A": Stop("A", "First", *at(100, -5), "", None),
    "C": Stop("C", "Last", *at(900, -5), "", None),
}
EAST, WEST = [(0, 0), (1000, 0)], [(1000, 0), (0, 0)]


def line(
    route: str, stops: str, drawn: str, starts: Sequence[float] = (EIGHT,), *, name: str = "7", direction: str = "0"
) -> Pattern:
    trips = tuple(
        Trip(f"{route}{direction}-{index}", drawn, tuple(begins + 120.0 * place for place in range(len(stops))))
        for index, begins in enumerate(starts)
    )
    return Pattern(Route(route, name, ""), direction, drawn, tuple(stops), trips)


def model(
    network: Network, *patterns: Pattern, day: date | None = date(2026, 6, 10), stops: dict[str, Stop] = STOPS
) -> BusModel:
    shapes = {"east": EAST, "west": WEST}
    drawn = {name: np.array([at(*point) for point in line]) for name, line in shapes.items()}
    return BusModel(bus_network(network, Timetable("feed.zip", AUCKLAND, day, None, stops, patterns, drawn, ())))


def shut(*ways: int, classes: int = MOTOR, label: str = "Works") -> list[Closure]:
    return [Closure(way, classes, label=label) for way in ways]


def cut_trips(found: BusChanges) -> list[str]:
    return sorted(trip for row in found.routes for one in row.variations for trip in one.trip_ids)


def test_operator_and_riders_are_told_what_changes(town: Network) -> None:
    found = model(town, line("r", "abc", "east")).changes(shut(2))
    (row,) = found.routes
    (one,) = row.variations
    assert (row.route_id, row.route, row.trips, row.trips_cut, row.stops_missed) == ("r", "7", 1, 1, ("b",))
    assert (one.leaves, one.joins) == ("Main Street at Cross 2", "Main Street at Cross 3")
    assert [(leg.turn, leg.street, round(leg.metres)) for leg in one.legs] == [
        ("from", "Main Street", 0),
        ("left into", "Cross 2", 60),
        ("right into", "Back Street", 200),
        ("right into", "Cross 3", 60),
        ("left into", "Main Street", 0),
    ]
    assert one.metres_added == pytest.approx(120, abs=0.5)
    assert one.minutes_added == pytest.approx(120 / 12.5 / 60, abs=0.002)
    assert one.notes == ("Width not known, and no bus of the timetable drives there: Cross 2, Back Street and Cross 3.",)
    (stop,) = found.stops
    assert (stop.stop_id, stop.calls, stop.first, stop.last, stop.step_free) == ("b", 1, "08:02", "08:02", "yes")
    assert stop.nearest_open is not None
    assert (stop.nearest_open.stop_id, stop.nearest_open.step_free) == ("a", "not known")
    assert stop.nearest_open.metres == pytest.approx(400, abs=1)
    assert stop.tell[0] == "No bus of 7 at Town Hall until further notice."
    assert [(one.label, one.trips, one.routes) for one in found.closures] == [("Works", 1, ("r",))]


def test_a_stop_belongs_to_its_kerb_so_the_other_direction_is_another_stop(town: Network) -> None:
    both = model(town, line("r", "abc", "east"), line("r", "CBA", "west", direction="1"))
    one_way = [replace(one, against=False) for one in shut(2)]
    assert [stop.stop_id for stop in both.changes(one_way).stops] == ["b"]
    assert sorted(stop.stop_id for stop in both.changes(shut(2)).stops) == ["B", "b"]


def test_riders_go_where_their_own_route_still_calls_in_the_same_direction(town: Network) -> None:
    found = model(town, line("r", "abc", "east"), line("r", "CBA", "west", direction="1")).changes(shut(2))
    instead = {(stop.stop_id, one.direction): one.instead.stop_id for stop in found.stops for one in stop.routes if one.instead}
    assert instead == {("b", "0"): "a", ("B", "1"): "A"}


def test_two_routes_of_one_number_stay_two(town: Network) -> None:
    found = model(town, line("r1", "abc", "east"), line("r2", "ac", "east")).changes(shut(2))
    assert [(row.route_id, row.route, row.stops_missed) for row in found.routes] == [("r1", "7", ("b",)), ("r2", "7", ())]
    assert found.routes_cut == 2


def test_a_detour_that_misses_no_stop_is_told_all_the_same(town: Network) -> None:
    found = model(town, line("r", "ac", "east")).changes(shut(2))
    assert (found.trips_cut, found.stops, found.summary[1]) == (1, (), "No stop is missed.")
    assert found.routes[0].variations[0].state == "detour"


def test_a_bus_that_leaves_its_path_after_the_first_street_does_so_in_that_street(town: Network) -> None:
    stops = STOPS | {"n": Stop("n", "North", *at(195, 30), "", None)}
    drawn = {"bend": np.array([at(*point) for point in ((200, 58), (200, 0), (1000, 0))])}
    pattern = line("r", "nbc", "bend")
    timetable = Timetable("feed.zip", AUCKLAND, date(2026, 6, 10), None, stops, (pattern,), drawn, ())
    (one,) = BusModel(bus_network(town, timetable)).changes(shut(1)).routes[0].variations
    assert (one.leaves, one.joins) == ("Cross 1 at Main Street", "Main Street at Cross 2")


def test_nothing_shut_to_buses_changes_nothing(town: Network) -> None:
    found = model(town, line("r", "abc", "east")).changes(shut(2, classes=16))
    assert (found.trips_cut, found.routes, found.stops) == (0, (), ())
    assert found.warnings == ("Nothing is shut to buses.",)


def test_people_on_foot_go_round_what_is_shut_to_them_too(town: Network) -> None:
    found = model(town, line("r", "abc", "east")).changes([*shut(2), Closure(2, 32, at_m=50.0), Closure(1, 32, at_m=100.0)])
    near = found.stops[0].nearest_open
    assert near is not None
    assert near.stop_id == "c"
    assert near.metres == pytest.approx(400, abs=1)


def test_a_temporary_stop_is_proposed_where_a_detour_passes_nearer_than_the_next_stop(town: Network) -> None:
    found = model(town, line("r", "abc", "east")).changes(shut(2))
    (place,) = found.temporary_stops
    assert (place.where, place.instead_of, place.routes, place.calls) == (
        "Back Street between Cross 2 and Cross 3, north side",
        ("b",),
        ("r",),
        1,
    )
    assert place.metres == pytest.approx(260, abs=2)
    assert "Temporary stop proposed at Back Street between Cross 2 and Cross 3, north side." in found.stops[0].tell
    close = STOPS | {"a": Stop("a", "First", *at(390, 5), "", None)}
    assert model(town, line("r", "abc", "east"), stops=close).changes(shut(2)).temporary_stops == ()


def test_a_trip_without_a_detour_ends_where_its_street_is_shut(town: Network) -> None:
    found = model(town, line("r", "abc", "east")).changes(shut(2, 7))
    (one,) = found.routes[0].variations
    assert (one.state, one.ends_at, one.starts_at, one.stops_missed) == ("cut_short", "a", "", ("b", "c"))
    assert one.notes == ("Where the bus turns round at the end of what is left of the trip is not known.",)
    nothing = model(town, line("r", "abc", "east")).changes(shut(0, 1, 2, 3, 4))
    assert nothing.routes[0].variations[0].state == "stopped"
    assert nothing.routes[0].minutes_added is None


def test_an_interchange_that_closes_has_its_bays_on_streets_near_by(town: Network) -> None:
    stops = STOPS | {
        "x": Stop("x", "Central - Stop A", *at(480, 5), "", None),
        "y": Stop("y", "Central - Stop B", *at(520, -5), "", None),
    }
    ends = model(town, line("r", "ax", "east"), line("s", "yA", "west", direction="1"), line("t", "axc", "east"), stops=stops)
    found = ends.changes(shut(2))
    (interchange,) = found.interchanges
    assert (interchange.name, interchange.stops, interchange.not_placed) == ("Central", ("x", "y"), ())
    bays = {bay.stop_id: bay for bay in interchange.bays}
    assert all(bay.where.startswith(("Main Street", "Back Street", "Cross")) for bay in bays.values())
    assert bays["x"].way != 2
    assert (bays["x"].routes, bays["x"].calls, bays["x"].most_an_hour) == (("r", "t"), 2, 2)
    assert bays["x"].metres is not None
    assert bays["x"].metres <= 400
    places = [(bays[name].where, round(bays[name].at_m)) for name in "xy"]
    assert places == [
        ("Back Street between Cross 2 and Cross 3, north side", 75),
        ("Back Street between Cross 2 and Cross 3, south side", 125),
    ], "of the kerbs at 15, 45, 75 ... m from a corner those straight across from the stops, at 80 and 120 m"
    states = {row.route_id: row.variations[0] for row in found.routes}
    assert {one.state for one in states.values()} == {"detour"}
    assert states["r"].bays == ("x",)
    past_the_bay_and_back = [
        ("from", "Main Street", 0),
        ("left into", "Cross 2", 60),
        ("right into", "Back Street", 200),
        ("right into", "Cross 3", 60),
        ("left into", "Main Street", 0),
    ]
    for name in "rt":  # the path of both is drawn to the end of the street
        assert [(leg.turn, leg.street, round(leg.metres)) for leg in states[name].legs] == past_the_bay_and_back
    moved = {stop.stop_id: stop for stop in found.stops}
    assert moved["x"].moved_to == bays["x"].where
    assert moved["x"].tell[1].startswith(f"They stop at {bays['x'].where}, ")


@pytest.mark.parametrize(
    ("one", "other", "name"),
    [
        *(
            (f"Central - {what} A", f"Central - {what} B", "Central")
            for what in ("Stop", "Bay", "Stand", "Platform", "PLATFORM")
        ),
        ("Central Stop 1", "Central Stop 1", "Central Stop 1"),
        ("Stop Street A", "Stop Street B", "Stop Street"),
        ("East Gate", "West Gate", "East Gate"),
    ],
)
def test_an_interchange_is_called_by_what_the_names_of_its_bays_begin_with(
    town: Network, one: str, other: str, name: str
) -> None:
    stops = STOPS | {"x": Stop("x", one, *at(480, 5), "", None), "y": Stop("y", other, *at(520, -5), "", None)}
    ends = model(town, line("r", "ax", "east"), line("s", "yA", "west", direction="1"), stops=stops)
    assert [found.name for found in ends.changes(shut(2)).interchanges] == [name]


def test_an_interchange_behind_barriers_has_its_bays_on_streets_near_by_though_its_own_street_is_not_shut(
    town: Network,
) -> None:
    """Barriers stand on the blocks to either side and on both cross streets; the block of the bays is open, and enclosed."""
    stops = STOPS | {
        "x": Stop("x", "Central - Stop A", *at(480, 5), "", None),
        "y": Stop("y", "Central - Stop B", *at(520, -5), "", None),
    }
    ends = model(town, line("r", "ax", "east"), line("s", "yA", "west", direction="1"), line("t", "axc", "east"), stops=stops)
    found = ends.changes([Closure(way, MOTOR, at_m=30.0, label="Ring") for way in (1, 3, 12, 13)])
    (interchange,) = found.interchanges
    assert (interchange.stops, interchange.not_placed) == (("x", "y"), ())
    bays = {bay.stop_id: bay for bay in interchange.bays}
    assert (bays["x"].routes, bays["y"].routes) == (("r", "t"), ("s",))
    assert {bay.way for bay in bays.values()}.isdisjoint({1, 2, 3, 12, 13})
    assert all(bay.metres is not None and bay.metres <= 400 for bay in bays.values())
    states = {row.route_id: row.variations[0] for row in found.routes}
    assert {one.state for one in states.values()} == {"detour"}


def test_stops_off_the_network_are_listed_and_the_rest_of_their_trip_is_told(town: Network) -> None:
    far = {**STOPS, "z": Stop("z", "Beyond", *at(3000, 5), "", None)}
    beyond = line("r", "abz", "beyond")
    drawn = {"beyond": np.array([at(0, 0), at(3000, 0)])}
    buses = bus_network(town, Timetable("feed.zip", AUCKLAND, date(2026, 6, 10), None, far, (beyond,), drawn, ()))
    found = BusModel(buses).changes(shut(2))
    assert [stop.stop_id for stop in found.stops] == ["b"]
    assert [(one.what, one.ids) for one in found.left_out] == [("stop", ("z",))]
    assert found.matching.stops_off == 1
    assert found.matching.off_km == pytest.approx(2.0, abs=0.03)


def test_a_stop_off_the_path_of_several_variations_counts_once(town: Network) -> None:
    far = {**STOPS, "z": Stop("z", "Aside", *at(100, 300), "", None)}
    lines = tuple(line(route, "azb", "beyond") for route in "rs")
    drawn = {"beyond": np.array([at(0, 0), at(600, 0)])}
    buses = bus_network(town, Timetable("feed.zip", AUCKLAND, date(2026, 6, 10), None, far, lines, drawn, ()))
    warnings = BusModel(buses).changes(shut(2)).warnings
    assert "1 stop lies off the path of its trips: nothing is said of calls there." in warnings


def test_one_missed_stop_alone_is_no_interchange(town: Network) -> None:
    assert model(town, line("r", "ab", "east")).changes(shut(2)).interchanges == ()


def window(start: str, end: str, label: str = "Night") -> list[Closure]:
    return [
        replace(one, starts=datetime.fromisoformat(start), ends=datetime.fromisoformat(end)) for one in shut(2, label=label)
    ]


@pytest.mark.parametrize(
    ("day", "starts", "closure", "cut"),
    [
        # 22:00 to 05:00: buses before, within, after midnight, after
        (date(2026, 6, 10), [21.5, 22.5, 25.2, 29.5], ("2026-06-10T22:00:00+12:00", "2026-06-11T05:00:00+12:00"), [1, 2]),
        # clocks go back at 03:00 on 5 April 2026: 25:30 of Saturday is 01:30, 27:30 is 02:30 for the second time
        (date(2026, 4, 4), [25.5, 27.5], ("2026-04-05T02:00:00+12:00", "2026-04-05T03:00:00+12:00"), [1]),
        # clocks go forward at 02:00 on 27 September 2026: 26:30 of Saturday is 03:30
        (date(2026, 9, 26), [25.5, 26.5], ("2026-09-27T03:00:00+13:00", "2026-09-27T05:00:00+13:00"), [1]),
        # and on the morning itself times count from noon: 08:00 is 08:00
        (date(2026, 9, 27), [7.9, 8.0, 9.0], ("2026-09-27T07:59:00+13:00", "2026-09-27T08:30:00+13:00"), [1]),
    ],
)
def test_a_trip_is_cut_when_its_bus_comes_while_the_closure_is_in_force(
    town: Network, day: date, starts: list[float], closure: tuple[str, str], cut: list[int]
) -> None:
    buses = model(town, line("r", "abc", "east", [hours * 3600 for hours in starts]), day=day)
    found = buses.changes(window(*closure))
    assert cut_trips(found) == [f"r0-{index}" for index in cut]


@pytest.mark.parametrize(("minutes", "cut"), [(-2.6, []), (-2.4, ["r0-0"]), (8.4, ["r0-0"]), (8.6, [])])
def test_the_time_that_counts_is_when_the_bus_comes_to_the_closure_and_not_when_it_starts(
    town: Network, minutes: float, cut: list[str]
) -> None:
    # stops at 100, 500 and 900 m, two minutes apart: the block of 400 to 600 m is driven 1.5 to 2.5 minutes after the start
    buses = model(town, line("r", "abc", "east", [EIGHT + minutes * 60]))
    assert cut_trips(buses.changes(window("2026-06-10T08:00:00+12:00", "2026-06-10T08:10:00+12:00"))) == cut


@settings(max_examples=60)
@given(st.integers(0, 1600), st.integers(1, 900), st.lists(st.integers(0, 1700), min_size=1, max_size=6, unique=True))
def test_any_window_cuts_exactly_the_trips_that_meet_it(starts: int, lasts: int, trips: list[int]) -> None:
    network = STREET
    day = datetime(2026, 6, 10, tzinfo=AUCKLAND).astimezone(UTC).timestamp()
    closure = replace(
        shut(2)[0],
        starts=datetime.fromtimestamp(day + 60 * starts, UTC),
        ends=datetime.fromtimestamp(day + 60 * (starts + lasts), UTC),
    )
    buses = model(network, line("r", "abc", "east", [60.0 * trip for trip in sorted(trips)]))
    found = cut_trips(buses.changes([closure]))
    comes = [(trip + 1.5, trip + 2.5) for trip in sorted(trips)]
    at_times = [any(starts <= minute < starts + lasts for minute in (first, (first + last) / 2, last)) for first, last in comes]
    assert found == [f"r0-{index}" for index, met in enumerate(at_times) if met]


@settings(max_examples=60)
@given(st.sets(st.integers(0, 4)), st.sets(st.integers(0, 4)), st.lists(st.integers(0, 23), min_size=1, max_size=3))
def test_counts_alone_are_those_of_the_whole_answer(ways: set[int], on_foot: set[int], hours: list[int]) -> None:
    starts = [3600.0 * hour for hour in sorted(hours)]
    buses = model(STREET, line("r", "abc", "east", starts), line("r", "CBA", "west", direction="1"), line("s", "ab", "east"))
    nightly = [replace(one, hours="22:00-05:00") for one in shut(*ways)]
    closures = [*nightly, *shut(*on_foot, classes=32), *shut(*(ways & on_foot), classes=4)]
    found = buses.changes(closures)
    assert buses.trips_cut(closures) == (found.trips_cut, found.routes_cut)


def test_hours_of_a_closure_are_those_of_the_place(town: Network) -> None:
    nightly = [replace(one, hours="22:00-05:00") for one in shut(2)]
    found = model(town, line("r", "abc", "east", [12 * 3600.0, 23 * 3600.0, 25.5 * 3600])).changes(nightly)
    assert cut_trips(found) == ["r0-1", "r0-2"]
    assert found.stops[0].calls == 2
    assert found.stops[0].calls_that_day == 3


def test_a_timetable_without_days_takes_closures_with_times_as_always_in_force_and_says_so(town: Network) -> None:
    found = model(town, line("r", "abc", "east"), day=None).changes(
        window("2026-06-10T22:00:00+12:00", "2026-06-11T05:00:00+12:00")
    )
    assert cut_trips(found) == ["r0-0"]
    assert found.warnings[0] == (
        "The feed has no calendar, so that closures with times are taken as if they were always in force."
    )


def test_the_notice_says_until_when(town: Network) -> None:
    found = model(town, line("r", "abc", "east")).changes(window("2026-06-10T07:00:00+12:00", "2026-06-10T18:30:00+12:00"))
    assert found.stops[0].tell[0] == "No bus of 7 at Town Hall from Wed 10 Jun 2026 07:00 until Wed 10 Jun 2026 18:30."


def _street() -> Network:
    draft = NetworkDraft("Street")
    ends = [draft.junction(*at(200 * x, 0)) for x in range(6)]
    for first, second in pairwise(ends):
        draft.way(first, second, name="Street")
    return draft.finish()


STREET = _street()


def properties(found: BusChanges, kind: str) -> list[dict[str, object]]:
    document = buses_geojson(found)
    assert (document["type"], {one["type"] for one in document["features"]}) == ("FeatureCollection", {"Feature"})
    shape = {"detour": "LineString"}.get(kind, "Point")
    of_kind = [one for one in document["features"] if one["properties"]["kind"] == kind]
    assert {one["geometry"]["type"] for one in of_kind} <= {shape}
    return [one["properties"] | {"at": one["geometry"]["coordinates"]} for one in of_kind]


def test_the_map_says_of_each_detour_stop_and_bay_what_it_is(town: Network) -> None:
    found = model(town, line("r", "abc", "east")).changes(shut(2))
    (row,), (stop,), (place,) = found.routes, found.stops, found.temporary_stops
    (one,) = row.variations
    assert properties(found, "detour") == [{
        "kind": "detour", "route_id": "r", "route": "7", "direction": "0", "trips": 1, "minutes_added": one.minutes_added,
        "at": one.lines[0],
    }]  # fmt: skip
    assert properties(found, "missed_stop") == [{
        "kind": "missed_stop", "stop_id": "b", "name": "Town Hall", "calls": 1, "tell": list(stop.tell),
        "at": (stop.lon, stop.lat),
    }]  # fmt: skip
    assert properties(found, "temporary_stop") == [{
        "kind": "temporary_stop", "where": place.where, "instead_of": ["b"], "routes": ["r"], "at": (place.lon, place.lat),
    }]  # fmt: skip
    stops = STOPS | {
        "x": Stop("x", "Central - Stop A", *at(480, 5), "", None),
        "y": Stop("y", "Central - Stop B", *at(520, -5), "", None),
    }
    moved = model(town, line("r", "ax", "east"), line("s", "yA", "west", direction="1"), stops=stops).changes(shut(2))
    (bay, other) = moved.interchanges[0].bays
    assert properties(moved, "bay")[0] == {
        "kind": "bay", "stop_id": bay.stop_id, "name": bay.name, "where": bay.where, "routes": list(bay.routes),
        "at": (bay.lon, bay.lat),
    }  # fmt: skip
    assert len(properties(moved, "bay")) == len({bay.stop_id, other.stop_id})


def test_every_trip_of_a_route_that_is_nowhere_on_the_network_is_listed(town: Network) -> None:
    drawn = {"east": np.array([at(*point) for point in EAST]), "far": np.array([at(5000, 5000), at(6000, 5000)])}
    stops = STOPS | {"p": Stop("p", "Far", *at(5000, 5000), "", None), "q": Stop("q", "Farther", *at(6000, 5000), "", None)}
    patterns = (line("r", "abc", "east"), line("f", "pq", "far", (EIGHT, 2 * EIGHT)))
    buses = bus_network(town, Timetable("feed.zip", AUCKLAND, date(2026, 6, 10), None, stops, patterns, drawn, ()))
    (left,) = BusModel(buses).changes(shut(2)).left_out
    assert (left.what, left.count, left.ids) == ("trip", 2, ("f0-0", "f0-1"))
    assert left.why == "it drives nowhere on this network, so that no closure here can cut it"


def test_two_routes_that_make_the_same_forbidden_move_are_named_together(town: Network) -> None:
    permit = town.arc_permit.copy()
    permit[2 * 2] = 0
    one_way = replace(town, arc_permit=permit)
    found = model(one_way, line("r", "abc", "east"), line("s", "abc", "east"), line("w", "CBA", "west", direction="1"))
    moves = found.changes(shut(4)).forbidden
    assert [(one.way, one.routes) for one in moves] == [(2, ("r", "s"))]
    assert (moves[0].lon, moves[0].lat) == pytest.approx(at(400, 0), abs=1e-6)


def test_in_force_for_a_trip_is_what_holds_when_it_comes_there_and_what_always_does(town: Network) -> None:
    timed = [replace(one, starts=NINE, ends=NINE + timedelta(hours=1)) for one in shut(2, label="Hour")]
    elsewhere = [replace(one, starts=NINE, ends=NINE + timedelta(hours=1)) for one in shut(7, label="Also")]
    later = [replace(one, starts=NINE + timedelta(hours=2)) for one in shut(7, label="Later")]
    buses = model(town, line("r", "abc", "east", (EIGHT + 3600.0,)))
    (way,) = buses.changes([*timed, *later]).routes[0].variations
    assert [leg.street for leg in way.legs] == ["Main Street", "Cross 2", "Back Street", "Cross 3", "Main Street"]
    (cut,) = buses.changes([*timed, *elsewhere]).routes[0].variations
    assert cut.state == "cut_short"
    (always,) = buses.changes([*timed, *shut(7)]).routes[0].variations
    assert always.state == "cut_short"


def test_where_nobody_can_walk_away_the_stop_to_use_is_named_without_metres(town: Network) -> None:
    found = model(town, line("r", "abc", "east")).changes(
        [*shut(2), *(Closure(2, 32, at_m=metres) for metres in (50.0, 150.0))]
    )
    near = found.stops[0].nearest_open
    assert near is not None
    assert (near.stop_id, near.metres, near.steps_on_the_way) == ("a", None, None)
    assert found.stops[0].tell[1].startswith("7: use First (stop a), how far on foot is not known.")
    assert found.temporary_stops == ()


def test_a_direction_is_called_by_where_most_of_its_trips_go(town: Network) -> None:
    few, most = line("r", "abc", "east"), line("r", "ac", "east", (EIGHT, EIGHT + 60))
    named = [
        replace(one, trips=tuple(trip._replace(headsign=sign) for trip in one.trips))
        for one, sign in ((few, "Few"), (most, "Most"))
    ]
    (row,) = model(town, *named).changes(shut(2)).routes
    assert (row.towards, row.trips) == ("Most", 3)
