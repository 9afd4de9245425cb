"""An offer to park, number by number and by hand: places, drives, who goes where, signs, what is shut, alerts."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from clearway.errors import BadInput, Infeasible
from clearway.network.classes import MOTOR_CLASSES, class_mask
from clearway.network.closures import Closure
from clearway.planning.vehicles.contract import ShutClaim
from clearway.planning.vehicles.offer import planning
from clearway.planning.vehicles.offer.contract import Drive
from clearway.planning.vehicles.offer.places import places_of
from clearway.planning.vehicles.offer.planning import OfferQuestion, offered
from clearway.planning.vehicles.offer.uptake import Taken
from clearway.planning.vehicles.tally import Stretch
from drawn_towns import place, streets_in_a_row

if TYPE_CHECKING:
    from clearway.network.model import Network
    from clearway.planning.vehicles.offer.contract import Offered

NOON = datetime.fromisoformat("2022-02-16T12:00:00+13:00")
FOR_HELP = class_mask([one for one in MOTOR_CLASSES if one != "emergency"])
SECOND = Stretch("second block", (1,), {"car": 3, "camper": 2}, 5, 0, 3, is_assumed=True)
FOURTH = Stretch("fourth block", (3,), {"car": 2, "bus": 1}, 3, 0, 3)


@pytest.fixture(scope="module")
def town() -> Network:
    """Five streets of 500 m in a row at 36 km/h, along the whole of a drive one after the other."""
    return streets_in_a_row(*(f"Street {number}" for number in range(5)))


def park(name: str, x: float, y: float = 0.0, **fields: Any) -> dict[str, Any]:  # noqa: ANN401 - fields of a place
    lon, lat = place(x, y)
    return {"id": name.lower(), "name": name, "lon": lon, "lat": lat, "capacity": 4} | fields


WEST = park(
    "West", 0.0, parked=1, assumed=["capacity"], starts="2022-02-16T11:00+13:00", ends="2022-02-16T14:00+13:00", per_minute=30
)
EAST = park("East", 2500.0, height_m=2.2, capacity=9, parked=2, come_back=True)
OVER = park("Over", 2000.0, ends="2022-02-16T11:00+13:00", parked=3)
GATES = (Closure(1, FOR_HELP, at_m=50.0, label="gate 1"), Closure(3, 0, at_m=450.0, label="gate 3", delay_s=60.0))


def ask(*places: dict[str, Any], **fields: Any) -> OfferQuestion:  # noqa: ANN401 - of the question
    return OfferQuestion(**({"stretches": (SECOND, FOURTH), "places": places_of({"places": list(places)})} | fields))


@pytest.fixture(scope="module")
def answer(town: Network) -> Offered:
    """A gate west of the second block lets nobody in again; one east of the fourth takes a minute to open."""
    return offered(town, ask(WEST, EAST, OVER, closures=GATES, at=NOON))


def test_a_place_has_the_room_that_is_free_now_until_it_is_shut(answer: Offered) -> None:
    assert [(one.id, one.name, one.way, one.room, one.per_minute, one.tall, one.come_back) for one in answer.places] == [
        ("west", "West", 0, 3, 30.0, True, None), ("east", "East", 4, 7, 6.0, False, True),
        ("over", "Over", 3, 0, 6.0, True, None),
    ]  # fmt: skip
    assert [(one.shuts_s, one.starts, one.ends, one.assumed) for one in answer.places] == [
        (7200, NOON - timedelta(hours=1), NOON + timedelta(hours=2), ("capacity",)), (None, None, None, ()),
        (None, None, NOON - timedelta(hours=1), ()),
    ]  # fmt: skip
    assert [one.at_m for one in answer.places] == pytest.approx([0.0, 500.0, 500.0], abs=0.1)


def test_every_drive_has_its_seconds_there_and_back(answer: Offered) -> None:
    """By hand: 250 m of the block itself and 500 m of each street between, at 10 m/s, and a minute at gate 3."""
    seconds = [(0, 0, 76, None), (0, 1, 236, 236), (0, 2, 186, 186), (1, 0, 176, None), (1, 1, 136, 136), (1, 2, 86, 86)]
    assert list(answer.drives) == [
        Drive(stretch=stretch, place=to, seconds=there, back_seconds=back) for stretch, to, there, back in seconds
    ]


def test_tall_ones_take_the_place_without_a_limit_and_all_drive_as_little_as_can_be(answer: Offered) -> None:
    assert [(one.stretch, one.place, one.vehicles, one.tall, one.drive_s, one.comes_back) for one in answer.sends] == [
        (0, 1, 3, False, 236, True), (1, 1, 2, False, 136, True), (0, 0, 2, True, 76, False), (1, 0, 1, True, 176, False),
    ]  # fmt: skip
    assert [one.gates for one in answer.sends] == [("gate 3",), ("gate 3",), ("gate 1",), ("gate 1",)]
    assert [one.arcs for one in answer.sends] == [(2, 4, 6, 8), (6, 8), (3, 1, 0), (7, 5, 3, 1, 0)]
    assert answer.total_s == 3 * 236 + 2 * 136 + 2 * 76 + 176
    assert (answer.vehicles, answer.sent, answer.left, answer.late) == (8, 8, 0, 0)
    told = [(one.stretch, one.ways, one.way, one.vehicles, one.tall, one.assumed) for one in answer.leavers]
    assert told == [("second block", (1,), 1, 5, 2, True), ("fourth block", (3,), 3, 3, 1, False)]
    assert [one.at_m for one in answer.leavers] == pytest.approx([250.0, 250.0], abs=0.1)


def test_prices_prove_that_no_other_way_is_shorter(answer: Offered) -> None:
    """One space more in the west saves what a vehicle there drives less than in the east."""
    assert [(one.price, one.tall_price) for one in answer.leavers] == [(236, 236), (136, 336)]
    assert list(answer.place_prices[:2]) == [-160, 0]


def test_signs_stand_once_at_each_corner_of_the_drives(answer: Offered) -> None:
    assert [(one.at, one.says) for one in answer.signs] == [
        *((f"Street {number} at Street {number + 1}", f"Parking East: Street {number + 1}") for number in (1, 2, 3)),
        ("Street 1 at Street 0", "Parking West: Street 0"),
        *((f"Street {number} at Street {number - 1}", f"Parking West: Street {number - 1}") for number in (3, 2)),
    ]
    assert [one.lon for one in answer.signs] == pytest.approx([place(x, 0.0)[0] for x in (1000, 1500, 2000, 500, 1500, 1000)])


def test_what_is_shut_to_those_who_leave_and_to_those_who_come_back_is_told(answer: Offered) -> None:
    opens = ShutClaim(way=3, at_m=450.0, along=True, against=True, ms=60_000)
    assert answer.shut == (opens,)
    assert answer.shut_back == (ShutClaim(way=1, at_m=50.0, along=True, against=True), opens)
    assert [(one.label, one.per_minute, one.wait_ms) for one in answer.gates] == [("gate 1", 6.0, 0), ("gate 3", 1.0, 60_000)]


def test_the_last_who_has_parked_is_the_end_of_it(answer: Offered) -> None:
    """By hand: 5 in line at gate 3, the last after 20 s and five minutes, 50 m and 500 m before the place, and ten seconds."""
    assert {one.at: (one.vehicles, one.last_s) for one in answer.queues} == {
        "gate 1": (3, 131), "gate 3": (5, 320), "West": (3, 188), "East": (5, 386),
    }  # fmt: skip
    assert answer.empty_s == 386


def test_uptake_and_alerts_are_those_of_all_places_at_that_time(town: Network, answer: Offered) -> None:
    assert answer.uptake.says.endswith("It may be anything from 6 to all 17 spaces (assumed).")
    assert [(one.place, one.ended, one.low) for one in answer.alerts] == [("west", False, 1), ("over", True, 3)]
    untimed = offered(town, ask(EAST, OVER))
    assert untimed.alerts == ()
    assert untimed.uptake.says.endswith("It may be anything from 5 to all 13 spaces.")
    assert [one.room for one in untimed.places] == [7, 1]
    figures = Taken(NOON, 6, 6), Taken(NOON + timedelta(hours=1), 8, 8)
    taken = offered(town, ask(EAST, OVER, taken=figures))
    assert (taken.uptake.per_hour_low, taken.uptake.empty_h_low) == (2.0, 4.0)


def test_places_off_the_streets_and_streets_without_vehicles_are_refused(town: Network) -> None:
    assert offered(town, ask(park("Near", 250.0, 199.0))).sent == 4
    with pytest.raises(BadInput, match=r"^Far lies more than 200 m from any street\. Put it on the map, longitude first\.$"):
        offered(town, ask(park("Far", 250.0, 202.0), EAST))
    with pytest.raises(
        BadInput, match=r"^Far and Off lie more than 200 m from any street\. Put them on the map, longitude first"
    ):
        offered(town, ask(park("Far", 250.0, 202.0), park("Off", 250.0, -300.0)))
    empty = Stretch("empty", (0,), {}, 0, 0, 0)
    assert [one.vehicles for one in offered(town, ask(EAST, stretches=(empty, FOURTH))).leavers] == [0, 3]
    with pytest.raises(BadInput, match="No vehicle stands on the stretches"):
        offered(town, ask(EAST, stretches=(empty,)))


def test_an_answer_that_fails_its_check_is_not_handed_out(town: Network, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(planning, "check_offered", lambda *_: ([], ["It is wrong.", "And again."]))
    with pytest.raises(
        Infeasible, match=r"^The answer did not pass its check and is not handed out: It is wrong\. Report this\.$"
    ):
        offered(town, ask(EAST))
