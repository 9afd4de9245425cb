"""A march's answer to the second and the centimetre: by hand on one street, with whatever meets it."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import pytest

from clearway.planning.access.planner.services import Service, Staffed
from clearway.planning.access.planner.stations import Station
from clearway.planning.access.planner.timing import AccessTimer
from clearway.planning.cordon.planner.steps import UNHURRIED, Steps
from clearway.planning.gazetteer import Gazetteer
from clearway.planning.plan.march import proving
from clearway.planning.plan.march.finding import Delay, Judges, plan_march
from clearway.planning.plan.march.route import MarchStreets
from clearway.record.kinds.plans import PlannedMarch
from clearway.record.place import Point
from drawn_towns import Town, place
from rounds import rounds

if TYPE_CHECKING:
    from clearway.network.model import Network
    from clearway.planning.plan.march.contract import MarchAnswer
    from clearway.planning.plan.march.finding import Found

ZONE = ZoneInfo("Pacific/Auckland")
NOON = datetime(2026, 6, 10, 12, 0, tzinfo=ZONE)


def high_street(*sides: tuple[float, float]) -> Town:
    """High Street in four blocks of 100 m; side streets at a multiple of 100 m along it, so many metres north or south."""
    town = Town()
    for x in (0.0, 100.0, 200.0, 300.0):
        town.draft.address(town.street((x, 0.0), (x + 100.0, 0.0), name="High Street", speed_kmh=36.0), 50.0)
    for x, y in sides:
        town.street((x, 0.0), (x, y), name=f"Side {x:.0f} {y:.0f}")
    return town


def found(network: Network, *, changes: Any = (), judges: Judges = Judges(), steps: Steps = UNHURRIED, **fields: Any) -> Found:  # noqa: ANN401, B008
    """At a metre a second from end to end, a column of 50 m."""
    usual: dict[str, Any] = {
        "id": "M", "starts": NOON, "pace_kmh": 3.6, "column_m": 50, "before_minutes": 5, "after_minutes": 2,
        "along": [{"type": "street", "street": "High Street"}],
        "begins": Point(at=place(0.0, 0.0)), "finishes": Point(at=place(400.0, 0.0)),
    }  # fmt: skip
    march = PlannedMarch.model_validate(usual | fields)
    return plan_march(march, MarchStreets(Gazetteer(network)), ZONE, changes, judges, steps)


def along(*spots: tuple[float, float]) -> dict[str, Any]:
    return {"along": (), "line": tuple(place(*spot) for spot in spots), "begins": None, "finishes": None}


def seconds(moment: datetime) -> float:
    return (moment - NOON).total_seconds()


def fire(network: Network) -> Judges:
    station = Station("Base", "fire_station", *place(1.0, 0.0))
    return Judges(AccessTimer(network), [Staffed(Service("fire", ("fire_station",)), (station,))])


def test_each_step_is_told_with_the_share_that_is_done() -> None:
    network, told = high_street().network(), []
    answer = found(network, judges=fire(network), steps=Steps(lambda doing, share: told.append((doing, share)))).answer
    assert answer.worst is not None
    timed = [share for doing, share in told if doing == "Timing help at every moment of the march"]
    assert timed == pytest.approx([0.3 + 0.6 * one / answer.worst.moments for one in range(answer.worst.moments)])
    assert [one for one in told if one[1] not in timed] == [
        ("Finding the route", 0.0),
        ("Rolling the closures", 0.2),
        ("Asking which buses are held", 0.95),
    ]


def test_each_side_street_is_held_eight_metres_in_or_a_third_of_it_and_at_its_end_where_it_comes_from_afar() -> None:
    """A lane of 12 m north, a street that is drawn towards the route from the south, and a path, which is not held."""
    town = high_street((100.0, 12.0))
    town.street((200.0, -100.0), (200.0, 0.0), name="From afar")
    town.street((300.0, 0.0), (300.0, 50.0), name="Path", permit=(32, 32))
    sides = found(town.network()).answer.sides
    assert [(one.street, one.corner, one.way) for one in sides] == [
        ("Side 100 12", "High Street at Side 100 12", 4),
        ("From afar", "High Street at From afar", 5),
    ]
    assert [one.at_m for one in sides] == pytest.approx([4.0, 92.0], abs=0.01)
    assert [one.at_m for one in sides] == [round(one.at_m, 2) for one in sides]
    for one, x in zip(sides, (100.0, 200.0), strict=True):
        assert (one.lon, one.lat) == tuple(round(degrees, 6) for degrees in place(x, 0.0))
        assert [seconds(one.held_from), seconds(one.released)] == pytest.approx([x - 300, x + 50 + 120], abs=1)


def test_streets_are_shut_from_whole_seconds_before_to_whole_seconds_after() -> None:
    answer = found(high_street((100.0, 50.0)).network(), pace_kmh=3.7).answer
    before, after = timedelta(minutes=5), timedelta(minutes=2)
    assert any(one.head.microsecond for one in answer.stretches)
    for one in answer.stretches:
        assert one.closed_from == (one.head - before).replace(microsecond=0)
        assert timedelta(0) <= one.reopens - (one.tail + after) < timedelta(seconds=1)
        assert one.reopens.microsecond == 0
    # the first begins, and an event ends, at a whole second
    assert answer.first_closed == NOON - before
    stands = found(high_street().network(), pace_kmh=0, ends=NOON + timedelta(hours=1), column_m=None).answer
    assert stands.all_open == NOON + timedelta(hours=1) + after


def test_the_film_has_head_and_tail_at_each_minute_and_the_line_the_whole_route() -> None:
    answer = found(high_street((100.0, 50.0), (100.0, -50.0)).network()).answer
    assert answer.tail_leaves == NOON + timedelta(seconds=50)
    rows = {seconds(row.at): (row.head_m, row.tail_m) for row in answer.minutes}
    assert [rows[at] for at in (-300, 0, 60, 120, 300)] == [(0, 0), (0, 0), (60, 10), (120, 70), (300, 250)]
    assert rows[480] == (answer.route_m, answer.route_m)
    assert answer.route_m == pytest.approx(400, abs=0.1)
    assert answer.line[0] == pytest.approx(list(place(0.0, 0.0)), abs=2e-6)
    assert answer.line[-1] == pytest.approx(list(place(400.0, 0.0)), abs=2e-6)
    (crossing,) = answer.crossings
    assert (crossing.id, crossing.where, crossing.metres) == ("X1", "High Street at Side 100 50", 100.0)
    assert (crossing.lon, crossing.lat) == tuple(round(degrees, 6) for degrees in place(100.0, 0.0))
    assert [(one.number, one.from_m, one.to_m) for one in answer.stretches] == [
        (number, round(one.from_m, 1), round(one.to_m, 1)) for number, one in enumerate(answer.stretches, 1)
    ]
    assert [one.line[0] for one in answer.stretches[1:]] == [one.line[-1] for one in answer.stretches[:-1]]


def test_stops_hold_it_for_their_minutes_in_whatever_order_they_are_named() -> None:
    """At 150 m for 2 minutes, at 250 m for 3."""
    network = high_street().network()
    stops = [{"place": Point(at=place(x, 0.0)), "minutes": minutes} for x, minutes in ((250.0, 3), (150.0, 2))]
    plain, answer = found(network).answer, found(network, stops=stops).answer
    assert [round(seconds(answer.over) - seconds(plain.over), 3), answer.late_seconds] == [300.0, 0.0]
    heads = [seconds(one.head) for one in answer.stretches]
    assert heads == pytest.approx([0, 100, 320, 600], abs=1)


def test_a_tail_that_walks_slower_arrives_as_much_later() -> None:
    answer = found(high_street().network(), tail_kmh=1.8).answer
    assert seconds(answer.over) == pytest.approx(50 + 2 * 400, abs=1)
    assert seconds(answer.head_arrives) == pytest.approx(400, abs=1)


def test_a_second_late_is_later_and_not_earlier() -> None:
    lines = found(high_street().network(), changes=[Delay(1.0)]).answer.summary
    assert lines[1] == "It is 0 min later than planned, and everything with it."


def test_gaps_divide_the_column_evenly_and_one_of_exactly_twenty_seconds_is_crossed() -> None:
    network = high_street((100.0, 50.0), (100.0, -50.0)).network()

    def shut(**fields: Any) -> list[float]:  # noqa: ANN401 - any field
        (crossing,) = found(network, **fields).answer.crossings
        return [seconds(moment) for span in crossing.shut for moment in (span.starts, span.ends)]

    # three sections of 30 m, two gaps of 40 m
    assert shut(column_m=90, gaps=2, gap_m=40) == pytest.approx([100, 130, 170, 200, 240, 270], abs=0.1)
    assert shut(column_m=100, gaps=1, gap_m=20) == pytest.approx([100, 150, 170, 220], abs=0.1)
    assert shut(column_m=100, gaps=1, gap_m=19.9) == pytest.approx([100, 219.9], abs=0.1)
    # nothing but a gap: nobody follows it
    assert shut(column_m=0, gaps=1, gap_m=40) == pytest.approx([100, 100], abs=0.1)
    # an event that stands leaves none
    stands: dict[str, Any] = {"pace_kmh": 0, "ends": NOON + timedelta(hours=1), "column_m": 100}
    assert shut(gaps=1, gap_m=40, **stands) == [0, 3600]


def test_two_passes_of_a_corner_that_touch_are_one() -> None:
    """Round a block of 400 m with a column as long: the head is back as the tail leaves the corner."""
    town = Town()
    block = [(100.0, 0.0), (200.0, 0.0), (200.0, 100.0), (100.0, 100.0)]
    for start, end in zip(block, [*block[1:], block[0]], strict=True):
        town.street(start, end, name="Block Street")
    for x, y in ((0.0, 0.0), (100.0, -100.0), (0.0, -50.0), (0.0, 50.0)):
        town.street((100.0, 0.0), (x, y), name="Side")
    network = town.network()
    line = along((0.0, 0.0), *block, block[0], (100.0, -100.0))
    first, second = (metres for junction, metres in found(network, **line).rolling.junctions if junction == 0)
    (crossing,) = found(network, **line, column_m=second - first - 1e-8).answer.crossings
    assert [(round(seconds(one.starts)), round(seconds(one.ends))) for one in crossing.shut] == [(100, 900)]


def test_a_corner_whose_sides_lie_apart_in_one_of_two_passes_is_a_crossing() -> None:
    """First past it from east to north-east, with both side streets on the left; later through it from west to east."""
    town = Town()
    for spot in ((0.0, 0.0), (200.0, 0.0), (200.0, 100.0), (100.0, 100.0), (100.0, -100.0)):
        town.street((100.0, 0.0), spot, name="Side")
    town.street((200.0, 100.0), (0.0, 100.0), name="Back")
    town.street((0.0, 100.0), (0.0, 0.0), name="Down")
    line = along((200.0, 0.0), (100.0, 0.0), (200.0, 100.0), (0.0, 100.0), (0.0, 0.0), (100.0, 0.0), (200.0, 0.0))
    (crossing,) = found(town.network(), **line).answer.crossings
    assert (round(crossing.metres), len(crossing.shut)) == (100, 2)


def test_a_side_street_lies_where_its_first_sixteen_metres_lead() -> None:
    """One goes north for 10 m and turns back south beside itself, one south for 5 m and turns back north: both lie north."""
    town = high_street()
    for x, first, last in ((100.0, 10.0, -60.0), (102.0, -5.0, 60.0)):
        corner, end = town.corner(100.0, 0.0), town.corner(x + 3.0, last)
        town.draft.way(corner, end, points=[place(100.0, 0.0), place(x, first), place(x + 3.0, last)], name=f"Bent {x:.0f}")
    network = town.network()
    assert found(network).answer.crossings == ()
    town = high_street((100.0, -50.0))
    corner, end = town.corner(100.0, 0.0), town.corner(103.0, -60.0)
    town.draft.way(corner, end, points=[place(100.0, 0.0), place(100.0, 10.0), place(103.0, -60.0)], name="Bent")
    assert len(found(town.network()).answer.crossings) == 1


def cross(one: tuple[float, float], other: tuple[float, float]) -> float:
    return one[0] * other[1] - one[1] * other[0]


def on_left(back: tuple[float, float], ahead: tuple[float, float], arm: tuple[float, float]) -> bool:
    """Left of who comes heading ``back`` and goes heading ``ahead``: of both where they turn left, else of one."""
    sides = (cross(back, arm) > 0, cross(ahead, arm) > 0)
    return all(sides) if cross(back, ahead) >= 0 else any(sides)


def test_crossings_are_the_corners_with_streets_on_both_sides_whichever_way_the_route_turns() -> None:
    counts = set()
    for chance in rounds(12):
        town, spots, headings = Town(), [(0.0, 0.0)], []
        for _ in range(3):
            turn = chance.uniform(-1.2, 1.2)
            headings.append((math.cos(turn), math.sin(turn)))
            spots.append((spots[-1][0] + 100 * headings[-1][0], spots[-1][1] + 100 * headings[-1][1]))
        expected = []
        for start, end in pairwise(spots):
            if chance.random() < 0.5:
                start, end = end, start  # noqa: PLW2901 - drawn the other way round
            town.street(start, end, name="Route")
        for index, (x, y) in enumerate(spots):
            back, ahead = headings[max(index - 1, 0)], headings[min(index, 2)]
            lefts = set()
            for _ in range(chance.randint(0, 2)):
                angle = chance.uniform(0, 2 * math.pi)
                arm = (math.cos(angle), math.sin(angle))
                if min(abs(cross(back, arm)), abs(cross(ahead, arm))) > 0.1:
                    town.street((x, y), (x + 40 * arm[0], y + 40 * arm[1]), name=f"Side {index}")
                    lefts.add(on_left(back, ahead, arm))
            if len(lefts) == 2:
                expected.append(100 * index)
        answer = found(town.network(), **along(*spots)).answer
        assert [round(one.metres, -1) for one in answer.crossings] == expected
        counts.add(len(expected))
    assert len(counts) > 1


def test_a_certificate_that_the_checker_refuses_is_told_with_its_first_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(proving, "check_access", lambda *_: (None, ("The first reason.", "The second.")))
    network = high_street().network()
    answer = found(network, judges=fire(network)).answer
    assert answer.worst is not None
    assert (answer.worst.accepted, answer.worst.refused) == (False, ("The first reason.", "The second."))
    assert answer.summary[-1] == "The independent checker refuses the certificate of that minute: The first reason."


def test_who_is_out_of_reach_anyway_is_not_put_down_to_the_march() -> None:
    town = high_street()
    town.draft.address(town.street((0.0, 900.0), (100.0, 900.0), name="Island Street"), 50.0)
    network = town.network()
    answer: MarchAnswer = found(network, judges=fire(network), begins=Point(at=place(320.0, 0.0))).answer
    assert any(line.endswith("when help does not reach 1 address that it reaches otherwise.") for line in answer.summary)


def test_what_the_map_must_say_stands_among_the_warnings() -> None:
    network = replace(high_street().network(), notices=("(c) the map",))
    assert found(network).answer.warnings[-1] == "(c) the map"
