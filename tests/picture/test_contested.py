"""What is contested, at the bound and one beside: one time and two, one place and two, one name and two, one source and two."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from clearway.picture.differing import at_one_time
from clearway.picture.spelling import spelled_alike
from picture.test_states import barrier, contested, corner, named, street
from picture.test_view import PAPER, POLICE, STREAM, at_hour, report, seen, store

if TYPE_CHECKING:
    from clearway.record.store import Store

__all__ = ["store"]  # a fixture
Span = tuple[tuple[int, int], tuple[int, int]]


def span(start: tuple[int, int], end: tuple[int, int]) -> str:
    moments = (at_hour(9, hour) + timedelta(minutes=minute) for hour, minute in (start, end))
    return "/".join(moment.isoformat() for moment in moments)


@pytest.mark.parametrize(
    ("first", "second", "one_time"),
    [
        (((12, 0), (12, 0)), ((15, 0), (15, 0)), True),
        (((12, 0), (12, 0)), ((15, 1), (15, 1)), False),
        (((8, 0), (16, 0)), ((15, 59), (22, 0)), True),  # one begins within the other
        (((8, 0), (16, 0)), ((16, 0), (22, 0)), False),
        (((10, 0), (12, 0)), ((13, 0), (15, 0)), True),  # their middles are three hours apart
        (((10, 0), (12, 0)), ((13, 0), (15, 2)), False),
    ],
)
def test_two_spans_are_of_one_time_that_overlap_or_whose_middles_are_three_hours_apart(
    store: Store, first: Span, second: Span, *, one_time: bool
) -> None:
    for entry_id, said in (("a", first), ("b", second)):
        report(store, entry_id, "facility_state", {"facility": "Hall", "state": "open"}, day=9, hour=23, happened=span(*said))
    entries = list(store.entries(STREAM))
    assert at_one_time(*entries) is at_one_time(*reversed(entries)) is one_time


@pytest.mark.parametrize(
    ("first", "second", "may_be"),
    [
        (street("Dixon Street"), street("Dixon Street", "Cuba Street", "Victoria Street"), True),
        (street("Dixon Street"), corner("Cuba Street", "Dixon St"), True),
        (street("Allen Street"), corner("Cuba Street", "Dixon Street"), False),
        (street("Dixon Street", "Cuba Street", "Victoria Street"), corner("Cuba Street", "Dixon Street"), False),
        (street("Dixon Street"), {"type": "along", "street": "Dixon Street", "start": "Cuba Street", "metres": 51}, False),
        (corner("Cuba Street", "Dixon Street"),
         {"type": "along", "street": "Dixon Street", "start": "Cuba Street", "metres": 50}, True),
        (corner("Cuba Street", "Dixon Street"),
         {"type": "along", "street": "Dixon Street", "start": "Cuba Street", "metres": 51}, False),
        (corner("Cuba Street", "Dixon Street"), corner("Cuba Street", "Allen Street"), False),
        (named("Harper Stand"), named("Harpur Stand"), True),
        (named("Harper Stand"), named("Hooper Stand"), False),
        (street("Harper Street"), street("Harpur Street"), False),
    ],
)  # fmt: skip
def test_two_barriers_may_be_one_at_a_street_and_its_corner_or_under_names_that_are_spelled_alike(
    store: Store, first: dict[str, Any], second: dict[str, Any], *, may_be: bool
) -> None:
    for entry_id, place in (("a", first), ("b", second)):
        report(store, entry_id, "barrier_state", barrier("standing"), day=9, place=place)
    assert len(contested(store, "same", 9)) == may_be


@pytest.mark.parametrize(
    ("first", "second", "alike"),
    [
        ("Jo Hoper", "Jo Hopar", True),  # four of five letters
        ("Jo Hope", "Jo Hopa", False),  # too short to tell
        ("Jo Hoper", "Jo Hop\u00e9r", True),
        ("Jo Hoper", "jo hoper", True),
        ("Jo Hoper", "Jo Hoper", False),
        ("Jo Hoperab", "Jo Hoperxyz", False),
        ("Jo Hoper", "Jo Koper", False),
        ("Jo Hoper", "Ja Hopar", False),
        ("Jo Hoper", "Jo Hoper Hall", False),
        ("Gate 12345", "Gate 12346", False),
        ("Hoper St", "Hopar Street", True),
    ],
)
def test_two_names_are_one_whose_words_but_one_are_equal_and_that_one_alike(first: str, second: str, *, alike: bool) -> None:
    assert spelled_alike(first, second) is spelled_alike(second, first) is alike


def test_every_name_of_sources_and_places_is_held_against_the_others(store: Store) -> None:
    ring = [[174.0, -41.0], [174.2, -41.0], [174.2, -40.8], [174.0, -41.0]]
    places: list[dict[str, Any]] = [
        street("Abcdea Street", "Bcdefa Street", "Cdefga Street"), corner("Abcdeb Street", "Defgha Street"),
        {"type": "address", "street": "Bcdefb Street", "number": "7"},
        {"type": "along", "street": "Cdefgb Street", "start": "Defghb Street", "metres": 200},
        named("Efghia"), {"type": "point", "at": [174.1, -40.9], "label": "Efghib"},
        {"type": "area", "ring": ring, "label": "Fghija"}, {"type": "point", "at": [174.1, -40.9]},
    ]  # fmt: skip
    sources = [POLICE | {"name": "Fghijb"}, POLICE | {"organisation": "Ghijka"}, POLICE | {"organisation": "Ghijkb"}]
    for number, place in enumerate(places):
        report(store, f"p{number}", "incident", {"nature": "noise", "summary": "x"}, day=9, place=place)
    for number, source in enumerate(sources):
        report(store, f"s{number}", "incident", {"nature": "noise", "summary": "x"}, day=9, source=source)
    pairs = [says.partition(" are probably")[0] for says in contested(store, "spelling", 9)]
    assert pairs == [
        "Abcdea Street and Abcdeb Street", "Bcdefa Street and Bcdefb Street", "Cdefga Street and Cdefgb Street",
        "Defgha Street and Defghb Street", "Efghia and Efghib", "Fghija and Fghijb", "Ghijka and Ghijkb",
    ]  # fmt: skip


def test_what_rests_on_one_source_is_listed_the_weakest_first_and_no_more_than_thirty(store: Store) -> None:
    grades = [("A", 1), ("B", 2), ("B", 3), ("C", 1), ("C", 2), ("F", 6)]
    for number, (reliability, credibility) in enumerate(grades):
        source = {"office": f"officer {number}", "reliability": reliability, "credibility": credibility}
        report(store, f"g{number}", "incident", {"nature": "noise", "summary": str(number)}, day=9, source=source)
    report(store, "says", "statement", {"summary": "no belief"}, day=9, source={"office": "a post"})
    report(store, "count", "count", {"what": "tents", "amount": {"low": 3, "high": 3}}, day=9)
    report(store, "two-1", "count", {"what": "horses", "amount": {"low": 3, "high": 3}}, day=9)
    report(store, "two-2", "count", {"what": "horses", "amount": {"low": 3, "high": 3}}, day=9, source=PAPER)
    told = contested(store, "single_source", 9)
    assert told == [
        "One source only, officer 5 (F6): Noise: 5",
        "One source only, officer 4 (C2): Noise: 4",
        "One source only, officer 3 (C1): Noise: 3",
        "One source only, officer 2 (B3): Noise: 2",
        "One source only, Assistant Commissioner, Police (B2): 3 tents",
    ]
    for number in range(26):
        report(store, f"n{number}", "incident", {"nature": "noise", "summary": f"n{number}"}, day=9, source={"office": "post"})
    assert len(contested(store, "single_source", 9)) == 30
    report(store, "yes", "remark", {"text": "heard it"}, day=9, confirms=["g5"], source=POLICE)
    report(store, "no", "remark", {"text": "not so"}, day=9, disputes=["g4"], source=POLICE)
    assert not [says for says in contested(store, "single_source", 9) if "officer 5" in says or "officer 4" in says]


@pytest.mark.parametrize(
    ("part", "whole", "hours", "above"),
    [
        ((900, 900), (899, 899), 1, True),
        ((900, 900), (900, 900), 1, False),
        ((900, None), (None, 899), 1, True),
        ((None, 900), (100, 100), 1, False),
        ((900, 900), (100, None), 1, False),
        ((900, 900), (800, 800), 24, True),
        ((900, 900), (800, 800), 25, False),
    ],
)
def test_a_part_is_above_its_whole_where_its_least_is_above_the_most_of_all_within_a_day(
    store: Store, part: tuple[Any, Any], whole: tuple[Any, Any], hours: int, *, above: bool
) -> None:
    for entry_id, (low, high), hour, group in (("all", whole, 0, None), ("part", part, hours, "dockers")):
        body = {"what": "people", "amount": {"low": low, "high": high}, "group": group}
        report(store, entry_id, "count", body, day=9, hour=hour, places=[named("The quay")])
    told = [[fact["id"] for fact in one["facts"]] for one in seen(store, 10, 2)["contested"] if one["kind"] == "clash"]
    assert told == ([["part", "all"]] if above else [])


def test_rules_for_a_class_and_a_wider_one_clash_at_one_place_within_a_day(store: Store) -> None:
    for entry_id, who, may, hour, gate in (
        ("wide", "emergency services", "enter_and_leave", 0, "Gate N"),
        ("narrow", "fire crews", "not_pass", 24, "Gate N"),
        ("late", "paramedics", "not_pass", 25, "Gate N"),
        ("there", "fire crews", "not_pass", 24, "Gate S"),
    ):
        report(store, entry_id, "passage_rule", {"who": [who], "may": may}, day=9, hour=hour, place=named(gate))
    told = [[fact["id"] for fact in one["facts"]] for one in seen(store, 10, 2)["contested"] if one["kind"] == "clash"]
    assert told == [["narrow", "wide"]]


def test_two_speakers_of_one_body_are_two_voices_and_no_second_source(store: Store) -> None:
    for number, office in enumerate(("a clerk", "a guard")):
        body = {"nature": "fire", "summary": "it burns"}
        source = POLICE | {"office": office}
        report(store, f"e{number}", "incident", body, day=9, source=source, confirms=["e0"] if number else [])
    assert contested(store, "verified", 9) == []
    report(store, "other", "remark", {"text": "seen"}, day=9, source=PAPER, confirms=["e0"])
    assert contested(store, "verified", 9) == ["Verified by another source: Fire: it burns"]


def test_reports_that_differ_are_told_with_the_place_of_the_later_one(store: Store) -> None:
    for hall, first, second in (("Hall", [named("Mill")], []), ("School", [], [named("Mill")])):
        for hour, state, places, source in ((12, "open", first, POLICE), (13, "shut", second, PAPER)):
            body = {"facility": hall, "state": state}
            report(store, f"{hall}{hour}", "facility_state", body, day=9, hour=hour, places=places, source=source)
    says = "a reporter, a newspaper says {0}: shut; Assistant Commissioner, Police says {0}: open"
    assert contested(store, "clash", 9) == [
        "Reports differ: " + says.format("Hall"),
        "Reports differ (Mill): " + says.format("School"),
    ]
