"""Tallies added up: the newest of each stretch, what is never called a total of all, what clashes with a spoken figure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from clearway.picture.contract import TallySum
from picture.test_states import contested, named, street
from picture.test_view import PAPER, POLICE, report, seen, store

if TYPE_CHECKING:
    from clearway.record.store import Store

__all__ = ["store"]  # a fixture

HILL, HILL_BLOCK = street("Hill Street"), street("Hill Street", "Bay Road", "Park Lane")
AITKEN = street("Aitken Street")


def n(low: float, high: float | None = None) -> dict[str, float]:
    return {"low": low, "high": low if high is None else high}


def tally(store: Store, entry_id: str, place: dict[str, Any], hour: int = 8, *, cars: dict[str, Any], **more: object) -> None:
    source = more.pop("source", POLICE)
    ties = {name: more.pop(name) for name in ("corrects", "withdraws") if name in more}
    report(store, entry_id, "vehicle_tally", {"car": cars} | more, day=9, hour=hour, place=place, source=source, **ties)


def spoken(store: Store, entry_id: str, amount: dict[str, Any], hour: int = 9, place: dict[str, Any] | None = None) -> None:
    body = {"what": "vehicles", "amount": amount}
    report(store, entry_id, "count", body, day=9, hour=hour, place=place or named("Parliament"), source=PAPER)


def total(store: Store, hour: int = 20) -> TallySum:
    return TallySum.model_validate(seen(store, day=9, hour=hour)["tallies"])


def clashes(store: Store) -> list[str]:
    return contested(store, "clash", day=9, hour=20)


def test_without_a_tally_there_is_no_sum(store: Store) -> None:
    spoken(store, "all", n(450))
    assert seen(store, day=9, hour=20)["tallies"] is None


def test_the_newest_tally_of_each_stretch_counts_and_the_sum_is_a_range_with_the_age_of_each(store: Store) -> None:
    tally(store, "old", HILL, 6, cars=n(90))
    tally(store, "new", HILL, 8, cars=n(12), van=n(2, 3))
    tally(store, "aitken", AITKEN, 14, cars=n(5), method="drone", assumed=True)
    found = total(store)
    assert (found.low, found.high, found.assumed, found.oldest_s) == (19, 20, 1, 12 * 3600)
    assert [(one.entry, one.where, one.low, one.high, one.age_s, one.assumed) for one in found.stretches] == [
        ("aitken", "Aitken Street", 5, 5, 6 * 3600, True),
        ("new", "Hill Street", 14, 15, 12 * 3600, False),
    ]
    assert found.says == (
        "Tallies of 2 stretches come to 19 to 20 vehicles; the oldest is 12 h old; 1 of 2 assumed, not counted; "
        "streets without a tally are not in this sum"
    )
    assert total(store, hour=7).low == 90


def test_a_tally_that_is_withdrawn_or_corrected_no_longer_counts(store: Store) -> None:
    tally(store, "hill", HILL, cars=n(12))
    tally(store, "aitken", AITKEN, cars=n(5))
    tally(store, "right", AITKEN, 9, cars=n(7), corrects=["aitken"])
    assert total(store).low == 19
    report(store, "gone", "remark", {"text": "A slip"}, day=9, hour=10, withdraws=["hill"])
    assert total(store).low == 7


def test_a_street_and_a_part_of_it_may_hold_the_same_vehicles(store: Store) -> None:
    """By hand: 30 on the street, 12 on a block of it: 30 where these are among them, 42 where they came since."""
    tally(store, "street", HILL, cars=n(30))
    tally(store, "block", HILL_BLOCK, 9, cars=n(12))
    tally(store, "aitken", AITKEN, cars=n(5))
    assert (total(store).low, total(store).high) == (35, 47)


def test_a_tally_without_an_upper_bound_leaves_the_sum_without_one(store: Store) -> None:
    tally(store, "hill", HILL, cars={"low": 300})
    tally(store, "aitken", AITKEN, cars=n(5))
    assert (total(store).low, total(store).high) == (305, None)
    assert "come to at least 305 vehicles" in total(store).says


def test_more_on_some_streets_than_was_said_of_all_is_a_clash_and_less_is_none(store: Store) -> None:
    tally(store, "hill", HILL, cars=n(300))
    tally(store, "aitken", AITKEN, cars=n(150, 180))
    spoken(store, "all", n(450))
    assert clashes(store) == []
    tally(store, "bowen", street("Bowen Street"), cars=n(1))
    (told,) = clashes(store)
    assert told.startswith("Figures clash, vehicles (Parliament):")
    assert told.endswith("says 450; tallies of 3 stretches come to at least 451")


@pytest.mark.parametrize("more", [{"assumed": True}, {"hour": -17}])
def test_what_was_assumed_or_is_of_another_day_contradicts_no_figure(store: Store, more: dict[str, Any]) -> None:
    day = {"hour": 0} if "hour" in more else {}
    report(
        store, "hill", "vehicle_tally", {"car": n(500), "assumed": "assumed" in more}, day=9 - 2 * len(day), hour=8, place=HILL
    )
    spoken(store, "all", n(450))
    assert clashes(store) == []


def test_a_figure_of_a_street_is_held_against_the_tally_of_that_street_alone(store: Store) -> None:
    tally(store, "hill", HILL, cars=n(30))
    tally(store, "aitken", AITKEN, cars=n(5))
    spoken(store, "said", n(20), place=HILL)
    spoken(store, "other", n(2), place=street("Bowen Street"))
    (told,) = clashes(store)
    assert told.endswith("says 20; the tally says 30")


def test_a_figure_of_another_place_is_not_the_figure_of_all(store: Store) -> None:
    tally(store, "hill", HILL, cars=n(30))
    spoken(store, "all", n(450))
    spoken(store, "again", n(450), hour=10)
    spoken(store, "stadium", n(12), place=named("Stadium"))
    assert clashes(store) == []


def test_two_speakers_who_count_one_stretch_differently_at_one_time_are_a_clash(store: Store) -> None:
    tally(store, "hill", HILL, 8, cars=n(30))
    tally(store, "paper", HILL, 9, cars=n(40), source=PAPER)
    (told,) = clashes(store)
    assert told.startswith("Reports differ (Hill Street):")


@pytest.mark.parametrize(
    ("street_has", "part_has", "place", "low", "high"),
    [
        (n(30), n(12), HILL | {"side": "north"}, 30, 42),
        (n(5), n(12), HILL_BLOCK, 12, 17),
        (n(30), n(12), street("Hill St") | {"side": "north"}, 30, 42),
        (n(30), n(12), HILL_BLOCK | {"locality": "Karori"}, 42, 42),
        ({"high": 30}, {"high": 12}, HILL_BLOCK, 0, 42),
        ({"low": 30}, {"high": 12}, HILL_BLOCK, 30, None),
        ({"high": 30}, {"low": 12}, HILL_BLOCK, 12, None),
    ],
)
def test_at_least_as_many_stand_there_as_on_the_street_or_on_its_part_alone(
    store: Store, street_has: dict[str, Any], part_has: dict[str, Any], place: dict[str, Any], low: float, high: float | None
) -> None:
    tally(store, "street", HILL, cars=street_has)
    tally(store, "part", place, 9, cars=part_has)
    assert (total(store).low, total(store).high) == (low, high)


def test_a_street_of_a_suburb_is_the_same_however_its_type_is_written(store: Store) -> None:
    """By hand: 30 on the street, among them perhaps the 12 on its north side."""
    tally(store, "street", street("Hill Street") | {"locality": "Thorndon"}, cars=n(30))
    tally(store, "side", street("Hill St") | {"locality": "thorndon", "side": "north"}, cars=n(12))
    assert (total(store).low, total(store).high) == (30, 42)


def test_of_one_vehicle_is_said_that_it_is_one_and_nothing_of_what_was_assumed_where_all_was_counted(store: Store) -> None:
    tally(store, "hill", HILL, cars=n(1))
    rest = "the oldest is 12 h old; streets without a tally are not in this sum"
    assert total(store).says == f"Tallies of 1 stretch come to 1 vehicle; {rest}"
    tally(store, "aitken", AITKEN, cars=n(1))
    assert total(store).says == f"Tallies of 2 stretches come to 2 vehicles; {rest}"


def test_a_street_counted_this_moment_on_which_none_stands_is_a_tally_too(store: Store) -> None:
    tally(store, "hill", HILL, cars=n(0))
    found = total(store, hour=8)
    assert (found.low, found.high, found.oldest_s, found.assumed) == (0, 0, 0, 0)
    assert [(one.low, one.high, one.age_s) for one in found.stretches] == [(0, 0, 0)]
    tally(store, "most", HILL, 9, cars={"high": 4})
    found = total(store)
    assert [(found.low, found.high), *((one.low, one.high) for one in found.stretches)] == [(0, 4), (0, 4)]


def test_stretches_stand_by_name_whatever_sort_of_place_they_are(store: Store) -> None:
    tally(store, "hill", HILL, cars=n(1))
    tally(store, "parade", named("Parade Ground"), cars=n(2))
    tally(store, "aitken", AITKEN | {"side": "north"}, cars=n(3))
    assert [one.where for one in total(store).stretches] == ["Aitken Street, north side", "Hill Street", "Parade Ground"]


def test_a_figure_of_a_street_of_other_days_is_not_held_against_its_tally(store: Store) -> None:
    tally(store, "hill", HILL, cars=n(30))
    for day, told in ((8, 1), (7, 0)):
        report(store, f"d{day}", "count", {"what": "vehicles", "amount": n(20)}, day=day, hour=8, place=HILL, source=PAPER)
        assert len(clashes(store)) == told
        report(store, f"gone{day}", "remark", {"text": "x"}, day=9, hour=9, withdraws=[f"d{day}"])


@pytest.mark.parametrize("body", [{"what": "people"}, {"what": "vehicles", "group": "trucks"}])
def test_a_figure_of_people_or_of_some_vehicles_alone_is_held_against_no_tally(store: Store, body: dict[str, Any]) -> None:
    tally(store, "hill", HILL, cars=n(30))
    for entry_id, place in (("there", HILL), ("all", named("Parliament"))):
        report(store, entry_id, "count", body | {"amount": n(20)}, day=9, hour=9, place=place, source=PAPER)
    assert clashes(store) == []


def test_a_figure_of_two_streets_together_or_of_no_place_is_one_of_all(store: Store) -> None:
    tally(store, "hill", HILL, cars=n(30))
    body = {"what": "vehicles", "amount": n(20)}
    report(store, "two", "count", body, day=9, hour=9, places=[HILL, street("Bowen Street")], source=PAPER)
    (told,) = clashes(store)
    assert told.startswith("Figures clash, vehicles (Hill Street; Bowen Street): ")
    assert told.endswith("says 20; tallies of 1 stretch come to at least 30")
    for entry_id in ("none", "again"):
        report(store, entry_id, "count", body, day=9, hour=10, source=PAPER)
    (told,) = clashes(store)
    assert told.startswith("Figures clash, vehicles: ")
