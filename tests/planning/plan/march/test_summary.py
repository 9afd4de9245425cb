"""What a march's answer says in sentences, and the barriers that it puts into a plan: by hand on four blocks of one street."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import numpy as np
import pytest

from clearway.errors import BadInput
from clearway.network.transit.bus_network import bus_network
from clearway.network.transit.timetable import Pattern, Route, Stop, Timetable, Trip
from clearway.planning.access.planner.services import Service, Staffed
from clearway.planning.access.planner.stations import Station
from clearway.planning.access.planner.timing import AccessTimer
from clearway.planning.cordon.planner.steps import Steps
from clearway.planning.gazetteer import Gazetteer
from clearway.planning.plan.march.finding import Delay, Judges, plan_march
from clearway.planning.plan.march.into_plan import with_march
from clearway.planning.plan.march.reported import marches_seen, sightings
from clearway.planning.plan.march.route import MarchStreets
from clearway.record.kinds.plans import MOST_BARRIERS, MarchSighting, PlannedBarrier, PlannedMarch, TrafficPlan
from clearway.record.place import Point
from drawn_towns import Town, place

if TYPE_CHECKING:
    from clearway.network.model import Network
    from clearway.network.transit.bus_network import BusNetwork
    from clearway.planning.plan.march.contract import MarchAnswer
    from clearway.planning.plan.march.finding import Found

ZONE = ZoneInfo("Pacific/Auckland")
NOON = datetime(2026, 6, 10, 12, 0, tzinfo=ZONE)
STEWARDS = "Ambulances are taken to use streets that are shut but empty; stewards let them through."


def high_street(*sides: float) -> Network:
    """High Street in four blocks of 100 m with an address amid each, crossed at some metres by streets north and south."""
    town = Town()
    for block in range(4):
        x = float(block)
        way = town.street((100.0 * x, 0.0), (100.0 * x + 100.0, 0.0), name="High Street", speed_kmh=36.0)
        town.draft.address(way, 50.0, label=f"House {block}")
    for x in sides:
        town.street((x, 0.0), (x, 100.0), name=f"North {x:.0f}")
        town.street((x, 0.0), (x, -100.0), name=f"South {x:.0f}")
    return town.network()


def a_march(**fields: Any) -> PlannedMarch:  # noqa: ANN401 - any field
    """At a metre a second from end to end, a column of 50 m."""
    usual: dict[str, Any] = {
        "id": "M", "starts": NOON, "pace_kmh": 3.6, "column_m": 50, "before_minutes": 5, "after_minutes": 2,
        "along": [{"type": "street", "street": "High Street"}],
        "begins": Point(at=place(0.0, 0.0)), "finishes": Point(at=place(400.0, 0.0)),
    }  # fmt: skip
    return PlannedMarch.model_validate(usual | fields)


def found(network: Network, *, changes: Any = (), judges: Judges = Judges(), **fields: Any) -> Found:  # noqa: ANN401, B008
    return plan_march(a_march(**fields), MarchStreets(Gazetteer(network)), ZONE, changes, judges)


def buses(network: Network, *rows: tuple[str, str, float]) -> BusNetwork:
    """Buses that drive High Street east in four minutes: route, towards, minutes after noon at which each leaves."""
    stops = {name: Stop(name, name, *place(x, 3.0), "", None) for name, x in (("a", 1.0), ("b", 399.0))}
    patterns = [
        Pattern(Route(name, name, ""), "0", "east", ("a", "b"), (Trip(f"{number}", to, (43_200 + 60 * at, 43_440 + 60 * at)),))
        for number, (name, to, at) in enumerate(rows)
    ]
    drawn = {"east": np.array([place(0.0, 0.0), place(400.0, 0.0)])}
    timetable = Timetable("feed.zip", ZONE, date(2026, 6, 10), None, stops, tuple(patterns), drawn, ())
    return bus_network(network, timetable)


def summary(network: Network, **fields: Any) -> tuple[str, ...]:  # noqa: ANN401
    return found(network, **fields).answer.summary


def test_a_march_says_its_length_its_times_and_which_street_is_shut_longest() -> None:
    """The tail leaves after 50 s and arrives after 450 s; each block is shut for 5 min, 150 s and 2 min."""
    heads = "from Wed 10 Jun 2026 12:00; the head arrives at 12:06, the tail leaves at 12:00 and arrives at 12:07."
    assert summary(high_street()) == (
        f"M: 400 m with a column of 50 m, {heads}",
        "Streets are shut from 11:55 to 12:09; each opens again behind the tail. Longest: High Street, 10 min.",
        "No corner of the route has streets on both sides: no ambulance crosses it.",
    )
    longest = summary(high_street(100.0, 200.0, 300.0), stops=[{"place": Point(at=place(250.0, 0.0)), "minutes": 20}])
    assert "Longest: High Street between North 200 and North 300, 30 min" in longest[1]


def test_an_event_says_how_much_street_it_holds_and_until_when() -> None:
    stands: dict[str, Any] = {"pace_kmh": 0, "ends": NOON + timedelta(hours=3), "column_m": None}
    assert summary(high_street(100.0), **stands) == (
        "M: 400 m of street held from Wed 10 Jun 2026 12:00 until 15:00.",
        "Streets are shut from 11:55 to 15:02.",
        "No crossing is open to an ambulance from 12:00 to 15:00. Keep a corner free, as two events.",
    )


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (0.0, None),
        (90.0, "It is 2 min later than planned, and everything with it."),
        (-300.0, "It is 5 min earlier than planned, and everything with it."),
    ],
)
def test_a_march_that_is_late_or_early_says_by_how_much(seconds: float, said: str | None) -> None:
    lines = summary(high_street(), changes=[Delay(seconds)])
    assert [line for line in lines if line.startswith("It is")] == ([said] if said else [])


def test_crossings_that_are_never_shut_at_once_are_counted_and_others_give_the_times_and_a_remedy() -> None:
    network = high_street(100.0, 300.0)
    assert summary(network)[2] == "At every moment at least one of 2 crossings is open to an ambulance."
    # people are on the first corner from 100 to 400 s, on the second from 300 to 600 s
    together = "No crossing is open to an ambulance from 12:05 to 12:06. Leave gaps in the column, or shorten it."
    assert summary(network, column_m=300)[2] == together


def helped(network: Network, **fields: Any) -> MarchAnswer:  # noqa: ANN401
    station = Station("Base", "fire_station", *place(1.0, 0.0))
    services = [Staffed(Service("fire", ("fire_station",)), (station,))]
    return found(network, judges=Judges(AccessTimer(network), services, buses(network)), **fields).answer


def test_the_worst_minute_names_who_is_out_of_reach_and_how_far_they_lie_on_foot() -> None:
    """When the head is on the first block, nobody drives onto it: all four houses are walked to from the door."""
    answer = helped(high_street())
    assert answer.summary[3] == (
        "Worst minute of 7 different ones: 12:00, when help does not reach 4 addresses that it reaches otherwise."
    )
    assert [line.split(":")[0] for line in answer.summary[4:8]] == ["  House 3", "  House 2", "  House 1", "  House 0"]
    assert answer.summary[8:] == (
        "The independent checker accepts the certificate of that minute.",
        "No bus of the timetable meets it.",
    )


def test_a_march_that_cuts_nobody_off_says_that_help_reaches_as_many() -> None:
    """It uses a street behind the houses that help never drives."""
    town = Town()
    town.draft.address(town.street((0.0, 0.0), (100.0, 0.0), name="Station Street"), 50.0)
    town.street((0.0, 0.0), (0.0, 100.0), name="High Street")
    network = town.network()
    ends: dict[str, Any] = {"begins": Point(at=place(0.0, 20.0)), "finishes": Point(at=place(0.0, 100.0))}
    lines = helped(network, **ends).summary
    assert any(line.endswith("when help reaches as many addresses as without the march.") for line in lines)
    one = high_street()
    last: dict[str, Any] = {"begins": Point(at=place(320.0, 0.0)), "finishes": Point(at=place(400.0, 0.0))}
    assert any(
        line.endswith("help does not reach 1 address that it reaches otherwise.") for line in helped(one, **last).summary
    )


def test_a_line_along_a_part_of_one_street_is_as_long_as_that_part_either_way() -> None:
    network = high_street()
    for first, last in ((20.0, 80.0), (80.0, 20.0), (120.0, 310.0)):
        line = (place(first, 0.0), place(first, 0.0), place(last, 0.0))
        answer = found(network, along=(), line=line, begins=None, finishes=None, column_m=10).answer
        assert answer.route_m == pytest.approx(abs(last - first), abs=0.2)


def test_without_stations_or_a_timetable_neither_is_spoken_of() -> None:
    answer = found(high_street()).answer
    assert (answer.worst, answer.buses) == (None, None)
    assert not any("bus" in line or "Worst" in line for line in answer.summary)


def test_buses_are_counted_by_trip_and_route_and_the_one_that_waits_longest_is_named() -> None:
    """The last block opens at 12:09:30; who leaves at 12:00 is due there at 12:03 and waits 6.5 minutes in all."""
    network = high_street()
    timed = buses(network, ("12", "Hill", 1.0), ("7", "East", 0.0), ("7", "Quay", 4.0), ("9", "Late", 60.0))
    answer = found(network, judges=Judges(buses=timed)).answer
    assert answer.buses is not None
    assert [(one.route, one.towards, one.trips) for one in answer.buses] == [
        ("7", "East", 1),
        ("12", "Hill", 1),
        ("7", "Quay", 1),
    ]
    assert answer.buses[0].longest_seconds == pytest.approx(390, abs=2)
    assert answer.summary[-1] == "3 bus trips on 2 routes would wait if buses waited, the longest 7 min: 7 to East."


def test_what_is_assumed_and_gaps_that_are_too_short_are_warned_of() -> None:
    network = high_street()
    assert found(network).answer.warnings == (STEWARDS,)
    assert found(network, column_m=None, people=100).answer.warnings == ("Assumed: width m.", STEWARDS)
    # an ambulance needs 20 s: 20 m at a metre a second are enough
    too_short = "A gap of 19 m passes in less than 20 s: no ambulance crosses through it."
    assert found(network, gaps=1, gap_m=19).answer.warnings == ("Assumed: cross seconds.", too_short, STEWARDS)
    assert found(network, gaps=1, gap_m=20).answer.warnings == ("Assumed: cross seconds.", STEWARDS)
    assert found(network, gaps=0, gap_m=19).answer.warnings == (STEWARDS,)
    assert found(network, gaps=1, gap_m=19, pace_kmh=0, ends=NOON + timedelta(hours=1)).answer.warnings[-1] == STEWARDS


def test_the_film_of_more_than_a_day_and_an_hour_has_a_row_for_every_other_minute() -> None:
    """Shut 5 min before its start, open again 2 min after its end: its first and its last minute have rows."""
    town = high_street()
    day: dict[str, Any] = {"pace_kmh": 0, "column_m": None}
    minutes = found(town, ends=NOON + timedelta(hours=24, minutes=46), **day).answer.minutes
    assert (len(minutes), minutes[1].at - minutes[0].at) == (1494, timedelta(minutes=1))
    exactly = found(town, ends=NOON + timedelta(minutes=1493), **day).answer.minutes
    assert (len(exactly), exactly[1].at - exactly[0].at) == (1501, timedelta(minutes=1))
    longer = found(town, ends=NOON + timedelta(minutes=1494), **day).answer.minutes
    assert (len(longer), longer[1].at - longer[0].at) == (751, timedelta(minutes=2))
    assert (longer[0].at, longer[-1].shut) == (NOON - timedelta(minutes=5), (1, 2, 3, 4))


PLAN = TrafficPlan(plan="p", title="P")


def barrier(name: str) -> PlannedBarrier:
    return PlannedBarrier(id=name, place=Point(at=place(0.0, 0.0)))


def test_a_march_takes_the_place_of_one_of_its_name_whatever_the_case_and_leaves_the_others() -> None:
    both = PLAN.model_copy(update={"marches": (a_march(id="m", column_m=10), a_march(id="N"))})
    made = with_march(both, a_march())
    assert [(one.id, one.column_m) for one in made.marches] == [("N", 50), ("M", 50)]
    assert made.barriers == ()


def test_each_side_street_becomes_a_staffed_barrier_and_earlier_ones_of_the_march_go() -> None:
    network = high_street(100.0)
    one = found(network)
    before = PLAN.model_copy(update={"barriers": (barrier("M 9"), barrier("MM 1"), barrier("B1"))})
    made = with_march(before, a_march(), one)
    assert [each.id for each in made.barriers] == ["MM 1", "B1", "M 1", "M 2"]
    held = made.barriers[2:]
    assert [(each.structure, each.opens, each.opening_seconds) for each in held] == [("cone", "staffed", 20.0)] * 2
    assert [(each.starts, each.ends) for each in held] == [(side.held_from, side.released) for side in one.answer.sides]
    assert {str(each.place.label) for each in held if isinstance(each.place, Point)} == {
        f"{side.street} at {side.corner}" for side in one.answer.sides
    }
    spots = sorted(each.place.at for each in held if isinstance(each.place, Point))
    assert spots == [pytest.approx(place(100.0, y), abs=1e-6) for y in (-8.0, 8.0)]


def test_a_plan_holds_as_many_barriers_as_it_may_and_not_one_more() -> None:
    one = found(high_street(100.0))
    full = PLAN.model_copy(update={"barriers": tuple(barrier(f"B{number}") for number in range(MOST_BARRIERS - 2))})
    assert len(with_march(full, a_march(), one).barriers) == MOST_BARRIERS
    fuller = full.model_copy(update={"barriers": (*full.barriers, barrier("C"))})
    with pytest.raises(BadInput, match=f"would have {MOST_BARRIERS + 1} barriers, and holds {MOST_BARRIERS}"):
        with_march(fuller, a_march(), one)


def test_a_crossing_that_the_march_passes_twice_is_one_and_shut_at_both_passes() -> None:
    """Out and back along High Street round a block: people are on the corner from 100 to 150 s and from 700 to 750 s."""
    town = Town()
    for start, end in (((0.0, 0.0), (100.0, 0.0)), ((100.0, 0.0), (200.0, 0.0))):
        town.street(start, end, name="High Street")
    block = [(200.0, 0.0), (300.0, 0.0), (300.0, -100.0), (200.0, -100.0)]
    for start, end in zip(block, [*block[1:], block[0]], strict=True):
        town.street(start, end, name="Block Street")
    for y in (-100.0, 100.0):
        town.street((100.0, 0.0), (100.0, y), name="Cross Street")
    line = tuple(place(*spot) for spot in [(0.0, 0.0), (100.0, 0.0), *block, block[0], (100.0, 0.0), (0.0, 0.0)])
    one = found(town.network(), along=(), line=line, begins=None, finishes=None)
    answer = one.answer
    assert answer.route_m == pytest.approx(800, abs=1)
    (crossing,) = answer.crossings
    assert crossing.metres == pytest.approx(100, abs=0.2)
    spans = [[(moment - NOON).total_seconds() for moment in (span.starts, span.ends)] for span in crossing.shut]
    assert spans == [pytest.approx([100, 150], abs=1), pytest.approx([700, 750], abs=1)]
    assert answer.no_crossing == crossing.shut
    assert answer.summary[2].startswith("No crossing is open to an ambulance from 12:01 to 12:02 and 12:11 to 12:12.")
    shut = {row.at for row in answer.minutes if not row.crossings}
    assert shut == {NOON + timedelta(minutes=minutes) for minutes in (2, 12)}
    # traffic is held there at each pass
    assert len([side for side in answer.sides if side.street == "Cross Street"]) == 4


def test_a_corner_is_passed_only_where_the_route_comes_to_it() -> None:
    """Half a metre into the street the march has left the corner behind, or not yet come to it."""
    network = high_street(0.0, 200.0, 400.0)
    whole = found(network).answer
    assert [one.metres for one in whole.crossings] == pytest.approx([0, 200, 400], abs=0.2)
    part = found(network, begins=Point(at=place(0.5, 0.0)), finishes=Point(at=place(399.5, 0.0))).answer
    assert [one.metres for one in part.crossings] == pytest.approx([199.5], abs=0.2)


def sighting(seq: int, seconds: float, *places: Point, march: str = "M", part: str = "head") -> Any:  # noqa: ANN401 - as an entry
    body = MarchSighting.model_validate({"march": march, "part": part})
    happened = SimpleNamespace(end=NOON + timedelta(seconds=seconds))
    return SimpleNamespace(seq=seq, draft=SimpleNamespace(body=body, places=places, happened=happened))


def test_sightings_are_taken_in_the_order_in_which_they_happened_each_of_its_march() -> None:
    here, there = Point(at=place(100.0, 0.0)), Point(at=place(200.0, 0.0))
    entries = [
        sighting(4, 90.0, there), sighting(3, 60.0, here, there, part="tail"), sighting(2, 60.0, there, march="N"),
        sighting(1, 30.0), SimpleNamespace(seq=5, draft=SimpleNamespace(body=a_march(), places=(here,))),
    ]  # fmt: skip
    assert [(march, seen.place, seen.at, seen.tail) for march, seen in marches_seen(entries)] == [
        ("N", there, NOON + timedelta(seconds=60), False),
        ("M", here, NOON + timedelta(seconds=60), True),
        ("M", there, NOON + timedelta(seconds=90), False),
    ]
    assert [seen.tail for seen in sightings(entries, "M")] == [True, False]
    assert sightings(entries, "X") == []


def test_a_corner_that_is_passed_in_no_time_is_held_for_a_second() -> None:
    """Nobody walks behind the head, and no margin is asked for."""
    network = high_street(0.0)
    one = found(network, column_m=None, before_minutes=0, after_minutes=0)
    assert {(side.held_from, side.released) for side in one.answer.sides} == {(NOON, NOON)}
    held = with_march(PLAN, a_march(), one).barriers
    assert {(each.starts, each.ends) for each in held} == {(NOON, NOON + timedelta(seconds=1))}


def test_it_tells_what_it_is_doing_and_how_far_it_is() -> None:
    told: list[tuple[str, float]] = []
    network, steps = high_street(), Steps(tell=lambda doing, share: told.append((doing, share)))
    plan_march(a_march(), MarchStreets(Gazetteer(network)), ZONE, steps=steps)
    assert told == [("Finding the route", 0.0), ("Rolling the closures", 0.2), ("Asking which buses are held", 0.95)]


def test_the_line_of_each_street_begins_and_ends_where_the_march_is_on_it() -> None:
    ends = {"begins": Point(at=place(120.0, 0.0)), "finishes": Point(at=place(310.0, 0.0))}
    answer = found(high_street(), changes=(), judges=Judges(), **ends).answer
    spots = [(120.0, 200.0), (200.0, 300.0), (300.0, 310.0)]
    for one, (first, last) in zip(answer.stretches, spots, strict=True):
        assert list(one.line[0]) == pytest.approx(place(first, 0.0), abs=2e-6)
        assert list(one.line[-1]) == pytest.approx(place(last, 0.0), abs=2e-6)
    assert list(answer.line[0]) == pytest.approx(place(120.0, 0.0), abs=2e-6)
    assert list(answer.line[-1]) == pytest.approx(place(310.0, 0.0), abs=2e-6)
    assert [one.from_m for one in answer.stretches] == pytest.approx([0.0, 80.0, 180.0], abs=0.2)
    back = {"begins": ends["finishes"], "finishes": ends["begins"]}
    turned = found(high_street(), changes=(), judges=Judges(), **back).answer
    assert [list(point) for point in turned.line] == [list(point) for point in answer.line[::-1]]
