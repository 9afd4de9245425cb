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
