"""What a record says of vehicles as intervals: each kind of entry, totals of a day, places, and what cannot be used."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import pytest

from clearway.planning.vehicles.balance.said import Said, said_of
from clearway.record.entry import Entry
from clearway.record.moments import calendar, moment_of
from clearway.record.parse import draft_of

if TYPE_CHECKING:
    from datetime import datetime

ZONE = ZoneInfo("Pacific/Auckland")
CALENDAR = calendar("Pacific/Auckland", "2022-02-08")
KNOWN = moment_of("2022-03-05T00:00Z")
HOME, MANY = "Parliament", math.inf
Told = tuple[str, str, str, str, float, float, str]


def entry(name: str, kind: str, body: dict[str, Any], at: str, place: str = HOME, **more: Any) -> Entry:  # noqa: ANN401 - fields of an entry
    seq = more.pop("seq", 1)
    said = {"id": name, "kind": kind, "body": body, "happened": at, "source": "officer, Police", "known": "2022-03-01T00:00Z"}
    draft = draft_of(said | ({"place": place} if place else {}) | more, CALENDAR, now=KNOWN)
    return Entry(seq=seq, stream="square", version=1, written=KNOWN, draft=draft, hash="0" * 64)


def stood(name: str, number: object, at: str = "2022-02-16 12:00", place: str = HOME, **more: Any) -> Entry:  # noqa: ANN401 - fields
    return entry(name, "count", {"what": "vehicles", "amount": number}, at, place, **more)


def moved(name: str, direction: str, number: object, at: str = "2022-02-16 12:00", place: str = HOME) -> Entry:
    body = {"what": "vehicles", "direction": direction} | ({} if number is None else {"amount": number})
    return entry(name, "flow", body, at, place)


def clock(at: datetime) -> str:
    return f"{at.astimezone(ZONE):%d %H:%M}"


def told(said: Said) -> list[Told]:
    """Each statement: entry, role, from when until when, bounds, group."""
    return [(one.entry, one.role, clock(one.start), clock(one.end), one.low, one.high, one.group) for one in said.statements]


def test_figures_stand_in_the_order_of_their_ends_then_of_their_beginnings_then_of_their_names() -> None:
    entries = [
        stood("d", 4, "2022-02-16 12:00"), stood("c", 3, "2022-02-16 12:00"), stood("a", 1, "2022-02-16 12:30"),
        stood("b", 2, "2022-02-16 11:00/2022-02-16 12:00"), stood("e", 5, "2022-02-16 09:00"),
    ]  # fmt: skip
    assert [(name, start, end) for name, _, start, end, *_ in told(said_of(entries, ZONE))] == [
        ("e", "16 09:00", "16 09:00"), ("b", "16 11:00", "16 12:00"), ("c", "16 12:00", "16 12:00"),
        ("d", "16 12:00", "16 12:00"), ("a", "16 12:30", "16 12:30"),
    ]  # fmt: skip


def test_the_place_of_which_most_was_said_is_balanced_and_of_two_the_first_by_name() -> None:
    one, two = stood("a", 5, place="Quay"), stood("b", 5, place="Bay")
    assert said_of([], ZONE).where == ""
    assert said_of([one, two], ZONE).where == "Bay"
    assert said_of([one, two, stood("c", 6, place="Quay")], ZONE).where == "Quay"
    assert said_of([one, two], ZONE, place="Quay").where == "Quay"
    parking = entry("p", "offer", {"what": "parking", "summary": "free"}, "2022-02-16 10:00", "Quay")
    assert said_of([one, two, stood("c", 6, place="Quay"), parking], ZONE).where == "Bay"
    venue = entry("p", "offer", {"what": "venue", "summary": "free"}, "2022-02-16 10:00", "Quay")
    assert said_of([one, two, stood("c", 6, place="Quay"), venue], ZONE).where == "Quay"


def test_only_figures_of_all_vehicles_of_the_place_are_balanced() -> None:
    one = stood("a", 5, place="Quay")
    cars = entry("g", "count", {"what": "people", "amount": 3}, "2022-02-16 12:00", "Bay")
    assert told(said_of([one, cars], ZONE)) == [("a", "stand", "16 12:00", "16 12:00", 5, 5, "")]
    part = entry("g", "count", {"what": "vehicles", "group": "trucks", "amount": 3}, "2022-02-16 12:00", "Quay")
    assert said_of([one, part], ZONE).statements == said_of([one], ZONE).statements
    nowhere = said_of([one, stood("n", 7, place="")], ZONE, place="Quay")
    assert nowhere.left_out == (
        "7 vehicles (officer, Police, Wed 16 Feb 2022 12:00): a figure of another place, which nobody named.",
    )


@pytest.mark.parametrize(
    ("amount", "low", "high"),
    [
        (7, 7, 7), ({"low": 2.2, "high": 6.8}, 3, 6), ("at least 5", 5, MANY), ("up to 9", 0, 9),
        ("about 450", 405, 495), ({"low": 11, "about": True}, 9, MANY), ({"high": 11, "about": True}, 0, 13),
    ],
)  # fmt: skip
def test_a_number_is_an_interval_of_whole_vehicles(amount: object, low: float, high: float) -> None:
    said = said_of([stood("a", amount)], ZONE)
    assert told(said)[0][4:6] == (low, high)
    about = ('"About" is taken to be off by 10% at most, either way.',)
    assert said.assumed == (about if "about" in str(amount) else ())


@pytest.mark.parametrize(
    ("direction", "number", "role", "low", "high"),
    [
        ("arrived", 4, "came", 4, 4), ("arrived", None, "came", 1, MANY), ("left", "4 to 6", "left", 4, 6),
        ("left", None, "left", 1, MANY), ("grew", "2 to 3", "change", 2, 3), ("shrank", "2 to 3", "change", -3, -2),
        ("shrank", None, "change", -MANY, -1), ("grew", None, "change", 1, MANY),
    ],
)  # fmt: skip
def test_movements_are_those_who_came_who_left_or_a_change(
    direction: str, number: object, role: str, low: float, high: float
) -> None:
    span = "2022-02-16 12:00/2022-02-16 13:00"
    (one,) = told(said_of([moved("m", direction, number, span)], ZONE, place=HOME))
    assert one == ("m", role, "16 12:00", "16 13:00", low, high, "")
    people = entry("m", "flow", {"what": "people", "direction": "arrived", "amount": 3}, span)
    assert said_of([people], ZONE).statements == ()


def test_who_moved_elsewhere_is_taken_to_be_a_part_of_the_place() -> None:
    span = "2022-02-16 12:00/2022-02-16 13:00"
    bay = moved("b", "left", 4, span, "Bay Road")
    tow = entry("t", "tow_event", {"done": True, "amount": 2}, span, "Hill Street")
    said = said_of([bay, moved("n", "left", 2, span, ""), tow], ZONE, place=HOME)
    assert [(one[0], one[6]) for one in told(said)] == [("b", "Bay Road"), ("n", ""), ("t", "towed")]
    assert said.assumed == (
        "Vehicles of Bay Road are taken to be among those of Parliament.",
        "Vehicles of Hill Street are taken to be among those of Parliament.",
    )
    assert said_of([bay], ZONE).assumed == ("Vehicles of Bay Road are taken to be among those of the whole operation.",)


def test_what_comes_to_a_place_of_parking_moves_no_figure() -> None:
    offer = entry("o", "offer", {"what": "parking", "summary": "free"}, "2022-02-16 10:00", "Stadium")
    nowhere = entry("n", "offer", {"what": "parking", "summary": "free"}, "2022-02-16 10:00", "")
    came = moved("m", "arrived", 4, place="Stadium")
    said = said_of([offer, came], ZONE, place=HOME)
    assert said.statements == ()
    assert said.left_out == (
        (
            "Vehicles arrived: 4 (officer, Police, Wed 16 Feb 2022 12:00): "
            "what comes to a place of parking or leaves it moves no figure here."
        ),
    )
    assert [one[0] for one in told(said_of([nowhere, moved("u", "arrived", 4, place="")], ZONE, place=HOME))] == ["u"]


@pytest.mark.parametrize(
    ("body", "low", "high"),
    [({"done": True, "amount": "3 to 4"}, 3, 4), ({"done": True}, 1, MANY), ({"done": False}, 0, 0)],
)
def test_a_tow_is_so_many_who_left_and_none_where_there_was_none(body: dict[str, Any], low: float, high: float) -> None:
    assert told(said_of([entry("t", "tow_event", body, "2022-02-16 12:00")], ZONE, place=HOME)) == [
        ("t", "left", "16 00:00", "16 12:00", low, high, "towed")
    ]


def offered(name: str, place: str = "Stadium", **body: object) -> Entry:
    return entry(name, "offer", {"what": "parking", "summary": "free"} | body, "2022-02-16 12:00", place)


def test_an_offer_says_how_many_parked_by_its_figure_and_by_its_word() -> None:
    both = offered("o", taken_up="3 to 5", occupancy="few", capacity="30 to 41")
    said = said_of([both], ZONE, place=HOME)
    assert told(said) == [
        ("o", "parked", "16 12:00", "16 12:00", 3, 5, "Stadium"), ("o", "parked", "16 12:00", "16 12:00", 0, 11, "Stadium"),
    ]  # fmt: skip
    assert said.assumed == (
        "Whoever parks at Stadium is taken to have left the streets.", '"few" is taken to be 0% to 25% of the places.',
    )  # fmt: skip
    open_ended = said_of([offered("o", "", occupancy="half_full", capacity="at least 31")], ZONE, place=HOME)
    assert told(open_ended) == [("o", "parked", "16 12:00", "16 12:00", 10, MANY, "")]
    assert open_ended.assumed[-1] == "Whoever parks at a place that was offered is taken to have left the streets."
    assert open_ended.assumed[0].startswith('"half full" is taken to be 35%')
    assert said_of([offered("o")], ZONE, place=HOME).statements == ()
    hall = entry("o", "offer", {"what": "venue", "summary": "free", "taken_up": 4}, "2022-02-16 12:00", "Hall")
    assert said_of([hall], ZONE, place=HOME).statements == ()


@pytest.mark.parametrize(
    ("moves", "who"),
    [
        (lambda name, at: moved(name, "left", 4, at), "that left"),
        (lambda name, at: moved(name, "arrived", 4, at), "that came"),
        (lambda name, at: entry(name, "tow_event", {"done": True, "amount": 4}, at), "towed"),
    ],
)
def test_figures_of_a_day_are_totals_since_it_began_and_a_span_alone_is_its_own(moves: Any, who: str) -> None:  # noqa: ANN401 - makes entries
    total = f"Figures of one day for vehicles {who} are one running total since the day began."
    spans = "2022-02-16 10:00/2022-02-16 11:00", "2022-02-16 12:00/2022-02-16 13:00"
    two = said_of([moves(name, at) for name, at in zip("ab", spans, strict=True)], ZONE, place=HOME)
    assert [one[2:4] for one in told(two)] == [("16 00:00", "16 11:00"), ("16 00:00", "16 13:00")]
    assert total in two.assumed
    alone = said_of([moves("a", spans[0]), moves("b", "2022-02-17 09:00")], ZONE, place=HOME)
    assert [one[2:4] for one in told(alone)] == [("16 10:00", "16 11:00"), ("17 00:00", "17 09:00")]
    assert alone.assumed == ()


def test_a_figure_said_at_midnight_is_of_the_day_before() -> None:
    assert told(said_of([moved("m", "left", 4, "2022-02-16 00:00")], ZONE, place=HOME))[0][2:4] == ("15 00:00", "16 00:00")


def test_a_span_over_midnight_and_a_change_are_no_totals() -> None:
    over = "2022-02-16 22:00/2022-02-17 02:00"
    said = said_of(
        [moved("a", "left", 4, over), moved("b", "left", 5, "2022-02-17 09:00"), moved("c", "grew", 2, "2022-02-17 09:00")],
        ZONE, place=HOME,
    )  # fmt: skip
    assert [one[:4] for one in told(said)] == [
        ("a", "left", "16 22:00", "17 02:00"), ("b", "left", "17 00:00", "17 09:00"), ("c", "change", "17 09:00", "17 09:00"),
    ]  # fmt: skip
    assert said.assumed == ()


def test_totals_of_two_groups_are_apart() -> None:
    at = "2022-02-16 10:00/2022-02-16 11:00"
    said = said_of([moved("a", "left", 4, at), moved("b", "left", 5, at, "Bay Road")], ZONE, place=HOME)
    assert [one[2] for one in told(said)] == ["16 10:00", "16 10:00"]


def worked(name: str, order: int, at: str, **more: Any) -> Entry:  # noqa: ANN401 - fields of an entry
    seq = more.pop("seq", 1)
    body = {"order": order, "starts": "2022-02-16T08:00+13:00", "tow": "T001", "state": "done", "tows": 50, "done": 0}
    if more.get("done"):
        body["first_done"] = "2022-02-16T08:30+13:00"
    return entry(name, "tow_progress", body | more, at, seq=seq)


def test_orders_that_are_worked_off_are_one_total_word_by_word() -> None:
    """By hand: order 1 came to 3, then order 2, which began at half past seven, to 2, then order 1 to 4 with 5 driven away."""
    early = "2022-02-16T07:30+13:00"
    said = said_of(
        [
            worked("c", 1, "2022-02-16 11:00", done=4, gone=5, state="gone"),
            worked("a", 1, "2022-02-16 09:00", done=3),
            worked("b", 2, "2022-02-16 10:00", done=2, gone=1, starts=early),
        ],
        ZONE, place=HOME,
    )  # fmt: skip
    assert [(name, role, low, high, group) for name, role, _, _, low, high, group in told(said)] == [
        ("a", "left", 3, 3, "towed"), ("b", "left", 5, 5, "towed"), ("c", "left", 6, 6, "towed"), ("c", "left", 6, MANY, ""),
    ]  # fmt: skip
    assert told(said)[-1][2] == "16 07:30"
    assert said_of([worked("a", 1, "2022-02-16 09:00")], ZONE, place=HOME).statements == ()


def test_of_two_words_on_an_order_at_one_time_the_later_written_counts() -> None:
    at = "2022-02-16 09:00"
    said = said_of([worked("b", 1, at, done=5, seq=2), worked("a", 1, at, done=3, seq=1)], ZONE, place=HOME)
    assert [(one[0], one[4]) for one in told(said)] == [("a", 3), ("b", 5)]


def test_orders_over_a_night_count_since_the_first_started() -> None:
    said = said_of([worked("a", 1, "2022-02-17 09:00", done=3)], ZONE, place=HOME)
    assert told(said) == [("a", "left", "16 08:00", "17 09:00", 3, 3, "towed")]
    before = said_of([worked("a", 1, "2022-02-16 07:00", done=3)], ZONE, place=HOME)
    assert told(before)[0][2:4] == ("16 00:00", "16 07:00")


def test_a_figure_is_repeated_where_its_own_speaker_said_it_last() -> None:
    said = said_of(
        [
            stood("a", 450, "2022-02-16 08:00"), stood("b", 450, "2022-02-16 09:00", source="mayor, Council"),
            stood("c", 450, "2022-02-16 10:00"), stood("d", "450 to 460", "2022-02-16 11:00"),
            stood("e", 450, "2022-02-16 12:00"), moved("f", "left", 450, "2022-02-16 12:30"),
            stood("g", 450, "2022-02-16 13:00"),
        ],
        ZONE,
    )  # fmt: skip
    assert [(one.entry, one.is_repeat) for one in said.statements] == [
        ("a", False), ("b", False), ("c", True), ("d", False), ("e", False), ("f", False), ("g", True),
    ]  # fmt: skip
