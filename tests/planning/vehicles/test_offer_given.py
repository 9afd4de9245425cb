"""What closures and plans let those who leave do, as it is read beside the answer, by hand; and what of an answer is not so."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from clearway.network.classes import MOTOR_CLASSES, class_mask
from clearway.network.closures import Closure
from clearway.planning.gazetteer import Gazetteer
from clearway.planning.plan.document import plan_of
from clearway.planning.vehicles.offer.check.claim import read_claim
from clearway.planning.vehicles.offer.given import Seen, Sides, seen_of_closures, seen_of_plan, wrong_ground, wrong_vehicles
from clearway.planning.vehicles.offer.places import places_of
from clearway.planning.vehicles.offer.planning import OfferQuestion, offered
from clearway.planning.vehicles.tally import Stretch
from clearway.record.moments import calendar
from drawn_towns import Town, place, square

if TYPE_CHECKING:
    from clearway.network.model import Network
    from clearway.planning.vehicles.offer.check.claim import Claim
    from clearway.record.kinds.plans import TrafficPlan

NOON = datetime.fromisoformat("2022-02-16T12:00:00+13:00")
DAYS = calendar("Pacific/Auckland", "2022-02-08")
FOR_ALL, FOR_HELP = class_mask(MOTOR_CLASSES), class_mask([one for one in MOTOR_CLASSES if one != "emergency"])
YES, NO, ALONG, AGAINST = (True, True), (False, False), (True, False), (False, True)


@pytest.fixture(scope="module")
def town() -> Network:
    """Main Street in three blocks of 500 m at 36 km/h, and a lane without a name."""
    drawn = Town()
    for x in (0.0, 500.0, 1000.0):
        drawn.street((x, 0.0), (x + 500.0, 0.0), name="Main Street", speed_kmh=36.0)
    drawn.street((500.0, 0.0), (500.0, 300.0), speed_kmh=36.0)
    return drawn.network()


def clock(minutes: float) -> datetime:
    return NOON + timedelta(minutes=minutes)


def seen(network: Network, shuts: int, at_m: float | None = 50.0, *, at: datetime | None = NOON, **fields: Any) -> list[Seen]:  # noqa: ANN401 - fields of a closure
    return list(seen_of_closures(network, [Closure(1, shuts, at_m, **({"label": "G"} | fields))], at))


@pytest.mark.parametrize(
    ("shuts", "fields", "out", "back", "stops", "wait_s"),
    [
        (FOR_ALL, {}, NO, NO, YES, 0.0),
        (FOR_HELP, {}, YES, NO, YES, 0.0),
        (FOR_HELP, {"delay_s": 25.0}, YES, NO, YES, 25.0),
        (FOR_HELP, {"lets_out": False}, NO, NO, YES, 0.0),
        (FOR_ALL, {"lets_out": True}, YES, NO, YES, 0.0),
        (FOR_ALL, {"against": False}, AGAINST, AGAINST, ALONG, 0.0),
        (FOR_HELP, {"along": False}, YES, ALONG, AGAINST, 0.0),
        (0, {"delay_s": 0.5}, YES, YES, YES, 0.5),
        (0, {"lets_out": False}, NO, YES, YES, 0.0),
    ],
)
def test_a_point_lets_out_whom_it_may_and_lets_in_who_may_pass_anyway(
    town: Network,
    shuts: int,
    fields: dict[str, Any],
    out: Sides,
    back: Sides,
    stops: Sides,
    wait_s: float,
) -> None:
    assert seen(town, shuts, **fields) == [Seen(1, 50.0, "G", out, back, stops, wait_s, None)]
    assert seen(town, shuts, at=None, **fields) == seen(town, shuts, **fields)


def test_what_stops_nobody_who_leaves_is_not_seen(town: Network) -> None:
    assert seen(town, 0) == seen(town, class_mask(["bus"])) == []
    assert seen(town, 0, lets_out=True) == []
    assert seen(town, FOR_ALL, ends=NOON) == seen(town, FOR_ALL, hours="13:00-14:00", ends=clock(30)) == []
    assert seen(town, FOR_HELP, starts=clock(60)) == seen(town, FOR_HELP, hours="13:00-14:00") == [], "it will let them out"


def test_a_whole_street_stops_nobody_and_lets_nobody_out(town: Network) -> None:
    for shuts in (FOR_ALL, FOR_HELP):
        assert seen(town, shuts, None) == [Seen(1, None, "G", NO, NO, NO, 0.0, None, is_street=True)]
    (later,) = seen(town, FOR_ALL, None, starts=clock(60))
    assert (later.out, later.back, later.stops, later.shut_s, later.is_street) == (YES, YES, NO, 3600, True)
    assert later.at_m == pytest.approx(250.0, abs=0.1)


@pytest.mark.parametrize(
    ("fields", "shut_s"),
    [
        ({"starts": clock(1)}, 60), ({"starts": clock(0.5)}, 60), ({"starts": clock(24 * 60)}, 86_400),
        ({"starts": clock(24 * 60 + 1)}, None), ({"hours": "13:00-14:00"}, 3600),
        ({"hours": "12:00-14:00", "starts": clock(90)}, 5400),
    ],
)  # fmt: skip
def test_what_will_stand_within_a_day_is_shut_from_its_first_minute_on(
    town: Network, fields: dict[str, Any], shut_s: int | None
) -> None:
    told = Seen(1, 50.0, "G", YES, YES, NO, 0.0, shut_s)
    assert seen(town, FOR_ALL, delay_s=9.0, **fields) == ([] if shut_s is None else [told])
    assert [one.stops for one in seen(town, FOR_ALL, at=None, **fields)] == [YES], "where no time is asked about it stands"


def test_a_minute_that_has_begun_is_not_waited_for_anew(town: Network) -> None:
    (one,) = seen(town, FOR_ALL, at=NOON.replace(second=30), starts=clock(2))
    assert one.shut_s == 90


def test_a_point_without_a_name_is_called_by_its_street_or_its_way(town: Network) -> None:
    def called(way: int, at_m: float | None) -> str:
        (one,) = seen_of_closures(town, [Closure(way, FOR_ALL, at_m)], NOON)
        return one.label

    assert [called(1, 50.4), called(1, None), called(3, 50.6), called(3, None)] == [
        "Main Street at 50 m", "Main Street", "way 3 at 51 m", "way 3",
    ]  # fmt: skip


def plan_with(*barriers: dict[str, Any], **fields: Any) -> TrafficPlan:  # noqa: ANN401 - any field
    ring = square(750.0, 0.0, 100.0)["coordinates"][0]
    document = {"plan": "tmp", "title": "Ring", "site": [{"type": "area", "ring": ring}], "barriers": list(barriers)}
    return plan_of(document | fields, DAYS, NOON)


def barrier(name: str, x: float, **fields: Any) -> dict[str, Any]:  # noqa: ANN401 - any field
    return {"id": name, "place": {"type": "point", "at": list(place(x, 0.0))}, "opens": "staffed"} | fields


OUT_ONLY = {"who": "leaving", "may": "leave_not_return"}


def test_a_plan_without_barriers_stops_nobody(town: Network) -> None:
    assert list(seen_of_plan(plan_with(passages=[OUT_ONLY]), Gazetteer(town), NOON)) == []


def test_the_gates_of_a_plan_let_out_on_the_side_of_the_site_that_is_out(town: Network) -> None:
    gates = barrier("W", 300.0, opening_seconds=40), barrier("E", 1200.0)
    west, east = seen_of_plan(plan_with(*gates, passages=[OUT_ONLY]), Gazetteer(town), NOON)
    assert (west.label, west.way, west.out, west.back, west.stops, west.wait_s, west.shut_s) == (
        "W", 0, AGAINST, AGAINST, YES, 40.0, None,
    )  # fmt: skip
    assert (east.label, east.way, east.out, east.back, east.wait_s) == ("E", 2, ALONG, ALONG, 0.0)
    both = [{"who": "leaving", "may": "enter_and_leave"}]
    west, east = seen_of_plan(plan_with(*gates, passages=both), Gazetteer(town), NOON)
    assert (west.out, west.back, east.out, east.back) == (YES, YES, YES, YES)


@pytest.mark.parametrize(
    ("starts", "shut_s"), [(clock(-1), None), (NOON, None), (clock(1), 60), (clock(1.5), 90), (clock(48 * 60), 172_800)]
)
def test_a_wall_that_is_set_up_later_shuts_from_then_on(town: Network, starts: datetime, shut_s: int | None) -> None:
    wall = barrier("W", 300.0, opens="machine", starts=starts.isoformat())
    (one,) = seen_of_plan(plan_with(wall), Gazetteer(town), NOON)
    assert (one.shut_s, one.stops, one.out) == (shut_s, *((NO, YES) if shut_s else (YES, NO)))
    assert one.met == (YES if shut_s else NO)
    (any_time,) = seen_of_plan(plan_with(wall), Gazetteer(town), None)
    assert (any_time.out, any_time.stops, any_time.shut_s) == (NO, YES, None)


def answer_of(town: Network, *closures: Closure) -> Claim:
    lon, lat = place(0.0, 0.0)
    park = {"id": "west", "name": "West", "lon": lon, "lat": lat, "capacity": 9}
    stretch = Stretch("second block", (1,), {"car": 2, "bus": 1}, 3, 0, 1)
    question = OfferQuestion((stretch,), places_of({"places": [park]}), closures, at=NOON)
    return read_claim(offered(town, question).as_json())


def test_gates_that_are_missing_or_too_many_are_named(town: Network) -> None:
    pair = Closure(0, FOR_HELP, at_m=50.0, label="V"), Closure(0, FOR_HELP, at_m=90.0, label="W")
    gates = answer_of(town, *pair)
    assert list(wrong_ground(gates, seen_of_closures(town, pair, NOON))) == []
    what = "What those who drive back find shut, or wait for, is not what was given."
    assert list(wrong_ground(gates, [])) == ["V and W are not gates of what was given.", what]
    assert list(wrong_ground(gates, seen_of_closures(town, pair[:1], NOON))) == ["W is not a gate of what was given.", what]
    none = answer_of(town)
    assert list(wrong_ground(none, seen_of_closures(town, pair, NOON))) == ["V and W are missing among the gates.", what]
    assert list(wrong_ground(none, seen_of_closures(town, pair[:1], NOON))) == ["V is missing among the gates.", what]


def test_a_street_of_the_stretch_itself_is_shut_by_its_vehicles_alone(town: Network) -> None:
    own, other = Closure(1, FOR_ALL, label="own"), Closure(2, FOR_ALL, label="other")
    answer = answer_of(town, own, other)
    assert list(wrong_ground(answer, seen_of_closures(town, [own, other], NOON))) == []
    assert len(list(wrong_ground(answer, seen_of_closures(town, [own], NOON)))) == 2
    assert list(wrong_ground(answer, seen_of_closures(town, [other], NOON))) == []


def test_each_stretch_of_the_tally_is_held_against_the_answer(town: Network) -> None:
    answer = answer_of(town)
    for vehicles, says in (
        ({"car": 2, "bus": 1}, []),
        ({"car": 2, "truck": 1}, []),
        ({"car": 2, "camper": 1}, []),
        ({"car": 2, "trailer": 1}, ["On second block stand 3 vehicles, 0 of them high, not 3 and 1."]),
        ({"car": 3, "bus": 1}, ["On second block stand 4 vehicles, 1 of them high, not 3 and 1."]),
    ):
        assert list(wrong_vehicles(answer, [Stretch("second block", (1,), vehicles, 3, 0, 1)])) == says
