"""What is said of an offer to park: assumptions, notes and the summary, sentence by sentence."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

import pytest

from clearway.network.classes import MOTOR_CLASSES, class_mask
from clearway.network.closures import Closure
from clearway.planning.vehicles.offer.places import places_of
from clearway.planning.vehicles.offer.planning import OfferQuestion, offered
from clearway.planning.vehicles.tally import Stretch
from drawn_towns import place, streets_in_a_row

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clearway.network.model import Network
    from clearway.planning.vehicles.offer.contract import Offered

NOON = datetime.fromisoformat("2022-02-16T12:00:00+13:00")
FOR_ALL, FOR_HELP = class_mask(MOTOR_CLASSES), class_mask([one for one in MOTOR_CLASSES if one != "emergency"])
SECOND = Stretch("second block", (1,), {"car": 3, "camper": 2}, 5, 0, 3, assumed=("Guessed.",), is_assumed=True)
FOURTH = Stretch("fourth block", (3,), {"car": 2, "bus": 1}, 3, 0, 3)
GATE = Closure(1, FOR_HELP, at_m=50.0, label="gate 1")
EMPTY_STREETS = "All who are sent leave at once, nobody is boxed in, and streets are empty."


@pytest.fixture(scope="module")
def town() -> Network:
    """Five streets of 500 m in a row at 36 km/h; cars stand in the middle of the second and of the fourth."""
    return streets_in_a_row(*(f"Street {number}" for number in range(5)))


def park(name: str, x: float, **fields: Any) -> dict[str, Any]:  # noqa: ANN401 - fields of a place
    """A place of which everything is said."""
    lon, lat = place(x, 0.0)
    said = {"capacity": 4, "per_minute": 60, "hours": "24/7", "ends": "2022-02-18T12:00+13:00", "come_back": False}
    return {"id": name.lower(), "name": name, "lon": lon, "lat": lat} | said | fields


def west(**fields: Any) -> dict[str, Any]:  # noqa: ANN401 - fields of a place
    return park("West", 0.0, **fields)


def east(**fields: Any) -> dict[str, Any]:  # noqa: ANN401 - fields of a place
    return park("East", 2500.0, **fields)


def ask(
    town: Network,
    *places: dict[str, Any],
    stretches: Sequence[Stretch] = (SECOND,),
    closures: Sequence[Closure] = (),
    **more: Any,  # noqa: ANN401
) -> Offered:
    return offered(town, OfferQuestion(tuple(stretches), places_of({"places": list(places)}), tuple(closures), **more))


def test_of_what_is_said_nothing_is_assumed(town: Network) -> None:
    found = ask(town, west(), stretches=[FOURTH], at=NOON)
    assert (found.assumed, found.notes) == ((EMPTY_STREETS,), ())


def test_each_thing_that_nobody_said_of_a_place_is_assumed(town: Network) -> None:
    fields = ["lon", "lat", "capacity", "come_back"]
    found = ask(town, west(assumed=fields, per_minute=None), east(height_m=3))
    assert found.assumed == (
        "Guessed.", "Of West: place, capacity and come back.", "6 vehicles a minute drive into West.",
        "Campers, trucks and buses pass a limit of height of 3 m or more and no lower one; others pass any.", EMPTY_STREETS,
    )  # fmt: skip


def test_rates_of_gates_are_told_by_rate_and_those_that_were_given_are_not(town: Network) -> None:
    slow = [Closure(3, FOR_HELP, at_m=at_m, label=f"gate {at_m:g}", delay_s=60.0) for at_m in (50.0, 450.0)]
    said = Closure(1, FOR_HELP, at_m=450.0, label="gate 4", delay_s=20.0, lets_out=True)
    four = [GATE, *slow, said]
    assert ask(town, west(), stretches=[FOURTH], closures=four).assumed == (
        "1 vehicle a minute passes gate 50 and gate 450.", "3 vehicles a minute pass gate 4.",
        "6 vehicles a minute pass gate 1.", "Those who staff 3 gates, which open for some, let vehicles out.", EMPTY_STREETS,
    )  # fmt: skip
    assert ask(town, west(), stretches=[FOURTH], closures=[GATE, said], gate_rates={"gate 4": 2.0}).assumed == (
        "6 vehicles a minute pass a gate.", "Those who staff 1 gate, which open for some, let vehicles out.", EMPTY_STREETS,
    )  # fmt: skip
    assert ask(town, west(), stretches=[FOURTH], closures=[said], gate_per_minute=2.0).assumed == (EMPTY_STREETS,)
    assert ask(town, west(), stretches=[FOURTH], closures=slow).assumed[0] == "1 vehicle a minute passes a gate."


@pytest.mark.parametrize(
    ("fields", "notes"),
    [
        ({"starts": "2022-02-16T12:01+13:00"}, ["The offer of West has not begun at that time: nobody is sent there."]),
        ({"ends": "2022-02-16T12:00+13:00"}, ["The offer of West has ended at that time: nobody is sent there."]),
        ({"hours": "13:00-14:00"}, ["The offer of West is shut at that time: nobody is sent there."]),
        ({"starts": "2022-02-16T12:00+13:00", "hours": "12:00-14:00"}, []),
        ({"parked": 4}, []),
        ({"parked": 5}, ["5 vehicles stand on West, as it was said, and 4 fit: correct one of the two."]),
        ({"parked": 1, "parked_high": 6}, ["6 vehicles stand on West, as it was said, and 4 fit: correct one of the two."]),
        ({"capacity": 0, "parked": 1}, ["1 vehicle stands on West, as it was said, and 0 fit: correct one of the two."]),
        ({"hours": None}, ["Nobody said at which hours West is open: day and night are taken."]),
        ({"ends": None}, ["Nobody said how long West may be used."]),
        ({"come_back": None}, ["Nobody said whether one may drive back from West."]),
        ({"come_back": True}, ["One may drive back from West: who parked there may come into the streets again."]),
    ],
)  # fmt: skip
def test_a_place_is_noted_for_its_time_its_vehicles_and_what_nobody_said(
    town: Network, fields: dict[str, Any], notes: list[str]
) -> None:
    assert list(ask(town, west(**fields), stretches=[FOURTH], at=NOON).notes) == notes
    if "time" in "".join(notes):
        assert ask(town, west(**fields), stretches=[FOURTH]).notes == (), "no time is asked about"


def test_who_is_too_high_is_counted_with_the_places_that_are_too_low(town: Network) -> None:
    one = ask(town, west(height_m=2.99), stretches=[FOURTH])
    assert one.notes == ("1 camper, truck or bus finds no place: too low for them is West (2.99 m).",)
    more = ask(
        town, west(height_m=2.2), east(height_m=2.9, capacity=1), park("Third", 2000.0, capacity=1), stretches=[SECOND, FOURTH]
    )
    assert more.notes == ("2 campers, trucks and buses find no place: too low for them are West (2.2 m) and East (2.9 m).",)
    assert ask(town, west(height_m=3), stretches=[FOURTH]).notes == ()
    assert ask(town, west(capacity=1), stretches=[FOURTH]).notes == ()


def test_gates_that_let_nobody_out_or_one_way_alone_and_stretches_without_a_way_are_noted(town: Network) -> None:
    walls = [Closure(1, FOR_ALL, at_m=at_m, label=label) for label, at_m in (("wall", 400.0), ("fence", 50.0))]
    found = ask(town, west(), stretches=[SECOND, FOURTH], closures=walls)
    assert found.notes == (
        "No way leads from second block to any of the places.", "No way leads from fourth block to any of the places.",
        "fence and wall let nobody out.",
    )  # fmt: skip
    half = ask(town, west(), east(), stretches=[SECOND, FOURTH], closures=walls[:1])
    assert half.notes == ("wall lets nobody out.",)
    street = Closure(2, FOR_ALL)
    assert ask(town, east(), stretches=[SECOND, FOURTH], closures=[street]).notes == (
        "No way leads from second block to any of the places.",
    )
    along = [Closure(2, FOR_ALL, at_m=at_m, against=False, label=label) for label, at_m in (("one", 400.0), ("two", 50.0))]
    found = ask(town, west(), stretches=[FOURTH], closures=along)
    assert found.notes[-1] == "Those who leave pass one and two in one direction alone."


def test_the_way_back_is_told_by_what_the_gates_let_in_and_what_the_offer_says(town: Network) -> None:
    """West of its stretch the second block has a gate, which the fourth block needs as well to get out, and back."""
    shut, contrary = (
        "No gate lets those who left drive back from West",
        "The offer of West and the gates contradict each other: ",
    )
    again = "One may drive back from West: who parked there may come into the streets again."
    for back, notes in (
        (False, (f"{shut}.",)),
        (True, (again, f"{shut}.", f"{contrary}it says that one may drive back.")),
        (None, ("Nobody said whether one may drive back from West.", f"{shut}.")),
    ):
        assert ask(town, west(come_back=back), stretches=[SECOND], closures=[GATE]).notes == notes
    between = Closure(2, FOR_HELP, at_m=250.0, label="gate 2")
    both = ask(town, west(capacity=9), stretches=[SECOND, FOURTH], closures=[between])
    assert both.notes[0] == f"{shut} to fourth block."
    waits = Closure(1, 0, at_m=50.0, label="lift gate", delay_s=5.0)
    open_ = "Nothing on the way keeps those who left from driving back from West."
    for back, noted in (
        (False, (open_, f"{contrary}it says that one may not drive back.")),
        (True, (again,)),
        (None, ("Nobody said whether one may drive back from West.", open_)),
    ):
        assert ask(town, west(come_back=back), stretches=[SECOND], closures=[waits]).notes == noted
    assert ask(town, west(capacity=0), stretches=[SECOND], closures=[GATE]).notes == (), "nobody is sent there"


def test_what_will_shut_or_open_is_told_with_its_time_where_a_time_is_asked_about(town: Network) -> None:
    later = [
        Closure(0, FOR_ALL, at_m=at_m, label=label, hours=hours)
        for label, at_m, hours in (("b", 90.0, "15:00-16:00"), ("a", 80.0, "15:00-17:00"), ("c", 70.0, "14:30-18:00"))
    ]
    now = Closure(3, FOR_ALL, at_m=450.0, label="d", hours="11:00-13:30")
    found = ask(town, west(), closures=[*later, now], at=NOON)
    assert found.notes == (
        "d lets nobody out.",
        "Open now, and shut from Wed 16 Feb 14:30 on: c. Who has not passed by then is too late.",
        "Open now, and shut from Wed 16 Feb 15:00 on: a and b. Who has not passed by then is too late.",
        "Shut now, and open from Wed 16 Feb 13:30 on: d. Nobody is taken to wait for that.",
    )
    untimed = ask(town, west(), closures=[now])
    assert untimed.notes == ("d lets nobody out.",)


def test_the_summary_says_who_could_go_where_how_long_it_takes_and_who_stays(town: Network) -> None:
    """By hand: 76 s to the place for the second block; four cars at one a minute are in 240 s after the first came."""
    slow = ask(town, west(per_minute=1, assumed=["capacity"]), stretches=[SECOND, FOURTH], at=NOON)
    assert slow.empty_s == 76 + 240
    assert slow.summary[:3] == (
        "8 vehicles, 1 of 2 tallies assumed: 4 could go to West (4 of 4 spaces, assumed); for 4 there is no room, or no way.",
        "If all of them leave at once, the last has parked after 6 min (by Wed 16 Feb 12:06); longest at West.",
        "Who leaves may not come back.",
    )
    gate = ask(town, west(capacity=5), closures=[GATE], gate_per_minute=0.5)
    assert gate.summary[:2] == (
        "5 vehicles, 1 of 1 tally assumed: 5 could go to West (5).",
        "If all of them leave at once, the last has parked after 12 min; longest at West.",
    )
    none = ask(town, west(capacity=0), stretches=[Stretch("third", (2,), {"car": 1}, 1, 0, 1)])
    assert none.summary == (
        "1 vehicle: none could go: there is no room, or no way.",
        "How many took it up is unknown: nobody gave a figure. It may be anything from none to all 0 spaces.",
    )


def test_who_comes_too_late_is_told_with_the_time_at_a_gate_and_at_a_place(town: Network) -> None:
    """By hand: the first is parked after 76 s and a minute, the second a minute later; after three it is shut."""
    soon = west(per_minute=1, capacity=3, ends="2022-02-16T12:03+13:00")
    found = ask(town, soon, stretches=[Stretch("second", (1,), {"car": 2}, 2, 0, 1)], at=NOON)
    assert (found.late, found.empty_s) == (1, 136)
    assert "1 vehicle is not through West when it is shut at Wed 16 Feb 12:03." in found.summary
    assert found.summary[-1].startswith("The offer of West ends on Wed 16 Feb 12:03")
    wall = Closure(0, FOR_ALL, at_m=400.0, label="wall", hours="12:01-13:00")
    rate = Closure(1, FOR_HELP, at_m=50.0, label="gate")
    found = ask(town, west(capacity=5), closures=[rate, wall], at=NOON)
    assert f"{found.late} vehicles are not through wall when it is shut at Wed 16 Feb 12:01." in found.summary
    assert found.late == 3


def test_of_several_places_and_stretches_each_says_whether_one_may_come_back(town: Network) -> None:
    places = west(capacity=5, come_back=True), east(capacity=2, come_back=None), park("Third", 2000.0, capacity=1)
    found = ask(town, *places, stretches=[SECOND, FOURTH])
    assert found.summary[0].endswith("8 could go to West (5), East (2) and Third (1).")
    assert (
        "Who leaves second block for West may come back; fourth block for East might: nobody said; "
        "fourth block for Third may not." in found.summary
    )
    two = ask(town, west(capacity=8, come_back=True), east(capacity=0), stretches=[SECOND, FOURTH])
    assert "Who leaves may come back." in two.summary
    mixed = ask(
        town,
        west(capacity=7, come_back=True),
        east(capacity=1),
        stretches=[SECOND, FOURTH, Stretch("fifth", (4,), {}, 0, 0, 0)],
    )
    assert "Who leaves second block and fourth block for West may come back; fourth block for East may not." in mixed.summary
