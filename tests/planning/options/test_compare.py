"""Options on a street whose middle part is parked full: what each does to those who live beyond, counted by hand."""

from __future__ import annotations

import itertools
import time
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from clearway.errors import BadInput, UnknownName
from clearway.network.store import network_digest
from clearway.picture.view import Moments
from clearway.planning.access.planner.services import Service, Staffed
from clearway.planning.access.planner.stations import Station
from clearway.planning.gazetteer import Gazetteer
from clearway.planning.options.compare import compare
from clearway.planning.options.ground import OptionGround, Prepared, refuse_schedule
from clearway.planning.options.option import RIGHTS
from clearway.planning.plan.jurisdiction import Provision, read_jurisdiction
from clearway.planning.reading import Reading
from clearway.planning.vehicles.tally import Stretch
from clearway.planning.vehicles.towing.contract import NotTowed, Tow, Towed, TowStretch
from clearway.planning.vehicles.towing.means import means_of
from option_rooms import document, option
from picture.test_view import CALENDAR, STREAM, at_hour, report
from record.test_parse import SAMPLES

if TYPE_CHECKING:
    from collections.abc import Callable

    from clearway.network.model import Network
    from clearway.planning.options.contract import Comparison, OptionRow
    from clearway.record.store import Store

STREET = """
n 1 0 0
n 2 200 0
n 3 400 0
n 4 600 0
w 10 1,2 highway=residential name='First Street'
w 11 2,3 highway=residential name='Second Street'
w 12 3,4 highway=residential name='Third Street'
"""


@pytest.fixture
def street(draw: Callable[[str], Network]) -> Network:
    return draw(STREET)


def way(network: Network, name: str) -> int:
    return next(one for one in range(network.way_count) if network.street(one) == name)


def ground(network: Network, *, lane_moves: int = 2) -> OptionGround:
    first, second = way(network, "First Street"), way(network, "Second Street")
    lon, lat = network.geometry(first).mean(axis=0)
    service = Staffed(Service("fire", ("station",), within_s=600.0), (Station("station", "station", float(lon), float(lat)),))
    full = Stretch("Second Street", (second,), {"car": 3}, 3, 0, lane_moves, ("Three cars are assumed.",))
    return OptionGround(Gazetteer(network), (service,), (full,), assumed=full.assumed)


def schedule(network: Network, tows: int, *, left: int = 0) -> Towed:
    """A schedule with as little in it as options read: one truck, ten minutes a vehicle."""
    second = way(network, "Second Street")
    stretch = TowStretch(name="Second Street", ways=(second,), lane_moves=2, vehicles=tows + left)
    fetched: list[dict[str, Any]] = [{"stretch": 0, "done_s": 600 * number} for number in range(1, tows + 1)]
    missed = [NotTowed(stretch=0, vehicle="car", step=0, number=left, why="no_truck", says="No truck.")] if left else []
    given: dict[str, Any] = {
        "network": network_digest(network), "stretches": (stretch,), "not_towed": tuple(missed), "steps": (), "assumed": (),
        "tows": tuple(Tow.model_construct(**one) for one in fetched),
    }  # fmt: skip
    return Towed.model_construct(**given)


def compared(base: OptionGround, *options: Prepared, reading: Reading | None = None) -> dict[str, OptionRow]:
    return {row.id: row for row in answer(base, *options, reading=reading).options}


def answer(base: OptionGround, *options: Prepared, reading: Reading | None = None) -> Comparison:
    return compare(options, base, jurisdiction=read_jurisdiction(), reading=reading)


def value(row: OptionRow, name: str) -> float | None:
    (found,) = (one for one in row.figures if one.figure == name)
    assert found.low == found.high
    return found.low


def test_who_lives_in_and_beyond_the_full_part_is_lost_until_enough_vehicles_are_towed(street: Network) -> None:
    lived = np.bincount(street.address_way, minlength=street.way_count)
    beyond = int(lived[way(street, "Second Street")] + lived[way(street, "Third Street")])
    assert beyond > 5
    rows = compared(
        ground(street),
        Prepared(option("stay")),
        Prepared(option("one", "tow"), schedules=(schedule(street, 1),)),
        Prepared(option("two", "tow"), schedules=(schedule(street, 2),)),
        Prepared(option("all", "tow"), schedules=(schedule(street, 3),)),
        Prepared(option("part", "tow"), schedules=(schedule(street, 2, left=1),)),
    )
    found = {name: [value(row, figure) for figure in ("lost", "streets_shut", "vehicles_towed")] for name, row in rows.items()}
    assert found == {
        "stay": [beyond, 1, 0],
        "one": [beyond, 1, 1],
        "two": [0, 1, 2],  # a lane for help, and cars still cannot drive
        "all": [0, 0, 3],
        "part": [beyond, 1, 2],  # which of them were fetched, nobody knows
    }
    assert value(rows["all"], "in_standard") == street.address_count
    assert value(rows["stay"], "in_standard") == street.address_count - beyond


def test_the_time_to_effect_is_that_of_the_last_truck_and_unknown_where_some_are_left(street: Network) -> None:
    rows = compared(
        ground(street),
        Prepared(option("all", "tow"), schedules=(schedule(street, 3),)),
        Prepared(option("part", "tow"), schedules=(schedule(street, 2, left=1),)),
        Prepared(option("stay")),
        Prepared(option("judged", minutes_to_effect={**document("x")["escalation"], "low": 5, "high": 5})),
    )
    assert [value(rows[name], "minutes_to_effect") for name in ("all", "part", "stay", "judged")] == [30, None, None, 5]


def test_every_figure_says_where_it_is_from_and_what_it_assumes(street: Network) -> None:
    found = answer(ground(street), Prepared(option("a")), Prepared(option("b", "talk")))
    row = found.options[0]
    bases = {one.figure: one.basis for one in row.figures}
    assert bases["lost"] == "computed"
    assert bases["escalation"] == "judged"
    assert bases["staff"] == bases["bus_trips_cut"] == "unknown"
    assert found.assumed == ("Three cars are assumed.",)
    assert all(one.source for one in row.figures)
    assert [one.title for one in row.figures] == [one.title for one in found.options[1].figures]
    assert "reached by no street any more" in found.constant
    assert "staff" in found.unknown


def test_without_stations_nothing_is_said_of_access(street: Network) -> None:
    base = OptionGround(Gazetteer(street))
    rows = compared(base, Prepared(option("a")), Prepared(option("b")))
    assert [value(rows["a"], name) for name in ("in_standard", "two_approaches", "lost")] == [None, None, None]


def test_the_least_restrictive_stands_first_and_a_costlier_twin_is_marked(street: Network) -> None:
    money = {"low": 5, "high": 5, "source": "a bill", "currency": "NZD"}
    calm = {**document("x")["escalation"], "high": 0.1}
    soon = calm | {"low": 10, "high": 10}
    found = answer(
        ground(street),
        Prepared(option("towing", "tow", money=money, escalation=calm), schedules=(schedule(street, 1),)),
        Prepared(option("dear", money=money | {"low": 9, "high": 9}, escalation=calm, minutes_to_effect=soon)),
        Prepared(option("cheap", money=money, escalation=calm, minutes_to_effect=soon)),
    )
    assert [(row.place, row.id, row.rung) for row in found.options] == [
        (1, "cheap", "wait"), (2, "dear", "wait"), (3, "towing", "tow"),
    ]  # fmt: skip
    assert [[one.by for one in row.dominated] for row in found.options] == [[], ["cheap"], []]


def test_powers_are_looked_up_and_an_unknown_one_is_refused(street: Network) -> None:
    rows = compared(ground(street), Prepared(option("a", powers=[{"row": "police_disorder"}])), Prepared(option("b")))
    assert rows["a"].powers[0].by == "police"
    assert rows["a"].notes == ("The text of police_disorder was not read by whoever wrote the table: have it checked.",)
    with pytest.raises(UnknownName, match="Unknown power of the option a: magic"):
        compared(ground(street), Prepared(option("a", powers=[{"row": "magic"}])), Prepared(option("b")))


def test_towing_without_a_power_says_so(street: Network) -> None:
    rows = compared(ground(street), Prepared(option("a", "tow"), schedules=(schedule(street, 1),)), Prepared(option("b")))
    assert rows["a"].notes == ("It names no power. Shutting streets, towing and cutting off need one.",)
    assert rows["b"].notes == ()


def test_what_nobody_said_is_unknown_and_listed_as_open(street: Network) -> None:
    told = {"suitability": {"verdict": "yes", "why": "tried before"}, "rights": {"dialogue": {"verdict": "no", "why": "none"}}}
    rows = compared(ground(street), Prepared(option("a", **told)), Prepared(option("b")))
    assert [one.verdict for one in rows["a"].views] == ["yes", "unknown", "unknown", "unknown"]
    assert {one.point: one.verdict for one in rows["a"].rights if one.verdict != "unknown"} == {"dialogue": "no"}
    assert len(rows["b"].open) == len(rows["a"].open) + 2


def test_entries_are_cited_as_they_were_known_and_hindsight_is_refused(street: Network, store: Store) -> None:
    report(store, "early", "statement", {"summary": "Calm.", "topic": "tone"}, 3)
    report(store, "late", "statement", {"summary": "Not calm.", "topic": "tone"}, 6)
    cites = {"sources": [{"entry": "early"}, {"entry": "late"}]}

    def asked(day: int) -> dict[str, OptionRow]:
        reading = Reading(store, STREAM, Moments(at_hour(day, 23), at_hour(day, 23)), CALENDAR)
        return compared(ground(street), Prepared(option("a", **cites)), Prepared(option("b")), reading=reading)

    row = asked(6)["a"]
    assert [(one.entry, one.says) for one in row.sources] == [("early", "Calm"), ("late", "Not calm")]
    assert row.notes == ("All of its sources are one voice: Assistant Commissioner, Police. Ask somebody else.",)
    with pytest.raises(BadInput, match="rests on the entry late, which nobody had by then"):
        asked(5)
    with pytest.raises(BadInput, match="no record was given"):
        compared(ground(street), Prepared(option("a", **cites)), Prepared(option("b")))


def test_a_schedule_of_other_streets_or_of_another_tally_is_refused(street: Network) -> None:
    base = ground(street)
    other = schedule(street, 1).model_copy(update={"network": "0" * 64})
    with pytest.raises(BadInput, match="was made on another network"):
        refuse_schedule(other, base, "tow.json")
    strange = TowStretch(name="Third Street", ways=(way(street, "Third Street"),), lane_moves=1, vehicles=1)
    with pytest.raises(BadInput, match="tows from 'Third Street', which the tally does not have"):
        refuse_schedule(schedule(street, 1).model_copy(update={"stretches": (strange,)}), base, "tow.json")


def test_a_risk_that_an_option_raises_or_says_nothing_of_is_told(street: Network) -> None:
    raises = {"risk": "fire", "effect": "raises", "why": "stoves are lit in the cold"}
    rows = compared(ground(street), Prepared(option("a", risks=[raises])), Prepared(option("b")))
    assert rows["a"].notes == ("It raises: fire.",)
    assert "What it does to the risk 'fire': nobody has said." in rows["b"].open
    assert "What it does to the risk 'fire': nobody has said." not in rows["a"].open


def test_it_tells_how_far_it_is_and_whoever_listens_may_end_it(street: Network) -> None:
    said: list[tuple[str, float]] = []

    def tell(doing: str, share: float) -> None:
        said.append((doing, share))
        if share > 0.5:
            raise InterruptedError

    with pytest.raises(InterruptedError):
        compare([Prepared(option("a")), Prepared(option("b"))], ground(street), jurisdiction={}, tell=tell)
    assert said[0] == ("Option a: proving emergency access", 0.0)
    assert said[-1][0].startswith("Option b: ")
    assert [share for _, share in said] == sorted(share for _, share in said)


def test_trucks_have_the_same_schedule_on_a_machine_that_is_busy_for_hours(
    street: Network, monkeypatch: pytest.MonkeyPatch
) -> None:
    lon, lat = map(float, street.geometry(way(street, "First Street")).mean(axis=0))
    means = means_of({
        "storage": [{"id": "yard", "lon": lon, "lat": lat, "capacity": 9}],
        "operators": [{"id": "A", "light": {"trucks": 2, "willing": "yes"}}],
    })  # fmt: skip
    quiet = ground(street).schedule(means, None)
    moments = itertools.count(step=3600.0)
    monkeypatch.setattr(time, "monotonic", lambda: next(moments))
    assert ground(street).schedule(means, None) == quiet
    assert next(moments) == 0


# -- what a row says -------------------------------------------------------------------------------------------------

UNKNOWN_VIEWS = {
    "suitability": "Suitable: would it do what it is meant to do?",
    "feasibility": "Feasible: can it be done with what there is?",
    "acceptability": "Acceptable: can it be answered for?",
    "health": "Is the health of those there safe?",
}


def test_a_row_says_what_people_said_of_an_option_and_whose_it_is(street: Network) -> None:
    told = {name: {"verdict": "yes", "why": f"{name} was tried"} for name in UNKNOWN_VIEWS}
    more: dict[str, Any] = {
        "contingencies": [{"event": "rain", "then": "wait"}, {"event": "a crowd", "then": "stop"}],
        "vehicles_leave": document("x")["escalation"] | {"low": 0, "high": 3},
    }
    row = compared(ground(street), Prepared(option("a", "talk", "wait", **more, **told)), Prepared(option("b")))["a"]
    assert (row.title, row.rung, row.place) == ("Option a", "talk", 2)
    assert row.does == ("talk with groups about streets", "wait")
    assert row.contingencies == ("If rain: wait", "If a crowd: stop")
    assert row.dissent == "shops: too slow"
    assert [tuple(one.model_dump().values()) for one in row.judged] == [
        ("escalation", 0.1, 0.2, "planner", "so far it was calm", "people are hurt"),
        ("vehicles_leave", 0, 3, "planner", "so far it was calm", "people are hurt"),
    ]
    assert [(one.question, one.verdict, one.why) for one in row.views] == [
        (question, "yes", f"{name} was tried") for name, question in UNKNOWN_VIEWS.items()
    ]
    assert [(one.entry, one.says, one.by, one.known) for one in row.sources] == [
        (None, "It is calm.", "police", None),
        (None, "It is not.", "residents", None),
    ]
    assert (row.advice, row.criteria, row.risks) == ("no_criteria", (), ())


def test_what_is_open_is_all_that_nobody_said_and_every_figure_that_nobody_knows(street: Network) -> None:
    row = compared(ground(street), Prepared(option("a")), Prepared(option("b")))["a"]
    views = [f"{question} Nobody has said." for question in UNKNOWN_VIEWS.values()]
    assert row.open == (
        *views,
        *(f"{asks} Nobody has said." for asks in RIGHTS.values()),
        "Bus trips that meet a closure: No timetable was given: give --gtfs FEED.zip.",
        "Bus routes that meet a closure: No timetable was given: give --gtfs FEED.zip.",
        "Lost in traffic by trips that have a route: No trips were assigned: ask for traffic too (--traffic).",
        "Trips without a route: No trips were assigned: ask for traffic too (--traffic).",
        "Vehicles that leave by themselves: Nobody has said.",
        "Until it takes effect: No desk computes it, and nobody has judged it.",
        "Staff: Nobody has said.",
        "Money: Nobody has said.",
        "When to go on and when to stop: nobody has set a criterion.",
        "What is done if it comes otherwise: nobody has said.",
    )


@pytest.mark.parametrize(
    ("acts", "more", "notes"),
    [
        (("notice",), {}, ()),
        (("cut_off",), {}, ("It names no power. Shutting streets, towing and cutting off need one.",)),
        (("cut_off",), {"powers": [{"row": "read"}]}, ()),
        (
            ("wait",),
            {"powers": [{"row": "read"}, {"row": "unread"}, {"row": "other"}]},
            ("The text of unread and other was not read by whoever wrote the table: have it checked.",),
        ),
        (
            ("wait",),
            {"sources": [{"says": "a", "by": "Police"}, {"says": "b", "by": "police"}]},
            ("All of its sources are one voice: Police. Ask somebody else.",),
        ),
        (
            ("wait",),
            {"risks": [{"risk": one, "effect": "raises", "why": "x"} for one in ("fire", "flood")]},
            ("It raises: fire and flood.",),
        ),
        (("wait",), {"risks": [{"risk": "fire", "effect": "unknown", "why": "x"}]}, ()),
    ],
)
def test_what_is_to_be_known_before_an_option_is_chosen_is_noted(
    street: Network, acts: tuple[str, ...], more: dict[str, Any], notes: tuple[str, ...]
) -> None:
    table = {
        row: Provision(row, "police", "may", "now", None, None, None, "", "an act", "a book", is_read=row == "read")
        for row in ("read", "unread", "other")
    }
    base = OptionGround(Gazetteer(street))
    found = compare([Prepared(option("a", *acts, **more)), Prepared(option("b"))], base, jurisdiction=table)
    assert next(row for row in found.options if row.id == "a").notes == notes


def test_entries_that_figures_and_criteria_rest_on_are_cited_once_each_and_a_plan_with_its_version(
    street: Network, store: Store
) -> None:
    report(store, "tally", "remark", {"text": "Cars were counted"}, 3)
    report(store, "bar", "plan", SAMPLES["plan"] | {"version": 1}, 3)
    report(store, "n", "count", {"what": "vehicles", "amount": {"low": 5, "high": 5}}, 4)
    report(store, "other", "remark", {"text": "Nothing to do with it"}, 4)
    plain = ground(street)
    base = OptionGround(
        plain.gazetteer, plain.services, plain.stretches, assumed=plain.assumed, barred_by=("bar",), counted_by=("tally",)
    )
    reading = Reading(store, STREAM, Moments(at_hour(5, 1), at_hour(5, 2)), CALENDAR)
    go = {"criteria": [{"then": "go", "counted": "vehicles", "at_most": 9}]}
    found = answer(base, Prepared(option("a", **go)), Prepared(option("b", **go)), reading=reading)
    assert [(one.entry, one.plan, one.known) for one in found.cited] == [
        ("bar", "tmp:1", at_hour(3, 12)),
        ("n", None, at_hour(4, 12)),
        ("tally", None, at_hour(3, 12)),
    ]
    assert found.cited[2].says == "Cars were counted"
    assert (found.at, found.known_at, found.network) == (at_hour(5, 1), at_hour(5, 2), street.name)
    assert [row.advice for row in found.options] == ["go", "go"]


def test_without_a_record_nothing_is_cited_and_notes_are_handed_on(street: Network) -> None:
    options = [Prepared(option("a")), Prepared(option("b"))]
    found = compare(options, OptionGround(Gazetteer(street)), jurisdiction={}, notes=["By hand."])
    assert (found.at, found.known_at, found.cited, found.notes) == (None, None, (), ("By hand.",))


def test_each_option_is_told_as_its_part_of_the_work(street: Network) -> None:
    said: list[tuple[str, float]] = []
    options = [Prepared(option(name)) for name in "ab"]
    base = OptionGround(Gazetteer(street))
    compare(options, base, jurisdiction={}, tell=lambda doing, share: said.append((doing, round(share, 6))))
    assert said == [
        ("Option a: proving emergency access", 0.0),
        ("Option a: holding the timetable against the closures", 0.15),
        ("Option a: setting up and towing", 0.45),
        ("Option b: proving emergency access", 0.5),
        ("Option b: holding the timetable against the closures", 0.65),
        ("Option b: setting up and towing", 0.95),
    ]
