"""The figures of an option on the street of :mod:`test_compare`: titles, units and sources, word for word."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from clearway.errors import BadFile
from clearway.planning.gazetteer import Gazetteer
from clearway.planning.options.ensemble.document import read_scenarios
from clearway.planning.options.figures import figures_of
from clearway.planning.options.ground import OptionGround, Prepared
from option_rooms import JUDGED, option
from planning.options.test_compare import ground, schedule, street

if TYPE_CHECKING:
    from pathlib import Path

    from clearway.network.model import Network
    from clearway.planning.options.contract import OptionFigure

__all__ = ["street"]  # a fixture

TABLE = [
    ("in_standard", "reached in time by every service", "addresses", "more"),
    ("two_approaches", "with two approaches for every service", "addresses", "more"),
    ("lost", "reached by no street any more", "addresses", "less"),
    ("enclosed", "enclosed by its barriers, the site's among them", "addresses", "less"),
    ("streets_shut", "shut to cars, in part or whole", "streets", "less"),
    ("bus_trips_cut", "bus trips that meet a closure", "trips a day", "less"),
    ("bus_routes_cut", "bus routes that meet a closure", "routes", "less"),
    ("hours_lost", "lost in traffic by trips that have a route", "vehicle hours an hour", "less"),
    ("trips_cut_off", "trips without a route", "trips an hour", "less"),
    ("vehicles_towed", "vehicles that it tows away", "vehicles", "more"),
    ("vehicles_leave", "vehicles that leave by themselves", "vehicles", "more"),
    ("minutes_to_effect", "until it takes effect", "minutes", "less"),
    ("staff", "staff", "people", "less"),
    ("money", "money", "as entered", "less"),
    ("escalation", "chance that it makes violence", "0 to 1", "less"),
]


def figures(network: Network, prepared: Prepared, base: OptionGround | None = None) -> dict[str, OptionFigure]:
    return {one.figure: one for one in figures_of(prepared, base or ground(network))}


def test_every_option_has_the_same_figures_in_the_same_order(street: Network) -> None:
    found = figures(street, Prepared(option("stay")))
    assert [(name, one.title, one.unit, one.better) for name, one in found.items()] == TABLE


def test_what_nobody_gave_or_said_is_unknown_and_says_what_to_give(street: Network) -> None:
    found = figures(street, Prepared(option("stay")), OptionGround(Gazetteer(street)))
    unknown = {name: one.source for name, one in found.items() if one.basis == "unknown"}
    assert unknown == {
        **dict.fromkeys(("in_standard", "two_approaches", "lost"), "No station was given: give --stations."),
        **dict.fromkeys(("bus_trips_cut", "bus_routes_cut"), "No timetable was given: give --gtfs FEED.zip."),
        **dict.fromkeys(("hours_lost", "trips_cut_off"), "No trips were assigned: ask for traffic too (--traffic)."),
        **dict.fromkeys(("vehicles_leave", "staff", "money"), "Nobody has said."),
        "minutes_to_effect": "No desk computes it, and nobody has judged it.",
    }
    assert all(found[name].low is found[name].high is None for name in unknown)
    assert (found["streets_shut"].source, found["streets_shut"].low) == ("no closure", 0)


def test_what_a_desk_computes_says_of_what_and_what_it_assumes(street: Network) -> None:
    found = figures(street, Prepared(option("stay")))
    said = {name: (one.source, one.assumed) for name, one in found.items() if one.basis == "computed"}
    cars = ("Three cars are assumed.",)
    certificate = "access certificate under 1 closure, accepted by its checker"
    assert said == {
        **dict.fromkeys(("in_standard", "two_approaches", "lost"), (certificate, cars)),
        "enclosed": ("it sets up no barrier", ()),
        "streets_shut": ("closures on Second Street", cars),
        "vehicles_towed": ("it tows nothing", ()),
    }


def test_what_is_towed_and_until_when_is_that_of_its_schedule(street: Network) -> None:
    made = schedule(street, 3).model_copy(update={"assumed": ("One truck.",)})
    found = figures(street, Prepared(option("tow", "tow"), schedules=(made,)))
    towed, minutes = found["vehicles_towed"], found["minutes_to_effect"]
    assert (towed.low, towed.high, towed.source, towed.assumed) == (
        3, 3, "schedule of trucks, accepted by its checker", ("One truck.",),
    )  # fmt: skip
    assert (minutes.low, minutes.high, minutes.basis, minutes.assumed) == (30, 30, "computed", ("One truck.",))
    assert minutes.source == "schedule of trucks, until the last is back; none takes less than 0 min"
    left = figures(street, Prepared(option("tow", "tow"), schedules=(schedule(street, 2, left=1),)))["minutes_to_effect"]
    assert (left.basis, left.source) == ("unknown", "The schedule leaves 1 vehicle or more standing.")


def test_what_people_judge_or_enter_is_theirs(street: Network) -> None:
    judged: dict[str, Any] = JUDGED | {"low": 1, "high": 2}
    entered = {"low": 3, "high": 4, "source": "a bill"}
    money = entered | {"currency": "NZD", "assumed": True}
    said = option("a", vehicles_leave=judged, minutes_to_effect=judged, staff=entered, money=money)
    found = figures(street, Prepared(said))
    rows = {name: (one.low, one.high, one.basis, one.source, one.unit, one.assumed) for name, one in found.items()}
    assert rows["vehicles_leave"] == (1, 2, "judged", "planner: so far it was calm", "vehicles", ())
    assert rows["minutes_to_effect"] == (1, 2, "judged", "planner: so far it was calm", "minutes", ())
    assert rows["escalation"] == (0.1, 0.2, "judged", "planner: so far it was calm", "0 to 1", ())
    assert rows["staff"] == (3, 4, "entered", "a bill", "people", ())
    assert rows["money"] == (3, 4, "entered", "a bill", "NZD", ("3 to 4: a bill",))


@pytest.mark.parametrize(
    ("files", "called"),
    [
        ({"schedule": "a.json"}, "a.json"),
        ({"means": "b.json"}, "b.json"),
        ({"schedule": "a.json", "means": "b.json"}, "a.json"),
    ],
)
def test_a_tow_is_called_by_its_schedule_or_by_its_means(files: dict[str, str], called: str) -> None:
    (act,) = option("a", does=[{"do": "tow"} | files]).does
    assert getattr(act, "called", None) == called
    (bare,) = option("a", does=[{"do": "tow"}]).does
    assert getattr(bare, "called", None) == ""


@pytest.mark.parametrize("text", ["{}", '{"vehicles": 5}', "[", "[]"])
def test_scenarios_that_cannot_be_used_say_where_an_example_is(tmp_path: Path, text: str) -> None:
    path = tmp_path / "scenarios.json"
    path.write_text(text)
    with pytest.raises(BadFile, match=r"Print an example with 'clearway decide scenario-template'\.$"):
        read_scenarios(path)


def test_scenarios_are_read_from_a_file(tmp_path: Path) -> None:
    path = tmp_path / "scenarios.json"
    path.write_text('{"vehicles": {"low": 0.5, "high": 1.5, "by": "planner", "why": "assumed"}}')
    assert (read_scenarios(path).vehicles.low, read_scenarios(path).vehicles.high) == (0.5, 1.5)
